"""A restore brings no erased person back and loses no audited line that can be kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.backup import FILES, restore
from data.keyring import Keyring
from data.keyring_errors import JournalBroken
from data.keyring_journal import FILE_NAME as JOURNAL
from data.restoring import Brought, bring_up
from tests.data.audit_given import Installation
from tests.data.restore_given import back_up_of, put_back

VALUE = (
    "insert into personal_field (subject_id, subject_kind, field, community_id, sealed, "
    "updated_at, event_id) values ($subject_id, 'person', 'name', 't', $sealed, now(), 'e')"
)


@pytest.fixture
def given(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    made.keyring.create(["p1", "p2"])
    cursor = made.store.cursor()
    for subject_id in ("p1", "p2"):
        sealed = made.keyring.seal(subject_id, "name", subject_id)
        cursor.execute(VALUE, {"subject_id": subject_id, "sealed": sealed})
    cursor.close()
    made.write(1, 2, 3)
    yield made
    made.close()


def names(given: Installation) -> list[str | None]:
    cursor = given.store.cursor()
    rows = cursor.execute("select subject_id, field, sealed from personal_field order by 1")
    found = given.keyring.open_many(rows.fetchall())
    cursor.close()
    return found


def kinds(given: Installation) -> list[str]:
    return [mark.kind for mark in given.audit.verify().marks]


def test_lines_made_since_the_backup_are_carried_over(given: Installation) -> None:
    folder = back_up_of(given)
    given.write(4, 5)
    brought = put_back(given, folder)
    assert (brought.carried, brought.lost) == (2, 0)
    verdict = given.audit.verify()
    assert (verdict.ok, verdict.count) == (True, 5)
    assert kinds(given) == ["restored"]
    given.write(6)
    assert given.audit.verify().ok


def test_lines_that_cannot_be_had_any_more_are_noted_not_taken_for_a_cut(
    given: Installation,
) -> None:
    folder = back_up_of(given)
    given.write(4, 5)
    given.close()
    given.database.write_bytes(b"broken")
    keyring = Keyring.open(given.keys)
    brought: list[Brought] = []
    restore(
        folder,
        given.database,
        given.folder,
        lambda staged: brought.append(bring_up(staged, given.database, keyring, folder / "no")),
    )
    keyring.close()
    given.open()
    assert (brought[0].carried, brought[0].lost) == (0, 2)
    verdict = given.audit.verify()
    assert (verdict.ok, verdict.count) == (True, 3)
    mark = verdict.marks[0]
    assert (mark.kind, mark.seq, mark.before) == ("shortened", 3, 5)
    given.write(6)
    given.reopen()
    assert given.audit.verify().ok


def test_an_anchor_does_not_excuse_a_cut_after_a_restore(given: Installation) -> None:
    folder = back_up_of(given)
    put_back(given, folder)
    given.write(4, 5)
    given.tamper("delete from audit_event where seq > 3")
    given.reopen()
    fault = given.audit.verify().fault
    assert fault is not None
    assert (fault.kind, fault.seq, fault.until) == ("cut_off", 4, 5)


def test_a_restore_cut_off_before_the_file_was_in_place_leaves_no_excuse(
    given: Installation,
) -> None:
    folder = back_up_of(given)
    given.write(4)
    given.close()
    keyring = Keyring.open(given.keys)
    shutil.copy2(folder / "yiping.duckdb", given.folder / "staged")
    bring_up(given.folder / "staged", given.folder / "nowhere", keyring, folder / "no")
    keyring.close()
    given.open()  # the power came back: the old database still stands there
    assert given.audit.verify().ok
    assert given.audit.verify().count == 4
    given.tamper("delete from audit_event where seq > 3")
    given.reopen()
    assert given.audit.verify().fault is not None


def test_a_second_restore_of_an_older_backup_keeps_every_line(given: Installation) -> None:
    first = back_up_of(given, "first")
    given.write(4)
    second = back_up_of(given, "second")
    given.write(5)
    assert put_back(given, second).carried == 1
    given.write(6)
    assert put_back(given, first).carried == 3
    verdict = given.audit.verify()
    assert (verdict.ok, verdict.count) == (True, 6)


def test_nobody_erased_since_the_backup_comes_back(given: Installation) -> None:
    folder = back_up_of(given)
    given.keyring.erase(["p1"])
    brought = put_back(given, folder)
    assert brought.values == 1
    assert names(given) == ["p2"]


def test_erasures_only_a_backup_knows_are_taken_over(given: Installation) -> None:
    shutil.copytree(given.keys, given.folder / "older keys")
    given.keyring.erase(["p1"])
    folder = back_up_of(given)
    given.close()
    shutil.rmtree(given.keys)
    (given.folder / "older keys").rename(given.keys)  # the machine was lost, the safe had this
    for draft in given.keys.glob("*-journal"):
        draft.unlink()
    given.open()
    assert given.keyring.state_of("p1") == "known"
    brought = put_back(given, folder)
    assert brought.erasures == 1
    assert given.keyring.state_of("p1") == "erased"
    assert names(given) == ["p2"]


def test_an_altered_journal_in_a_backup_stops_the_restore(given: Installation) -> None:
    given.keyring.erase(["p1"])
    folder = back_up_of(given)
    journal = folder / FILES / JOURNAL
    journal.write_bytes(journal.read_bytes().replace(b'"p1"', b'"p7"'))
    before = given.store.rows("audit/head")
    with pytest.raises(JournalBroken):
        put_back(given, folder)
    assert given.store.rows("audit/head") == before
    assert not list(given.folder.glob("*.restoring*"))


def test_everybody_has_to_sign_in_again_but_no_wall_goes_dark(given: Installation) -> None:
    cursor = given.store.cursor()
    columns = [row for row in cursor.execute("describe session").fetchall() if row[2] == "NO"]
    names = [name for name, *_ in columns]
    for holder in ("account", "kiosk"):
        values = [
            holder if name == "holder_kind" else datetime.now(UTC) if "TIME" in kind else "x"
            for name, kind, *_ in columns
        ]
        marks = ", ".join("?" * len(values))
        cursor.execute(f"insert into session ({', '.join(names)}) values ({marks})", values)
    cursor.close()
    put_back(given, back_up_of(given))
    found = given.store.cursor().execute("select holder_kind from session").fetchall()
    assert found == [("kiosk",)]
