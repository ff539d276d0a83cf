"""Reads a community's catalogue of categories, kept until somebody changes it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from typing import Any
from weakref import WeakKeyDictionary

from data.store import Store
from data.writer import Commit
from rules.catalogue import Catalogue, Entry, overlaid
from rules.responders import Want

Row = dict[str, Any]


class Catalogues:
    """The catalogues of one store by community; a commit that changes one drops it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, Catalogue] = {}
        self._lock = threading.Lock()
        self._version = 0
        store.on_commit(self._forget_changed)

    def of(self, community_id: str) -> Catalogue:
        """Return the catalogue of a community by code, those out of use included."""
        with self._lock:
            known, version = self._known.get(community_id), self._version
        if known is not None:
            return known
        rows = self._store.rows("category/of_community", community_id=community_id)
        made = overlaid(entry_of(row) for row in rows)
        with self._lock:
            if version == self._version:  # nobody changed one while this was read
                self._known[community_id] = made
        return made

    def _forget_changed(self, commit: Commit) -> None:
        if any(noun == "category" for noun, _ in commit.touched):
            with self._lock:
                self._version += 1
                self._known.clear()


def categories(store: Store, community_id: str) -> tuple[Entry, ...]:
    """Return the categories in use in a community, in list order.

    Each `rules.catalogue.Entry` has: code, name_zh, name_en, group, urgency, limit_value,
    limit_kind, organisation_kind, wants (rules.responders.Want, in order), questions ((Chinese,
    English) pairs), keywords, standard_ref, position, default (True: shipped, label it so),
    in_use. `rules.catalogue.suggested(text, categories(...))` gives the codes a report's text
    suggests. Cheap: kept until somebody changes the catalogue.
    """
    return tuple(entry for entry in catalogue_of(store, community_id).values() if entry.in_use)


def category(store: Store, community_id: str, code: str) -> Entry | None:
    """Return one category, also one out of use; None where a source's own code is not ours."""
    return catalogue_of(store, community_id).get(code)


def catalogue_of(store: Store, community_id: str) -> Catalogue:
    """Return the whole catalogue of a community by code, those out of use included."""
    return catalogues(store).of(community_id)


def catalogues(store: Store) -> Catalogues:
    """Return the one Catalogues of a store."""
    with _lock:
        if store not in _catalogues:
            _catalogues[store] = Catalogues(store)
        return _catalogues[store]


def entry_of(row: Row) -> Entry:
    """Return a row of category_now as a category."""
    wants = json.loads(row["responders"] or "[]")
    return Entry(
        code=row["code"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        group=row["category_group"],
        urgency=row["urgency"],
        limit_value=row["limit_value"],
        limit_kind=row["limit_kind"],
        organisation_kind=row["organisation_kind"],
        wants=tuple(Want(kind, tuple(services), count) for kind, services, count in wants),
        questions=_pairs(json.loads(row["questions"] or "[]")),
        keywords=tuple(json.loads(row["keywords"] or "[]")),
        standard_ref=row["standard_ref"],
        position=row["position"],
        in_use=row["removed_at"] is None,
    )


def _pairs(found: Iterable[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((zh, en) for zh, en in found)


_lock = threading.Lock()
_catalogues: WeakKeyDictionary[Store, Catalogues] = WeakKeyDictionary()
