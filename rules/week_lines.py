"""Says which figures of a week are shown, in which order, each with its n (REFERENCE §2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rules.week import Figures

FigureCode = Literal[
    "reported", "closed", "open", "overdue", "on_time", "response", "resolution", "satisfaction",
    "not_called_back",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure of a week.

    Attributes:
        code: What it is; `components/wording` has its name and its definition.
        rate: Share from 0 to 1 of a rate; None for a count, and for a rate over nothing.
        count: The count, or how many of `n` for a rate.
        n: How many a rate is over; None for a count.
    """

    code: FigureCode
    rate: float | None
    count: int
    n: int | None


def figure_lines(found: Figures) -> tuple[FigureLine, ...]:
    """Return the figures in the order they are shown."""
    on_time, service = found.on_time, found.service
    return (
        FigureLine("reported", None, found.reported, None),
        FigureLine("closed", None, found.closed, None),
        FigureLine("open", None, found.open, None),
        FigureLine("overdue", None, found.overdue, None),
        FigureLine("on_time", on_time.rate, on_time.on_time, on_time.n),
        FigureLine("response", service.response.rate, service.response.hits, service.response.n),
        FigureLine(
            "resolution", service.resolution.rate, service.resolution.hits, service.resolution.n
        ),
        FigureLine(
            "satisfaction",
            service.satisfaction.rate,
            service.satisfaction.hits,
            service.satisfaction.n,
        ),
        FigureLine("not_called_back", None, service.not_called_back, None),
    )
