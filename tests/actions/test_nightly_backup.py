"""The nightly backup: taken and proved before anything old goes, its failures remembered."""

from __future__ import annotations

import errno
import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from actions.intake.recording import record_community
from actions.upkeep import nightly_backup
from actions.upkeep.nightly_backup import STATE_FILE, read_state, take_backup
from data.backup import check_backup
from data.errors import BackupBroken
from data.store import Store
from rules.records import CommunityRecord
from rules.upkeep import BackupState

NOW = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)


def take(store: Store, tmp_path: Path, now: datetime = NOW, keep_days: int = 14) -> BackupState:
    return take_backup(store, tmp_path / "var", None, tmp_path / "nights", keep_days, now)


def nights(tmp_path: Path) -> list[str]:
    return sorted(each.name for each in (tmp_path / "nights").iterdir())


@pytest.fixture(autouse=True)
def one_community(store: Store) -> None:
    record_community(store, CommunityRecord(community_id="demo", name_zh="试社区")).result()


def test_a_night_s_backup_is_whole_private_and_remembered(store: Store, tmp_path: Path) -> None:
    begun = read_state(tmp_path / "var", NOW - timedelta(days=3))
    state = take(store, tmp_path)
    assert nights(tmp_path) == ["2026-11-22"]
    kept = tmp_path / "nights" / "2026-11-22"
    assert check_backup(kept)["tables"]["community_event"]["n"] == 1
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert (state.since, state.good_at, state.error) == (begun.since, NOW, None)
    assert state.folder == str(kept)
    assert read_state(tmp_path / "var", NOW + timedelta(days=1)) == state


def test_a_second_one_of_the_same_day_gets_a_name_of_its_own(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path)
    take(store, tmp_path)
    assert nights(tmp_path) == ["2026-11-22", "2026-11-22-2"]


def test_old_ones_go_after_a_good_one_and_nothing_else_does(store: Store, tmp_path: Path) -> None:
    for days in (1, 14, 15, 40):
        take(store, tmp_path, NOW - timedelta(days=days), keep_days=3650)
    kept = tmp_path / "nights"
    (kept / "2001-01-01").mkdir()  # no backup of ours: it has no manifest
    (kept / "notes").mkdir()
    (kept / "2026-99-99").mkdir()
    (kept / "2026-99-99" / "manifest.json").write_text("{}")
    (kept / "2002-01-01").symlink_to(tmp_path / "var", target_is_directory=True)
    (tmp_path / "var" / "manifest.json").write_text("{}")
    take(store, tmp_path)
    assert nights(tmp_path) == [
        "2001-01-01",
        "2002-01-01",
        "2026-11-08",
        "2026-11-21",
        "2026-11-22",
        "2026-99-99",
        "notes",
    ]
    assert (tmp_path / "var").is_dir()


def test_a_failed_one_leaves_the_old_ones_and_nothing_half_done(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = take(store, tmp_path, NOW - timedelta(days=100))

    def broken(folder: Path) -> None:
        raise BackupBroken(reason="rows_differ", folder=str(folder))

    monkeypatch.setattr(nightly_backup, "check_backup", broken)
    state = take(store, tmp_path)
    assert nights(tmp_path) == ["2026-08-14"]
    assert (state.error, state.tried_at, state.good_at) == ("rows_differ", NOW, good.good_at)
    monkeypatch.undo()
    assert take(store, tmp_path, NOW + timedelta(hours=1)).error is None


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EACCES, "no_permission"), (errno.EIO, "disk_error")],
)
def test_what_the_disk_says_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(number, "no")

    monkeypatch.setattr(nightly_backup, "back_up", full)
    assert take(store, tmp_path).error == code


def test_a_file_in_the_place_of_the_folder_is_a_failure_not_a_crash(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "nights").write_text("in the way")
    assert take(store, tmp_path).error == "disk_error"


def test_what_an_interrupted_night_left_is_removed(store: Store, tmp_path: Path) -> None:
    left = tmp_path / "nights" / ".unfinished-2026-11-20"
    left.mkdir(parents=True)
    (left / "yiping.duckdb").write_text("half")
    take(store, tmp_path)
    assert nights(tmp_path) == ["2026-11-22"]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", '{"since": "yesterday"}', '{"since": 5}']
)
def test_a_broken_state_file_begins_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / STATE_FILE).write_text(content)
    assert read_state(tmp_path, NOW) == BackupState(NOW)
    assert json.loads((tmp_path / STATE_FILE).read_text())["since"] == NOW.isoformat()
