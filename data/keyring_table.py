"""Keeps the wrapped keys of people in `persons.keys`, a SQLite file apart from the database.

DuckDB leaves deleted rows readable in its file, its log and every backup; SQLite with
secure_delete writes zeros over them. SQLite's own rollback journal is kept (`persist`), not
unlinked, so that what it still holds of removed keys can be written over as well (ADR 0012).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from data.keyring_errors import KeysForeign, KeysHeld, KeysUnreadable
from data.keyring_files import overwrite
from data.queries import sql

FILE_NAME = "persons.keys"
JOURNAL_SUFFIX = "-journal"
_PRAGMAS = (
    "pragma locking_mode = exclusive",
    "pragma secure_delete = on",
    "pragma synchronous = full",
    "pragma journal_mode = persist",
)


class PersonTable:
    """The wrapped keys by subject id; the whole table lies in memory, 150 bytes a person.

    Not thread-safe: the keyring holds its lock around every call.

    Raises:
        KeysHeld: Another process has the file open.
        KeysForeign: The file is no such table.
        KeysUnreadable: The disk refuses.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._told():
            self._connection = sqlite3.connect(
                path, timeout=1.0, isolation_level=None, check_same_thread=False
            )
        try:
            with self._told():
                for pragma in _PRAGMAS:
                    self._connection.execute(pragma)
                self._connection.execute("begin exclusive")  # kept until closed: locking_mode
                self._connection.execute("commit")
                self.facts = dict(self._connection.execute(sql("keyring/facts")).fetchall())
                self.reload()
        except BaseException:
            self._connection.close()
            raise

    @staticmethod
    def make(path: Path, facts: Mapping[str, str]) -> None:
        """Make an empty table that knows which keys it belongs to; the file must exist, empty."""
        connection = sqlite3.connect(path, isolation_level=None)
        try:
            connection.execute("pragma synchronous = full")
            connection.executescript(sql("keyring/create"))
            for name, value in facts.items():
                connection.execute(sql("keyring/tell_fact"), {"name": name, "value": value})
        finally:
            connection.close()

    def reload(self) -> None:
        """Read all keys into memory."""
        rows = self._connection.execute(sql("keyring/load")).fetchall()
        self._slots = {subject_id: slot for slot, subject_id, _ in rows}
        self.wrapped: dict[str, bytes] = {subject_id: key for _, subject_id, key in rows}
        self._next = max((slot for slot, _, _ in rows), default=0) + 1

    def add(self, keys: Mapping[str, bytes]) -> None:
        """Keep new wrapped keys; they are on disk when this returns."""
        slots = {subject_id: self._next + n for n, subject_id in enumerate(keys)}
        with self._transaction():
            self._connection.executemany(
                sql("keyring/insert"),
                (
                    {"slot": slots[subject_id], "subject_id": subject_id, "wrapped": wrapped}
                    for subject_id, wrapped in keys.items()
                ),
            )
        self._next += len(keys)
        self._slots.update(slots)
        self.wrapped.update(keys)

    def replace(self, keys: Mapping[str, bytes], facts: Mapping[str, str]) -> None:
        """Wrap keys anew and tell facts anew, all or nothing."""
        with self._transaction():
            self._overwrite(keys)
            self._tell(facts)
        self.wrapped.update(keys)
        self.facts = {**self.facts, **facts}
        self._clean_journal()

    def remove(self, subject_ids: Iterable[str], facts: Mapping[str, str]) -> int:
        """Write zeros over keys, remove them, and tell facts; returns how many there were."""
        gone = [s for s in dict.fromkeys(subject_ids) if s in self._slots]
        if not gone and all(self.facts.get(name) == value for name, value in facts.items()):
            return 0
        with self._transaction():
            self._overwrite({s: bytes(len(self.wrapped[s])) for s in gone})
            self._connection.executemany(
                sql("keyring/remove"), ({"slot": self._slots[s]} for s in gone)
            )
            self._tell(facts)
        self.facts = {**self.facts, **facts}
        for subject_id in gone:
            del self._slots[subject_id], self.wrapped[subject_id]
        self._clean_journal()
        return len(gone)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _tell(self, facts: Mapping[str, str]) -> None:
        for name, value in facts.items():
            self._connection.execute(sql("keyring/forget_fact"), {"name": name})
            self._connection.execute(sql("keyring/tell_fact"), {"name": name, "value": value})

    def _clean_journal(self) -> None:
        """Write zeros over pages as they were before; only between transactions."""
        journal = self._path.with_name(self._path.name + JOURNAL_SUFFIX)
        try:
            if journal.exists():
                overwrite(journal)
        except OSError as fault:
            raise KeysUnreadable(path=str(journal), reason=str(fault)) from None

    def _overwrite(self, keys: Mapping[str, bytes]) -> None:
        self._connection.executemany(
            sql("keyring/overwrite"),
            ({"slot": self._slots[s], "wrapped": wrapped} for s, wrapped in keys.items()),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._told():
            self._connection.execute("begin exclusive")
            try:
                yield
                self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as fault:
            if "locked" in str(fault):
                raise KeysHeld(path=str(self._path)) from None
            raise KeysUnreadable(path=str(self._path), reason=str(fault)) from None
        except sqlite3.DatabaseError as fault:
            raise KeysForeign(path=str(self._path), reason=str(fault)) from None
