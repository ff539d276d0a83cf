"""`quarantine`: the listing of rows set aside, for a terminal and for a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest

from commands.imports import run_import
from commands.quarantine import run_quarantine
from tests.commands.shell import HEADER, Shell


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


def test_a_listing_opened_in_a_spreadsheet_runs_nothing(shell):
    text = "编号,类别,上报时间\n" + '=HYPERLINK("http://x"),噪声,昨天\n'
    shell.run(run_import, "cases", shell.file(text), "cases", "demo")
    _, words = shell.run(run_quarantine, as_csv=True)
    (row,) = csv.DictReader(io.StringIO("\n".join(words.lines)))
    assert row["raw"].startswith("'=")


def test_a_time_that_is_none_is_refused_by_the_listing(shell):
    status, words = shell.run(run_quarantine, since="yesterday")
    assert (status, len(words.errors)) == (2, 1)
