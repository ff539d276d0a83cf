"""Backups of older versions and other machines are taken in, and what is foreign is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from data.audit_anchor import Anchor, AnchorFile
from data.backup import restore
from data.errors import BackupBroken
from data.keyring import Keyring
from data.restoring import Brought, bring_up
from data.store import Store
from tests.data.audit_given import Installation
from tests.data.restore_given import back_up_of, put_back


@pytest.fixture
def given(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    made.write(1, 2, 3)
    yield made
    made.close()


def test_a_database_of_another_history_is_not_mixed_in(given: Installation) -> None:
    folder = back_up_of(given)
    other = Installation(given.folder / "other")
    other.write(*range(10))
    other.close()
    given.close()
    shutil.copy2(other.database, given.database)
    given.open()
    assert put_back(given, folder).carried == 0
    verdict = given.audit.verify()
    assert (verdict.ok, verdict.count) == (True, 3)


def test_keys_of_another_installation_are_told(given: Installation, tmp_path: Path) -> None:
    folder = back_up_of(given)
    stranger = Installation(tmp_path / "new machine")
    assert put_back(stranger, folder).foreign
    assert stranger.audit.verify().fault is not None
    stranger.close()


def test_a_backup_from_before_the_audit_existed_is_migrated(given: Installation) -> None:
    folder = back_up_of(given)
    with duckdb.connect(str(folder / "yiping.duckdb")) as old:
        tables = old.execute(
            "select table_name from information_schema.tables where table_name in "
            "('audit_event', 'personal_field', 'session')"
        ).fetchall()
        for (table,) in tables:
            old.execute(f"drop table {table}")
        old.execute("delete from schema_version where version > 5")
    given.close()
    keyring = Keyring.open(given.keys)
    bring_up(folder / "yiping.duckdb", given.database, keyring, folder / "no")
    keyring.close()
    with duckdb.connect(str(folder / "yiping.duckdb")) as brought:
        assert brought.execute("select count(*) from audit_event").fetchall() == [(3,)]
    anchor = AnchorFile(given.keys, keyring.audit_key).read()
    assert isinstance(anchor, Anchor)
    assert anchor.pending is not None
    given.open()


def test_a_backup_whose_manifest_lists_fewer_tables_is_sound(given: Installation) -> None:
    folder = back_up_of(given)
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest["tables"]["audit_event"]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert put_back(given, folder).carried == 0
    manifest["tables"]["no_such_table"] = {"n": 1, "hash": 1}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BackupBroken):
        put_back(given, folder)


def test_a_database_killed_in_the_middle_still_gives_its_lines(given: Installation) -> None:
    folder = back_up_of(given)
    given.write(4, 5)
    killed = given.folder / "killed.duckdb"
    shutil.copy2(given.database, killed)  # with a log that nobody has moved into it yet
    shutil.copy2(
        given.database.with_name("yiping.duckdb.wal"), killed.with_name("killed.duckdb.wal")
    )
    given.close()
    shutil.move(killed, given.database)
    shutil.move(
        killed.with_name("killed.duckdb.wal"), given.database.with_name("yiping.duckdb.wal")
    )
    keyring = Keyring.open(given.keys)
    staged = given.folder / "staged.duckdb"
    shutil.copy2(folder / "yiping.duckdb", staged)
    assert bring_up(staged, given.database, keyring, folder / "no").carried == 2
    keyring.close()
    Store.open(f"duckdb:{staged}").close()
    given.open()


def test_a_backup_restored_on_a_new_machine_starts_in_order(
    given: Installation, tmp_path: Path
) -> None:
    given.tamper("delete from audit_event")
    given.tamper("delete from personal_field")
    folder = back_up_of(given)
    fresh = Installation(tmp_path / "new machine")
    fresh.close()
    shutil.rmtree(fresh.keys)
    fresh.database.unlink()
    keyring, brought = Keyring.open(fresh.keys), list[Brought]()
    restore(
        folder,
        fresh.database,
        fresh.folder,
        lambda staged: brought.append(bring_up(staged, fresh.database, keyring, folder / "no")),
    )
    keyring.close()
    fresh.open()
    assert fresh.audit.verify().ok
    fresh.close()
