"""Records rows of consents; a withdrawal takes the values that rested on the consent with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from actions.files.consulting import known_subjects, local_day, resolve
from actions.files.drafts import content_hash, hashed
from actions.files.keys import keyring_of, writing
from actions.files.recording import Note
from actions.files.withdrawal import withdraw_values, withdrawal_of
from actions.intake.recorder import RowError, RowResult
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.identity import id_number_valid
from rules.residents import ConsentRecord


@dataclass(frozen=True, slots=True)
class _Draft:
    record: ConsentRecord
    key: str
    content: str
    person_id: str | None


def record_consents(
    store: Store,
    community_id: str,
    source: str,
    records: Sequence[ConsentRecord],
    *,
    actor: str | None = None,
    now: datetime | None = None,
    note: Note | None = None,
) -> list[RowResult]:
    """Record consents one after the other; on disk when this returns.

    Args:
        store: The open store; its keyring was lent by `lend_keyring`.
        community_id: The community that asked for them.
        source: Whose ids they carry; people are found by the same source's ids, by ours, or by
            identity number.
        records: In the order they arrived.
        actor: Who caused it; "source:<source>" when left out.
        now: Replaceable in tests.
        note: Writes the audit line inside each unit of work.

    Returns:
        One result per row, in order.
    """
    keyring = keyring_of(store)
    shared = {"community_id": community_id, "source": source, "actor": actor or f"source:{source}"}
    with writing(store):
        today = local_day(store, community_id, now or datetime.now(UTC))
        people = _people(store, keyring, community_id, source, records)
        drafts = [
            _Draft(
                record,
                hashed(keyring, "source_id", record.source_id),
                content_hash(keyring, record),
                people.get(record.person_id),
            )
            for record in records
        ]
        results = []
        for draft in drafts:
            error = _refusal(draft, today)
            if error is not None or draft.person_id is None:
                results.append(RowResult(draft.record.source_id, None, "rejected", error))
            else:
                results.append(_record(store, keyring, draft, draft.person_id, shared, note))
        return results


def _refusal(draft: _Draft, today: date) -> RowError | None:
    """Say what is wrong with a row, if anything."""
    record = draft.record
    if draft.person_id is None:
        text = "names nobody of this community's files"
        return RowError("reference_unknown", "person_id", text)
    if max(record.given_on, record.withdrawn_on or record.given_on) > today:
        return RowError("day_invalid", "given_on", "lies in the future")
    return None


def _record(
    store: Store,
    keyring: Keyring,
    draft: _Draft,
    person_id: str,
    shared: dict[str, Any],
    note: Note | None,
) -> RowResult:
    record = draft.record
    held = known_subjects(
        store, "consent", shared["community_id"], shared["source"], [draft.key]
    ).get(draft.key)
    if held is not None and held["content_hash"] == draft.content:
        return RowResult(record.source_id, held["id"], "unchanged")
    kind = "given" if held is None else "changed"
    event: dict[str, Any] = {
        **shared,
        **record.model_dump(exclude={"source_id", "version", "person_id"}),
        "event_kind": "withdrawn" if record.withdrawn_on else kind,
        "person_id": person_id,
        "source_id": draft.key,
        "source_version": record.version,
        "content_hash": draft.content,
    }
    others = store.rows("consent/live", person_id=person_id, purpose=record.purpose)
    still_allowed = any(held is None or row["consent_id"] != held["id"] for row in others)
    ends = record.withdrawn_on is not None and (held is None or held["withdrawn_on"] is None)
    taken = None
    if ends and not still_allowed:
        taken = withdrawal_of(store, keyring, person_id, record.purpose, shared)

    def unit(transaction: Transaction) -> str:
        consent_id: str = held["id"] if held else transaction.ids(1)[0]
        row = {**event, "consent_id": consent_id, "happened_at": transaction.now}
        transaction.append("consent", [row])
        if taken is not None:
            withdraw_values(transaction, taken)
        if note is not None:
            note(transaction)
        return consent_id

    consent_id = store.write(unit).result()
    return RowResult(record.source_id, consent_id, "changed" if held else "new")


def _people(
    store: Store,
    keyring: Keyring,
    community_id: str,
    source: str,
    records: Sequence[ConsentRecord],
) -> dict[str, str]:
    references = {record.person_id for record in records}
    found = resolve(store, keyring, "person", community_id, source, references)
    for reference in references - found.keys():
        number = reference.replace(" ", "").upper()
        if not id_number_valid(number):
            continue
        rows = store.rows(
            "personal_field/matching",
            community_id=community_id,
            fields=["id_number"],
            index_hash=keyring.index("id_number", number),
        )
        if len(rows) == 1:
            found[reference] = rows[0]["subject_id"]
    return found
