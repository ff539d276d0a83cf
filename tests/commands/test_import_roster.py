"""`import roster`: a community's own sheet of shifts, as CSV and as a workbook, taken once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from actions.intake.recording import record
from actions.roster.reading import duty_now
from commands.context import Context
from commands.imports import run_import
from data.store import Store
from rules.records import WorkerRecord
from settings import Settings
from tests.commands.shell import Shell, Words, counts

HEADER = "队伍,队伍类别,单位,呼号,上班,下班,起始日期,星期,适用日\n"
DAY = "网格队,网格,,网格员01,8:00,20:00,2026/3/1,周一至周五,每天\n"
NIGHT = "物业班组,物业,示例物业,物业01,20:00,08:00,2026-03-01,,每天\n"
NOBODY = "网格队,网格,,网格员99,8:00,20:00,2026/3/1,,每天\n"
BAD = "网格队,网格,,网格员01,25:00,20:00,2026/3/1,,每天\n"


@pytest.fixture
def shell(store: Store, tmp_path: Path) -> Shell:
    made = Shell(store, tmp_path)
    people = [
        WorkerRecord(source_id="1", kind="grid_worker", callsign="网格员01"),
        WorkerRecord(source_id="2", kind="property", callsign="物业01"),
    ]
    record(store, "workers", "demo", "test", people).result()
    return made


def load(shell: Shell, path: Path) -> dict:
    words = Words()
    context = Context(shell.store, Settings(var=shell.var), words, shell.vault)
    run_import(context, "roster", path, "roster", "demo")
    return words.result


def test_a_sheet_is_taken_once_and_bad_rows_are_set_aside(shell: Shell) -> None:
    sheet = shell.file(HEADER + DAY + NIGHT + NOBODY + BAD)
    assert load(shell, sheet) == {**counts(new=2), "quarantined": 2, "read": 4}
    noon = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
    (on,) = duty_now(shell.store, "demo", noon).on
    assert load(shell, shell.file(HEADER + DAY + NIGHT)) == counts(unchanged=2)
    midnight = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
    assert duty_now(shell.store, "demo", midnight).workers() != {on.worker_id}
    (unit,) = shell.store.rows("organisation/register", community_id="demo")
    assert (unit["name_zh"], unit["kind"]) == ("示例物业", "property_company")


def test_a_workbook_is_taken_as_well(shell: Shell, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (HEADER, DAY):
        book.active.append(line.strip().split(","))
    book.save(tmp_path / "排班.xlsx")
    assert load(shell, tmp_path / "排班.xlsx") == counts(new=1)
    (shift,) = shell.store.rows("roster/shifts", community_id="demo")
    assert (shift["starts"], shift["ends"], shift["weekdays"]) == ("08:00", "20:00", "12345")
