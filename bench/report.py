"""Collects figures, prints them as they come and writes them to one file."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
        name: What was measured.
        value: The measurement, in `unit`.
        unit: s, ms, MB, rows/s, or × for a ratio.
        goal: What it should reach, in the same unit; None where it is only a yardstick.
        at_most: True where less is better.
    """

    name: str
    value: float
    unit: str
    goal: float | None = None
    at_most: bool = True

    @property
    def reached(self) -> bool | None:
        """Tell whether the goal is reached; None where there is none."""
        if self.goal is None:
            return None
        return self.value <= self.goal if self.at_most else self.value >= self.goal

    def line(self) -> str:
        """Return the figure as one line for a person."""
        goal = ""
        if self.goal is not None:
            sign = "≤" if self.at_most else "≥"
            verdict = "reached" if self.reached else "NOT reached"
            goal = f"  (goal {sign} {self.goal:g} {self.unit}: {verdict})"
        return f"{self.name:<64} {self.value:>10.2f} {self.unit}{goal}"


class Report:
    """The figures of one run, by section."""

    def __init__(self) -> None:
        self._sections: dict[str, list[Figure]] = {}

    def add(self, section: str, *figures: Figure) -> None:
        """Print figures and keep them."""
        if section not in self._sections:
            print(f"\n{section}")
        self._sections.setdefault(section, []).extend(figures)
        for figure in figures:
            print(f"  {figure.line()}", flush=True)

    def write(self, *, keep: bool = False) -> None:
        """Write everything to bench/results.json.

        Args:
            keep: Leave the sections of an earlier run that this one did not measure.
        """
        now = datetime.now(UTC).isoformat(timespec="seconds")
        before = json.loads(RESULTS.read_text("utf-8")) if keep and RESULTS.exists() else {}
        content = {
            "measured_at": before.get("measured_at", now),
            "machine": {
                "cores": os.cpu_count(),
                "system": platform.system(),
                "python": platform.python_version(),
                "duckdb": duckdb.__version__,
                "load_at_end": [round(load, 2) for load in os.getloadavg()],
            },
            "measured_again": {
                **before.get("measured_again", {}),
                **dict.fromkeys(self._sections, now),
            }
            if keep
            else {},
            "sections": before.get("sections", {})
            | {
                name: [{**asdict(figure), "reached": figure.reached} for figure in figures]
                for name, figures in self._sections.items()
            },
        }
        RESULTS.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
