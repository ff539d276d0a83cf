"""The erasure journal: who was erased and when, one chained and signed line each, never shortened.

It is what a restore of an older backup or of an older copy of the keys is measured against. Lines
hold opaque ids only. A last line without its end was never acknowledged and is cut off at the
next opening; a line changed or missing anywhere else is refused (ADR 0012).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.keyring_errors import JournalBroken, KeysUnreadable
from data.keyring_files import check_private, write_secret

FILE_NAME = "erasures.journal"
_FIRST = "yiping erasures 1"


@dataclass(frozen=True, slots=True)
class Erasure:
    """One person forgotten: an opaque id and when, aware UTC."""

    subject_id: str
    at: datetime


class ErasureJournal:
    """The journal of one keys folder, read whole at the start.

    Args:
        path: The file; `make` creates it.
        key: Signs its lines; must be the same for the life of the installation.

    Raises:
        JournalBroken: A line is not what was written; `fields["line"]` counts from 1.
        KeyringError: The file is missing or open to others.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        check_private(path)
        self._erased: dict[str, Erasure] = {}
        try:
            content = path.read_bytes()
        except OSError as fault:
            raise KeysUnreadable(path=str(path), reason=str(fault)) from None
        whole, _, torn = content.rpartition(b"\n")
        self._last = _mac(key, "", _FIRST)
        for erasure, mac in _lines(path, whole, key):
            self._erased[erasure.subject_id] = erasure
            self._last = mac
        if torn:
            self._cut_to(len(content) - len(torn))

    @staticmethod
    def make(path: Path, key: bytes) -> None:
        """Make a journal without lines."""
        write_secret(path, f"{_FIRST} {_mac(key, '', _FIRST)}\n".encode())

    def __contains__(self, subject_id: object) -> bool:
        return subject_id in self._erased

    def __len__(self) -> int:
        return len(self._erased)

    def erasures(self) -> tuple[Erasure, ...]:
        """Return everything in the journal, oldest first."""
        return tuple(self._erased.values())

    def subject_ids(self) -> frozenset[str]:
        """Return who was erased."""
        return frozenset(self._erased)

    def append(self, erasures: Iterable[Erasure]) -> None:
        """Add those who are not in it yet; they are on disk when this returns."""
        fresh = {e.subject_id: e for e in erasures if e.subject_id not in self._erased}
        if not fresh:
            return
        lines, last = [], self._last
        for erasure in fresh.values():
            fact = json.dumps([erasure.subject_id, erasure.at.astimezone(UTC).isoformat()])
            last = _mac(self._key, last, fact)
            lines.append(f"{fact} {last}\n")
        size = self._path.stat().st_size
        try:
            with self._path.open("ab") as file:
                file.write("".join(lines).encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as fault:
            self._cut_to(size)
            raise KeysUnreadable(path=str(self._path), reason=str(fault)) from None
        self._last = last
        self._erased.update(fresh)

    def _cut_to(self, size: int) -> None:
        with self._path.open("r+b") as file:
            file.truncate(size)
            os.fsync(file.fileno())


def read_erasures(path: Path, key: bytes) -> tuple[Erasure, ...]:
    """Read a journal that lies elsewhere, in a backup or an export, without changing it.

    Raises:
        JournalBroken: It is not what was written with this key.
    """
    whole, _, _ = path.read_bytes().rpartition(b"\n")
    return tuple(erasure for erasure, _ in _lines(path, whole, key))


def _lines(path: Path, content: bytes, key: bytes) -> Iterator[tuple[Erasure, str]]:
    first, *rest = content.decode("utf-8", "replace").split("\n")
    last = _mac(key, "", _FIRST)
    if not hmac.compare_digest(first.encode(), f"{_FIRST} {last}".encode()):
        raise JournalBroken(path=str(path), line=1)
    for number, line in enumerate(rest, 2):
        fact, _, mac = line.rpartition(" ")
        last = _mac(key, last, fact)
        if not hmac.compare_digest(mac.encode(), last.encode()):
            raise JournalBroken(path=str(path), line=number)
        subject_id, at = json.loads(fact)
        yield Erasure(subject_id, datetime.fromisoformat(at)), last


def _mac(key: bytes, previous: str, fact: str) -> str:
    return hmac.digest(key, f"{previous} {fact}".encode(), hashlib.sha256).hex()
