"""Records rows about people, homes and firms: new, changed, unchanged or rejected, like any other.

Beside actions/intake/recorder.py because values are sealed before the unit of work begins and the
source's own ids are hashed. A row writes what it carries; a field it leaves out stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from actions.files.consulting import known_subjects, local_day
from actions.files.deciding import Decided, Deciding
from actions.files.drafts import FileDraft, file_draft
from actions.files.enrolment import append_care, enrolment_events
from actions.files.keys import keyring_of, new_subjects, writing
from actions.files.writing import FileWrite, append_files, seal_values
from actions.intake.recorder import RowError, RowResult
from data.records import NOUN_OF_KIND, NOUNS
from data.store import Store
from data.transaction import Transaction
from rules.record_fields import SourceRecord
from rules.residents import HouseholdRecord, PersonRecord

Note = Callable[[Transaction], None]
FILE_KINDS = ("households", "persons", "enterprises")


def record_files(
    store: Store,
    kind: str,
    community_id: str,
    source: str,
    records: Sequence[SourceRecord],
    *,
    actor: str | None = None,
    enrol: bool = True,
    now: datetime | None = None,
    note: Note | None = None,
) -> list[RowResult]:
    """Record rows of one of FILE_KINDS; on disk when this returns.

    People of a household nobody has registered yet register it with their own building and door.

    Args:
        store: The open store; its keyring was lent by `lend_keyring`.
        kind: A key of FILE_KINDS.
        community_id: The community they belong to.
        source: Name of the source; a row is known again by (community, source, source_id).
        records: At most a few thousand rows, in the order they arrived.
        actor: Who caused it; "source:<source>" when left out.
        enrol: Also enter people with a care category into the care register; False where that
            register comes by itself.
        now: Replaceable in tests.
        note: Writes the audit line inside each unit of work.

    Returns:
        One result per row, in order.

    Raises:
        KeyringMissing: No keyring was lent to this store.
    """
    results: dict[int, RowResult] = {}
    at = now or datetime.now(UTC)
    shared = {
        "community_id": community_id,
        "source": source,
        "actor": actor or f"source:{source}",
    }
    with writing(store):
        pending = list(enumerate(records))
        while pending:  # one turn takes each source id once; a second row of it sees the first
            turn, pending = _first_of_each(pending)
            recording = _Recording(store, NOUN_OF_KIND[kind].name, shared, at, enrol, note)
            taken = recording.record([row for _, row in turn])
            results.update(zip((index for index, _ in turn), taken, strict=True))
    return [results[index] for index in range(len(records))]


def _first_of_each(
    pending: list[tuple[int, SourceRecord]],
) -> tuple[list[tuple[int, SourceRecord]], list[tuple[int, SourceRecord]]]:
    seen: set[str] = set()
    turn: list[tuple[int, SourceRecord]] = []
    rest: list[tuple[int, SourceRecord]] = []
    for index, row in pending:
        (rest if row.source_id in seen else turn).append((index, row))
        seen.add(row.source_id)
    return turn, rest


class _Recording:
    """One turn: rows of one noun, each source id once; `writing` is held."""

    def __init__(
        self,
        store: Store,
        noun: str,
        shared: dict[str, Any],
        now: datetime,
        enrol: bool,
        note: Note | None = None,
    ) -> None:
        self._store = store
        self._keyring = keyring_of(store)
        self._noun = noun
        self._shared = shared
        self._community_id: str = shared["community_id"]
        self._source: str = shared["source"]
        self._now = now
        self._today: date = local_day(store, self._community_id, now)
        self._enrol = enrol and noun == "person"
        self._note = note

    def record(self, records: Sequence[SourceRecord]) -> list[RowResult]:
        """Decide, seal and write; one result per row."""
        drafts = [file_draft(self._noun, row, self._keyring) for row in records]
        if self._noun == "person":
            self._register_homes(drafts)
        known = known_subjects(
            self._store, self._noun, self._community_id, self._source, [d.key for d in drafts]
        )
        deciding = Deciding(
            self._store, self._keyring, self._noun, self._community_id, self._source, self._today
        )
        decided = deciding.decide(drafts, known)
        news = [each for each in decided if each.verdict in ("new", "changed")]
        if news:
            self._write(news, deciding)
        return [_result(each) for each in decided]

    def _write(self, news: list[Decided], deciding: Deciding) -> None:
        fresh = [each for each in news if each.subject_id is None]
        ids = new_subjects(self._store, self._keyring, len(fresh))
        for each, subject_id in zip(fresh, ids, strict=True):
            each.subject_id = subject_id
        write = FileWrite(self._noun, fresh=len(fresh) == len(news))
        write.events = [self._event(each) for each in news]
        write.values = seal_values(
            self._keyring, self._noun, {each.id: each.written for each in news}
        )
        consents = [e for each in news for e in deciding.consent_events(each, self._shared)]
        care = (
            enrolment_events(self._store, self._keyring, news, self._shared) if self._enrol else []
        )

        def unit(transaction: Transaction) -> None:
            append_files(transaction, write)
            _append_consents(transaction, consents)
            append_care(transaction, care)
            if self._note is not None:
                self._note(transaction)

        self._store.write(unit).result()

    def _event(self, each: Decided) -> dict[str, Any]:
        return {
            **each.facts,
            **self._shared,
            NOUNS[self._noun].key: each.id,
            "event_kind": "registered" if each.verdict == "new" else "changed",
            "fields_changed": each.changed,
            "completeness": each.completeness,
            "source_id": each.draft.key,
            "source_version": each.draft.version,
            "content_hash": each.draft.content_hash,
        }

    def _register_homes(self, drafts: list[FileDraft]) -> None:
        """Register the households people name that nobody has registered, from their own rows."""
        homes: dict[str, HouseholdRecord] = {}
        for draft in drafts:
            row = draft.record
            if draft.household is None or not isinstance(row, PersonRecord):
                continue
            homes.setdefault(
                draft.household,
                HouseholdRecord(
                    source_id=draft.household,
                    place_id=row.place_id,
                    building=row.building,
                    unit=row.unit,
                    door=row.door,
                ),
            )
        missing = Deciding(
            self._store, self._keyring, "household", self._community_id, self._source, self._today
        ).unknown_households(homes)
        if missing:
            homes_of = _Recording(self._store, "household", self._shared, self._now, False)
            homes_of.record([homes[reference] for reference in missing])


def _append_consents(transaction: Transaction, rows: list[dict[str, Any]]) -> None:
    ids = transaction.ids(len(rows))
    now = transaction.now
    events = [
        {**row, "consent_id": consent_id, "happened_at": now}
        for row, consent_id in zip(rows, ids, strict=True)
    ]
    transaction.append("consent", events)


def _result(each: Decided) -> RowResult:
    error = RowError(*each.error) if each.error else None
    return RowResult(each.draft.source_id, each.subject_id, each.verdict, error)
