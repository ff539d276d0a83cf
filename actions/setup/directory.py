"""Keeps organisations and the contact directory; numbers are sealed under a key of each contact.

The log of a contact names its numbers by id only. A number that was replaced stays, sealed, for as
long as the step can be undone; then it is deleted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.setup.step import MANUAL, SetupDesk, State, Step
from actions.setup.undo import MOST_CHANGES
from data.ids import IdClock
from data.keyring import Keyring
from rules.setup_fields import (
    ChoiceUnknown,
    FieldRefused,
    ValueMissing,
    choice_of,
    clock_of,
    name_of,
    needed_name,
    phone_of,
    reference_of,
)
from rules.vocabulary import ORGANISATION_KINDS, SERVICES, WORK_DAYS

NUMBER_FIELD = "contact.number"  # what a number is sealed as; `work` and `after` may change places
PARTS = ("work", "after")
_ids = IdClock()


@dataclass(frozen=True, slots=True)
class DirectoryDraft:
    """An organisation or contact as typed, unchecked.

    Attributes:
        object_id: What to change, or None for a new one.
        version: The event it was read at; only where it is changed.
        values: Fields by name. Organisation: kind, name_zh, name_en. Contact: organisation_id,
            post_zh, post_en, services, work_days, work_from, work_until, work_number and
            after_number, where an empty one takes the number away and a missing one keeps it.
    """

    values: dict[str, Any]
    object_id: str | None = None
    version: str = ""


def save_organisation(desk: SetupDesk, draft: DirectoryDraft) -> str:
    """Register or change an organisation; returns its id.

    Raises:
        RuleViolation: A field or the version cannot be taken; nothing was changed.
    """
    facts = {
        "kind": choice_of("kind", draft.values.get("kind"), ORGANISATION_KINDS),
        "name_zh": needed_name("name_zh", draft.values.get("name_zh")),
        "name_en": name_of("name_en", draft.values.get("name_en")),
    }

    def work(step: Step) -> str:
        state = _found(step, "organisation", draft) | facts
        step.put("organisation", state, "changed" if draft.object_id else "registered")
        return str(state["organisation_id"])

    return desk.take("changed" if draft.object_id else "registered", work)


def remove_organisation(desk: SetupDesk, organisation_id: str, version: str) -> None:
    """Take an organisation out of use; its contacts stay, without one.

    Raises:
        NotThere, ChangedMeanwhile: Nothing was changed.
    """

    def work(step: Step) -> None:
        state = step.current("organisation", organisation_id, version)
        held = step.tx.rows(
            "setup/contacts_of",
            community_id=step.community_id,
            organisation_id=organisation_id,
        )
        for row in held:
            contact = step.find("contact", row["contact_id"])
            if contact is not None:
                step.put("contact", {**contact, "organisation_id": None}, "changed")
        step.put("organisation", {**state, "removed_at": step.tx.now}, "removed")

    desk.take("removed", work)


def save_contact(desk: SetupDesk, keyring: Keyring, draft: DirectoryDraft) -> str:
    """Register or change a contact and seal the numbers given; returns its id.

    Raises:
        RuleViolation: A field or the version cannot be taken; nothing was changed.
        KeyringError: The numbers could not be sealed; nothing was changed.
    """
    facts = _contact_facts(draft.values)
    contact_id = draft.object_id or _ids.take(1)[0]
    numbers = {
        part: phone_of(f"{part}_number", draft.values.get(f"{part}_number"))
        for part in PARTS
        if f"{part}_number" in draft.values
    }
    sealed = _sealed(keyring, contact_id, numbers)

    def work(step: Step) -> str:
        if draft.object_id is None:
            state = _new_contact(contact_id)
        else:
            state = step.current("contact", contact_id, draft.version)
        state |= facts
        if state["organisation_id"] and step.live("organisation", state["organisation_id"]) is None:
            raise ChoiceUnknown("organisation_id")
        for part, text in sealed.items():
            state[f"{part}_number_id"] = _keep(step, contact_id, text) if text else None
        step.put("contact", state, "changed" if draft.object_id else "registered")
        return contact_id

    saved = desk.take("changed" if draft.object_id else "registered", work)
    forget_numbers(desk)
    return saved


def remove_contact(desk: SetupDesk, contact_id: str, version: str) -> None:
    """Take a contact out of use.

    Raises:
        NotThere, ChangedMeanwhile: Nothing was changed.
    """

    def work(step: Step) -> None:
        state = step.current("contact", contact_id, version)
        step.put("contact", {**state, "removed_at": step.tx.now}, "removed")

    desk.take("removed", work)
    forget_numbers(desk)


def forget_numbers(desk: SetupDesk) -> None:
    """Delete the numbers that no contact has and no undo can give back."""
    desk.store.write(
        lambda tx: tx.run(
            "contact/forget_numbers",
            community_id=desk.community_id,
            most_changes=MOST_CHANGES,
        )
    ).result()


def _found(step: Step, noun: str, draft: DirectoryDraft) -> State:
    if draft.object_id is not None:
        return step.current(noun, draft.object_id, draft.version)
    return {f"{noun}_id": step.new_id(), "removed_at": None}


def _new_contact(contact_id: str) -> State:
    return {
        "contact_id": contact_id,
        "work_number_id": None,
        "after_number_id": None,
        "source": MANUAL,
        "source_id": contact_id,
        "content_hash": MANUAL,
        "removed_at": None,
    }


def _contact_facts(values: dict[str, Any]) -> State:
    chosen = values.get("services")
    services = chosen if isinstance(chosen, list) else [chosen] if chosen else []
    if not services:
        raise ValueMissing("services")
    work_from = clock_of("work_from", values.get("work_from"))
    work_until = clock_of("work_until", values.get("work_until"))
    if work_from >= work_until:
        raise FieldRefused("work_until")
    return {
        "organisation_id": reference_of("organisation_id", values.get("organisation_id")),
        "post_zh": needed_name("post_zh", values.get("post_zh")),
        "post_en": name_of("post_en", values.get("post_en")),
        "services": sorted(
            {choice_of("services", s, SERVICES) for s in services}, key=SERVICES.index
        ),
        "work_days": choice_of("work_days", values.get("work_days"), WORK_DAYS),
        "work_from": work_from,
        "work_until": work_until,
    }


def _sealed(
    keyring: Keyring, contact_id: str, numbers: dict[str, str | None]
) -> dict[str, str | None]:
    """Seal the numbers that were typed; the key is on disk before anything sealed with it."""
    if any(numbers.values()):
        keyring.create([contact_id])
    return {
        part: keyring.seal(contact_id, NUMBER_FIELD, number) if number else None
        for part, number in numbers.items()
    }


def _keep(step: Step, contact_id: str, sealed: str) -> str:
    number_id = step.new_id()
    row = {
        "number_id": number_id,
        "contact_id": contact_id,
        "community_id": step.community_id,
        "sealed": sealed,
        "sealed_at": step.tx.now,
    }
    step.tx.run("contact/append_number", {"incoming": step.tx.table("contact_number", [row])})
    return number_id
