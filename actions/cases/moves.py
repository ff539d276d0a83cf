"""Moves cases for people: one writer's unit per move, so that two officers never overwrite.

The version a person looked at is the id of the case's last event; whoever comes second is refused
with `case_changed`. A unit reads only the transaction, so it may be replayed.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.access import NotThere, allow
from actions.cases.access import acting, actor_of, reached_case
from actions.cases.limits import limits_of
from actions.cases.state import known_facts, state_after
from actions.cases.tasks import Reasons, Sending, keep_tasks
from actions.notify.case_telling import tell_of_move
from data.store import Store
from data.transaction import Transaction
from rules.case_facts import Actor, Decision, Move
from rules.case_transitions import MOVES
from rules.case_undo import UNDO, UNDOABLE, check_undo
from rules.cases import CaseChanged, MoveIncomplete, decide_move
from rules.clocks import WorkCalendar
from rules.duplicates import Report, check_merge
from rules.errors import RuleViolation
from rules.viewer import Viewer

Row = dict[str, Any]
MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move led to.

    Attributes:
        before: State it left.
        case: Every column of case_now after it; `event_id` is the new version.
        tasks: The tasks it made.
        undoable: True where its maker may take it back for a minute.
    """

    before: str
    case: Row
    tasks: tuple[Row, ...] = ()
    undoable: bool = False


@dataclass(frozen=True, slots=True)
class MoveResult:
    """What became of one case of a batch: moved, or why not."""

    case_id: str
    moved: Moved | None = None
    refusal: RuleViolation | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """One move on its way to the writer.

    Attributes:
        actor: Who moves; whether the case is handed to them is looked up at the writing.
        calendar: Working time of the community.
        at: When it happened, aware UTC; the time of writing where left out.
        reasons: Codes of why each assignee was chosen, by id.
    """

    community_id: str
    case_id: str
    move: Move
    actor: Actor
    calendar: WorkCalendar
    at: datetime | None = None
    reasons: Reasons = field(default_factory=dict)


def move_case(
    store: Store,
    asking: Viewer,
    case_id: str,
    move: Move,
    *,
    at: datetime | None = None,
    reasons: Reasons | None = None,
) -> Moved:
    """Make one move; returns when it is on disk.

    Args:
        store: The open store.
        asking: Who moves; the current viewer.
        case_id: The case.
        move: What is wanted; its action may be `undo`, which takes the viewer's last move back.
        at: When it happened, aware UTC; the time of writing where left out.
        reasons: Codes of why each assignee was chosen, by id.

    Raises:
        NotThere, NotAllowed: The case is not the viewer's, or the role may not.
        CaseChanged: Somebody else was first; show the present state.
        RuleViolation: What rules/cases.py, duplicates.py and case_undo.py object to.
    """
    return _begin(store, asking, case_id, move, at, reasons).result()


def move_as_reporter(
    store: Store, community_id: str, case_id: str, move: Move, link: str, at: datetime | None = None
) -> Moved:
    """Make a move for the reporter; the caller has checked the private link.

    Args:
        link: How the log names the link, never its secret.

    Raises:
        NotThere, RuleViolation: As `move_case`.
    """
    unit = Unit(
        community_id,
        case_id,
        move,
        Actor(link, "resident"),
        limits_of(store).calendar(community_id),
        at,
    )
    return store.write(lambda tx: carry_out(tx, unit)).result()


def move_many(
    store: Store, asking: Viewer, wishes: Sequence[tuple[str, Move]], at: datetime | None = None
) -> list[MoveResult]:
    """Make one move on each of several cases; each succeeds or is refused by itself.

    Args:
        wishes: Pairs of case id and move, at most `MOST_AT_ONCE`.

    Returns:
        One result per wish, in order, when all are on disk.
    """
    begun: list[tuple[str, Future[Moved] | RuleViolation]] = []
    for case_id, move in wishes[:MOST_AT_ONCE]:
        try:
            begun.append((case_id, _begin(store, asking, case_id, move, at, None)))
        except RuleViolation as refusal:
            begun.append((case_id, refusal))
    results = []
    for case_id, outcome in begun:
        if isinstance(outcome, RuleViolation):
            results.append(MoveResult(case_id, refusal=outcome))
            continue
        try:
            results.append(MoveResult(case_id, outcome.result()))
        except RuleViolation as refusal:
            results.append(MoveResult(case_id, refusal=refusal))
    return results


def present_case(store: Store, asking: Viewer, case_id: str) -> Row:
    """Return every column of a case as it stands, for a viewer who reaches it.

    Raises:
        NotThere: There is none for this viewer.
    """
    reached_case(store, asking, case_id)
    return store.rows("desk/case", case_id=case_id)[0]


def _begin(
    store: Store,
    asking: Viewer,
    case_id: str,
    move: Move,
    at: datetime | None,
    reasons: Reasons | None,
) -> Future[Moved]:
    here = reached_case(store, asking, case_id)
    if move.merge_into is not None:
        reached_case(store, asking, move.merge_into)
    if move.action != UNDO and move.action not in MOVES:
        raise MoveIncomplete(action=move.action, field="action")
    community_id = here["community_id"]
    grant = "case.read" if move.action == UNDO else MOVES[move.action].grant
    # Who may grant what was asked may decline it, so `rules.cases` decides on that alone.
    allow(grant if move.action != "decline" else "case.read", community_id)
    unit = Unit(
        community_id,
        case_id,
        move,
        actor_of(store, asking),
        limits_of(store).calendar(community_id),
        at,
        reasons or {},
    )
    work = _take_back if move.action == UNDO else carry_out
    return store.write(lambda tx: work(tx, unit))


def carry_out(tx: Transaction, unit: Unit) -> Moved:
    """Make one move inside a unit of work; the caller has checked who may reach the case.

    Raises:
        NotThere, RuleViolation: As `move_case`.
    """
    row = load_case(tx, unit.community_id, unit.case_id)
    tasks = tx.rows("task/of_case", case_id=unit.case_id)
    actor = acting(unit.actor, tasks, unit.move.action)
    decision = decide_move(known_facts(row), unit.move, actor)
    at = unit.at or tx.now
    after = state_after(row, unit.move, decision, actor, at, unit.calendar)
    made = keep_tasks(tx, tasks, Sending(after, unit.move, actor, decision.clock, unit.reasons, at))
    events = [after, *_joined(tx, row, decision, actor, at)]
    written = append_case(tx, events, decision.text)
    tell_of_move(tx, row, written, unit.move.action, tasks)
    return Moved(row["status"], written, tuple(made), unit.move.action in UNDOABLE)


def _take_back(tx: Transaction, unit: Unit) -> Moved:
    row = load_case(tx, unit.community_id, unit.case_id)
    if unit.move.seen_version not in (None, row["event_id"]):
        raise CaseChanged(status=row["status"])
    at = unit.at or tx.now
    check_undo(row["action"], row["actor"], unit.actor.actor, row["recorded_at"], tx.now)
    before = tx.rows("case/before", case_id=unit.case_id, event_id=row["event_id"])[0]
    event = {**before, "event_kind": "moved", "action": UNDO, "happened_at": at}
    written = append_case(tx, [{**event, "actor": unit.actor.actor}], None)
    tell_of_move(tx, row, written, UNDO, ())
    return Moved(row["status"], written)


def load_case(tx: Transaction, community_id: str, case_id: str) -> Row:
    """Return every column of a case as it stands in the transaction.

    Raises:
        NotThere: There is none in this community.
    """
    rows = tx.rows("case/current", case_ids=[case_id], community_id=community_id)
    if not rows:
        raise NotThere()
    return rows[0]


def _joined(tx: Transaction, row: Row, decision: Decision, actor: Actor, at: datetime) -> list[Row]:
    """Return the event of the case that takes a merged one in; its reporters follow it from now."""
    if decision.moves_subscribers_to is None:
        return []
    target = load_case(tx, row["community_id"], decision.moves_subscribers_to)
    check_merge(_report(row), _report(target))
    joined = {"event_kind": "joined", "action": None, "happened_at": at, "actor": actor.actor}
    return [{**target, **joined}]


def _report(row: Row) -> Report:
    return Report(
        case_id=row["case_id"],
        community_id=row["community_id"],
        category=row["category"],
        status=row["status"],
        reported_at=row["reported_at"],
    )


def append_case(tx: Transaction, events: Sequence[Row], text: str | None) -> Row:
    """Append events of cases and what was written with the first; returns that with its id."""
    stamped = [
        {**event, "event_id": event_id, "recorded_at": tx.now}
        for event, event_id in zip(events, tx.ids(len(events)), strict=True)
    ]
    tx.append_table("case", tx.table("case_event", stamped))
    first = stamped[0]
    if text is not None:
        keys = {name: first[name] for name in ("event_id", "case_id", "community_id")}
        tx.insert("case_text", [{**keys, "note": text}])
    return first
