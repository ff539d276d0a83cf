"""Records and withdraws consents by hand, each with its line in the audit."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from actions.access import NotThere
from actions.files.consent_recording import record_consents
from actions.files.consulting import local_day
from actions.files.editor import Editor
from actions.files.keys import keyring_of, writing
from actions.files.moving import MANUAL
from actions.files.withdrawal import withdraw_values, withdrawal_of
from actions.intake.recorder import RowError
from data.transaction import Transaction
from rules.errors import RowRejected
from rules.records import parse_record
from rules.residents import ConsentRecord


@dataclass(frozen=True, slots=True)
class ConsentSheet:
    """A consent as typed: purpose, who gave it, in which form, when, number of the signed sheet."""

    purpose: str
    given_by: str
    form: str
    given_on: str
    paper_ref: str = ""


def give_consent(editor: Editor, person_id: str, sheet: ConsentSheet) -> None:
    """Put a consent on record.

    Raises:
        NotAllowed, NotThere: See `Editor.subject`.
        RowRejected: What is wrong with it, by code and field.
    """
    state = _person(editor, person_id)
    row: dict[str, object] = {
        "source_id": secrets.token_hex(16),
        "person_id": person_id,
        "purpose": sheet.purpose,
        "given_by": sheet.given_by,
        "form": sheet.form,
        "given_on": sheet.given_on,
        "paper_ref": sheet.paper_ref or None,
    }
    record = parse_record("consents", row)
    assert isinstance(record, ConsentRecord)
    note = editor.noting(
        "consent.give", state["community_id"], "person", person_id, purpose=record.purpose
    )
    result = record_consents(
        editor.store,
        state["community_id"],
        MANUAL,
        [record],
        actor=editor.viewer.actor,
        now=editor.now,
        note=note,
    )[0]
    if result.error is not None:
        error: RowError = result.error
        raise RowRejected(error.code, error.field, error.message)


def withdraw_consent(editor: Editor, person_id: str, purpose: str) -> list[str]:
    """Withdraw whatever consents hold for a purpose; the values that rest on them go with them.

    Returns:
        Names of the fields that were removed.

    Raises:
        NotAllowed: The role writes no files.
        NotThere: No such file within reach, or no such consent holds.
    """
    with writing(editor.store):
        state = _person(editor, person_id)
        held = editor.store.rows("consent/live", person_id=person_id, purpose=purpose)
        if not held:
            raise NotThere()
        actor = editor.viewer.actor
        today = local_day(editor.store, state["community_id"], editor.now)
        taken = withdrawal_of(
            editor.store, keyring_of(editor.store), person_id, purpose, {"actor": actor}
        )
        ended: list[dict[str, Any]] = [
            {
                **row,
                "event_kind": "withdrawn",
                "happened_at": editor.now,
                "actor": actor,
                "withdrawn_on": max(today, row["given_on"]),
            }
            for row in held
        ]
        note = editor.noting(
            "consent.withdraw", state["community_id"], "person", person_id, purpose=purpose
        )

        def unit(tx: Transaction) -> None:
            tx.append("consent", ended)
            withdraw_values(tx, taken)
            note(tx)

        editor.store.write(unit).result()
        return [name for _, name in taken.write.dropped]


def _person(editor: Editor, person_id: str) -> dict[str, Any]:
    state = editor.subject(person_id)
    if state["kind"] != "person":
        raise NotThere()
    return state
