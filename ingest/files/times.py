"""Reads times as people and exports write them: with an offset, or local to a zone.

A local time in the hour repeated in autumn means its first pass unless something shows the
second; one in the hour skipped in spring is moved on by that hour, as a clock not yet changed
would show it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

Pass = Literal["first", "second"]
YEAR_FIRST = re.compile(
    r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]*(\d{1,2})[:：时点](\d{1,2})?[:：分]?(?:(\d{1,2})秒?)?)?$"
)
DAY_ENDS = time(23, 59, 59)


class LocalTimes:
    """Reads the times of one column.

    Args:
        zone: Zone of times that carry no offset.
        formats: strptime formats tried after ISO 8601 and year-first forms.
        date_means: Which moment of the local day a bare date stands for.
    """

    def __init__(
        self,
        zone: ZoneInfo,
        formats: tuple[str, ...] = (),
        date_means: Literal["start", "end"] = "start",
    ) -> None:
        self._zone = zone
        self._formats = formats
        self._day_ends = date_means == "end"
        self._plain_days: dict[str, bool] = {}

    def read(self, text: str) -> datetime:
        """Read a time without placing it: aware where it has an offset, else naive local.

        Raises:
            ValueError: It is no time in a form that has one reading only.
        """
        if text[4:5] == "-":
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                pass
            else:
                return self._whole_day(moment, text) if len(text) <= 10 else moment
        match = YEAR_FIRST.match(text)
        if match:
            numbers = [int(part or 0) for part in match.groups()]
            return self._whole_day(datetime(*numbers), text)  # type: ignore[arg-type] # noqa: DTZ001
        for layout in self._formats:
            try:
                return datetime.strptime(text, layout)  # noqa: DTZ007 - placed by `instant`
            except ValueError:
                continue
        raise ValueError("is not a time like 2024-05-01 08:30")

    def instant(self, moment: datetime, which: Pass = "first") -> datetime:
        """Place a time read before on the UTC line."""
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self._zone, fold=int(which == "second"))
            if which == "second" and not self.is_repeated(moment):
                moment = moment.replace(fold=0)
        return moment.astimezone(UTC)

    def is_repeated(self, moment: datetime) -> bool:
        """Tell whether a local time occurs twice because clocks went back."""
        if moment.tzinfo not in (None, self._zone):
            return False
        first = moment.replace(tzinfo=self._zone, fold=0).utcoffset()
        second = moment.replace(tzinfo=self._zone, fold=1).utcoffset()
        return first is not None and second is not None and first > second

    def day_is_plain(self, text: str) -> bool:
        """Tell cheaply that no clock changes on the day of an ISO time; False means unknown."""
        if len(text) < 10 or text[4] != "-" or text[7] != "-":
            return False
        plain = self._plain_days.get(text[:10])
        if plain is None:
            try:
                start = datetime.fromisoformat(text[:10]).replace(tzinfo=self._zone)
                ends = start.replace(hour=23, minute=59)
                plain = start.utcoffset() == ends.utcoffset()
            except ValueError:
                return False
            if len(self._plain_days) < 100_000:
                self._plain_days[text[:10]] = plain
        return plain

    def _whole_day(self, moment: datetime, text: str) -> datetime:
        bare = moment.time() == time.min and moment.tzinfo is None and not _has_clock(text)
        return datetime.combine(moment.date(), DAY_ENDS) if bare and self._day_ends else moment


def _has_clock(text: str) -> bool:
    return any(mark in text for mark in (":", "：", "时", "点", "T"))
