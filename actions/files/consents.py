"""Makes the events of consents: given by import or page, withdrawn with all that rests on them."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions.files.consulting import Consents, ConsentState
from actions.files.drafts import FileDraft, hashed
from data.keyring import Keyring
from rules.fields import CONSENT_PURPOSES, FIELDS, consent_needed
from rules.residents import PersonRecord


def columns_of_consent(record: object) -> dict[str, date]:
    """Return the days of consents a sheet of residents carries, by purpose."""
    if not isinstance(record, PersonRecord):
        return {}
    days = {"care_service": record.care_consent_on, "minor_file": record.guardian_consent_on}
    return {purpose: day for purpose, day in days.items() if day is not None}


def needed_purposes(noun: str, names: set[str], guarded: bool) -> dict[str, str]:
    """Return the purposes without which these fields are not written, each with one field."""
    needed: dict[str, str] = {}
    for name in sorted(names):
        field = FIELDS.get((noun, name))
        purpose = consent_needed(field, guarded) if field else None
        if purpose is not None:
            needed.setdefault(purpose, name)
    return needed


def missing_consent(
    person_id: str | None, needed: dict[str, str], given: dict[str, date], consents: Consents
) -> str | None:
    """Return the field whose consent is not on record and not given with the row either."""
    for purpose, name in needed.items():
        state = consents.get((person_id or "", purpose), ConsentState())
        if not state.live and not state.renewed_by(given.get(purpose)):
            return name
    return None


def consent_events(
    keyring: Keyring,
    draft: FileDraft,
    person_id: str,
    given: dict[str, date],
    consents: Consents,
    *,
    guarded: bool,
    shared: dict[str, Any],
) -> list[dict[str, Any]]:
    """Return the events of consents a row brings that are not on record yet.

    Args:
        keyring: For the keyed hash that takes the place of an id.
        draft: The row.
        person_id: Whose file it became.
        given: Purpose → day, as the row has it.
        consents: What is on record.
        guarded: The person is under fourteen; a guardian speaks.
        shared: community_id, source and actor.
    """
    events = []
    for purpose in CONSENT_PURPOSES:
        day = given.get(purpose)
        state = consents.get((person_id, purpose), ConsentState())
        if day is None or state.live or not state.renewed_by(day):
            continue
        key = hashed(keyring, "source_id", f"{draft.key}/{purpose}/{day.isoformat()}")
        events.append(
            {
                **shared,
                "event_kind": "given",
                "person_id": person_id,
                "purpose": purpose,
                "given_by": "guardian" if guarded else "self",
                "form": "paper",
                "given_on": day,
                "source_id": key,
                "content_hash": key,
            }
        )
    return events
