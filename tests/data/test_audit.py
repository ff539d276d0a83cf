"""Lines of the audit stand and fall with what they tell of, and their chain has no gaps."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from actions.intake.recording import record_community
from data import audit_anchor
from data.audit import AuditChain
from data.keyring_errors import KeysUnreadable
from data.transaction import Transaction
from rules.records import CommunityRecord
from tests.conftest import ROOT
from tests.data.audit_given import Installation, line


@pytest.fixture
def given(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    yield made
    made.close()


def test_an_empty_log_is_in_order(given: Installation) -> None:
    verdict = given.audit.verify()
    assert (verdict.ok, verdict.count, verdict.fault) == (True, 0, None)


def test_every_field_of_a_line_is_kept(given: Installation) -> None:
    given.write(7)
    row = given.store.rows("audit/chain")[0]
    told = line(7)
    for name in ("action", "result", "actor", "role", "community_id", "subject_kind", "subject_id"):
        assert row[name] == getattr(told, name)
    for name in ("field", "case_id", "purpose", "reason", "origin", "detail"):
        assert row[name] == getattr(told, name)
    assert row["seq"] == 1


def test_the_chain_goes_on_over_a_restart(given: Installation) -> None:
    given.write(1, 2)
    given.reopen()
    given.write(3)
    verdict = given.audit.verify()
    assert verdict.ok
    assert verdict.count == 3


def test_a_line_is_gone_with_the_unit_it_belongs_to(given: Installation) -> None:
    def fails(tx: Transaction) -> None:
        given.audit.note(tx, line(1))
        raise ValueError("the action failed")

    with pytest.raises(ValueError, match="the action failed"):
        given.store.write(fails).result()
    given.write(2)
    assert [row["case_id"] for row in given.store.rows("audit/chain")] == ["c2"]
    assert given.audit.verify().ok


def test_units_of_one_group_chain_on_also_when_one_fails_and_all_are_replayed(
    given: Installation,
) -> None:
    entered, leave = threading.Event(), threading.Event()

    def wait(_: Transaction) -> None:
        entered.set()
        leave.wait(20)

    def noting(number: int) -> Future[None]:
        return given.store.write(lambda tx: given.audit.note(tx, line(number)))

    def failing(tx: Transaction) -> None:
        given.audit.note(tx, line(99))
        raise ValueError("guilty")

    given.write(0)
    blocked = given.store.write(wait)
    entered.wait(20)  # the writer is busy: everything below becomes one group
    before = [noting(number) for number in (1, 2)]
    guilty = given.store.write(failing)
    silent = record_community(given.store, CommunityRecord(community_id="t", name_zh="试"))
    after = [noting(number) for number in (3, 4)]
    leave.set()
    for future in (blocked, *before, silent, *after):
        future.result(20)
    with pytest.raises(ValueError, match="guilty"):
        guilty.result(20)
    rows = given.store.rows("audit/chain")
    assert [row["case_id"] for row in rows] == ["c0", "c1", "c2", "c3", "c4"]
    verdict = given.audit.verify()
    assert (verdict.ok, verdict.count) == (True, 5)


def test_lines_from_many_threads_make_one_chain(given: Installation) -> None:
    threads = [
        threading.Thread(target=lambda: [given.audit.record(line(n)).result() for n in range(10)])
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    verdict = given.audit.verify()
    assert (verdict.ok, verdict.count) == (True, 80)


def test_the_anchor_knows_the_end_before_the_work_is_acknowledged(given: Installation) -> None:
    file = audit_anchor.AnchorFile(given.keys, given.keyring.audit_key)
    for number in range(1, 6):
        given.audit.record(line(number)).result()
        anchor = file.read()
        assert isinstance(anchor, audit_anchor.Anchor)
        assert anchor.count == number
    assert given.anchor.stat().st_mode & 0o077 == 0


def test_commits_without_lines_leave_the_anchor_alone(given: Installation) -> None:
    given.write(1)
    before = given.anchor.stat().st_mtime_ns
    record_community(given.store, CommunityRecord(community_id="t", name_zh="试")).result()
    assert given.anchor.stat().st_mtime_ns == before


def test_an_anchor_that_cannot_be_written_is_told_and_made_good_later(
    given: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise KeysUnreadable(path="audit.anchor", reason="no space left")

    with monkeypatch.context() as patch:
        patch.setattr(audit_anchor, "write_secret", full)
        given.write(1)
        assert given.audit.anchor_failed
        assert given.audit.verify().ok  # more lines than the anchor knows is no fault
    given.reopen()
    given.write(2)
    assert given.audit.anchor_failed is None
    verdict = given.audit.verify()
    assert (verdict.ok, verdict.count) == (True, 2)


CRASH = """
import os, sys
from data.audit import AuditChain, AuditLine
from data.keyring import Keyring
from data.store import Store
folder = sys.argv[1]
store = Store.open(f"duckdb:{folder}/yiping.duckdb")
from pathlib import Path
audit = AuditChain(store, Keyring.open(Path(folder) / "keys"))
line = AuditLine("person.unmask", "done", "account:1")
audit.record(line).result()
audit.record(line).result()
audit._write_anchor = lambda *_: os._exit(9)
audit.record(line).result()
"""


def test_a_crash_between_commit_and_anchor_is_no_fault(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == 9
    given = Installation(tmp_path)
    verdict = given.audit.verify()
    assert (verdict.ok, verdict.count) == (True, 3)
    given.write(4)
    verdict = given.audit.verify()
    assert (verdict.ok, verdict.count) == (True, 4)
    given.close()


def test_the_reason_is_sealed_under_its_subjects_key_and_gone_with_it(given: Installation) -> None:
    given.keyring.create(["p1"])
    given.write(1)
    row = given.store.rows("audit/chain")[0]
    assert "虚构的理由" not in row["reason"]
    assert given.audit.reason_of(row) == "虚构的理由 1"
    given.keyring.erase(["p1"])
    assert given.audit.reason_of(row) is None
    given.write(2)  # about somebody who is gone: never in clear
    assert given.store.rows("audit/chain")[1]["reason"] == "withheld"
    assert given.audit.reason_of(given.store.rows("audit/chain")[1]) is None
    verdict = given.audit.verify()
    assert (verdict.ok, verdict.count) == (True, 2)


def test_a_reason_without_a_person_stays_readable(given: Installation) -> None:
    given.audit.record(replace(line(1), subject_id=None, reason=None)).result()
    given.audit.record(replace(line(2), subject_kind="account", subject_id="a1")).result()
    rows = given.store.rows("audit/chain")
    assert [given.audit.reason_of(row) for row in rows] == [None, "虚构的理由 2"]


@pytest.mark.parametrize("reason", ["sealed:AQ==", "withheld", "sealed:"])
def test_a_reason_that_looks_sealed_is_read_as_it_was_written(
    given: Installation, reason: str
) -> None:
    given.audit.record(replace(line(1), reason=reason)).result()  # p1 has no key here
    found = given.audit.reason_of(given.store.rows("audit/chain")[0])
    assert found is not None
    assert found.strip() == reason


@pytest.mark.parametrize(
    "hostile",
    ["x" * 100_000, "a\0b", "\ud800", "\u202eevil", "'; drop table audit_event; --", "\x1b[2J", ""],
)
def test_hostile_text_is_kept_as_text_and_cut(given: Installation, hostile: str) -> None:
    told = replace(line(1), actor=hostile, action=hostile, reason=hostile, detail=hostile)
    given.audit.record(replace(told, origin=hostile, subject_id=hostile)).result()
    row = given.store.rows("audit/chain")[0]
    assert len(row["actor"]) <= 200
    assert len(row["reason"]) <= 2_000
    assert not set("\0\x1b\u202e") & set(row["actor"] + row["origin"] + row["detail"])
    assert given.audit.verify().ok


def test_the_log_is_readable_with_plain_duckdb(given: Installation) -> None:
    given.write(1, 2)
    given.store.close()
    with duckdb.connect(str(given.database), read_only=True) as plain:
        found = plain.execute("select action, actor from audit_event order by seq").fetchall()
    assert found == [("person.unmask", "account:1"), ("person.unmask", "account:2")]
    given.store = type(given.store).open(f"duckdb:{given.database}")
    given.audit = AuditChain(given.store, given.keyring)
