"""A keys folder is made whole or not at all, and one that is not right is refused."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from data import keyring_files, keyring_folder
from data.errors import StoreError
from data.keyring import Keyring
from data.keyring_errors import (
    JournalBroken,
    KeyringError,
    KeysForeign,
    KeysHeld,
    KeysIncomplete,
    KeysModeWrong,
)
from data.keyring_table import PersonTable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A used keys folder: p1 has a key, p2 was erased, and nobody has it open."""
    made = tmp_path / "keys"
    keyring = Keyring.open(made)
    keyring.create(["p1", "p2"])
    (tmp_path / "sealed").write_text(keyring.seal("p1", "name", "甲"))
    keyring.erase(["p2"])
    keyring.close()
    return made


def opens(folder: Path) -> bool:
    keyring = Keyring.open(folder)
    sealed = (folder.parent / "sealed").read_text()
    found = keyring.open_sealed("p1", "name", sealed)
    erased = keyring.erased()
    keyring.close()
    return found == "甲" and erased == {"p2"}


def test_a_new_folder_is_for_the_owner_alone(folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert set(modes.values()) == {0o600}, modes
    assert opens(folder)


def test_an_empty_folder_an_admin_made_is_filled(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir(mode=0o700)
    Keyring.open(tmp_path / "keys").close()
    assert (tmp_path / "keys" / "master.key").exists()


def test_a_crash_while_the_folder_is_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise OSError("no space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(PersonTable, "make", crash)
        with pytest.raises(KeyringError):
            Keyring.open(tmp_path / "keys")
    assert not list(tmp_path.iterdir())
    Keyring.open(tmp_path / "keys").close()


@pytest.mark.parametrize("name", keyring_folder.REQUIRED)
def test_a_missing_file_is_named_and_never_made_anew(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(KeysIncomplete) as refused:
        Keyring.open(folder)
    assert refused.value.fields["path"] == str(folder / name)
    assert refused.value.code == "keys_incomplete"
    assert not (folder / name).exists()


@pytest.mark.parametrize("name", keyring_folder.REQUIRED)
def test_an_emptied_or_cut_off_file_is_refused(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    for kept in (0, len(content) // 2):
        (folder / name).write_bytes(content[:kept])
        with pytest.raises(KeyringError) as refused:
            Keyring.open(folder)
        assert str(folder) in str(refused.value.fields["path"])


@pytest.mark.parametrize("name", keyring_folder.REQUIRED)
def test_a_file_of_another_installation_is_refused(folder: Path, tmp_path: Path, name: str) -> None:
    Keyring.open(tmp_path / "other").close()
    shutil.copy2(tmp_path / "other" / name, folder / name)
    with pytest.raises((KeysForeign, JournalBroken)):
        Keyring.open(folder)


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701])
def test_a_folder_others_can_enter_is_refused(folder: Path, mode: int) -> None:
    folder.chmod(mode)
    with pytest.raises(KeysModeWrong) as refused:
        Keyring.open(folder)
    assert refused.value.fields == {"path": str(folder), "mode": format(mode, "o"), "right": "700"}
    folder.chmod(0o700)
    assert opens(folder)


@pytest.mark.parametrize("name", keyring_folder.REQUIRED)
def test_a_file_others_can_read_is_refused(folder: Path, name: str) -> None:
    (folder / name).chmod(0o640)
    with pytest.raises(KeysModeWrong) as refused:
        Keyring.open(folder)
    assert refused.value.fields["path"] == str(folder / name)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_folder_of_another_user_is_refused(folder: Path) -> None:
    os.chown(folder, 12345, 12345)
    with pytest.raises(KeysForeign):
        Keyring.open(folder)


def test_a_link_in_the_place_of_a_key_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "master.key").rename(tmp_path / "master.key")
    (folder / "master.key").symlink_to(tmp_path / "master.key")
    with pytest.raises(KeysForeign):
        Keyring.open(folder)


def test_something_that_is_no_key_is_refused(folder: Path) -> None:
    for content in (b"mister " + b"0" * 64 + b"\n", b"master " + b"g" * 64 + b"\n", b"\xff" * 72):
        (folder / "master.key").write_bytes(content)
        with pytest.raises(KeysForeign):
            Keyring.open(folder)


def test_the_keys_are_held_by_one_at_a_time(folder: Path) -> None:
    first = Keyring.open(folder)
    with pytest.raises(KeysHeld):
        Keyring.open(folder)
    first.close()
    assert opens(folder)


def test_every_refusal_is_a_fact_commands_know_how_to_tell() -> None:
    assert issubclass(KeyringError, StoreError)


def test_a_torn_last_line_of_the_journal_is_cut_off(folder: Path) -> None:
    journal = folder / "erasures.journal"
    whole = journal.read_bytes()
    journal.write_bytes(whole + b'["p9", "2026-0')
    assert opens(folder)
    assert journal.read_bytes() == whole


def change(content: bytes) -> bytes:
    return content.replace(b'"p2"', b'"p7"')


def remove_line(content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join(lines[:1] + lines[2:])


def swap_lines(content: bytes) -> bytes:
    lines = content.splitlines(keepends=True)
    return b"".join([lines[0], lines[2], lines[1], *lines[3:]])


@pytest.mark.parametrize("damage", [change, remove_line, swap_lines])
def test_a_changed_journal_is_refused_with_the_line(
    folder: Path, damage: Callable[[bytes], bytes]
) -> None:
    keyring = Keyring.open(folder)
    keyring.erase(["p3", "p4"])
    keyring.close()
    journal = folder / "erasures.journal"
    journal.write_bytes(damage(journal.read_bytes()))
    with pytest.raises(JournalBroken) as refused:
        Keyring.open(folder)
    assert refused.value.fields["line"] == 2


def test_an_older_copy_of_the_keys_brings_nobody_back(folder: Path, tmp_path: Path) -> None:
    shutil.copy2(folder / "persons.keys", tmp_path / "older")
    keyring = Keyring.open(folder)
    keyring.erase(["p1"])
    keyring.close()
    shutil.copy2(tmp_path / "older", folder / "persons.keys")
    keyring = Keyring.open(folder)
    assert keyring.count() == 0
    assert keyring.open_sealed("p1", "name", (tmp_path / "sealed").read_text()) is None
    keyring.close()


def test_a_crash_between_journal_and_destruction_is_finished_at_the_next_opening(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring = Keyring.open(folder)
    with monkeypatch.context() as patch:
        patch.setattr(PersonTable, "remove", lambda *_: (_ for _ in ()).throw(OSError("crash")))
        with pytest.raises(OSError, match="crash"):
            keyring.erase(["p1"])
    keyring.close()
    keyring = Keyring.open(folder)
    assert keyring.state_of("p1") == "erased"
    assert keyring.count() == 0
    keyring.close()


STEPS: list[tuple[object, str]] = [
    (keyring_files, "write_key"),
    (PersonTable, "replace"),
    (keyring_files, "overwrite"),
    (Path, "replace"),
    (keyring_files, "sync_folder"),
]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(("owner", "name"), STEPS, ids=[name for _, name in STEPS])
def test_a_rotation_cut_off_at_any_step_is_finished_or_taken_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str, after: bool
) -> None:
    keyring = Keyring.open(folder)
    before = keyring.secrets()[0].master
    step = getattr(owner, name)

    def crash(*arguments: object, **named: object) -> object:
        if after:
            step(*arguments, **named)
        raise InterruptedError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, crash)
        with pytest.raises((InterruptedError, KeyringError)):
            keyring.rotate_master()
    keyring.close()
    assert opens(folder)
    again = Keyring.open(folder)
    files = b"".join(path.read_bytes() for path in folder.iterdir())
    if again.secrets()[0].master != before:
        assert before.hex().encode() not in files
    assert not (folder / keyring_folder.NEXT_MASTER).exists()
    again.close()
