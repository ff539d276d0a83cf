"""No cell of an exported audit is a formula to any spreadsheet, whichever column it stands in."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from components.audit_csv import COLUMNS, audit_csv
from rules.spreadsheets import safe_cell
from tests.hostile.payloads import FORMULAS

TEXTS = (
    "event_id", "action", "result", "actor", "actor_name", "role", "subject_kind", "subject_id",
    "field", "case_id", "purpose", "reason", "origin", "detail",
)  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_any_column_and_in_the_watermark_is_text(formula: str) -> None:
    row = {"seq": 7, "happened_at": datetime(2026, 11, 22, tzinfo=UTC), "sealed": False}
    content = audit_csv([{**row, **dict.fromkeys(TEXTS, formula)}], ZoneInfo("UTC"), formula)
    (mark,), heads, cells = csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline=""))
    assert mark == safe_cell(formula)
    assert len(heads) == len(cells) == len(COLUMNS)
    assert cells[0] == "7"
    for cell in cells[3:]:
        assert cell.startswith(safe_cell(formula)), cell
    assert cells[1] == safe_cell(formula)
