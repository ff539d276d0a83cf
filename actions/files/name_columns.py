"""Holds the names of one community's residents in memory and finds pieces of names in them.

Clear names and birth dates live here, in this process only; telephone numbers are masked before
they are kept. Names are compared without width and case, and by any piece, never by sound.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np

from rules.masking import GUARDED_BELOW, HIDDEN, age_band, is_guarded, mask_name

_SEPARATOR = "\n"
Rows: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]


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
    name: str | None
    birth_date: str | None
    masked_phone: str | None
    numbers: tuple[int, int] = (0, 0)  # of telephone and identity number, see `short_hash`


@dataclass(frozen=True, slots=True)
class Found:
    """One block of residents.

    Attributes:
        total: Residents in the whole list.
        ids: Those of the block, in order.
        completeness: Mean of the whole list, where it was asked for.
    """

    total: int
    ids: list[str]
    completeness: float | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Which residents of a list are wanted.

    Attributes:
        areas: Areas within reach; None for all. Who has no area is reached only then.
        place_id: Only residents of this building; None for all.
        offset, limit: Which block of the list.
    """

    areas: Collection[str] | None
    place_id: str | None
    offset: int
    limit: int


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
        self._complete = np.empty(0, np.float64)
        self._by_place = np.empty(0, np.int64)
        self._born = np.empty(0, np.int32)
        self._numbers = np.empty((0, 2), np.uint64)

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
        names = [fold(person.name or "") for person in people]
        text = _SEPARATOR.join(names)
        self._letters = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        lengths = np.fromiter((len(name) + 1 for name in names), np.int64, len(names))
        self._starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)[:-1]])
        self._areas, self._area_of = _codes([person.facts.area_id for person in people])
        self._places, self._place_of = _codes([person.facts.place_id for person in people])
        shares = (person.facts.completeness or 0.0 for person in people)
        self._complete = np.fromiter(shares, np.float64, len(people))
        # Buildings in the order of their ids; codes follow the sorted ids, unknown ones first.
        self._by_place = np.argsort(self._place_of, kind="stable")
        self._born = np.fromiter((_ordinal(p.birth_date) for p in people), np.int32, len(people))
        self._numbers = np.array([p.numbers for p in people], np.uint64).reshape(-1, 2)
        self._stale = False

    def find(self, piece: str, wanted: Block, today: date, *, guarded_too: bool) -> Found:
        """Find residents whose name holds a piece, in the order of their ids.

        Args:
            piece: At least one character.
            wanted: Which of them.
            today: The local day, to know who is under fourteen.
            guarded_too: Also children under fourteen; only who may open their files finds them.
        """
        if self._stale:
            self.settle()
        rows = self._within(self._rows_with(fold(piece)), wanted)
        if not guarded_too:
            rows = rows[self._born[rows] <= _grown_up(today)]
        return self._found(rows, wanted)

    def find_number(
        self, hashes: Collection[int], wanted: Block, today: date, *, guarded_too: bool
    ) -> Found:
        """Find residents by the short hash of a telephone or identity number."""
        if self._stale:
            self.settle()
        hits = np.isin(self._numbers, np.array(sorted(hashes), np.uint64)).any(axis=1)
        rows = self._within(np.flatnonzero(hits), wanted)
        if not guarded_too:
            rows = rows[self._born[rows] <= _grown_up(today)]
        return self._found(rows, wanted)

    def browse(self, wanted: Block, *, incomplete: bool) -> Found:
        """Return residents building by building, and how complete their files are.

        Args:
            wanted: Which of them.
            incomplete: Only files with something missing.
        """
        if self._stale:
            self.settle()
        rows = self._within(self._by_place, wanted)
        if incomplete:
            rows = rows[self._complete[rows] < 1]
        mean = float(self._complete[rows].mean()) if rows.size else None
        return self._found(rows, wanted, mean)

    def facts(self, person_id: str) -> Facts | None:
        """Return what the log says of a resident; None for who is not known here."""
        person = self._people.get(person_id)
        return person.facts if person else None

    def masked(self, person_id: str, today: date) -> MaskedPerson | None:
        """Return what a list shows of a resident; None for who is not known here."""
        person = self._people.get(person_id)
        if person is None:
            return None
        return masked_person(
            person.facts, person.name, person.birth_date, person.masked_phone, today
        )

    def _within(self, rows: Rows, wanted: Block) -> Rows:
        if wanted.areas is not None:
            codes = [self._areas[area] for area in wanted.areas if area in self._areas]
            rows = rows[np.isin(self._area_of[rows], codes)]
        if wanted.place_id is not None:
            rows = rows[self._place_of[rows] == self._places.get(wanted.place_id, -1)]
        return rows

    def _found(self, rows: Rows, wanted: Block, completeness: float | None = None) -> Found:
        block = rows[wanted.offset : wanted.offset + wanted.limit]
        return Found(int(rows.size), [self._ids[row] for row in block.tolist()], completeness)

    def _rows_with(self, piece: str) -> Rows:
        letters = np.frombuffer(piece.encode("utf-32-le"), np.uint32)
        last = self._letters.size - letters.size + 1
        if not letters.size or last <= 0 or _SEPARATOR in piece:
            return np.empty(0, np.int64)
        hits = self._letters[:last] == letters[0]
        for offset in range(1, letters.size):
            hits &= self._letters[offset : last + offset] == letters[offset]
        rows = np.searchsorted(self._starts, np.flatnonzero(hits), side="right") - 1
        return rows[np.diff(rows, prepend=-1) > 0]  # a name may hold the piece twice


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


def short_hash(index_hash: str) -> int:
    """Return the first 64 bits of a keyed hash; two of 100,000 people share them by no chance."""
    return int(index_hash[:16], 16)


def _ordinal(birth_date: str | None) -> int:
    try:
        return date.fromisoformat(birth_date).toordinal() if birth_date else 0
    except ValueError:
        return 0


def _grown_up(today: date) -> int:
    """Return the last birth date, as an ordinal, of who is fourteen today."""
    year = today.year - GUARDED_BELOW
    try:
        return today.replace(year=year).toordinal()
    except ValueError:  # 29 February of a leap year; the fourteenth birthday is on 1 March
        return date(year, 2, 28).toordinal()


def _codes(
    values: list[str | None],
) -> tuple[dict[str | None, int], np.ndarray[tuple[int], np.dtype[np.int32]]]:
    """Number the values in their own order, none first."""
    known = sorted({value for value in values if value is not None})
    codes: dict[str | None, int] = {None: 0} | {v: n for n, v in enumerate(known, start=1)}
    return codes, np.fromiter((codes[value] for value in values), np.int32, len(values))
