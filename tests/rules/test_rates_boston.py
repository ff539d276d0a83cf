"""Boston's three on-time rates, recounted here line by line from the city's own file."""

import csv
import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from rules.rates import DEFINITIONS, DefinedRate, compared_rates

FILE = Path("311_boston_2011/311_service_requests_2011.zip")
ZONE = ZoneInfo("America/New_York")
EXPORTED = datetime(2023, 5, 4, tzinfo=ZONE)  # README of the data
Row = dict[str, str]


@pytest.fixture(scope="module")
def rows(realdata: Path) -> list[Row]:
    with zipfile.ZipFile(realdata / FILE) as archive, archive.open(archive.namelist()[0]) as raw:
        return list(csv.DictReader(io.TextIOWrapper(raw, "utf-8")))


def moments(rows: list[Row], column: str) -> np.ndarray:
    """Local times without offset, in UTC; the first pass of the repeated hour."""
    return np.array(
        [
            np.datetime64(
                datetime.fromisoformat(row[column])
                .replace(tzinfo=ZONE)
                .astimezone(UTC)
                .replace(tzinfo=None),
                "us",
            )
            if row[column]
            else np.datetime64("NaT", "us")
            for row in rows
        ]
    )


@pytest.fixture(scope="module")
def found(rows: list[Row]) -> tuple[DefinedRate, ...]:
    flags = [{"ONTIME": 1.0, "OVERDUE": 0.0}.get(row["ontime"], np.nan) for row in rows]
    return compared_rates(moments(rows, "target_dt"), moments(rows, "closed_dt"), flags, EXPORTED)


def test_three_definitions_give_three_rates_and_each_says_its_n(
    found: tuple[DefinedRate, ...],
) -> None:
    assert [rate.definition for rate in found] == list(DEFINITIONS)
    assert [f"{100 * (rate.rate or 0):.1f} %" for rate in found] == ["81.5 %", "80.2 %", "75.3 %"]
    assert [rate.n for rate in found] == [43_664, 58_093, 47_270]


def test_the_same_rates_come_from_counting_the_lines(
    rows: list[Row], found: tuple[DefinedRate, ...]
) -> None:
    closed_flagged = [r for r in rows if r["target_dt"] and r["closed_dt"] and r["ontime"]]
    flagged = [r for r in rows if r["ontime"]]
    due = [r for r in rows if r["target_dt"]]
    # Text of the form 2011-07-01 08:00:00 sorts like the time it names.
    on_time = [r for r in due if r["closed_dt"] and r["closed_dt"] <= r["target_dt"]]
    late = [r for r in due if r["closed_dt"] and r["closed_dt"] > r["target_dt"]]
    overdue = [r for r in due if not r["closed_dt"] and r["target_dt"] < "2023-05-04"]
    counted = [
        (sum(r["ontime"] == "ONTIME" for r in closed_flagged), len(closed_flagged)),
        (sum(r["ontime"] == "ONTIME" for r in flagged), len(flagged)),
        (len(on_time), len(on_time) + len(late) + len(overdue)),
    ]
    assert [(rate.on_time, rate.n) for rate in found] == counted
    assert [rate.rate for rate in found] == [hits / n for hits, n in counted]


def test_without_cases_there_is_no_rate_by_any_definition() -> None:
    none = np.array([], dtype="datetime64[us]")
    assert compared_rates(none, none, [], EXPORTED) == tuple(
        DefinedRate(definition, None, 0, 0) for definition in DEFINITIONS
    )
