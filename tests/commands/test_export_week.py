"""`export week` writes the spreadsheet, or says what it misses."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from commands.week import run_export_week
from data.store import Store
from tests.commands.shell import Shell


@pytest.fixture
def shell(store: Store, tmp_path: Path) -> Shell:
    return Shell(store, tmp_path)


def test_the_file_opens_again_in_the_language_asked_for(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "week.xlsx"
    for language, sheet in (("zh-CN", "概况"), ("en", "Figures")):
        status, words = shell.run(run_export_week, file, "demo", "2026-W47", language)
        assert status == 0
        assert words.lines == [f"{file}: demo 2026-W47, 0 cases"]
        assert openpyxl.load_workbook(file).sheetnames[0] == sheet
    assert [each.name for each in tmp_path.glob("*week*")] == ["week.xlsx"]


@pytest.mark.parametrize(
    ("community", "week"), [(None, None), ("nowhere", None), ("demo", "2026-W99")]
)
def test_what_is_not_known_is_said(
    shell: Shell, tmp_path: Path, community: str | None, week: str | None
) -> None:
    status, words = shell.run(run_export_week, tmp_path / "a.xlsx", community, week, "en")
    assert (status, len(words.errors)) == (2, 1)
    assert not (tmp_path / "a.xlsx").exists()
