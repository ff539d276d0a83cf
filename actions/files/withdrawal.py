"""Takes values out of a file when the consent they rested on is withdrawn, care included (R4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from actions.files.consulting import care_of, values_of_subjects
from actions.files.drafts import present
from actions.files.enrolment import append_care, ending_event
from actions.files.writing import FileWrite, append_files
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.fields import completeness, resting_on

FACTS = ("household_id", "place_id", "residence")


@dataclass(slots=True)
class Withdrawal:
    """What one withdrawal changes beside the consent itself."""

    write: FileWrite
    care: list[dict[str, Any]] = field(default_factory=list)


def withdrawal_of(
    store: Store, keyring: Keyring, person_id: str, purpose: str, shared: dict[str, Any]
) -> Withdrawal:
    """Prepare the removal of everything that rests on a consent; hold `writing` until it is done.

    Args:
        store: The open store.
        keyring: To see which values there are.
        person_id: Whose consent.
        purpose: What it was for; a care recipient leaves the care register with `care_service`,
            and with a guardian's `minor_file`, which takes every value.
        shared: community_id, source and actor; only the actor is used.
    """
    values = values_of_subjects(store, keyring, [person_id]).get(person_id, {})
    dropped = [name for name in resting_on(purpose) if name in values]
    rows = store.rows("person/current", ids=[person_id])
    write = FileWrite("person")
    if rows and dropped:
        kept = values.keys() - set(dropped)
        facts = {name: rows[0][name] for name in FACTS}
        write.events = [
            {
                **rows[0],
                "event_kind": "changed",
                "actor": shared["actor"],
                "fields_changed": dropped,
                "completeness": completeness("person", present(facts, set(kept))),
            }
        ]
        write.dropped = [(person_id, name) for name in dropped]
    ended = care_of(store, [person_id]) if purpose in ("care_service", "minor_file") else {}
    care = [ending_event(row, shared["actor"]) for row in ended.values()]
    return Withdrawal(write, care)


def withdraw_values(transaction: Transaction, withdrawal: Withdrawal) -> None:
    """Carry a withdrawal out, in the unit that records it."""
    append_files(transaction, withdrawal.write)
    append_care(transaction, withdrawal.care)
