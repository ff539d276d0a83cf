"""Holds the names of one community's residents in memory and finds pieces of names in them.

Clear names and birth dates live here, in this process only; telephone numbers are masked before
they are kept. Names are compared without width and case, and by any piece, never by sound.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from rules.masking import HIDDEN, age_band, is_guarded, mask_name

_SEPARATOR = "\n"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the log says of one resident: ids and codes, nothing sealed."""

    person_id: str
    area_id: str | None = None
    place_id: str | None = None
    household_id: str | None = None
    residence: str | None = None
    completeness: float | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the index knows of one resident."""

    facts: Facts
    name: str
    birth_date: str | None
    masked_phone: str | None


@dataclass(frozen=True, slots=True)
class MaskedPerson:
    """What a list shows of one resident; None where a value is not recorded."""

    facts: Facts
    name: str | None
    phone: str | None
    age: str | None
    guarded: bool


class NameColumns:
    """The residents of one community in the order of their ids; not thread-safe."""

    def __init__(self) -> None:
        self._people: dict[str, Known] = {}
        self._stale = True
        self._ids: list[str] = []
        self._letters = np.empty(0, np.uint32)
        self._starts = np.empty(0, np.int64)
        self._areas: dict[str | None, int] = {}
        self._area_of = np.empty(0, np.int32)
        self._places: dict[str | None, int] = {}
        self._place_of = np.empty(0, np.int32)

    def __len__(self) -> int:
        return len(self._people)

    def put(self, people: Iterable[Known]) -> None:
        """Add residents or replace what is known of them."""
        for person in people:
            self._people[person.facts.person_id] = person
            self._stale = True

    def remove(self, person_ids: Iterable[str]) -> None:
        """Forget residents; a name is gone from memory when this returns."""
        gone = [person_id for person_id in person_ids if self._people.pop(person_id, None)]
        if gone:
            self.settle()

    def settle(self) -> None:
        """Lay the names out for searching again after changes."""
        people = [self._people[person_id] for person_id in sorted(self._people)]
        self._ids = [person.facts.person_id for person in people]
        names = [fold(person.name) for person in people]
        text = _SEPARATOR.join(names)
        self._letters = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        lengths = np.fromiter((len(name) + 1 for name in names), np.int64, len(names))
        self._starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)[:-1]])
        self._areas, self._area_of = _codes([person.facts.area_id for person in people])
        self._places, self._place_of = _codes([person.facts.place_id for person in people])
        self._stale = False

    def find(
        self,
        piece: str,
        *,
        areas: Collection[str] | None,
        place_id: str | None,
        today: date,
        guarded_too: bool,
    ) -> list[str]:
        """Return ids of residents whose name holds a piece, in the order of their ids.

        Args:
            piece: At least one character.
            areas: Areas within reach; None for all. Who has no area is reached only then.
            place_id: Only residents of this building; None for all.
            today: The local day, to know who is under fourteen.
            guarded_too: Also children under fourteen; only who may open their files finds them.
        """
        if self._stale:
            self.settle()
        rows = self._rows_with(fold(piece))
        if areas is not None:
            codes = [self._areas[area] for area in areas if area in self._areas]
            rows = rows[np.isin(self._area_of[rows], codes)]
        if place_id is not None:
            rows = rows[self._place_of[rows] == self._places.get(place_id, -1)]
        found = [self._ids[row] for row in rows.tolist()]
        if guarded_too:
            return found
        people = self._people
        return [p for p in found if not is_guarded(people[p].birth_date, today)]

    def masked(self, person_id: str, today: date) -> MaskedPerson | None:
        """Return what a list shows of a resident; None for who is not known here."""
        person = self._people.get(person_id)
        if person is None:
            return None
        return masked_person(
            person.facts, person.name, person.birth_date, person.masked_phone, today
        )

    def _rows_with(self, piece: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        letters = np.frombuffer(piece.encode("utf-32-le"), np.uint32)
        last = self._letters.size - letters.size + 1
        if not letters.size or last <= 0 or _SEPARATOR in piece:
            return np.empty(0, np.int64)
        hits = self._letters[:last] == letters[0]
        for offset in range(1, letters.size):
            hits &= self._letters[offset : last + offset] == letters[offset]
        rows = np.searchsorted(self._starts, np.flatnonzero(hits), side="right") - 1
        return np.unique(rows)


def masked_person(
    facts: Facts,
    name: str | None,
    birth_date: str | None,
    masked_phone: str | None,
    today: date,
) -> MaskedPerson:
    """Mask one resident for a list; of a child under fourteen not even the family name is left."""
    guarded = is_guarded(birth_date, today)
    age = age_band(birth_date, today) if birth_date else None
    shown = (HIDDEN if guarded else mask_name(name)) if name else None
    return MaskedPerson(facts, shown, masked_phone, age, guarded)


def fold(name: str) -> str:
    """Fold a name for comparing: width, case and spaces do not count."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _codes(
    values: list[str | None],
) -> tuple[dict[str | None, int], np.ndarray[tuple[int], np.dtype[np.int32]]]:
    codes: dict[str | None, int] = {None: 0}
    for value in values:
        codes.setdefault(value, len(codes))
    return codes, np.fromiter((codes[value] for value in values), np.int32, len(values))
