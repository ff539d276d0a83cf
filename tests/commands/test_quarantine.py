"""`quarantine`: the listing of rows set aside, for a terminal and for a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from actions.intake.quarantine import QuarantinedRow, set_aside
from commands.imports import run_import
from commands.quarantine import run_quarantine
from rules.spreadsheets import safe_cell
from tests.commands.shell import HEADER, Shell
from tests.hostile.payloads import FORMULAS


@pytest.fixture
def shell(store, tmp_path):
    return Shell(store, tmp_path)


def test_the_quarantine_listing_can_be_narrowed(shell):
    bad = shell.file(HEADER + "1,噪声,昨天,=cmd()\x1b[31m\n")
    shell.run(run_import, "cases", bad, "cases", "demo")
    shell.run(run_import, "cases", bad, "cases", "boston")
    for options, count in (
        ({}, 2),
        ({"community_id": "demo"}, 1),
        ({"source": "files"}, 2),
        ({"source": "spreadsheet"}, 2),
        ({"source": "files:spreadsheet"}, 2),
        ({"source": "http"}, 0),
        ({"since": "2024-01-01"}, 2),
        ({"since": "2999-01-01T00:00+08:00"}, 0),
    ):
        status, words = shell.run(run_quarantine, **options)
        assert (status, len(words.lines)) == (0, count), options
    _, words = shell.run(run_quarantine, community_id="demo")
    assert "a.csv:2 field_invalid [reported_at]" in words.lines[0]
    assert "\x1b" not in words.lines[0]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_listing_opened_in_a_spreadsheet_runs_nothing(shell, formula):
    row = QuarantinedRow(2, formula, formula, formula, formula)
    set_aside(shell.store, "demo", formula, "cases", formula, [row]).result()
    _, words = shell.run(run_quarantine, as_csv=True)
    (listed,) = csv.DictReader(io.StringIO("\n".join(words.lines), newline=""))
    for column in ("source", "file", "code", "field", "message", "raw"):
        assert listed[column] == safe_cell(formula), column


def test_a_line_end_in_a_row_begins_no_row_of_the_listing(shell):
    raw = '1,噪声\n=HYPERLINK("http://x")\r=1+1'
    set_aside(
        shell.store, "demo", "t", "cases", "a.csv", [QuarantinedRow(2, "x", None, raw, raw)]
    ).result()
    _, words = shell.run(run_quarantine, as_csv=True)
    (listed,) = csv.DictReader(io.StringIO("\n".join(words.lines), newline=""))
    assert (listed["message"], listed["raw"]) == (raw, raw)


def test_a_time_that_is_none_is_refused_by_the_listing(shell):
    status, words = shell.run(run_quarantine, since="yesterday")
    assert (status, len(words.errors)) == (2, 1)
