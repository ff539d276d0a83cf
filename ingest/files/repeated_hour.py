"""Decides by the order of ids which pass of the repeated autumn hour a local time means.

Ids are given out in the order reports come in. Sorted by id, the local clock runs forward except
once, when it is set back: from there on it shows the second pass.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ingest.files.times import Pass

# Reports entered side by side may swap a little; a smaller step back is no change of clocks.
LEAST_STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A local time in a repeated hour.

    Attributes:
        id_text: The row's id; only ids of digits can tell an order.
        field: The field it fills.
        moment: The local time as written.
    """

    id_text: str
    field: str
    moment: datetime


def passes_by_id(times: Sequence[Waiting]) -> list[Pass]:
    """Tell the pass of each time; without evidence it is the first.

    Args:
        times: All times of one file that lie in a repeated hour, in any order.

    Returns:
        One pass per time, in the order given.
    """
    passes: list[Pass] = ["first"] * len(times)
    clocks: dict[tuple[str, date], list[int]] = {}
    for index, waiting in enumerate(times):
        if waiting.id_text.isdecimal():
            clocks.setdefault((waiting.field, waiting.moment.date()), []).append(index)
    for indexes in clocks.values():
        indexes.sort(key=lambda index: int(times[index].id_text))
        second = False
        latest = times[indexes[0]].moment
        for index in indexes:
            second = second or latest - times[index].moment >= LEAST_STEP
            latest = max(latest, times[index].moment)
            if second:
                passes[index] = "second"
    return passes
