"""Decides inside the writer's transaction what each row of a batch is, and appends what is news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import pyarrow as pa

from actions.cases.limits import Limits
from actions.cases.state import WORK_COLUMNS, is_peoples
from actions.intake.facts import REFERENCE_NOUN, TEXT_FIELDS, Facts
from actions.intake.grids import Grids
from actions.notify.case_telling import tell_of_reports
from data.records import Noun
from data.transaction import Transaction
from rules.records import too_far_ahead
from rules.vocabulary import FINISHED_STATUSES

Verdict = Literal["new", "unchanged", "changed", "rejected"]


@dataclass(frozen=True, slots=True)
class RowError:
    """Why a row was not taken: a code, the field at fault and a sentence in English."""

    code: str
    field: str | None
    message: str


@dataclass(frozen=True, slots=True)
class RowResult:
    """What became of one row; `id` is ours, None where it was rejected."""

    source_id: str
    id: str | None
    result: Verdict
    error: RowError | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One row prepared outside the transaction: its facts, or why it cannot be taken."""

    source_id: str
    facts: Facts
    error: RowError | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one kind from one source for one community."""

    noun: Noun
    community_id: str
    source: str
    actor: str
    drafts: list[Draft]
    grids: Grids
    limits: Limits


class Recorder:
    """Carries one batch through one transaction; made anew when the unit is replayed."""

    def __init__(self, transaction: Transaction, batch: Batch) -> None:
        self._tx = transaction
        self._batch = batch
        self._known: dict[str, Facts] = {}
        self._found: dict[tuple[str, str], str] = {}
        self._grid_of: dict[int, str | None] = {}
        self._events: list[Facts] = []
        self._all_first = True
        self._texts: list[Facts | None] = []

    def record(self) -> list[RowResult]:
        """Append the batch's news and return one result per row, in order."""
        self._known = self._load_known()
        news = [draft for draft in self._batch.drafts if self._is_news(draft)]
        if not news:
            return [self._take(draft) for draft in self._batch.drafts]
        self._found = self._resolve_references(news)
        own_ids = self._reserve_ids(news)
        self._found.update(
            {(self._batch.noun.name, source_id): row for source_id, row in own_ids.items()}
        )
        self._grid_of = self._locate(news)
        results = [self._take(draft, own_ids) for draft in self._batch.drafts]
        self._append()
        return results

    def _load_known(self) -> dict[str, Facts]:
        keys = sorted({draft.source_id for draft in self._batch.drafts})
        rows = self._tx.rows(
            f"{self._batch.noun.name}/known",
            source_ids=keys,
            community_id=self._batch.community_id,
            source=self._batch.source,
        )
        return {row["source_id"]: row for row in rows}

    def _is_news(self, draft: Draft) -> bool:
        """Tell whether a row is a later version, or without versions says other things."""
        if draft.error is not None:
            return False
        before = self._known.get(draft.source_id)
        if before is None:
            return True
        version, held = draft.facts["source_version"], before["source_version"]
        if version is not None and held is not None:
            return bool(version > held)
        return bool(draft.facts["content_hash"] != before["content_hash"])

    def _resolve_references(self, news: list[Draft]) -> dict[tuple[str, str], str]:
        found: dict[tuple[str, str], str] = {}
        for noun in sorted(set(REFERENCE_NOUN.values())):
            columns = [column for column, target in REFERENCE_NOUN.items() if target == noun]
            wanted = {draft.facts.get(column) for draft in news for column in columns} - {None}
            if not wanted:
                continue
            table = pa.table({"reference": pa.array(sorted(map(str, wanted)), pa.string())})
            rows = self._tx.rows(
                f"{noun}/resolve",
                {"incoming": table},
                community_id=self._batch.community_id,
                source=self._batch.source,
            )
            found.update({(noun, row["reference"]): row["id"] for row in rows})
        return found

    def _reserve_ids(self, news: list[Draft]) -> dict[str, str]:
        fresh = list(dict.fromkeys(d.source_id for d in news if d.source_id not in self._known))
        return dict(zip(fresh, self._tx.ids(len(fresh)), strict=True))

    def _locate(self, news: list[Draft]) -> dict[int, str | None]:
        """Find the grid of every row that has a position but names no area, all at once."""
        chosen = [
            draft.facts
            for draft in news
            if "area_id" in draft.facts
            and draft.facts["area_id"] is None
            and draft.facts.get("lon") is not None
        ]
        lons = [facts["lon"] for facts in chosen]
        lats = [facts["lat"] for facts in chosen]
        grids = self._batch.grids.locate(self._batch.community_id, lons, lats)
        return {id(facts): grid for facts, grid in zip(chosen, grids, strict=True)}

    def _take(self, draft: Draft, own_ids: dict[str, str] | None = None) -> RowResult:
        if draft.error is not None:
            return RowResult(draft.source_id, None, "rejected", draft.error)
        before = self._known.get(draft.source_id)
        if before is not None and not self._is_news(draft):
            return RowResult(draft.source_id, before["id"], "unchanged")
        facts = dict(draft.facts)
        error = self._refuse(facts)
        if error is not None:
            return RowResult(draft.source_id, None, "rejected", error)
        if id(draft.facts) in self._grid_of:
            facts["area_id"] = self._grid_of[id(draft.facts)]
        self._all_first = self._all_first and before is None
        row_id = before["id"] if before else (own_ids or {})[draft.source_id]
        self._note(facts, before, row_id)
        return RowResult(draft.source_id, row_id, "changed" if before else "new")

    def _refuse(self, facts: Facts) -> RowError | None:
        """Replace references by our ids; return what is wrong with the row, if anything."""
        reported_at = facts.get("reported_at")
        if reported_at is not None and too_far_ahead(reported_at, self._tx.now):
            text = "lies more than a day ahead of our clock"
            return RowError("time_in_future", "reported_at", text)
        for column, noun in REFERENCE_NOUN.items():
            reference = facts.get(column)
            if reference is None:
                continue
            ours = self._found.get((noun, reference))
            if ours is None:
                text = f"{reference!r} is not registered in this community"
                return RowError("reference_unknown", column, text)
            facts[column] = ours
        return None

    def _note(self, facts: Facts, before: Facts | None, row_id: str) -> None:
        """Complete the full-state event of a new or changed row and keep it for the log."""
        noun = self._batch.noun
        if noun.name == "case":
            self._settle_case(facts, before)
        if noun.name == "worker" and before is not None:
            # Whom a worker belongs to is said here; when one is on duty, by the roster if there
            # is one.
            facts["organisation_id"] = before.get("organisation_id")
            if before.get("rostered"):
                facts["on_duty"] = before["on_duty"]
        texts = {field: facts.pop(field) for field in TEXT_FIELDS if field in facts}
        event = {
            **facts,
            noun.key: row_id,
            "event_kind": self._event_kind(before),
            "happened_at": self._happened_at(facts, before),
            "actor": self._batch.actor,
            "community_id": self._batch.community_id,
            "source": self._batch.source,
        }
        self._events.append(event)
        self._texts.append(texts if any(texts.values()) else None)
        self._known[facts["source_id"]] = {**(before or {}), **facts, "id": row_id}

    def _settle_case(self, facts: Facts, before: Facts | None) -> None:
        """Keep our own progress where the source has no word on it, and set the time limit.

        Once a person has moved the case here its status and clocks are theirs (ADR 0019).
        """
        if before is not None and is_peoples(before):
            self._keep_work(facts, before)
        elif facts["status"] is None:
            for column in ("status", "closed_at", "outcome"):
                facts[column] = before[column] if before else None
            facts["status"] = facts["status"] or "reported"
        if facts["status"] not in FINISHED_STATUSES:
            facts["closed_at"] = None
        if facts["area_id"] is None and before is not None:
            facts["area_id"] = before["area_id"]
        self._batch.limits.complete(self._batch.community_id, facts, before)

    def _keep_work(self, facts: Facts, before: Facts) -> None:
        said, own_date = facts["status"], facts["deadline_at"]
        facts.update({column: before[column] for column in WORK_COLUMNS})
        facts.update({column: before[column] for column in ("status", "closed_at", "outcome")})
        facts["source_status"] = said or before["source_status"]
        # The source may set another date until somebody here has moved it.
        if own_date is None or before["clock_pauses"] or before["clock_extensions"]:
            for column in ("deadline_at", "limit_value", "limit_kind"):
                facts[column] = before[column]

    def _event_kind(self, before: Facts | None) -> str:
        if before is not None:
            return "changed"
        return "reported" if self._batch.noun.name == "case" else "registered"

    def _happened_at(self, facts: Facts, before: Facts | None) -> datetime:
        reported_at: datetime | None = facts.get("reported_at") if before is None else None
        return reported_at or self._tx.now

    def _append(self) -> None:
        noun = self._batch.noun
        event_ids = self._tx.ids(len(self._events))
        stamped: list[dict[str, Any]] = [
            {**event, "event_id": event_id, "recorded_at": self._tx.now}
            for event, event_id in zip(self._events, event_ids, strict=True)
        ]
        table = self._tx.table(noun.log, stamped)
        self._tx.append_table(noun.name, table, fresh=self._all_first)
        if noun.name == "case":
            reported = [event for event in stamped if event["event_kind"] == "reported"]
            tell_of_reports(self._tx, self._batch.community_id, reported)
        texts = [
            {
                **text,
                "event_id": e["event_id"],
                "case_id": e["case_id"],
                "community_id": e["community_id"],
            }
            for e, text in zip(stamped, self._texts, strict=True)
            if text is not None
        ]
        if texts:
            self._tx.insert("case_text", texts)
