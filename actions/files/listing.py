"""Lists files for a viewer, masked and within reach: people by name, number, building or grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from actions.access import allow, reach
from actions.auditing import line_for
from actions.files.consulting import local_day, values_of_subjects
from actions.files.name_columns import Block, Facts, Found, MaskedPerson, masked_person
from actions.files.name_index import name_index_of
from data.audit import AuditChain
from data.keyring import Keyring
from data.store import Store
from rules.masking import mask_phone
from rules.unmasking import GUARDED_ROLE
from rules.viewer import Viewer

PAGE_ROWS = 50
_NUMBER = re.compile(r"^\+?[\d\- ]{7,24}[\dXx]?$", re.ASCII)


@dataclass(frozen=True, slots=True)
class FilesFilter:
    """Which files of a community are listed.

    Attributes:
        areas: These areas only; None for all within reach.
        place_id: This building only.
        incomplete: Only files with something missing.
        gone: People who moved out.
    """

    areas: list[str] | None = None
    place_id: str | None = None
    incomplete: bool = False
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """One block of people.

    Attributes:
        total: People in the whole list.
        completeness: Mean of the whole list, where it was counted.
    """

    people: list[MaskedPerson] = field(default_factory=list)
    total: int = 0
    completeness: float | None = None


@dataclass(frozen=True, slots=True)
class FilesReader:
    """Reads files for one viewer in one community; make it with `files_reader`."""

    store: Store
    keyring: Keyring
    audit: AuditChain
    viewer: Viewer
    community_id: str
    reach: list[str] | None
    today: date

    def people(self, wanted: FilesFilter, offset: int) -> Listed:
        """Return one block of the people of a filter, by building."""
        block = self._block(wanted, offset)
        index = name_index_of(self.store)
        if not wanted.gone:
            held = index.browse(self.community_id, block, incomplete=wanted.incomplete)
            if held is not None:
                return self._listed(held)
        scope: dict[str, Any] = {
            "community_id": self.community_id,
            "reach": self.reach,
            "areas": wanted.areas,
            "place_id": wanted.place_id,
            "incomplete": wanted.incomplete,
            "gone": wanted.gone,
        }
        rows = self.store.rows("files/people", offset=offset, limit=PAGE_ROWS, **scope)
        counted = self.store.rows("files/people_count", **scope)[0]
        return Listed(self._masked(rows), counted["n"], counted["completeness"])

    def search(self, text: str, wanted: FilesFilter, offset: int) -> Listed | None:
        """Find people by a piece of their name, or exactly by telephone or identity number.

        The search leaves a line in the audit: who and how many hits, never the text, which may be
        a name. A number is compared by its keyed hash.

        Returns:
            None while the index of names is being built; ask again in a few seconds.
        """
        number = bool(_NUMBER.match(text.strip()))
        block = self._block(wanted, offset)
        found = self._by_number(text, block) if number else self._by_name(text, block)
        if found is not None:
            detail = f"hits={found.total} by={'number' if number else 'name'} from={offset}"
            self.audit.record(
                line_for(self.viewer, "person.search", self.community_id, detail=detail)
            ).result()
        return found

    def _block(self, wanted: FilesFilter, offset: int) -> Block:
        areas = _both(self.reach, wanted.areas)
        return Block(areas, wanted.place_id, offset, PAGE_ROWS)

    def _listed(self, found: Found) -> Listed:
        masked = name_index_of(self.store).masked(self.community_id, found.ids, self.today) or {}
        people = [masked[person_id] for person_id in found.ids if person_id in masked]
        return Listed(people, found.total, found.completeness)

    def _by_name(self, text: str, block: Block) -> Listed | None:
        found = name_index_of(self.store).search(
            self.community_id,
            text,
            block,
            self.today,
            guarded_too=self.viewer.role == GUARDED_ROLE,
        )
        return None if found is None else self._listed(found)

    def _by_number(self, text: str, block: Block) -> Listed | None:
        plain = re.sub(r"[\s\-]", "", text).removeprefix("+86").upper()
        index_of = self.keyring.index
        hashes = {
            index_of("phone", plain),
            index_of("phone", text.strip()),
            index_of("id_number", plain),
        }
        found = name_index_of(self.store).search_number(
            self.community_id,
            hashes,
            block,
            self.today,
            guarded_too=self.viewer.role == GUARDED_ROLE,
        )
        return None if found is None else self._listed(found)

    def members(self, household_id: str) -> list[tuple[MaskedPerson, str | None]]:
        """Return the people of a household with their relation to its head."""
        rows = self.store.rows(
            "files/members", community_id=self.community_id, household_id=household_id
        )
        values = values_of_subjects(self.store, self.keyring, [row["person_id"] for row in rows])
        return [
            (person, values.get(person.facts.person_id, {}).get("relation"))
            for person in self._opened(rows, values)
        ]

    def masked(self, person_ids: Sequence[str]) -> dict[str, MaskedPerson]:
        """Return what a list shows of some people; who is out of reach or erased is left out."""
        rows = self.store.rows(
            "files/people_of",
            community_id=self.community_id,
            person_ids=list(person_ids),
            reach=self.reach,
        )
        return {person.facts.person_id: person for person in self._masked(rows)}

    def _masked(self, rows: Sequence[dict[str, Any]]) -> list[MaskedPerson]:
        """Mask what a list shows; from the index where it is ready, else opened for these rows."""
        ids = [row["person_id"] for row in rows]
        known = name_index_of(self.store).masked(self.community_id, ids, self.today) or {}
        missing = [row for row in rows if row["person_id"] not in known]
        values = values_of_subjects(self.store, self.keyring, [r["person_id"] for r in missing])
        opened = {p.facts.person_id: p for p in self._opened(missing, values)}
        return [known.get(person_id) or opened[person_id] for person_id in ids]

    def _opened(
        self, rows: Sequence[dict[str, Any]], values: dict[str, dict[str, str]]
    ) -> list[MaskedPerson]:
        people = []
        for row in rows:
            held = values.get(row["person_id"], {})
            facts = Facts(
                row["person_id"],
                row.get("area_id"),
                row.get("place_id"),
                row.get("household_id"),
                row["residence"],
                row["completeness"],
            )
            phone = mask_phone(held["phone"]) if "phone" in held else None
            name, born = held.get("name"), held.get("birth_date")
            people.append(masked_person(facts, name, born, phone, self.today))
        return people


def files_reader(
    store: Store, keyring: Keyring, audit: AuditChain, community_id: str, now: datetime
) -> FilesReader:
    """Return a reader for the current viewer.

    Raises:
        SignInRequired, NotAllowed, NotThere: See actions/access.allow.
    """
    asking = allow("person.read", community_id)
    return FilesReader(
        store,
        keyring,
        audit,
        asking,
        community_id,
        reach(store, asking, "person.read", community_id),
        local_day(store, community_id, now),
    )


def _both(reached: list[str] | None, chosen: list[str] | None) -> list[str] | None:
    if reached is None or chosen is None:
        return chosen if reached is None else reached
    return sorted(set(reached) & set(chosen))
