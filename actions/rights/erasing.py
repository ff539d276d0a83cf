"""Forgets people, homes and firms for good: their key is destroyed, a tombstone stays (ADR 0017).

The order is what makes a crash harmless. First the journal of the keyring, then the key: from then
on nothing sealed can be read, wherever copies of it lie. Then one unit of work writes the end of
the file. `heal` writes that unit where a crash came between; it runs at every start.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from actions.files.erase import remove_people, remove_subjects
from actions.files.keys import writing
from actions.files.name_index import name_index_of
from data.audit import AuditChain, AuditLine
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction

log = logging.getLogger(__name__)

BATCH = 500
DEFAULT_ZONE = "Asia/Shanghai"
Also = Callable[[Transaction], None]


def erase_subjects(
    store: Store,
    keyring: Keyring,
    noun: str,
    community_id: str,
    subject_ids: Sequence[str],
    actor: str,
    also: Also | None = None,
) -> None:
    """Forget subjects of one community; hold `writing(store)` from choosing them to here.

    Doing it again changes nothing. At most some hundred at once, or others wait.

    Args:
        store: The open store.
        keyring: Journals and destroys the keys, before anything is written.
        noun: person, household or enterprise.
        community_id: Whose day closes the consents.
        subject_ids: Ids of files.
        actor: Who does it, for the log.
        also: Writes what belongs to it in the same unit, e.g. the proof.
    """
    if noun == "person":
        name_index_of(store).forget(subject_ids)
    keyring.erase(subject_ids)

    def unit(tx: Transaction) -> None:
        write_end(tx, noun, community_id, subject_ids, actor)
        if also is not None:
            also(tx)

    store.write(unit).result()


def write_end(
    tx: Transaction, noun: str, community_id: str, subject_ids: Sequence[str], actor: str
) -> None:
    """Write tombstones, close consents and care, remove values and notes.

    Consents stay as proof of what was allowed: ids, codes and days.
    """
    if noun == "person":
        today = _today(tx, community_id)
        rows = tx.rows("retention/live_consents", person_ids=list(subject_ids))
        closed: list[dict[str, Any]] = [
            {
                **row,
                "event_kind": "withdrawn",
                "happened_at": tx.now,
                "actor": actor,
                "withdrawn_on": max(today, row["given_on"]),
            }
            for row in rows
        ]
        tx.append("consent", closed)
        remove_people(tx, subject_ids, actor=actor)
    else:
        remove_subjects(tx, noun, subject_ids, actor=actor)
    tx.run("sealed_note/drop_subjects", subject_ids=list(subject_ids))


def heal(store: Store, keyring: Keyring, audit: AuditChain) -> int:
    """Finish erasures that a crash or the restore of an older backup left half done.

    Call it when store, keyring and audit are open and nothing else writes yet.

    Returns:
        How many files got their end written.
    """
    if not keyring.erased():
        return 0
    erased = pa.table({"subject_id": pa.array(sorted(keyring.erased()), pa.string())})
    with writing(store):
        frames = {"erased": erased}
        found = store.write(lambda tx: tx.rows("retention/half_erased", frames)).result()
        for (community_id, noun), rows in groupby(
            found, key=lambda row: (row["community_id"], row["noun"])
        ):
            ids = [row["subject_id"] for row in rows]
            for start in range(0, len(ids), BATCH):
                _finish(store, audit, community_id, noun, ids[start : start + BATCH])
        store.write(lambda tx: _sweep(tx, erased)).result()
    if found:
        log.warning("%d erasures were finished that had been cut off", len(found))
    return len(found)


def _finish(
    store: Store, audit: AuditChain, community_id: str, noun: str, ids: Sequence[str]
) -> None:
    def unit(tx: Transaction) -> None:
        write_end(tx, noun, community_id, ids, "system")
        lines = [
            AuditLine(
                "erasing.healed",
                "done",
                "system",
                community_id=community_id,
                subject_kind=noun,
                subject_id=subject_id,
            )
            for subject_id in ids
        ]
        audit.note_many(tx, lines)

    store.write(unit).result()


def _today(tx: Transaction, community_id: str) -> date:
    """Return the community's own day."""
    rows = tx.rows("community/timezone", community_id=community_id)
    return tx.now.astimezone(ZoneInfo(rows[0]["timezone"] if rows else DEFAULT_ZONE)).date()


def _sweep(tx: Transaction, erased: pa.Table) -> None:
    tx.run("retention/drop_unreadable", {"erased": erased})
    tx.run("retention/drop_unreadable_notes", {"erased": erased})
