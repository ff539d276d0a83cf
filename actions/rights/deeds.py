"""Corrects a single field and withdraws a consent for the person on record, at once (R17).

Under the same rules as every other writing of files: sealed before the unit, a consent needed where
one is, what rested on a withdrawn consent gone in the unit that withdraws it.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from actions.access import NotThere
from actions.approvals import Row
from actions.files.consents import missing_consent, needed_purposes
from actions.files.consulting import consents_of, local_day, values_of_subjects
from actions.files.drafts import present, values_of
from actions.files.keys import writing
from actions.files.withdrawal import FACTS, withdraw_values, withdrawal_of
from actions.files.writing import FileWrite, append_files, seal_values
from actions.rights.answers import close
from actions.rights.requests import RightsDesk
from data.transaction import Transaction
from rules.approvals import one_of
from rules.errors import RuleViolation
from rules.fields import ConsentMissing, completeness
from rules.masking import is_guarded
from rules.residents import PersonRecord
from rules.rights import PROOFS, RequestSettled


class ValueInvalid(RuleViolation):
    """The value cannot be one of this field; `fields` says which."""

    code = "value_invalid"


def correct(desk: RightsDesk, request_id: str, value: str, proof: str) -> None:
    """Write the one field a request is about, and close the request.

    Args:
        value: The right value; never in a log.
        proof: What it rests on, a code of rules/rights.PROOFS.

    Raises:
        ValueInvalid: It cannot be one of this field, or contradicts the identity number.
        ConsentMissing: The field rests on a consent that is not on record.
        RequestSettled: The request is closed or of another kind.
    """
    one_of(proof, PROOFS, "proof")
    row = _open_request(desk, request_id, "correct")
    name, person_id = row["field"], row["person_id"]
    store, keyring = desk.approvals.store, desk.approvals.keyring
    with writing(store):
        current = _current(desk, person_id)
        old = values_of_subjects(store, keyring, [person_id]).get(person_id, {})
        clear = _valid(name, value, old)
        _check_consent(desk, person_id, name, {**old, **clear})
        facts = {fact: current[fact] for fact in FACTS}
        write = FileWrite("person")
        write.events = [
            {
                **current,
                "event_kind": "changed",
                "actor": desk.viewer.actor,
                "fields_changed": sorted(clear),
                "completeness": completeness("person", present(facts, {*old, *clear})),
            }
        ]
        write.values = seal_values(keyring, "person", {person_id: clear})

        def more(tx: Transaction) -> None:
            append_files(tx, write)

        close(desk, request_id, "do", "done", more, proof=proof)


def withdraw_consent(desk: RightsDesk, request_id: str) -> None:
    """Withdraw the consent a request is about; what rested on it goes in the same unit.

    Raises:
        NotThere: There is no such consent that holds.
        RequestSettled: The request is closed or of another kind.
    """
    row = _open_request(desk, request_id, "withdraw_consent")
    person_id, purpose = row["person_id"], row["consent_purpose"]
    store, keyring, actor = desk.approvals.store, desk.approvals.keyring, desk.viewer.actor
    with writing(store):
        held = store.rows("consent/live", person_id=person_id, purpose=purpose)
        today = local_day(store, desk.community_id, desk.approvals.now())
        taken = withdrawal_of(
            store, keyring, person_id, purpose, {"actor": actor, "community_id": desk.community_id}
        )
        if not held and not taken.write.events and not taken.care:
            raise NotThere()

        def more(tx: Transaction) -> None:
            ended: list[dict[str, Any]] = [
                {
                    **consent,
                    "event_kind": "withdrawn",
                    "happened_at": tx.now,
                    "actor": actor,
                    "withdrawn_on": max(today, consent["given_on"]),
                }
                for consent in held
            ]
            tx.append("consent", ended)
            withdraw_values(tx, taken)

        close(desk, request_id, "do", "done", more)


def _open_request(desk: RightsDesk, request_id: str, kind: str) -> Row:
    row = desk.request(request_id)
    if row["kind"] != kind or row["state"] != "open" or row["person_id"] is None:
        raise RequestSettled(state=row["state"], step="do")
    return row


def _current(desk: RightsDesk, person_id: str) -> Row:
    rows = desk.approvals.store.rows("person/current", ids=[person_id])
    if not rows or rows[0]["event_kind"] == "erased":
        raise NotThere()
    return rows[0]


def _valid(name: str, value: str, old: dict[str, str]) -> dict[str, str]:
    """Return the value as it is stored, with what follows from it, by field."""
    together = {"name": old.get("name", "—"), name: value.strip()[:400]}
    for other in ("id_number", "birth_date", "sex"):  # one must not contradict the others
        if other in old and name in ("id_number", "birth_date", "sex"):
            together.setdefault(other, old[other])
    if name == "id_number":  # birth date and sex follow from it and are corrected by it
        together = {k: v for k, v in together.items() if k not in ("birth_date", "sex")}
    try:
        record = PersonRecord.model_validate({"source_id": "correction", **together})
    except ValidationError as fault:
        raise ValueInvalid(field=name, reason=fault.errors()[0]["type"]) from None
    found = values_of("person", record)
    if name not in found:
        raise ValueInvalid(field=name)
    written = ("id_number", "birth_date", "sex") if name == "id_number" else (name,)
    return {each: found[each] for each in written if each in found}


def _check_consent(desk: RightsDesk, person_id: str, name: str, values: dict[str, str]) -> None:
    store = desk.approvals.store
    today = local_day(store, desk.community_id, desk.approvals.now())
    guarded = is_guarded(values.get("birth_date"), today)
    needed = needed_purposes("person", {name}, guarded)
    if missing_consent(person_id, needed, {}, consents_of(store, [person_id])) is not None:
        raise ConsentMissing(field=name)
