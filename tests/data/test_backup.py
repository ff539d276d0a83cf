"""A backup is consistent while writes go on, is checked, and comes back whole."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions.intake.recording import record, record_community
from data.backup import DATABASE, MANIFEST, back_up, check_backup, fingerprint, restore
from data.errors import BackupBroken
from data.store import Store
from rules.records import CaseRecord, CommunityRecord

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)


def cases(start: int, count: int) -> list[CaseRecord]:
    return [
        CaseRecord(source_id=str(n), category="noise", reported_at=NOW, title=f"第 {n} 件")
        for n in range(start, start + count)
    ]


@pytest.fixture
def filled(store: Store) -> Store:
    record_community(store, CommunityRecord(community_id="t", name_zh="试")).result()
    record(store, "cases", "t", "test", cases(0, 50)).result()
    return store


def test_a_backup_taken_under_writes_is_one_consistent_moment(
    filled: Store, tmp_path: Path
) -> None:
    stop = threading.Event()

    def keep_writing() -> None:
        number = 1_000
        while not stop.is_set():
            record(filled, "cases", "t", "test", cases(number, 5)).result()
            number += 5

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for round_ in range(3):
            folder = tmp_path / f"backup{round_}"
            back_up(filled, tmp_path, None, folder)
            found = check_backup(folder)["tables"]
            # a case and its event are written together: a torn copy would have more of one
            assert found["case_event"]["n"] == found["case_now"]["n"] == found["case_text"]["n"]
    finally:
        stop.set()
        writer.join()


def test_photos_mappings_and_settings_go_along(filled: Store, tmp_path: Path) -> None:
    var = tmp_path / "var"
    (var / "photos").mkdir(parents=True)
    (var / "photos" / "1.jpg").write_bytes(b"picture")
    settings = tmp_path / "yiping.toml"
    settings.write_text("port = 9000\n")
    back_up(filled, var, settings, tmp_path / "backup")
    assert (tmp_path / "backup" / "files" / "photos" / "1.jpg").read_bytes() == b"picture"
    assert (tmp_path / "backup" / "files" / "yiping.toml").read_text() == "port = 9000\n"
    target = tmp_path / "other"
    restore(tmp_path / "backup", target / "yiping.duckdb", target)
    assert (target / "photos" / "1.jpg").read_bytes() == b"picture"


def test_a_restore_brings_back_every_row_and_keeps_what_stood_there(
    filled: Store, tmp_path: Path
) -> None:
    back_up(filled, tmp_path, None, tmp_path / "backup")
    target = tmp_path / "other" / "yiping.duckdb"
    other = Store.open(f"duckdb:{target}")
    record_community(other, CommunityRecord(community_id="old", name_zh="旧")).result()
    other.close()
    moved = restore(tmp_path / "backup", target, tmp_path / "other")
    assert fingerprint(target) == fingerprint(tmp_path / "backup" / DATABASE)
    assert moved is not None
    assert fingerprint(moved)["community_now"]["n"] == 1
    again = Store.open(f"duckdb:{target}")
    assert len(again.rows("case/ids", community_id="t")) == 50
    again.close()


@pytest.mark.parametrize("damage", ["flip", "truncate", "manifest", "missing"])
def test_a_damaged_backup_is_refused_and_nothing_is_changed(
    filled: Store, tmp_path: Path, damage: str
) -> None:
    folder = tmp_path / "backup"
    back_up(filled, tmp_path, None, folder)
    copy = folder / DATABASE
    content = bytearray(copy.read_bytes())
    if damage == "flip":
        content[len(content) // 2] ^= 0xFF
        copy.write_bytes(content)
    elif damage == "truncate":
        copy.write_bytes(content[: len(content) // 2])
    elif damage == "manifest":
        manifest = json.loads((folder / MANIFEST).read_text())
        manifest["tables"]["case_now"]["n"] += 1
        (folder / MANIFEST).write_text(json.dumps(manifest))
    else:
        copy.unlink()
    target = tmp_path / "other" / "yiping.duckdb"
    Store.open(f"duckdb:{target}").close()
    before = target.read_bytes()
    with pytest.raises(BackupBroken):
        restore(folder, target, tmp_path / "other")
    assert target.read_bytes() == before


def test_a_backup_goes_into_an_empty_folder_only(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup" / "something").write_text("mine")
    with pytest.raises(BackupBroken):
        back_up(filled, tmp_path, None, tmp_path / "backup")
    assert (tmp_path / "backup" / "something").read_text() == "mine"


def test_a_folder_with_quotes_in_its_name_is_no_sql(filled: Store, tmp_path: Path) -> None:
    folder = tmp_path / "o'brien'; drop table case_now; --"
    back_up(filled, tmp_path, None, folder)
    assert check_backup(folder)["tables"]["case_now"]["n"] == 50
