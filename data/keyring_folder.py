"""The keys folder as a whole: made in one step, checked at every opening, its master exchanged.

    master.key        wraps the keys of people
    index.key         keyed hashes for exact matches
    audit.key         signs the audit chain, its anchor and the erasure journal
    persons.keys      the wrapped keys of people (SQLite)
    erasures.journal  who was erased
    audit.anchor      how long the audit is (data/audit_anchor.py)

Each file's fingerprint stands in persons.keys, so that a file of another installation is noticed.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data import keyring_files as files
from data.audit_anchor import Anchor, AnchorFile, now_text
from data.audit_line import EMPTY
from data.keyring_errors import JournalBroken, KeysForeign, KeysIncomplete, KeysUnreadable
from data.keyring_journal import FILE_NAME as JOURNAL
from data.keyring_journal import Erasure, ErasureJournal
from data.keyring_table import FILE_NAME as PERSONS
from data.keyring_table import PersonTable

KINDS = ("master", "index", "audit")
JOURNAL_LENGTH = "erasures"  # the fact that tells how long the journal was, so that none is cut off
NEXT_MASTER = "master.key.next"
REQUIRED = (*(f"{kind}.key" for kind in KINDS), PERSONS, JOURNAL)


@dataclass(frozen=True, slots=True)
class Secrets:
    """The three keys of an installation, 32 bytes each."""

    master: bytes
    index: bytes
    audit: bytes

    @staticmethod
    def random() -> Secrets:
        """Return three new keys."""
        return Secrets(*(secrets.token_bytes(files.KEY_BYTES) for _ in KINDS))

    def facts(self) -> dict[str, str]:
        """Return the fingerprint of each, as kept in persons.keys."""
        return {
            "master": files.fingerprint_of(self.master),
            "index": files.fingerprint_of(self.index),
            "audit": files.fingerprint_of(self.audit),
        }


class KeysFolder:
    """An open keys folder; `open` makes or checks it."""

    def __init__(self, path: Path) -> None:
        for name in REQUIRED:
            files.check_private(path / name)
        self.path = path
        self.table = PersonTable(path / PERSONS)
        try:
            self.master_key = self._finish_rotation()
            self.index_key = self._fitting("index")
            self.audit_key = self._fitting("audit")
            key = files.derived(self.audit_key, "erasures")
            self.journal = ErasureJournal(path / JOURNAL, key)
            if len(self.journal) < int(self.table.facts.get(JOURNAL_LENGTH, "0")):
                raise JournalBroken(path=str(path / JOURNAL), line=len(self.journal) + 2)
        except BaseException:
            self.table.close()
            raise
        self.master = AESGCM(self.master_key)

    @classmethod
    def open(cls, path: Path) -> KeysFolder:
        """Open a folder; an absent or empty one is made.

        Raises:
            KeyringError: See the subclasses in data/keyring_errors.py.
        """
        if not path.exists() or (path.is_dir() and not any(path.iterdir())):
            make_folder(path, Secrets.random())
        files.check_private(path, folder=True)
        return cls(path)

    def master_id(self) -> str:
        """Return the fingerprint of the master key in use."""
        return files.fingerprint_of(self.master_key)

    def change_master(self, key: bytes, rewrapped: Mapping[str, bytes]) -> str:
        """Exchange the master key together with everything it wraps; returns the new one's id.

        Whichever step a crash hits, persons.keys names the master its keys are wrapped with, and
        that one lies in master.key or master.key.next.
        """
        files.write_key(self.path / NEXT_MASTER, "master", key)
        self.table.replace(rewrapped, {"master": files.fingerprint_of(key)})
        self.master_key, self.master = key, AESGCM(key)
        self._put_next_in_place()
        return self.master_id()

    def _put_next_in_place(self) -> None:
        old = self.path / "master.key"
        try:
            files.overwrite(old)
            (self.path / NEXT_MASTER).replace(old)
            files.sync_folder(self.path)
        except OSError as fault:
            raise KeysUnreadable(path=str(old), reason=str(fault)) from None

    def _finish_rotation(self) -> bytes:
        """Return the master key; finish a rotation that was cut off after its keys were rewrapped.

        One cut off before that is taken back.
        """
        following = self.path / NEXT_MASTER
        if not following.exists():
            return self._fitting("master")
        key = files.read_key(following, "master")
        if files.fingerprint_of(key) == self.table.facts.get("master"):
            self._put_next_in_place()
            return key
        current = self._fitting("master")
        files.overwrite(following)
        following.unlink()
        return current

    def _fitting(self, kind: str) -> bytes:
        path = self.path / f"{kind}.key"
        key = files.read_key(path, kind)
        told = self.table.facts.get(kind)
        if told is None:
            raise KeysIncomplete(path=str(self.path / PERSONS))
        if files.fingerprint_of(key) != told:
            raise KeysForeign(path=str(path), reason="other_keyring")
        return key


def make_folder(
    path: Path,
    keys: Secrets,
    persons: Mapping[str, bytes] | None = None,
    erasures: Iterable[Erasure] = (),
) -> None:
    """Make a whole keys folder beside its place and move it there in one step.

    Args:
        path: Its place; absent or an empty folder.
        keys: The keys of the installation.
        persons: Wrapped keys of people, where an export is taken in.
        erasures: Who was erased, likewise.

    Raises:
        KeysUnreadable: The disk or the folder above refuses it.
    """
    draft = path.with_name(f"{path.name}.making-{os.getpid()}-{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.mkdir(mode=files.FOLDER_MODE)
        for kind, key in zip(KINDS, (keys.master, keys.index, keys.audit), strict=True):
            files.write_key(draft / f"{kind}.key", kind, key)
        _fill(draft, keys, persons or {}, erasures)
        if path.is_dir():
            path.rmdir()  # empty, or this fails
        draft.rename(path)
        files.sync_folder(path.parent)
    except OSError as fault:
        raise KeysUnreadable(path=str(path), reason=str(fault)) from None
    finally:
        if draft.exists():
            shutil.rmtree(draft)


def _fill(
    draft: Path, keys: Secrets, persons: Mapping[str, bytes], erasures: Iterable[Erasure]
) -> None:
    files.write_secret(draft / PERSONS, b"")
    PersonTable.make(draft / PERSONS, keys.facts())
    journal_key = files.derived(keys.audit, "erasures")
    ErasureJournal.make(draft / JOURNAL, journal_key)
    journal = ErasureJournal(draft / JOURNAL, journal_key)
    journal.append(erasures)
    # From the first moment on, so that a missing anchor always means that one was taken away.
    AnchorFile(draft, keys.audit).write(Anchor(*EMPTY, now_text()))
    if persons:
        table = PersonTable(draft / PERSONS)
        table.add({s: key for s, key in persons.items() if s not in journal})
        table.close()
