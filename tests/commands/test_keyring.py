"""The keys are rotated, exported and imported from the command line, and the audit has it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.keyring import (
    import_offline,
    run_keyring_export,
    run_keyring_import,
    run_keyring_rotate,
    run_keyring_status,
)
from data import keyring_transfer
from tests.commands.shell import Words
from tests.commands.vault_shell import VaultShell

PASSPHRASE = "not a real passphrase"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[VaultShell]:
    monkeypatch.setattr(keyring_transfer, "SCRYPT_N", 2**10)
    opened = VaultShell(tmp_path / "var")
    opened.keyring.create(["p1", "p2"])
    yield opened
    opened.close()


def offline(shell: VaultShell, file: Path, passphrase: str = PASSPHRASE) -> tuple[int, Words]:
    """Import while nothing is open, then open again."""
    shell.close()
    words = Words()
    try:
        arguments = {"file": str(file), "passphrase": passphrase}
        return import_offline(shell.settings, arguments, words), words
    finally:
        shell.open()


def test_the_status_tells_how_many_keys_there_are_and_which_are_missing(shell: VaultShell) -> None:
    shell.keyring.erase(["p2"])
    status, words = shell.run(run_keyring_status)
    assert status == 0
    assert words.lines[-1] == "Subjects with a key: 1; erased: 1"
    shell.tamper(
        "insert into personal_field (subject_id, subject_kind, field, community_id, sealed, "
        "updated_at, event_id) values ('p9', 'person', 'name', 't', 'AQ==', now(), 'e')"
    )
    status, words = shell.run(run_keyring_status)
    assert status == 1
    assert "1 subjects have sealed values here but no key" in words.errors[0]


def test_a_rotation_is_done_and_audited(shell: VaultShell) -> None:
    before = shell.keyring.master_id()
    status, words = shell.run(run_keyring_rotate)
    assert status == 0
    assert shell.keyring.master_id() != before
    assert "2 keys" in words.lines[0]
    name = shell.keyring.master_id()
    assert shell.actions() == [("keyring.rotate", "cli", f"master {name}")]


def test_an_export_and_its_import_into_the_running_app(shell: VaultShell, tmp_path: Path) -> None:
    file = tmp_path / "keys.export"
    status, words = shell.run(run_keyring_export, file=file, passphrase=PASSPHRASE)
    assert status == 0
    assert PASSPHRASE not in " ".join(words.lines + words.errors)
    status, words = shell.run(run_keyring_import, file=file, passphrase=PASSPHRASE)
    assert (status, words.lines) == (0, ["0 keys were added; 0 erased subjects of it stay erased."])
    assert [action for action, _, _ in shell.actions()] == ["keyring.export", "keyring.import"]


@pytest.mark.parametrize("passphrase", ["", "short", "elevenchars"])
def test_a_weak_passphrase_is_refused(shell: VaultShell, tmp_path: Path, passphrase: str) -> None:
    status, words = shell.run(run_keyring_export, file=tmp_path / "f", passphrase=passphrase)
    assert status == 2
    assert "at least 12 characters" in words.errors[0]
    assert not (tmp_path / "f").exists()


def test_a_wrong_passphrase_changes_nothing(shell: VaultShell, tmp_path: Path) -> None:
    file = tmp_path / "keys.export"
    shell.run(run_keyring_export, file=file, passphrase=PASSPHRASE)
    status, words = shell.run(run_keyring_import, file=file, passphrase="wrong passphrase")
    assert status == 2
    assert "wrong passphrase" in words.errors[0]
    status, words = offline(shell, file, "wrong passphrase")
    assert status == 2
    assert [action for action, _, _ in shell.actions()] == ["keyring.export"]


def test_lost_keys_come_back_and_the_audit_goes_on(shell: VaultShell, tmp_path: Path) -> None:
    sealed = shell.keyring.seal("p1", "name", "甲")
    shell.write(1)
    file = tmp_path / "keys.export"
    shell.run(run_keyring_export, file=file, passphrase=PASSPHRASE)
    shell.close()
    shutil.rmtree(shell.keys)
    shell.open()  # somebody started the app before the import
    assert shell.keyring.open_sealed("p1", "name", sealed) is None
    status, words = offline(shell, file)
    assert status == 0, words.errors
    assert "is kept as" in words.lines[-1]
    assert shell.keyring.open_sealed("p1", "name", sealed) == "甲"
    verdict = shell.audit.verify()
    assert verdict.ok, verdict
    assert [mark.kind for mark in verdict.marks] == ["imported"]
    assert shell.actions()[-1] == ("keyring.import", "cli", "added 2, stay erased 0")


def test_keys_in_use_by_another_installation_are_not_replaced(
    shell: VaultShell, tmp_path: Path
) -> None:
    file = tmp_path / "keys.export"
    shell.run(run_keyring_export, file=file, passphrase=PASSPHRASE)
    stranger = VaultShell(tmp_path / "stranger")
    stranger.keyring.create(["q1"])
    status, words = offline(stranger, file)
    assert status == 2
    assert "another installation" in words.errors[0]
    assert stranger.keyring.state_of("q1") == "known"
    stranger.close()


def test_an_import_works_where_the_store_cannot_be_opened(
    shell: VaultShell, tmp_path: Path
) -> None:
    file = tmp_path / "keys.export"
    shell.run(run_keyring_export, file=file, passphrase=PASSPHRASE)
    shell.close()
    whole = shell.database.read_bytes()
    shell.database.write_bytes(b"broken")
    words = Words()
    arguments = {"file": str(file), "passphrase": PASSPHRASE}
    assert import_offline(shell.settings, arguments, words) == 1
    assert "is not in the audit" in words.errors[0]
    shell.database.write_bytes(whole)
    shell.open()
