"""Records what sources hand over: each row is new, changed, unchanged or rejected, decided by the
single writer, so that the same (source, source id, version) arriving twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import cast

from actions.cameras.importing import device_of, record_cameras
from actions.cases.history import append_history, move_cases
from actions.cases.limits import limits_of
from actions.files.consent_recording import record_consents
from actions.files.contact_recording import record_contacts
from actions.files.recording import FILE_KINDS, record_files
from actions.intake.facts import convert_positions, facts_of
from actions.intake.grids import grids_of
from actions.intake.positions import record_positions
from actions.intake.quarantine import QuarantinedRow, set_aside
from actions.intake.recorder import Batch, Draft, Recorder, RowError, RowResult, Verdict
from actions.roster.importing import record_roster
from data.records import NOUN_OF_KIND
from data.store import Store
from data.transaction import Transaction
from rules.camera_record import CameraRecord
from rules.contact_record import ContactRecord
from rules.errors import RowRejected
from rules.record_fields import SourceRecord
from rules.records import CommunityRecord, PositionRecord, Record
from rules.residents import ConsentRecord
from rules.roster_record import RosterRecord

__all__ = [
    "QuarantinedRow",
    "RowError",
    "RowResult",
    "Verdict",
    "append_history",
    "move_cases",
    "record",
    "record_community",
    "set_aside",
]


def record(
    store: Store,
    kind: str,
    community_id: str,
    source: str,
    records: Sequence[Record],
    *,
    actor: str | None = None,
) -> Future[list[RowResult]]:
    """Record rows of one kind from one source as one unit of work.

    Args:
        store: The open store.
        kind: A key of rules/records.RECORDS, e.g. "cases".
        community_id: The community they belong to.
        source: Name of the source; a row is known again by (community, source, source_id).
        records: At most a few thousand rows, in the order they arrived.
        actor: Who caused it; "source:<source>" when left out.

    Returns:
        A future with one result per row, in order, resolved when they are on disk.
    """
    if kind == "positions":
        positions = cast(Sequence[PositionRecord], records)
        return record_positions(store, community_id, source, positions)
    if kind in FILE_KINDS:
        files = cast(Sequence[SourceRecord], records)
        return _done(record_files(store, kind, community_id, source, files, actor=actor))
    if kind == "consents":
        consents = cast(Sequence[ConsentRecord], records)
        return _done(record_consents(store, community_id, source, consents, actor=actor))
    if kind == "contacts":
        contacts = cast(Sequence[ContactRecord], records)
        return _done(record_contacts(store, community_id, source, contacts, actor=actor))
    if kind == "roster":
        roster = cast(Sequence[RosterRecord], records)
        return _done(record_roster(store, community_id, source, roster, actor=actor))
    if kind == "cameras":
        cameras = cast(Sequence[CameraRecord], records)
        return _done(_record_cameras(store, community_id, source, cameras, actor))
    batch = Batch(
        noun=NOUN_OF_KIND[kind],
        community_id=community_id,
        source=source,
        actor=actor or f"source:{source}",
        drafts=_draft(records),
        grids=grids_of(store),
        limits=limits_of(store),
    )
    return store.write(lambda transaction: Recorder(transaction, batch).record())


def _record_cameras(
    store: Store,
    community_id: str,
    source: str,
    records: Sequence[CameraRecord],
    actor: str | None,
) -> list[RowResult]:
    """Record the devices first, for their ids are what the cameras' records hang on."""
    stands = [device_of(each) for each in records]
    devices = record(store, "devices", community_id, source, stands, actor=actor).result()
    return record_cameras(store, community_id, source, records, devices, actor=actor)


def record_community(
    store: Store, community: CommunityRecord, actor: str = "cli"
) -> Future[Verdict]:
    """Create or change a community; the same facts again change nothing."""

    def work(transaction: Transaction) -> Verdict:
        known = transaction.rows("community/facts", community_id=community.community_id)
        facts = dict(community)
        if known and known[0] == facts:
            return "unchanged"
        kind = "changed" if known else "registered"
        event = {**facts, "event_kind": kind, "happened_at": transaction.now, "actor": actor}
        transaction.append("community", [event])
        return "changed" if known else "new"

    return store.write(work)


def _done(results: list[RowResult]) -> Future[list[RowResult]]:
    """Files of people seal and write in the caller's thread; what they return is on disk."""
    future: Future[list[RowResult]] = Future()
    future.set_result(results)
    return future


def _draft(records: Sequence[Record]) -> list[Draft]:
    """Prepare everything that needs no look at the store, on the caller's thread."""
    drafts: list[Draft] = []
    for row in records:
        source_id = str(getattr(row, "source_id", ""))
        try:
            drafts.append(Draft(source_id, facts_of(row)))
        except RowRejected as refusal:
            error = RowError(refusal.code, refusal.field, refusal.message)
            drafts.append(Draft(source_id, {}, error))
    convert_positions([draft.facts for draft in drafts if draft.error is None])
    return drafts
