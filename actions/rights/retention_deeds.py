"""Deletes one batch of one class, with its proof line and its line in the audit in the same unit.

Nothing goes without a proof, and nothing is proved that did not go. For people the key is destroyed
first (actions/rights/erasing.py); where a crash comes between, `heal` writes the rest at the next
start.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.cameras.strip_files import StripFiles
from actions.cases.photo_files import photo_files
from actions.files.drafts import present
from actions.files.keys import writing
from actions.files.withdrawal import FACTS
from actions.files.writing import FileWrite, append_files
from actions.rights.erasing import erase_subjects
from actions.rights.retention_plan import ClassPlan, care_fields, due
from data.audit import AuditChain, AuditLine
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.fields import completeness, resting_on
from rules.retention import BATCH, RetentionClass, ids_hash, rule_version

# What a deletion touches, so that caches and screens look again.
_TOUCHED = {
    "case_text": "case",
    "case_photo": "case",
    "worker_position": "worker_position",
    "session": "session",
    "camera_viewing": "camera_viewing",
    "gate_call": "gate_call",
    "detection": "alarm",
    "consent_proof": "consent",
    "alarm_strip": "alarm_strip",
}
# What goes together with the rows of a class.
_ALSO = {
    "consent_proof": ("delete_consent_log",),
    "case_text": ("delete_case_message",),
    "camera_viewing": ("delete_camera_viewing_log",),
    "gate_call": ("delete_gate_call_log",),
    "case_photo": ("delete_case_photo_log",),
    "alarm_strip": ("delete_alarm_strip_log",),
}


@dataclass(frozen=True, slots=True)
class Run:
    """One run of retention in one community.

    Attributes:
        run_id: Its id; goes on after a crash under the same.
        actor: Who answers for it; role: in which role.
        as_of: The moment periods are counted to.
    """

    store: Store
    keyring: Keyring
    audit: AuditChain
    community_id: str
    run_id: str
    actor: str
    role: str
    as_of: datetime
    now: Callable[[], datetime]


def delete_batch(run: Run, each: RetentionClass) -> int:
    """Delete the next at most `BATCH` subjects of a class; returns how many, 0 at the end."""
    if each.deed == "delete_rows":
        if each.code in _OUTSIDE:
            return _delete_outside_first(run, each)
        return int(run.store.write(lambda tx: _delete_rows(tx, run, each)).result())
    with writing(run.store):
        found = due(run.store, each, run.community_id, run.as_of, run.now(), BATCH)
        if not found.ids:
            return 0
        if each.deed == "erase":
            erase_subjects(
                run.store,
                run.keyring,
                each.subject or "person",
                run.community_id,
                found.ids,
                run.actor,
                lambda tx: prove(tx, run, each, found),
            )
        else:
            run.store.write(lambda tx: _drop_fields(tx, run, each, found)).result()
        return len(found.ids)


def prove(tx: Transaction, run: Run, each: RetentionClass, found: ClassPlan) -> None:
    """Write the proof line of a batch and its line in the audit."""
    done = tx.rows("retention/batches_done", run_id=run.run_id, code=each.code)
    batch = done[0]["n"] + 1
    append_proof(
        tx,
        run,
        {
            "kind": "done",
            "class": each.code,
            "batch": batch,
            "subjects": len(found.ids),
            "held": found.held,
            "oldest_at": found.oldest_at,
            "ids_hash": ids_hash(found.ids),
        },
    )
    run.audit.note(
        tx,
        AuditLine(
            "retention.run",
            "done",
            run.actor,
            run.role,
            run.community_id,
            subject_kind="retention_run",
            subject_id=run.run_id,
            purpose="retention",
            detail=f"{each.code} #{batch}: {len(found.ids)}",
        ),
    )


def append_proof(tx: Transaction, run: Run, line: dict[str, Any]) -> None:
    """Append one line of the proof log, with what all lines of a run share."""
    row = {
        **line,
        "event_id": tx.ids(1)[0],
        "recorded_at": tx.now,
        "run_id": run.run_id,
        "actor": run.actor,
        "community_id": run.community_id,
        "rule_version": rule_version(),
    }
    tx.run("retention/append_run", {"incoming": tx.table("retention_run", [row])})


def _delete_rows(tx: Transaction, run: Run, each: RetentionClass) -> int:
    found = due(tx, each, run.community_id, run.as_of, tx.now, BATCH)
    if not found.ids:
        return 0
    for query in (f"delete_{each.code}", *_ALSO.get(each.code, ())):
        tx.run(f"retention/{query}", ids=list(found.ids))
    prove(tx, run, each, found)
    if each.code in _TOUCHED:
        tx.touch(_TOUCHED[each.code], run.community_id)
    return len(found.ids)


def _delete_outside_first(run: Run, each: RetentionClass) -> int:
    """Destroy first what stands outside the store: keys, because old pages of the file keep what a
    deletion leaves, and pictures, because nothing is proved that did not go.
    """
    found = due(run.store, each, run.community_id, run.as_of, run.now(), BATCH)
    if not found.ids:
        return 0
    _OUTSIDE[each.code](run, found.ids)

    def unit(tx: Transaction) -> None:
        for query in (f"delete_{each.code}", *_ALSO.get(each.code, ())):
            tx.run(f"retention/{query}", ids=list(found.ids))
        prove(tx, run, each, found)
        if each.code in _TOUCHED:
            tx.touch(_TOUCHED[each.code], run.community_id)

    run.store.write(unit).result()
    return len(found.ids)


def _destroy_own_keys(run: Run, ids: Sequence[str]) -> None:
    run.keyring.erase(ids)


def _destroy_contact_keys(run: Run, ids: Sequence[str]) -> None:
    rows = run.store.rows("case_contact/of_cases", case_ids=list(ids))
    run.keyring.erase(row["link_id"] for row in rows)


def _delete_pictures(run: Run, ids: Sequence[str]) -> None:
    rows = run.store.rows("case_photo/of_cases", case_ids=list(ids))
    photo_files(run.store).delete(row["photo_id"] for row in rows)


def _destroy_strips(run: Run, ids: Sequence[str]) -> None:
    StripFiles(run.store, run.keyring).delete(ids)


def _drop_fields(tx: Transaction, run: Run, each: RetentionClass, found: ClassPlan) -> None:
    people = list(found.ids)
    states = {row["person_id"]: row for row in tx.rows("person/current", ids=people)}
    write = FileWrite("person")
    for row in tx.rows("retention/fields_of", person_ids=people):
        person_id, state = row["subject_id"], states[row["subject_id"]]
        going = _going(each, row)
        kept = set(row["fields"]) - going
        facts = {name: state[name] for name in FACTS}
        write.events.append(
            {
                **state,
                "event_kind": _after(state),
                "actor": run.actor,
                "fields_changed": sorted(going),
                "completeness": completeness("person", present(facts, kept)),
            }
        )
        write.dropped += [(person_id, name) for name in sorted(going)]
    append_files(tx, write)
    prove(tx, run, each, found)


def _after(state: dict[str, Any]) -> str:
    """A file that is closed stays closed when a value goes out of it."""
    return "moved_out" if state["event_kind"] == "moved_out" else "changed"


def _going(each: RetentionClass, row: dict[str, Any]) -> set[str]:
    """Return which of a person's values this class takes."""
    if each.code == "care_ended":
        return set(care_fields()) & set(row["fields"])
    resting = {name for purpose in row["withdrawn"] for name in resting_on(purpose)}
    return resting & set(row["fields"])


_OUTSIDE: dict[str, Callable[[Run, Sequence[str]], None]] = {
    "officer_note": _destroy_own_keys,
    "detection": _destroy_own_keys,
    "case_contact": _destroy_contact_keys,
    "case_photo": _delete_pictures,
    "alarm_strip": _destroy_strips,
}
