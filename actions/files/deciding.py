"""Decides for each row about a person, home or firm what it is, and what of it would be written."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.files.consents import (
    columns_of_consent,
    consent_events,
    missing_consent,
    needed_purposes,
)
from actions.files.consulting import (
    Place,
    consents_of,
    find_places,
    resolve,
    values_of_subjects,
)
from actions.files.drafts import FileDraft, present
from actions.intake.recorder import Verdict
from data.keyring import Keyring
from data.store import Store
from rules.fields import completeness
from rules.masking import is_guarded

FACTS = {
    "person": ("household_id", "place_id", "area_id", "residence"),
    "household": ("place_id", "area_id"),
    "enterprise": ("name_zh", "credit_code", "industry", "place_id", "area_id"),
}


@dataclass(slots=True)
class Decided:
    """What a row is, and where it is news what of it is written.

    Attributes:
        subject_id: Our id; None for what is new, until it has one, and for what is rejected.
        facts: Every fact column of the event.
        written: Values that are new or differ.
        changed: Names of facts and values that are new or differ, sorted.
        values: Names of all values the file has afterwards.
        error: (code, field, message) of a rejected row.
        guarded: The person is under fourteen.
    """

    draft: FileDraft
    verdict: Verdict
    subject_id: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    completeness: float = 0.0
    error: tuple[str, str | None, str] | None = None
    guarded: bool = False

    @property
    def id(self) -> str:
        """Our id, once it has one."""
        if self.subject_id is None:
            raise ValueError("has no id yet")
        return self.subject_id


class Deciding:
    """Looks up once for a whole turn what its rows refer to, then decides row by row."""

    def __init__(
        self,
        store: Store,
        keyring: Keyring,
        noun: str,
        community_id: str,
        source: str,
        today: date,
    ) -> None:
        self._store = store
        self._keyring = keyring
        self._noun = noun
        self._scope = (community_id, source)
        self._today = today
        self._places: dict[str, Place] = {}
        self._homes: dict[str, str] = {}
        self._old: dict[str, dict[str, str]] = {}
        self._consents: dict[Any, Any] = {}

    def decide(
        self, drafts: Sequence[FileDraft], known: Mapping[str, dict[str, Any]]
    ) -> list[Decided]:
        """Return the decision on each row, in order.

        Args:
            drafts: Rows with source ids of their own.
            known: Current state by keyed source id.
        """
        news = [draft for draft in drafts if _is_news(draft, known.get(draft.key))]
        self._places = find_places(
            self._store,
            *self._scope,
            {draft.place for draft in news if draft.place},
            buildings_only=self._noun != "enterprise",
        )
        self._homes = self._households({d.household for d in news if d.household})
        ids = [known[draft.key]["id"] for draft in news if draft.key in known]
        self._old = values_of_subjects(self._store, self._keyring, ids)
        self._consents = consents_of(self._store, ids) if self._noun == "person" else {}
        return [self._decide(draft, known.get(draft.key)) for draft in drafts]

    def unknown_households(self, references: Collection[str]) -> list[str]:
        """Return the references to households that nobody has registered."""
        found = self._households(set(references))
        return [reference for reference in references if reference not in found]

    def consent_events(self, each: Decided, shared: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the events of consents that come with a row of a person."""
        return consent_events(
            self._keyring,
            each.draft,
            each.id,
            columns_of_consent(each.draft.record),
            self._consents,
            guarded=each.guarded,
            shared=shared,
        )

    def _households(self, references: set[str]) -> dict[str, str]:
        return resolve(self._store, self._keyring, "household", *self._scope, references)

    def _decide(self, draft: FileDraft, before: dict[str, Any] | None) -> Decided:
        if before is not None and before["event_kind"] == "erased":
            text = "was erased; register the person anew by hand if they ask for it"
            return Decided(draft, "rejected", error=("subject_erased", "source_id", text))
        if before is not None and not _is_news(draft, before):
            return Decided(draft, "unchanged", before["id"])
        old = self._old.get(before["id"], {}) if before else {}
        error = self._refuse(draft, before["id"] if before else None, old)
        if error is not None:
            return Decided(draft, "rejected", error=error)
        facts = self._facts(draft, before)
        written = {name: value for name, value in draft.values.items() if old.get(name) != value}
        differing = {n for n, v in facts.items() if v != (before or {}).get(n) and v is not None}
        return Decided(
            draft,
            "changed" if before else "new",
            before["id"] if before else None,
            facts,
            written,
            sorted({*written, *differing} - {"area_id"}),
            completeness(self._noun, present(facts, {*old, *draft.values})),
            guarded=self._guarded(draft, old),
        )

    def _facts(self, draft: FileDraft, before: dict[str, Any] | None) -> dict[str, Any]:
        facts = {name: (before or {}).get(name) for name in FACTS[self._noun]}
        facts.update({name: value for name, value in draft.facts.items() if value is not None})
        if draft.place is not None:
            place = self._places[draft.place]
            facts.update(place_id=place.id, area_id=place.area_id)
        if draft.household is not None:
            facts["household_id"] = self._homes[draft.household]
        return facts

    def _refuse(
        self, draft: FileDraft, subject_id: str | None, old: dict[str, str]
    ) -> tuple[str, str | None, str] | None:
        if draft.place is not None and draft.place not in self._places:
            return "reference_unknown", "place_id", "names no building of this community, or two"
        if draft.household is not None and draft.household not in self._homes:
            return "reference_unknown", "household_id", "names no household of this community"
        if self._noun != "person":
            return None
        given = columns_of_consent(draft.record)
        days = {"birth_date": draft.values.get("birth_date")} | {
            f"{purpose}_consent": day.isoformat() for purpose, day in given.items()
        }
        for name, day in days.items():
            if day is not None and day > self._today.isoformat():
                return "day_invalid", name, "lies in the future"
        written = {name for name, value in draft.values.items() if old.get(name) != value}
        needed = needed_purposes("person", written, self._guarded(draft, old))
        unmet = missing_consent(subject_id, needed, given, self._consents)
        if unmet is not None:
            return "consent_missing", unmet, "needs a separate consent that is not on record"
        return None

    def _guarded(self, draft: FileDraft, old: dict[str, str]) -> bool:
        born = draft.values.get("birth_date") or old.get("birth_date")
        return self._noun == "person" and is_guarded(born, self._today)


def _is_news(draft: FileDraft, before: dict[str, Any] | None) -> bool:
    """Tell whether a row is a later version, or without versions says other things."""
    if before is None:
        return True
    if draft.version is not None and before["source_version"] is not None:
        return bool(draft.version > before["source_version"])
    return bool(draft.content_hash != before["content_hash"])
