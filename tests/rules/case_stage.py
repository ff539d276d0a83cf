"""Actors, cases and moves for the tests of `rules.cases`."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rules.case_facts import Actor, Asked, CaseFacts, Move
from rules.case_transitions import MOVES, next_status
from rules.cases import decide_move
from rules.errors import RuleViolation
from rules.vocabulary import CASE_STATUSES

DUE = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = DUE + timedelta(days=1)
OFFICER = Actor("officer", "duty_officer", "w-1")
SECRETARY = Actor("secretary", "secretary", "w-2")
CREW = Actor("crew", "property", "w-3", assigned=True)
GRID_WORKER = Actor("grid", "grid_worker", "w-4", assigned=True)
STREET = Actor("street", "subdistrict")
REPORTER = Actor("link-7", "resident")
ACTORS = {a.role: a for a in (OFFICER, SECRETARY, CREW, GRID_WORKER, STREET, REPORTER)}
# Everything any move can need; a test takes away what it wants to see missed.
FULL = Move(
    "",
    text="水已经退了",
    report_check="exists",
    assignees=("w-3",),
    transfer_to="org-9",
    merge_into="case-2",
    outcome="solved",
    verification="pass",
    deadline_at=LATER,
    supervision="leader",
    call_back=True,
    rating=5,
)


def facts(status: str, **known: object) -> CaseFacts:
    return replace(CaseFacts("case-1", status, "event-5", DUE), **known)  # type: ignore[arg-type]


def move(action: str, **given: object) -> Move:
    return replace(FULL, action=action, **given)  # type: ignore[arg-type]


def ready(action: str, status: str | None = None) -> CaseFacts:
    """A case on which the move is possible: the first state it goes from, asked for."""
    before = status or next(s for s in CASE_STATUSES if next_status(s, action, "handling"))
    wish = {"decline": "suspend"}.get(action, action if MOVES[action].approved else None)
    asked = Asked(wish, "somebody-else", "w-0") if wish else None
    return facts(before, asked=asked, suspended_from="handling")


def refusal(case: CaseFacts, wanted: Move, actor: Actor) -> RuleViolation | None:
    try:
        decide_move(case, wanted, actor)
    except RuleViolation as violation:
        return violation
    return None
