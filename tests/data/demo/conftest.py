"""The demo's registers and history, made once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pandas as pd
import pytest

from data.demo.history import PastCase, history, past_cases
from data.demo.plan import Plan, draw_plan
from data.demo.registers import registers
from rules.records import Record

SEED = 7
NOW = datetime(2026, 11, 18, 8, 30, tzinfo=UTC)  # a Wednesday afternoon in China


@pytest.fixture(scope="session")
def plan() -> Plan:
    return draw_plan()


@pytest.fixture(scope="session")
def registered() -> dict[str, Sequence[Record]]:
    return registers(SEED, NOW)


@pytest.fixture(scope="session")
def cases() -> list[PastCase]:
    return past_cases(SEED, NOW)


@pytest.fixture(scope="session")
def events() -> pd.DataFrame:
    return history(SEED, NOW)
