"""Decides which cases count as on time, and the honest on-time rate over them.

REFERENCE §2: on-time = on time / (on time + late + currently overdue), always printed with n. Cases
still open and not yet due, and cases without a limit, count neither for nor against. Rates that a
source's own flags give are shown beside it with their definition, never instead of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Verdict = Literal["on_time", "late", "open_overdue", "open", "no_limit"]
VERDICTS: tuple[Verdict, ...] = ("on_time", "late", "open_overdue", "open", "no_limit")
# Which cases a rate is over: those closed with a limit and flagged by their source; all the source
# flagged, also open ones and ones without a limit; and the honest one of REFERENCE §2.
Definition = Literal["flag_closed", "flag_all", "honest"]
DEFINITIONS: tuple[Definition, ...] = ("flag_closed", "flag_all", "honest")
Moments = NDArray[np.datetime64]


@dataclass(frozen=True)
class OnTimeRate:
    """An on-time rate and the counts it is made of.

    Attributes:
        rate: Share from 0 to 1; None while no case counts, which is not the same as 0 or 1.
        n: Number of cases that count: on time, late and overdue.
        on_time: Closed at or before the deadline.
        late: Closed after the deadline.
        overdue: Still open after the deadline.
    """

    rate: float | None
    n: int
    on_time: int
    late: int
    overdue: int


@dataclass(frozen=True)
class DefinedRate:
    """An on-time rate with what it is over.

    Attributes:
        definition: A code of `DEFINITIONS`.
        rate: Share from 0 to 1; None while no case counts.
        n: Number of cases that count.
        on_time: How many of them were on time.
    """

    definition: Definition
    rate: float | None
    n: int
    on_time: int


def on_time_verdict(
    deadline_at: datetime | None, closed_at: datetime | None, now: datetime
) -> Verdict:
    """Judge one case; closed exactly at the deadline is on time.

    Args:
        deadline_at: Aware deadline, None where the case has none.
        closed_at: Aware moment of closing, None while it is open.
        now: Aware present moment, or the moment an export was made.
    """
    if deadline_at is None:
        return "no_limit"
    if closed_at is None:
        return "open_overdue" if now > deadline_at else "open"
    return "late" if closed_at > deadline_at else "on_time"


def verdicts(deadline: Any, closed: Any, now: datetime) -> NDArray[np.str_]:
    """Judge columns of cases as `on_time_verdict` does, to the microsecond.

    Args:
        deadline: datetime64 values in UTC, or a pandas column of aware ones; NaT for no limit.
        closed: The same, same length; NaT while open.
        now: Aware present moment.

    Returns:
        One-dimensional array of `VERDICTS`, in the order of the input.
    """
    due, done = _moments(deadline), _moments(closed)
    present = np.datetime64(int(now.timestamp() * 1_000_000), "us")
    ended = ~np.isnat(done)
    conditions = [np.isnat(due), ended & (done > due), ended, present > due]
    choices = ["no_limit", "late", "on_time", "open_overdue"]
    return np.select(conditions, [np.array(choice) for choice in choices], default="open")


def on_time_rate(judged: Iterable[str]) -> OnTimeRate:
    """Reckon the on-time rate of verdicts.

    Args:
        judged: Verdicts from `on_time_verdict` or `verdicts`, in any order.
    """
    counts = Counter(str(verdict) for verdict in judged)
    on_time, late, overdue = counts["on_time"], counts["late"], counts["open_overdue"]
    n = on_time + late + overdue
    return OnTimeRate(on_time / n if n else None, n, on_time, late, overdue)


def compared_rates(
    deadline: Any, closed: Any, source_on_time: Any, now: datetime
) -> tuple[DefinedRate, ...]:
    """Reckon the on-time rate by each definition, so that a flattering one is seen as such.

    Args:
        deadline: As in `verdicts`.
        closed: As in `verdicts`, same length.
        source_on_time: The source's own flag, same length: 1 on time, 0 late, NaN without a flag.
        now: Aware present moment, or the moment an export was made.

    Returns:
        One rate per definition, in the order of `DEFINITIONS`.
    """
    flag = np.asarray(source_on_time, dtype=np.float64)
    flagged = ~np.isnan(flag)
    with_limit = ~np.isnat(_moments(deadline)) & ~np.isnat(_moments(closed))
    honest = on_time_rate(verdicts(deadline, closed, now))
    return (
        _flag_rate("flag_closed", flag[flagged & with_limit]),
        _flag_rate("flag_all", flag[flagged]),
        DefinedRate("honest", honest.rate, honest.n, honest.on_time),
    )


def _flag_rate(definition: Definition, flags: NDArray[np.float64]) -> DefinedRate:
    n, on_time = int(flags.size), int(flags.sum())
    return DefinedRate(definition, on_time / n if n else None, n, on_time)


def _moments(column: Any) -> Moments:
    # A pandas column of aware moments turns into UTC without a zone only when asked by name.
    values = column.to_numpy("datetime64[us]") if hasattr(column, "to_numpy") else column
    return np.asarray(values, dtype="datetime64[us]")
