"""A move needs the right state, the right person, and what the field asks to be given with it."""

from dataclasses import replace
from datetime import timedelta, timezone
from itertools import product

import pytest

from rules.case_facts import Actor, Asked, Decision
from rules.case_transitions import MOVES, next_status
from rules.cases import (
    CaseChanged,
    CaseTextNeeded,
    MoveIncomplete,
    MoveNotYours,
    OwnWork,
    TransitionNotAllowed,
    case_text,
    decide_move,
    possible_moves,
)
from rules.privacy import ROLES
from rules.vocabulary import CASE_ACTIONS, CASE_STATUSES
from tests.rules.case_stage import (
    ACTORS,
    CREW,
    DUE,
    GRID_WORKER,
    LATER,
    OFFICER,
    SECRETARY,
    facts,
    move,
    ready,
    refusal,
)

# Who may make which move, written out: d duty officer, s secretary, g grid worker, p property
# (both on a case handed to them), u sub-district, r reporter.
LETTERS = {
    "d": "duty_officer",
    "s": "secretary",
    "g": "grid_worker",
    "p": "property",
    "u": "subdistrict",
    "r": "resident",
}
WHO = {
    "check_report": "dsg",
    "accept": "ds",
    "file": "ds",
    "reject": "ds",
    "answer": "ds",
    "dispatch": "ds",
    "reinforce": "ds",
    "start": "dsgp",
    "return": "dsgp",
    "feed_back": "dsgp",
    "verify": "ds",
    "verify_fix": "ds",  # and a grid worker who did not handle the case, see below
    "rework": "ds",
    "close": "ds",
    "transfer": "ds",
    "merge": "ds",
    "ask_suspend": "dsgp",
    "suspend": "s",
    "resume": "ds",
    "ask_extend": "dsgp",
    "extend": "s",
    "ask_cancel": "ds",
    "cancel": "s",
    "ask_reopen": "r",
    "reopen": "ds",
    "decline": "s",  # of a suspension; a wish to reopen is the desk's, see below
    "remind": "ds",
    "supervise": "su",
    "call_back": "ds",
    "rate": "r",
}


@pytest.mark.parametrize(("action", "role"), list(product(CASE_ACTIONS, ROLES)))
def test_only_the_roles_written_here_make_a_move(action: str, role: str) -> None:
    status = "filed" if action == "decline" else None
    actor = ACTORS.get(role, Actor("any", role, assigned=True))
    violation = refusal(ready(action, status), move(action), actor)
    if role in {LETTERS[letter] for letter in WHO[action]}:
        assert violation is None
    else:
        assert isinstance(violation, MoveNotYours | OwnWork)


@pytest.mark.parametrize(("status", "action"), list(product(CASE_STATUSES, CASE_ACTIONS)))
def test_a_move_from_a_wrong_state_is_refused_naming_the_state(status: str, action: str) -> None:
    case = ready(action, status)
    if next_status(status, action, "handling") is not None:
        return
    for actor in ACTORS.values():
        violation = refusal(case, move(action), actor)
        assert isinstance(violation, TransitionNotAllowed)
        assert violation.fields == {"status": status, "action": action}


@pytest.mark.parametrize("action", CASE_ACTIONS)
def test_a_decision_says_the_state_before_and_after(action: str) -> None:
    case = ready(action, "filed" if action == "decline" else None)
    actor = next(ACTORS[LETTERS[letter]] for letter in WHO[action])
    decided = decide_move(case, move(action), actor)
    assert (decided.action, decided.before) == (action, case.status)
    assert decided.status == next_status(case.status, action, "handling")
    assert decided.step_begins == (decided.status != case.status)


@pytest.mark.parametrize("action", ["start", "return", "feed_back", "ask_suspend", "ask_extend"])
@pytest.mark.parametrize("actor", [CREW, GRID_WORKER])
def test_the_field_moves_only_cases_handed_to_it(action: str, actor: Actor) -> None:
    stranger = replace(actor, assigned=False)
    status = "handling" if action != "start" else "dispatched"
    assert refusal(ready(action, status), move(action), actor) is None
    violation = refusal(ready(action, status), move(action), stranger)
    assert isinstance(violation, MoveNotYours)


def test_a_grid_worker_checks_reports_of_the_grid_and_fixes_of_others_only() -> None:
    passer_by = replace(GRID_WORKER, assigned=False)
    assert refusal(facts("reported"), move("check_report"), passer_by) is None
    assert refusal(facts("verifying"), move("verify_fix"), passer_by) is None
    assert isinstance(refusal(facts("verifying"), move("verify_fix"), GRID_WORKER), OwnWork)


TEXT_NEEDED = (
    *("reject", "answer", "return", "feed_back", "rework", "close", "transfer", "ask_suspend"),
    *("suspend", "ask_extend", "extend", "ask_cancel", "cancel", "ask_reopen", "reopen"),
    *("decline", "supervise"),
)


@pytest.mark.parametrize("action", CASE_ACTIONS)
@pytest.mark.parametrize("text", [None, "", "  \n ", "好", "x" * 2_001, "\x00\x07"])
def test_a_mandatory_text_is_more_than_a_character(action: str, text: str | None) -> None:
    case = ready(action, "filed" if action == "decline" else None)
    actor = next(ACTORS[LETTERS[letter]] for letter in WHO[action])
    violation = refusal(case, move(action, text=text), actor)
    # Where none is needed an empty one is fine, one too short or too long is a slip of the hand.
    blank = not (text or "").strip(" \n\x00\x07")
    if action in TEXT_NEEDED or not blank:
        assert isinstance(violation, CaseTextNeeded)
    else:
        assert violation is None


def test_a_text_is_kept_clean_with_its_lines() -> None:
    assert case_text("  水泵坏了\x00\n明早再来 ", required=True) == "水泵坏了\n明早再来"
    assert case_text("ok", required=True) == "ok"
    assert case_text(None, required=False) is None


@pytest.mark.parametrize(
    ("action", "field", "wrong"),
    [
        ("check_report", "report_check", None),
        ("check_report", "report_check", "pass"),  # the other question's answer
        ("dispatch", "assignees", ()),  # nobody sent
        ("reinforce", "assignees", ()),
        ("transfer", "transfer_to", None),
        ("transfer", "transfer_to", ""),
        ("merge", "merge_into", None),
        ("merge", "merge_into", "case-1"),  # into itself
        ("close", "outcome", None),
        ("close", "outcome", "fixed"),  # not one of the three
        ("close", "verification", None),  # closed is not fixed: say what the check gave
        ("close", "verification", "exists"),
        ("verify_fix", "verification", None),
        ("ask_extend", "deadline_at", None),
        ("ask_extend", "deadline_at", DUE),  # no extension at all
        ("extend", "deadline_at", DUE - timedelta(seconds=1)),  # earlier
        ("extend", "deadline_at", LATER.replace(tzinfo=None)),  # whose time?
        ("supervise", "supervision", "because"),
        ("call_back", "call_back", None),
        ("rate", "rating", None),
        ("rate", "rating", 0),
        ("rate", "rating", 6),
        ("rate", "rating", True),
    ],
)
def test_what_a_move_needs_is_named_when_it_is_missing(
    action: str, field: str, wrong: object
) -> None:
    actor = next(ACTORS[LETTERS[letter]] for letter in WHO[action])
    violation = refusal(ready(action), move(action, **{field: wrong}), actor)
    assert isinstance(violation, MoveIncomplete)
    assert violation.fields == {"action": action, "field": field}


def test_a_case_without_a_limit_can_be_given_one_in_any_zone() -> None:
    case = replace(ready("extend"), deadline_at=None)
    there = LATER.astimezone(timezone(timedelta(hours=8)))
    assert decide_move(case, move("extend", deadline_at=there), SECRETARY).status == case.status


def test_two_officers_never_overwrite_each_other() -> None:
    case = facts("reported")
    fresh, stale = move("accept", seen_version="event-5"), move("accept", seen_version="event-4")
    assert isinstance(decide_move(case, fresh, OFFICER), Decision)
    assert isinstance(refusal(case, stale, OFFICER), CaseChanged)


def test_sending_somebody_else_begins_the_step_anew() -> None:
    assert decide_move(facts("dispatched"), move("dispatch"), OFFICER).step_begins
    assert not decide_move(facts("dispatched"), move("reinforce"), OFFICER).step_begins


@pytest.mark.parametrize("status", CASE_STATUSES)
@pytest.mark.parametrize("actor", ACTORS.values(), ids=ACTORS)
@pytest.mark.parametrize("wish", [None, "suspend", "reopen"])
def test_a_button_is_offered_where_its_move_can_be_decided(
    status: str, actor: Actor, wish: str | None
) -> None:
    case = facts(status, suspended_from="filed", asked=Asked(wish, "somebody") if wish else None)
    offered = possible_moves(case, actor)
    decidable = [action for action in MOVES if refusal(case, move(action), actor) is None]
    assert list(offered) == decidable
