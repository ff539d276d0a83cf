"""Records rows of a contact list: new, changed or unchanged; numbers are sealed on the way in.

An organisation is known by its name within the community, and registered where it is new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.files.drafts import content_hash
from actions.files.keys import keyring_of, new_subjects, writing
from actions.intake.recorder import RowResult, Verdict
from actions.setup.directory import NUMBER_FIELD, PARTS
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.contact_record import ContactRecord

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Draft:
    record: ContactRecord
    contact_id: str
    event_kind: str
    content: str
    sealed: dict[str, str]


def record_contacts(
    store: Store,
    community_id: str,
    source: str,
    records: Sequence[ContactRecord],
    *,
    actor: str | None = None,
) -> list[RowResult]:
    """Record contacts; on disk when this returns. A row counts whole: an empty number is none.

    Args:
        store: The open store; its keyring was lent by `lend_keyring`.
        community_id: The community they serve.
        source: Name of the source; a row is known again by (community, source, source_id).
        records: In the order they arrived; of two with one id the later counts.
        actor: Who caused it; "source:<source>" when left out.

    Returns:
        One result per row, in order.

    Raises:
        KeyringMissing: No keyring was lent to this store.
    """
    keyring = keyring_of(store)
    stamp = {"community_id": community_id, "source": source, "actor": actor or f"source:{source}"}
    with writing(store):
        known = _known(store, community_id, source, [r.source_id for r in records])
        last = {record.source_id: record for record in records}
        news = {
            key: record
            for key, record in last.items()
            if known.get(key, {}).get("content_hash") != content_hash(keyring, record)
        }
        fresh = [key for key in news if key not in known]
        ids = dict(zip(fresh, new_subjects(store, keyring, len(fresh)), strict=True))
        ids |= {key: row["id"] for key, row in known.items()}
        drafts = [
            _draft(keyring, record, ids[key], "changed" if key in known else "registered")
            for key, record in news.items()
        ]
        store.write(lambda tx: _write(tx, drafts, stamp)).result()
    return [
        RowResult(r.source_id, ids[r.source_id], _verdict(r.source_id, news, known))
        for r in records
    ]


def _verdict(key: str, news: dict[str, ContactRecord], known: dict[str, Row]) -> Verdict:
    if key not in news:
        return "unchanged"
    return "changed" if key in known else "new"


def _known(store: Store, community_id: str, source: str, keys: list[str]) -> dict[str, Row]:
    rows = store.rows("contact/known", community_id=community_id, source=source, keys=keys)
    return {row["source_id"]: row for row in rows}


def _draft(keyring: Keyring, record: ContactRecord, contact_id: str, kind: str) -> _Draft:
    typed = {part: getattr(record, f"{part}_number") for part in PARTS}
    keyring.create([contact_id])  # one that was registered without numbers may have none yet
    sealed = {
        part: keyring.seal(contact_id, NUMBER_FIELD, number)
        for part, number in typed.items()
        if number
    }
    return _Draft(record, contact_id, kind, content_hash(keyring, record), sealed)


def _write(tx: Transaction, drafts: Sequence[_Draft], stamp: Row) -> None:
    organisations: dict[str, str] = {}
    events: list[Row] = []
    numbers: list[Row] = []
    for draft in drafts:
        record = draft.record
        held = {part: tx.ids(1)[0] for part in draft.sealed}
        numbers += [
            {
                "number_id": held[part],
                "contact_id": draft.contact_id,
                "community_id": stamp["community_id"],
                "sealed": sealed,
                "sealed_at": tx.now,
            }
            for part, sealed in draft.sealed.items()
        ]
        events.append(
            {
                **stamp,
                "event_kind": draft.event_kind,
                "happened_at": tx.now,
                "contact_id": draft.contact_id,
                "organisation_id": _organisation(tx, record, stamp, organisations),
                "post_zh": record.post_zh,
                "post_en": record.post_en,
                "services": list(record.services),
                "work_days": record.work_days,
                "work_from": record.work_from,
                "work_until": record.work_until,
                "work_number_id": held.get("work"),
                "after_number_id": held.get("after"),
                "source_id": record.source_id,
                "content_hash": draft.content,
            }
        )
    tx.append("contact", events)
    if numbers:
        tx.run("contact/append_number", {"incoming": tx.table("contact_number", numbers)})


def _organisation(
    tx: Transaction, record: ContactRecord, stamp: Row, made: dict[str, str]
) -> str | None:
    """Find the organisation a row names, or register it."""
    name = record.organisation
    if name is None:
        return None
    if name not in made:
        rows = tx.rows("organisation/named", community_id=stamp["community_id"], name=name)
        made[name] = rows[0]["organisation_id"] if rows else tx.ids(1)[0]
        if not rows:
            event = {
                "event_kind": "registered",
                "happened_at": tx.now,
                "actor": stamp["actor"],
                "organisation_id": made[name],
                "community_id": stamp["community_id"],
                "kind": record.organisation_kind,
                "name_zh": name,
            }
            tx.append("organisation", [event])
    return made[name]
