"""The vault: one random key per person, wrapped by a master key, outside database and backups.

What is sealed under a person's key can be forgotten by destroying that key, wherever copies of the
sealed text lie (ADR 0012). AES-256-GCM and HMAC-SHA256 of the `cryptography` package and the
standard library; nothing of our own making.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import threading
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data.keyring_errors import SealBroken, SubjectErased, SubjectUnknown
from data.keyring_files import KEY_BYTES
from data.keyring_folder import JOURNAL_LENGTH, KeysFolder, Secrets
from data.keyring_journal import Erasure

NONCE_BYTES = 12
TAG_BYTES = 16
_VERSION = b"\x01"

SubjectState = Literal["known", "erased", "unknown"]


class Keyring:
    """The keys of one installation; open it once per process, share it between threads.

    Attributes:
        folder: Where the keys lie.
    """

    def __init__(self, keys: KeysFolder) -> None:
        self._keys = keys
        self._lock = threading.RLock()
        self.folder = keys.path
        self._index_key = keys.index_key
        self._journal = keys.journal
        self._table = keys.table
        self._destroy(self._journal.subject_ids())  # an older copy must not bring anyone back

    @classmethod
    def open(cls, folder: Path) -> Keyring:
        """Open the keys, making them on first use.

        Raises:
            KeyringError: The folder is half there, open to others, foreign, held or broken; the
                subclass and its `path` say which.
        """
        return cls(KeysFolder.open(folder))

    @property
    def audit_key(self) -> bytes:
        """The key of the audit chain; for data/audit.py alone."""
        return self._keys.audit_key

    def create(self, subject_ids: Iterable[str]) -> None:
        """Give each person a key of their own; who has one keeps it. Durable when this returns.

        Raises:
            SubjectErased: One of them was erased; nobody got a key.
        """
        with self._lock:
            fresh = [s for s in dict.fromkeys(subject_ids) if s not in self._table.wrapped]
            for subject_id in fresh:
                if subject_id in self._journal:
                    raise SubjectErased(subject_id=subject_id)
            if fresh:
                master = self._keys.master
                self._table.add({s: wrap(master, s, os.urandom(KEY_BYTES)) for s in fresh})

    def state_of(self, subject_id: str) -> SubjectState:
        """Tell whether a person has a key, was erased, or never had one here."""
        if subject_id in self._table.wrapped:
            return "known"
        return "erased" if subject_id in self._journal else "unknown"

    def seal(self, subject_id: str, field: str, text: str) -> str:
        """Seal one value under a person's key; the same text gives another sealed text each time.

        Raises:
            SubjectErased: The person was erased.
            SubjectUnknown: The person has no key yet.
        """
        return _seal(self._cipher(subject_id), subject_id, field, text)

    def seal_many(self, rows: Sequence[tuple[str, str, str]]) -> list[str]:
        """Seal (subject_id, field, text) each; rows of one person side by side go fastest."""
        sealed, last, cipher = [], None, None
        for subject_id, field, text in rows:
            if cipher is None or subject_id != last:
                cipher, last = self._cipher(subject_id), subject_id
            sealed.append(_seal(cipher, subject_id, field, text))
        return sealed

    def open_sealed(self, subject_id: str, field: str, sealed: str) -> str | None:
        """Open one value; None where the person's key is gone (`state_of` tells why).

        Raises:
            SealBroken: The text was altered, or belongs to another person or field.
        """
        return self.open_many([(subject_id, field, sealed)])[0]

    def open_many(self, rows: Sequence[tuple[str, str, str]]) -> list[str | None]:
        """Open (subject_id, field, sealed) each, in order; None where a key is gone.

        Raises:
            SealBroken: One of them was altered; its `subject_id` and `field` are named.
        """
        opened: list[str | None] = []
        last, cipher = None, None
        for subject_id, field, sealed in rows:
            if subject_id != last:
                known = subject_id in self._table.wrapped
                cipher, last = self._try_cipher(subject_id) if known else None, subject_id
            opened.append(_open(cipher, subject_id, field, sealed) if cipher else None)
        return opened

    def index(self, field: str, text: str) -> str:
        """Return the keyed hash of a value for exact matches, in 64 hex digits.

        Width, case and outer spaces do not count: NFKC, trimmed, casefolded.
        """
        plain = unicodedata.normalize("NFKC", text).strip().casefold()
        content = f"{field}\0{plain}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._index_key, content, hashlib.sha256).hex()

    def erase(self, subject_ids: Iterable[str]) -> None:
        """Forget people: the journal first, then their keys. Durable when this returns.

        Ids without a key are journalled as well, so that no older copy brings one back.
        """
        with self._lock:
            wanted = list(dict.fromkeys(subject_ids))
            now = datetime.now(UTC)
            self._journal.append(Erasure(subject_id, now) for subject_id in wanted)
            self._destroy(wanted)

    def erase_again(self, erasures: Iterable[Erasure]) -> int:
        """Take over what another journal knows, with its times; returns how many were new."""
        with self._lock:
            fresh = [e for e in erasures if e.subject_id not in self._journal]
            self._journal.append(fresh)
            self._destroy(e.subject_id for e in fresh)
            return len(fresh)

    def erased(self) -> frozenset[str]:
        """Return who was erased."""
        with self._lock:
            return self._journal.subject_ids()

    def erasures(self) -> tuple[Erasure, ...]:
        """Return who was erased and when, oldest first."""
        with self._lock:
            return self._journal.erasures()

    def same_installation(self, index_key: bytes, audit_key: bytes) -> bool:
        """Tell whether an export's keys are of this installation; the master may differ."""
        own = (self._index_key, self._keys.audit_key)
        return own == (index_key, audit_key)

    def secrets(self) -> tuple[Secrets, dict[str, bytes]]:
        """Return the installation's keys and every wrapped key, for data/keyring_transfer.py."""
        with self._lock:
            keys = self._keys
            return Secrets(keys.master_key, keys.index_key, keys.audit_key), dict(
                self._table.wrapped
            )

    def take_over(self, master_key: bytes, persons: Mapping[str, bytes]) -> int:
        """Keep the keys of people an export has and this keyring lacks; returns how many.

        Who was erased stays erased.

        Raises:
            SealBroken: A key of the export does not fit its master; nothing was taken over.
        """
        other = AESGCM(master_key)
        with self._lock:
            known = self._table.wrapped
            lacking = [s for s in persons if s not in known and s not in self._journal]
            plain = {s: unwrap(other, s, persons[s]) for s in lacking}
            master = self._keys.master
            if plain:
                self._table.add({s: wrap(master, s, key) for s, key in plain.items()})
            return len(plain)

    def count(self) -> int:
        """Return how many people have a key."""
        return len(self._table.wrapped)

    def rotate_master(self) -> str:
        """Wrap every key under a new master key and destroy the old one; returns the new one's id.

        Safe to cut off anywhere: the next opening finishes or takes it back.
        """
        with self._lock:
            old = self._keys.master
            key = os.urandom(KEY_BYTES)
            new = AESGCM(key)
            keys = self._table.wrapped
            rewrapped = {s: wrap(new, s, unwrap(old, s, wrapped)) for s, wrapped in keys.items()}
            return self._keys.change_master(key, rewrapped)

    def master_id(self) -> str:
        """Return the name of the master key in use."""
        return self._keys.master_id()

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._table.close()

    def _destroy(self, subject_ids: Iterable[str]) -> None:
        self._table.remove(subject_ids, {JOURNAL_LENGTH: str(len(self._journal))})

    def _cipher(self, subject_id: str) -> AESGCM:
        cipher = self._try_cipher(subject_id)
        if cipher is None:
            erased = subject_id in self._journal
            raise (SubjectErased if erased else SubjectUnknown)(subject_id=subject_id)
        return cipher

    def _try_cipher(self, subject_id: str) -> AESGCM | None:
        with self._lock:  # master and wrapped key must be of the same rotation
            wrapped = self._table.wrapped.get(subject_id)
            master = self._keys.master
        return AESGCM(unwrap(master, subject_id, wrapped)) if wrapped is not None else None


def wrap(master: AESGCM, subject_id: str, key: bytes) -> bytes:
    """Wrap a person's key under the master key, bound to the person; 60 bytes."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + master.encrypt(nonce, key, _bound(subject_id, "key"))


def unwrap(master: AESGCM, subject_id: str, wrapped: bytes) -> bytes:
    """Unwrap a person's key.

    Raises:
        SealBroken: The wrapped key was altered or belongs to somebody else.
    """
    try:
        return master.decrypt(
            wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], _bound(subject_id, "key")
        )
    except (InvalidTag, ValueError):
        raise SealBroken(subject_id=subject_id, field="key") from None


def _seal(cipher: AESGCM, subject_id: str, field: str, text: str) -> str:
    nonce = os.urandom(NONCE_BYTES)
    content = text.encode("utf-8", "surrogatepass")
    sealed = cipher.encrypt(nonce, content, _bound(subject_id, field))
    return base64.b64encode(_VERSION + nonce + sealed).decode("ascii")


def _open(cipher: AESGCM, subject_id: str, field: str, sealed: str) -> str:
    try:
        raw = base64.b64decode(sealed, validate=True)
        if raw[:1] != _VERSION or len(raw) < 1 + NONCE_BYTES + TAG_BYTES:
            raise ValueError
        nonce, content = raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :]
        plain = cipher.decrypt(nonce, content, _bound(subject_id, field))
        return plain.decode("utf-8", "surrogatepass")
    except (InvalidTag, ValueError):
        raise SealBroken(subject_id=subject_id, field=field) from None


def _bound(subject_id: str, field: str) -> bytes:
    """Return what a sealed text is bound to; the length keeps id and field apart."""
    name = subject_id.encode("utf-8", "surrogatepass")
    return b"%d|%b|%b" % (len(name), name, field.encode("utf-8", "surrogatepass"))
