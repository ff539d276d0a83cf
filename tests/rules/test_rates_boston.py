"""Boston's three on-time rates, recounted here line by line from the city's own file."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from rules.rates import DEFINITIONS, DefinedRate, compared_rates

FILE = Path("311_boston_2011/311_service_requests_2011.zip")
ZONE = "America/New_York"
EXPORTED = datetime(2023, 5, 4, tzinfo=ZoneInfo(ZONE))  # README of the data
Row = dict[str, str]


@pytest.fixture(scope="module")
def table(realdata: Path) -> pd.DataFrame:
    columns = ["target_dt", "closed_dt", "ontime"]
    return pd.read_csv(realdata / FILE, usecols=columns, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def rows(table: pd.DataFrame) -> list[Row]:
    return table.to_dict("records")


@pytest.fixture(scope="module")
def found(table: pd.DataFrame) -> tuple[DefinedRate, ...]:
    flags = table["ontime"].map({"ONTIME": 1.0, "OVERDUE": 0.0})
    return compared_rates(moments(table["target_dt"]), moments(table["closed_dt"]), flags, EXPORTED)


def moments(column: pd.Series) -> pd.Series:
    """Local times without offset, made UTC; the repeated hour is its first pass."""
    local = pd.to_datetime(column.replace("", None)).dt.tz_localize(
        ZONE, ambiguous=np.ones(len(column), dtype=bool)
    )
    return local.dt.tz_convert("UTC")


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
