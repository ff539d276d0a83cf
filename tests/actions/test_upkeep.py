"""Looking after the machine: facts are read, a backup is taken when due, failures do not spread."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from actions.access import CLI
from actions.auditing import line_for
from actions.intake.recording import record_community
from actions.upkeep import clock as upkeep_clock
from actions.upkeep import state as upkeep
from actions.upkeep.clock import UpkeepClock
from actions.upkeep.state import (
    ClockWatch,
    Installation,
    clock_synchronised,
    keys_in_backup,
    last_event_at,
    volumes,
)
from actions.vault import Vault
from data.audit import AuditChain
from data.store import Store
from rules.records import CommunityRecord
from rules.upkeep import BackupState

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    var = tmp_path / "var"
    var.mkdir()
    return Installation(var, var / "keys", None, tmp_path / "nights", "03:30", 14)


def test_the_newest_event_tells_when_it_was(store: Store) -> None:
    assert last_event_at(store) is None
    record_community(store, CommunityRecord(community_id="demo", name_zh="试社区")).result()
    found = last_event_at(store)
    assert found is not None
    assert abs(datetime.now(UTC) - found) < timedelta(seconds=20)
    store.close()
    assert last_event_at(store) is None  # health tells of the store itself


@pytest.mark.parametrize(
    ("seconds", "steady", "step"),
    [
        (60.0, 60.0, None),
        (60.5, 60.0, None),
        (160.0, 60.0, 100),
        (-3540.0, 60.0, -3600),
        # a machine that slept: both clocks went on, or neither did
        (7200.0, 7200.0, None),
    ],
)
def test_a_step_of_the_clock_is_noticed(seconds: float, steady: float, step: int | None) -> None:
    watch = ClockWatch(NOW, 1000.0)
    watch.look(NOW + timedelta(seconds=seconds), 1000.0 + steady, timedelta(seconds=60))
    assert (watch.step[1].total_seconds() if watch.step else None) == step


def test_each_file_system_is_told_once_also_of_folders_to_come(tmp_path: Path) -> None:
    found = volumes([tmp_path, tmp_path / "a" / "b", tmp_path])
    assert len(found) == 1
    assert found[0].folder == str(tmp_path)
    assert 0 < found[0].free < found[0].total


@pytest.mark.parametrize(
    ("keys", "nights", "expected"),
    [
        ("var/keys", "nights", False),
        ("var/keys", "var/backups", False),
        ("nights/keys", "nights", True),
        ("nights", "nights", True),
        ("var/photos/keys", "nights", True),
        ("var/mappings", "nights", True),
        ("nights-keys", "nights", False),
    ],
)
def test_keys_among_the_backups_are_noticed(
    tmp_path: Path, installation: Installation, keys: str, nights: str, expected: bool
) -> None:
    moved = replace(installation, keys=tmp_path / keys, backup_folder=tmp_path / nights)
    assert keys_in_backup(moved) is expected


@pytest.mark.parametrize(
    ("said", "expected"), [("yes\n", True), ("no\n", False), ("", None), ("n/a\n", None)]
)
def test_the_system_is_asked_about_its_clock(
    monkeypatch: pytest.MonkeyPatch, said: str, expected: bool | None
) -> None:
    done = subprocess.CompletedProcess([], 0, stdout=said)
    monkeypatch.setattr(upkeep.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(upkeep.subprocess, "run", lambda *_, **__: done)
    assert clock_synchronised() is expected


def test_a_system_that_does_not_answer_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("timedatectl", 2)

    monkeypatch.setattr(upkeep.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(upkeep.subprocess, "run", slow)
    assert clock_synchronised() is None
    monkeypatch.setattr(upkeep.shutil, "which", lambda name: None)
    assert clock_synchronised() is None


@pytest.fixture
def audit(store: Store, tmp_path: Path) -> Iterator[AuditChain]:
    vault = Vault.open(tmp_path / "keys", store)
    yield vault.audit
    vault.close()


@pytest.fixture
def clock(
    store: Store, installation: Installation, audit: AuditChain, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., UpkeepClock]:
    """An upkeep clock that may take its backup at once and asks no system."""
    monkeypatch.setattr(upkeep_clock, "FIRST_BACKUP_AFTER_S", 0.0)
    monkeypatch.setattr(upkeep_clock, "FIRST_AUDIT_CHECK_AFTER_S", 0.0)
    monkeypatch.setattr(upkeep_clock, "clock_synchronised", lambda: None)

    def made(**more: object) -> UpkeepClock:
        given = {name: more.pop(name) for name in ("renew", "on_backup") if name in more}
        return UpkeepClock(store, audit, replace(installation, **more), **given)  # type: ignore[arg-type]

    return made


def test_a_look_finds_the_facts_and_judges_them(clock: Callable[..., UpkeepClock]) -> None:
    now = datetime.now(UTC)
    valid = (now - timedelta(days=1), now + timedelta(days=1))
    looking = clock(insecure_http=True, certificate=lambda: valid)
    assert looking.warnings() == () and looking.facts() is None
    looking.look()
    facts = looking.facts()
    assert facts is not None and facts.backup is not None and facts.volumes
    codes = [warning.code for warning in looking.warnings() if warning.code != "disk_low"]
    assert codes == ["insecure_http", "certificate_expires"]


def test_a_backup_is_taken_when_it_is_due_and_told(
    clock: Callable[..., UpkeepClock], installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[BackupState] = []
    looking = clock(on_backup=told.append)
    looking.look()
    assert told == []  # begun today: the first night is still to come
    monkeypatch.setattr(upkeep_clock, "backup_due", lambda *_: True)
    looking.look()
    assert told[0].error is None
    assert installation.backup_folder is not None
    assert len(list(installation.backup_folder.iterdir())) == 1
    facts = looking.facts()
    assert facts is not None and facts.backup == told[0]


def test_a_removed_line_of_the_audit_is_an_alarm(
    clock: Callable[..., UpkeepClock], audit: AuditChain, store: Store
) -> None:
    for action in ("signin", "signout", "signin"):
        audit.record(line_for(CLI, action, "demo")).result()
    looking = clock()
    looking.look()
    assert "audit_broken" not in {warning.code for warning in looking.warnings()}
    cursor = store.cursor()
    cursor.execute("delete from audit_event where seq = 2")
    cursor.close()
    looking.look()  # checked today already
    assert "audit_broken" not in {warning.code for warning in looking.warnings()}
    again = clock()
    audit.verdict = None  # as after a start
    again.look()
    [alarm] = [warning for warning in again.warnings() if warning.code == "audit_broken"]
    assert (alarm.severity, alarm.fields["line"]) == ("alarm", 2)


def test_the_start_is_left_in_peace(
    clock: Callable[..., UpkeepClock], audit: AuditChain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep_clock, "backup_due", lambda *_: True)
    monkeypatch.setattr(upkeep_clock, "FIRST_BACKUP_AFTER_S", 3600.0)
    monkeypatch.setattr(upkeep_clock, "FIRST_AUDIT_CHECK_AFTER_S", 3600.0)
    told: list[BackupState] = []
    clock(on_backup=told.append).look()
    assert told == []
    assert audit.verdict is None


def test_turned_off_backups_are_told_as_such(clock: Callable[..., UpkeepClock]) -> None:
    looking = clock(backup_folder=None)
    looking.look()
    assert "backup_off" in {warning.code for warning in looking.warnings()}


def test_a_look_that_fails_does_not_end_the_watch(
    clock: Callable[..., UpkeepClock], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def renew() -> None:
        tried.append(1)
        raise RuntimeError("the certificate is gone")

    monkeypatch.setattr(upkeep_clock, "TURN_S", 0.01)
    looking = clock(renew=renew)
    looking.start()
    until = time.monotonic() + 10
    while len(tried) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    looking.stop()
    assert len(tried) >= 3
