"""The figures of alarms over a span, for the week's review: counts with n, and noisy devices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.store import Store

TOP_NOISY = 10  # REFERENCE §3


@dataclass(frozen=True, slots=True)
class KindFigures:
    """Alarms of one kind first raised in the span.

    Attributes:
        kind: A code of ALARM_KINDS.
        n: How many alarms.
        signals: How many signals they stand for.
        verdicts: How many were closed as each code of ALARM_VERDICTS; "open" for the others.
        acknowledged: How many somebody took; n of the median.
        acknowledge_median_s: Seconds from the first signal until then; None where nobody did.
    """

    kind: str
    n: int
    signals: int
    verdicts: dict[str, int]
    acknowledged: int
    acknowledge_median_s: float | None


@dataclass(frozen=True, slots=True)
class NoisyDevice:
    """One device among those reported most often; names None where it is not registered."""

    device_id: str
    name_zh: str | None
    name_en: str | None
    kind: str
    alarms: int
    signals: int


@dataclass(frozen=True, slots=True)
class AlarmWeek:
    """The alarms of a span: by kind in alphabetical order, and the noisiest devices."""

    kinds: tuple[KindFigures, ...]
    noisy: tuple[NoisyDevice, ...]

    @property
    def n(self) -> int:
        """How many alarms there were in all."""
        return sum(kind.n for kind in self.kinds)

    def of_verdict(self, verdict: str) -> int:
        """Return how many were closed with a verdict, or are "open"."""
        return sum(kind.verdicts.get(verdict, 0) for kind in self.kinds)


def alarm_week(store: Store, community_id: str, since: datetime, until: datetime) -> AlarmWeek:
    """Count the alarms first raised in a span.

    Args:
        store: The open store.
        community_id: Whose.
        since: Aware beginning, in the span.
        until: Aware end, not in it.
    """
    span = {"community_id": community_id, "since": since, "until": until}
    verdicts: dict[str, dict[str, int]] = {}
    for row in store.rows("alarm/week", **span):
        verdicts.setdefault(row["kind"], {})[row["verdict"] or "open"] = row["alarms"]
    noisy = store.rows("alarm/noisy", row_limit=TOP_NOISY, **span)
    return AlarmWeek(
        tuple(
            KindFigures(verdicts=verdicts[row["kind"]], **row)
            for row in store.rows("alarm/week_taken", **span)
        ),
        tuple(NoisyDevice(**row) for row in noisy),
    )
