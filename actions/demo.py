"""Loads the fictional demo community, from a seed, through the same doors as every other source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import cast

from actions.cases.history import append_history
from actions.files.keys import has_keyring
from actions.files.recording import FILE_KINDS, record_files
from actions.gates.demo import load_gate
from actions.intake.recording import RowResult, record, record_community
from actions.plans.documents import adopt_defaults
from actions.roster.demo import load_roster
from data.demo.areas import COMMUNITY_ID, community_record
from data.demo.history import history
from data.demo.motion import starting_positions
from data.demo.notices import notice_records
from data.demo.registers import SOURCE, registers
from data.demo.residents import Files, files
from data.store import Store
from rules.record_fields import SourceRecord
from rules.records import CareRecipientRecord, Record

ACTOR = "demo"
_BATCH_ROWS = 5_000

Progress = Callable[[str, int], None]


def load_demo(
    store: Store, seed: int, now: datetime, progress: Progress | None = None
) -> dict[str, int]:
    """Record the demo community: registers, files, eight weeks of cases before `now`, notices.

    The files of its made-up people come where a keyring was lent to the store, as the app and the
    command line do; care recipients are linked to their files then.

    Loading it again changes nothing, also with a later `now` or another seed: registers and
    notices are known by their ids and version, and history and positions are only written where
    the community has none. To move the history on, begin with an empty store.

    Args:
        store: The open store.
        seed: Decides everything that is left to chance.
        now: End of the history, aware.
        progress: Called after each kind with its name and how many rows were handed over.

    Returns:
        Kind → how many rows were new or changed; `case_events` counts events.

    Raises:
        StoreError: The store did not take it; what was recorded before stays, load again.
    """
    said = progress or (lambda kind, count: None)
    verdict = record_community(store, community_record(), ACTOR).result()
    counts = {"communities": int(verdict != "unchanged")}
    said("communities", 1)
    for kind, rows in registers(seed, now).items():
        if kind == "care_recipients" and has_keyring(store):
            care = cast(Sequence[CareRecipientRecord], rows)
            rows = _record_files(store, files(seed, care), care, counts, said)
        counts[kind] = _record(store, kind, rows)
        said(kind, len(rows))
    counts["gates"] = load_gate(store, ACTOR)
    said("gates", counts["gates"])
    counts["roster"] = load_roster(store, seed, now)
    said("roster", counts["roster"])
    counts["positions"] = counts["case_events"] = 0
    if counts["workers"]:
        positions = starting_positions(seed, now, _on_duty(store))
        counts["positions"] = _record(store, "positions", positions)
        said("positions", len(positions))
    if not store.rows("case/any", community_id=COMMUNITY_ID):
        events = history(seed, now)
        appended = append_history(store, COMMUNITY_ID, SOURCE, events, ACTOR)
        counts["case_events"] = appended.result()
        said("case_events", len(events))
    _plans_and_notices(store, now, counts, said)
    return counts


def _on_duty(store: Store) -> set[str]:
    rows = store.rows("simulator/workers", community_id=COMMUNITY_ID, source=SOURCE)
    return {row["source_id"] for row in rows if row["on_duty"]}


def _plans_and_notices(store: Store, now: datetime, counts: dict[str, int], said: Progress) -> None:
    counts["plans"] = adopt_defaults(store, COMMUNITY_ID, ACTOR)
    said("plans", counts["plans"])
    notices = notice_records(now)
    counts["notices"] = _record(store, "notices", notices)
    said("notices", len(notices))


def _record_files(
    store: Store,
    made: Files,
    care: Sequence[CareRecipientRecord],
    counts: dict[str, int],
    said: Progress,
) -> list[CareRecipientRecord]:
    """Record all files; return the care register with each recipient linked to a file."""
    ours: dict[str, str | None] = {}
    for kind, rows in made.records.items():
        if kind not in FILE_KINDS:
            counts[kind] = _record(store, kind, rows)
        else:
            results = _record_sealed(store, kind, cast(Sequence[SourceRecord], rows))
            counts[kind] = _news(kind, results)
            if kind == "persons":
                ours = {result.source_id: result.id for result in results}
        said(kind, len(rows))
    return [row.model_copy(update={"person_id": ours[made.carers[row.source_id]]}) for row in care]


def _record_sealed(store: Store, kind: str, rows: Sequence[SourceRecord]) -> list[RowResult]:
    parts = (rows[i : i + _BATCH_ROWS] for i in range(0, len(rows), _BATCH_ROWS))
    return [
        result
        for part in parts
        for result in record_files(
            store, kind, COMMUNITY_ID, SOURCE, part, actor=ACTOR, enrol=False
        )
    ]


def _record(store: Store, kind: str, rows: Sequence[Record]) -> int:
    """Record rows of one kind in batches; return how many said something new."""
    futures = [
        record(store, kind, COMMUNITY_ID, SOURCE, rows[i : i + _BATCH_ROWS], actor=ACTOR)
        for i in range(0, len(rows), _BATCH_ROWS)
    ]
    return _news(kind, [result for future in futures for result in future.result()])


def _news(kind: str, results: Sequence[RowResult]) -> int:
    """How many rows said something new; the demo's own rows are never refused."""
    refused = [result for result in results if result.error is not None]
    if refused:
        raise ValueError(f"the demo's {kind} were refused: {refused[0].error}")
    return sum(result.result in ("new", "changed") for result in results)
