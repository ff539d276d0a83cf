"""Exports the keys into one file for a safe, and takes such a file in again.

The file is sealed with a passphrase: scrypt (RFC 7914) with the cost OWASP recommends for
interactive use, then AES-256-GCM. People erased since the export stay erased (ADR 0012).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data import audit_anchor
from data.audit_line import EMPTY
from data.keyring import Keyring
from data.keyring_errors import (
    ExportBroken,
    JournalBroken,
    KeyringError,
    KeysForeign,
    KeysHeld,
    KeysModeWrong,
)
from data.keyring_files import derived, write_secret
from data.keyring_folder import Secrets, make_folder
from data.keyring_journal import FILE_NAME as JOURNAL
from data.keyring_journal import Erasure, read_erasures

MAGIC = b"yiping keys 1\n"
SALT_BYTES = 16
NONCE_BYTES = 12
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**17, 8, 1  # OWASP Password Storage Cheat Sheet: 128 MiB
SCRYPT_MEMORY = 2 * 128 * SCRYPT_N * SCRYPT_R
SHORTEST_PASSPHRASE = 12
LARGEST_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class Export:
    """Everything an export holds."""

    made_at: str
    secrets: Secrets
    persons: Mapping[str, bytes]
    erasures: tuple[Erasure, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    Attributes:
        added: Keys of people that were missing and are here now.
        erased: People of the export that were erased since and stay so.
        aside: Where a folder that could not be used was moved to, or None.
    """

    added: int
    erased: int
    aside: Path | None = None


def export_keys(keyring: Keyring, file: Path, passphrase: str) -> int:
    """Write all keys into a new file with mode 600; returns how many people are in it.

    Raises:
        ExportBroken: The passphrase is too short, or the file exists already.
        KeysUnreadable: The disk refuses.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise ExportBroken(reason="passphrase_short", shortest=SHORTEST_PASSPHRASE)
    if file.exists():
        raise ExportBroken(reason="file_exists", path=str(file))
    keys, persons = keyring.secrets()
    content = {
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "master": keys.master.hex(),
        "index": keys.index.hex(),
        "audit": keys.audit.hex(),
        "persons": {s: base64.b64encode(key).decode() for s, key in persons.items()},
        "erasures": [[e.subject_id, e.at.isoformat()] for e in keyring.erasures()],
    }
    salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
    sealed = _cipher(passphrase, salt).encrypt(nonce, json.dumps(content).encode(), MAGIC + salt)
    write_secret(file, MAGIC + salt + nonce + sealed)
    return len(persons)


def read_export(file: Path, passphrase: str) -> Export:
    """Open an export.

    Raises:
        ExportBroken: Wrong passphrase, altered, cut off, no export, or not readable.
    """
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise ExportBroken(reason="too_large", path=str(file))
        raw = file.read_bytes()
    except OSError as fault:
        raise ExportBroken(reason=str(fault), path=str(file)) from None
    salt = raw[len(MAGIC) :][:SALT_BYTES]
    rest = raw[len(MAGIC) + SALT_BYTES :]
    if not raw.startswith(MAGIC) or len(rest) <= NONCE_BYTES:
        raise ExportBroken(reason="no_export", path=str(file))
    try:
        plain = _cipher(passphrase, salt).decrypt(
            rest[:NONCE_BYTES], rest[NONCE_BYTES:], MAGIC + salt
        )
        fact = json.loads(plain)
        return Export(
            made_at=str(fact["made_at"]),
            secrets=Secrets(*(bytes.fromhex(fact[kind]) for kind in ("master", "index", "audit"))),
            persons={s: base64.b64decode(key) for s, key in fact["persons"].items()},
            erasures=tuple(Erasure(s, datetime.fromisoformat(at)) for s, at in fact["erasures"]),
        )
    except InvalidTag:
        raise ExportBroken(reason="passphrase_or_content", path=str(file)) from None
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise ExportBroken(reason=f"content: {fault}", path=str(file)) from None


def merge(keyring: Keyring, export: Export) -> Imported:
    """Take into an open keyring what it lacks.

    Raises:
        KeysForeign: The export is of another installation; nothing was changed.
    """
    if not keyring.same_installation(export.secrets.index, export.secrets.audit):
        raise KeysForeign(path=str(keyring.folder), reason="other_installation")
    keyring.erase_again(export.erasures)
    stay_erased = len(keyring.erased() & export.persons.keys())
    return Imported(keyring.take_over(export.secrets.master, export.persons), stay_erased)


def import_keys(folder: Path, export: Export) -> Imported:
    """Take an export into a keys folder nobody has open.

    A folder of the same installation keeps what it has and gets what it lacks. One that is absent
    is made. One that cannot be opened, or was made anew and never used, is moved aside; its
    erasure journal and its anchor are kept where they are of the same installation.

    Raises:
        KeysForeign: The folder holds the keys of people of another installation.
        JournalBroken: The erasure journal there was altered.
        KeysHeld: Another process has it open.
        KeysModeWrong: Others may read it; put that right first.
    """
    if not folder.exists() or not any(folder.iterdir()):
        return _make(folder, export)
    try:
        keyring = Keyring.open(folder)
    except (KeysHeld, KeysModeWrong):
        raise
    except KeyringError:
        return _exchange(folder, export)
    try:
        unused = not keyring.count() and not keyring.erased()
        if keyring.same_installation(export.secrets.index, export.secrets.audit) or not unused:
            return merge(keyring, export)
    finally:
        keyring.close()
    return _exchange(folder, export)


def _exchange(folder: Path, export: Export) -> Imported:
    later = _later_erasures(folder / JOURNAL, export.secrets.audit)
    anchor = audit_anchor.AnchorFile(folder, export.secrets.audit).read()
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = folder.rename(folder.with_name(f"{folder.name}.replaced-{stamp}"))
    return replace(_make(folder, export, later, anchor), aside=aside)


def _make(
    folder: Path,
    export: Export,
    later: tuple[Erasure, ...] = (),
    anchor: audit_anchor.Anchor | str = "missing",
) -> Imported:
    secrets = export.secrets
    erasures = {e.subject_id: e for e in (*later, *export.erasures)}
    make_folder(folder, secrets, export.persons, erasures.values())
    file = audit_anchor.AnchorFile(folder, secrets.audit)
    if isinstance(anchor, str):
        now = audit_anchor.now_text()
        file.announce(audit_anchor.Mark("imported", now, *EMPTY, before=0))
    else:
        file.write(anchor)
    erased = len(erasures.keys() & export.persons.keys())
    return Imported(len(export.persons) - erased, erased)


def _later_erasures(journal: Path, audit_key: bytes) -> tuple[Erasure, ...]:
    """Return what a journal of the same installation knows; nothing of another's."""
    if not journal.is_file():
        return ()
    try:
        return read_erasures(journal, derived(audit_key, "erasures"))
    except JournalBroken as fault:
        if fault.fields["line"] == 1:  # signed with another key from its first line on
            return ()
        raise  # somebody erased would come back: put the journal right first


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    key = hashlib.scrypt(
        passphrase.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=SCRYPT_N,
        r=SCRYPT_R,
        p=SCRYPT_P,
        maxmem=SCRYPT_MEMORY,
        dklen=32,
    )
    return AESGCM(key)
