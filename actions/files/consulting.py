"""Looks up what rows about people refer to: buildings, known subjects, values, consents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from actions.files.drafts import folded, hashed
from data.keyring import Keyring
from data.store import Store

_OUR_BUILDING, _ANY_PLACE = 3, 4


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map and the grid it lies in."""

    id: str
    area_id: str | None


@dataclass(frozen=True, slots=True)
class ConsentState:
    """How one person's consent for one purpose stands."""

    live: bool = False
    withdrawn_on: date | None = None

    def renewed_by(self, given_on: date | None) -> bool:
        """True where a consent of that day counts: later than the last withdrawal."""
        if given_on is None:
            return False
        return self.withdrawn_on is None or given_on > self.withdrawn_on


Consents = Mapping[tuple[str, str], ConsentState]


def local_day(store: Store, community_id: str, now: datetime) -> date:
    """Return the community's own day."""
    rows = store.rows("community/timezone", community_id=community_id)
    return now.astimezone(ZoneInfo(rows[0]["timezone"] if rows else "Asia/Shanghai")).date()


def find_places(
    store: Store,
    community_id: str,
    source: str,
    references: Collection[str],
    *,
    buildings_only: bool,
) -> dict[str, Place]:
    """Find the place each reference means: our id, the source's id, or its public name.

    A name that two places bear is not found: which is meant, only people know.
    """
    wanted = sorted(set(references))
    if not wanted:
        return {}
    rows = store.rows(
        "files/places",
        community_id=community_id,
        source=source,
        references=wanted,
        folded=[folded(text) for text in wanted],
    )
    best: dict[str, list[dict[str, Any]]] = defaultdict(list)
    most = _OUR_BUILDING if buildings_only else _ANY_PLACE
    for row in rows:
        held = best[row["reference"]]
        if row["rank"] <= most and (not held or row["rank"] == held[0]["rank"]):
            held.append(row)
    return {
        reference: Place(found[0]["id"], found[0]["area_id"])
        for reference, found in best.items()
        if len({row["id"] for row in found}) == 1
    }


def resolve(
    store: Store,
    keyring: Keyring,
    noun: str,
    community_id: str,
    source: str,
    references: Iterable[str],
) -> dict[str, str]:
    """Find subjects by our id or by the source's own id; returns reference → our id."""
    wanted = sorted(set(references))
    if not wanted:
        return {}
    rows = store.rows(
        f"{noun}/resolve_hashed",
        community_id=community_id,
        source=source,
        references=wanted,
        hashes=[hashed(keyring, "source_id", text) for text in wanted],
    )
    return {row["reference"]: row["id"] for row in rows}


def known_subjects(
    store: Store, noun: str, community_id: str, source: str, keys: Collection[str]
) -> dict[str, dict[str, Any]]:
    """Return the current state of subjects by the keyed hash of their source's id."""
    wanted = sorted(set(keys))
    rows = store.rows(f"{noun}/known", community_id=community_id, source=source, keys=wanted)
    return {row["source_id"]: row for row in rows}


def values_of_subjects(
    store: Store, keyring: Keyring, subject_ids: Collection[str]
) -> dict[str, dict[str, str]]:
    """Open every value of some subjects; a subject whose key is gone has none."""
    if not subject_ids:
        return {}
    rows = store.rows("personal_field/of", subject_ids=sorted(set(subject_ids)))
    opened = keyring.open_many([(r["subject_id"], r["field"], r["sealed"]) for r in rows])
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for row, clear in zip(rows, opened, strict=True):
        if clear is not None:
            values[row["subject_id"]][row["field"]] = clear
    return dict(values)


def consents_of(store: Store, person_ids: Collection[str]) -> dict[tuple[str, str], ConsentState]:
    """Return how consents stand, by (person id, purpose)."""
    if not person_ids:
        return {}
    return {
        (row["person_id"], row["purpose"]): ConsentState(row["live"], row["withdrawn_on"])
        for row in store.rows("consent/of", person_ids=sorted(set(person_ids)))
    }


def care_of(store: Store, person_ids: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return the care recipient linked to each person, with its whole state."""
    if not person_ids:
        return {}
    rows = store.rows("care_recipient/of_people", person_ids=sorted(set(person_ids)))
    return {row["person_id"]: row for row in rows}
