"""Keeps an index of names per community: built when first asked for, current after every commit.

Building opens every name under its own key, which takes seconds for many people; meanwhile whoever
asks is told so. Whoever is erased leaves the index at once.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from actions.files.keys import keyring_of
from actions.files.name_columns import (
    Block,
    Facts,
    Found,
    Known,
    MaskedPerson,
    NameColumns,
    short_hash,
)
from data.keyring import Keyring
from data.store import Store
from data.writer import Commit
from rules.masking import mask_phone

log = logging.getLogger(__name__)

_CHUNK = 2_000
_PAUSE_S = 0.002  # between chunks, so that the wall's threads get their turn
SHORTEST_PIECE = 1
LONGEST_PIECE = 60


@dataclass(slots=True)
class _Community:
    columns: NameColumns = field(default_factory=NameColumns)
    since: str = ""
    ready: bool = False
    stale: bool = True


class NameIndex:
    """The names of every community of one store that somebody has asked for."""

    def __init__(self, store: Store, keyring: Keyring) -> None:
        self._store = store
        self._keyring = keyring
        self._lock = threading.RLock()
        self._communities: dict[str, _Community] = {}
        self._working: threading.Thread | None = None
        store.on_commit(self._on_commit)

    def ready(self, community_id: str) -> bool:
        """Tell whether names of a community can be searched; begins building where not."""
        with self._lock:
            held = self._communities.setdefault(community_id, _Community())
            if held.stale:
                self._begin()
            return held.ready

    def search(
        self,
        community_id: str,
        piece: str,
        wanted: Block,
        today: date,
        *,
        guarded_too: bool = False,
    ) -> Found | None:
        """Find people whose name holds a piece; None while the index is being built.

        Args:
            community_id: The community.
            piece: 1 to 60 characters; longer ones are cut.
            wanted: Which of them.
            today: The local day.
            guarded_too: Also children under fourteen.
        """
        if not self.ready(community_id):
            return None
        with self._lock:
            columns = self._communities[community_id].columns
            return columns.find(piece[:LONGEST_PIECE], wanted, today, guarded_too=guarded_too)

    def search_number(
        self,
        community_id: str,
        hashes: Collection[str],
        wanted: Block,
        today: date,
        *,
        guarded_too: bool = False,
    ) -> Found | None:
        """Find people by keyed hashes of a telephone or identity number; None while building."""
        if not self.ready(community_id):
            return None
        short = {short_hash(each) for each in hashes}
        with self._lock:
            columns = self._communities[community_id].columns
            return columns.find_number(short, wanted, today, guarded_too=guarded_too)

    def browse(self, community_id: str, wanted: Block, *, incomplete: bool) -> Found | None:
        """Return residents building by building with the mean completeness; None while building."""
        if not self.ready(community_id):
            return None
        with self._lock:
            return self._communities[community_id].columns.browse(wanted, incomplete=incomplete)

    def masked(
        self, community_id: str, person_ids: Sequence[str], today: date
    ) -> dict[str, MaskedPerson] | None:
        """Return what a list shows of some people; None while the index is being built."""
        if not self.ready(community_id):
            return None
        with self._lock:
            columns = self._communities[community_id].columns
            found = ((person_id, columns.masked(person_id, today)) for person_id in person_ids)
            return {person_id: masked for person_id, masked in found if masked is not None}

    def forget(self, person_ids: Iterable[str]) -> None:
        """Drop people at once, before their erasure is committed."""
        gone = list(person_ids)
        with self._lock:
            for held in self._communities.values():
                held.columns.remove(gone)

    def settle(self, timeout_s: float = 60.0) -> None:
        """Wait until nothing is being built or renewed; for tests and measurements."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            with self._lock:
                working = self._working
                if working is None and not any(c.stale for c in self._communities.values()):
                    return
                if working is None:
                    self._begin()
            if working is not None:
                working.join(0.05)

    def _on_commit(self, commit: Commit) -> None:
        with self._lock:
            for noun, community_id in commit.touched:
                held = self._communities.get(community_id)
                if noun == "person" and held is not None:
                    held.stale = True
                    self._begin()

    def _begin(self) -> None:
        if self._working is None:
            self._working = threading.Thread(target=self._work, name="name-index", daemon=True)
            self._working.start()

    def _work(self) -> None:
        try:
            while (community_id := self._next()) is not None:
                self._renew(community_id)
        except Exception:  # the thread's top level; the next question or commit tries again
            log.exception("the index of names could not be renewed")
            with self._lock:
                for held in self._communities.values():
                    held.stale = True
                self._working = None

    def _next(self) -> str | None:
        with self._lock:
            for community_id, held in self._communities.items():
                if held.stale:
                    held.stale = False  # first: a commit during the reading marks it again
                    return community_id
            self._working = None
            return None

    def _renew(self, community_id: str) -> None:
        with self._lock:
            held = self._communities[community_id]
            since = held.since
        frame = self._store.read("files/people_changed", community_id=community_id, since=since)
        rows: list[Any] = list(frame.itertuples(index=False))
        for start in range(0, len(rows), _CHUNK):
            part = rows[start : start + _CHUNK]
            known = self._open([row for row in part if not row.removed])
            kept = {person.facts.person_id for person in known}
            with self._lock:
                held.columns.put(known)
                held.columns.remove(row.person_id for row in part if row.person_id not in kept)
            time.sleep(_PAUSE_S)
        with self._lock:
            held.since = max([since, *(row.event_id for row in rows)])
            if rows or not held.ready:
                held.columns.settle()
            held.ready = True

    def _open(self, rows: Sequence[Any]) -> list[Known]:
        """Open names, birth dates and telephone numbers; what cannot be opened is not recorded."""
        sealed = [
            (row.person_id, name, text)
            for row in rows
            for name in ("name", "birth_date", "phone")
            if isinstance(text := getattr(row, name), str)
        ]
        opened = dict(
            zip(((s, n) for s, n, _ in sealed), self._keyring.open_many(sealed), strict=True)
        )
        people = []
        for row in rows:
            name = opened.get((row.person_id, "name"))
            phone = opened.get((row.person_id, "phone"))
            born = opened.get((row.person_id, "birth_date"))
            masked = mask_phone(phone) if phone else None
            people.append(Known(_facts(row), name, born, masked, _numbers(row)))
        return people


def _facts(row: Any) -> Facts:
    return Facts(
        row.person_id,
        _text(row.area_id),
        _text(row.place_id),
        _text(row.household_id),
        _text(row.residence),
        float(row.completeness or 0.0),
    )


def _numbers(row: Any) -> tuple[int, int]:
    phone, number = _text(row.phone_hash), _text(row.number_hash)
    return short_hash(phone) if phone else 0, short_hash(number) if number else 0


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


_lock = threading.Lock()
_indexes: WeakKeyDictionary[Store, NameIndex] = WeakKeyDictionary()


def name_index_of(store: Store) -> NameIndex:
    """Return the one index of names of a store."""
    with _lock:
        if store not in _indexes:
            _indexes[store] = NameIndex(store, keyring_of(store))
        return _indexes[store]
