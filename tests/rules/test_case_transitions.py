"""Every pair of states is allowed or forbidden as written here, apart from the rule's own table."""

from itertools import product

import pytest

from rules.case_transitions import MOVES, next_status
from rules.privacy import ROLES, may
from rules.vocabulary import CASE_ACTIONS, CASE_STATUSES, FINISHED_STATUSES

# Columns in this order; a letter marks an allowed pair, a dot a forbidden one, "=" a move that
# leaves the state as it is.
ORDER = (
    *("reported", "accepted", "filed", "dispatched", "handling", "feedback", "verifying"),
    *("closed", "rejected", "returned", "rework", "suspended", "transferred", "cancelled"),
    "reopened",
)
EXPECTED = {
    #              rep acc fil dis han fee ver clo rej ret rew sus tra can reo
    "reported":    " =   x   .   .   .   .   .   .   x   .   .   .   .   x   . ",
    "accepted":    " .   =   x   .   .   x   .   .   x   .   .   .   .   x   . ",
    "filed":       " .   .   =   x   .   x   .   .   .   .   .   x   x   x   . ",
    "dispatched":  " .   .   .   =   x   .   .   .   .   x   .   x   x   x   . ",
    "handling":    " .   .   .   .   =   x   .   .   .   x   .   x   x   x   . ",
    "feedback":    " .   .   .   .   .   =   x   .   .   .   x   .   .   .   . ",
    "verifying":   " .   .   .   .   .   .   =   x   .   .   x   .   .   .   . ",
    "closed":      " .   .   .   .   .   .   .   =   .   .   .   .   .   .   x ",
    "rejected":    " .   .   .   .   .   .   .   .   =   .   .   .   .   .   x ",
    "returned":    " .   .   .   x   .   .   .   .   .   =   .   .   x   x   . ",
    "rework":      " .   .   .   x   .   x   .   .   .   .   =   x   x   .   . ",
    "suspended":   " .   .   x   x   x   .   .   .   .   .   x   =   .   x   . ",
    "transferred": " .   .   .   .   x   x   .   .   .   x   .   .   =   x   . ",
    "cancelled":   " .   .   .   .   .   .   .   .   .   .   .   .   .   .   . ",
    "reopened":    " .   .   .   x   x   .   .   .   .   .   .   .   x   x   = ",
}  # fmt: skip
# The states from which each move goes, in words of the field.
FROM = {
    "check_report": "reported accepted",
    "accept": "reported",
    "file": "accepted",
    "reject": "reported accepted",
    "answer": "accepted filed",
    "dispatch": "filed dispatched returned rework reopened",
    "reinforce": "dispatched handling rework",
    "start": "dispatched transferred reopened",
    "return": "dispatched handling transferred",
    "feed_back": "handling rework transferred",
    "verify": "feedback",
    "verify_fix": "verifying",
    "rework": "feedback verifying",
    "close": "verifying",
    "transfer": "filed dispatched handling returned rework reopened",
    "merge": "reported accepted filed dispatched returned reopened",
    "ask_suspend": "filed dispatched handling rework",
    "suspend": "filed dispatched handling rework",
    "resume": "suspended",
    "ask_extend": "filed dispatched handling returned rework transferred reopened",
    "extend": "filed dispatched handling returned rework transferred reopened",
    "ask_cancel": "reported accepted filed dispatched handling returned suspended transferred",
    "cancel": "reported accepted filed dispatched handling returned suspended transferred",
    "ask_reopen": "closed rejected",
    "reopen": "closed rejected",
    "decline": "reported accepted filed dispatched handling returned rework suspended transferred "
    "reopened closed rejected",
    "remind": "dispatched handling rework transferred feedback",
    "supervise": "reported accepted filed dispatched handling feedback verifying returned rework "
    "suspended transferred reopened",
    "call_back": "feedback verifying closed",
    "rate": "closed",
}
SUSPENDED_FROM = ("filed", "dispatched", "handling", "rework")


def reached(before: str, after: str) -> set[str]:
    """Moves that lead from one state into the other, whatever the case was suspended from."""
    return {
        action
        for action in CASE_ACTIONS
        for earlier in (None, *SUSPENDED_FROM)
        if next_status(before, action, earlier) == after
    }


@pytest.mark.parametrize(("before", "after"), list(product(ORDER, ORDER)))
def test_every_pair_of_states_is_allowed_or_forbidden(before: str, after: str) -> None:
    mark = EXPECTED[before].split()[ORDER.index(after)]
    assert bool(reached(before, after)) == (mark != "."), (before, after)


@pytest.mark.parametrize("action", CASE_ACTIONS)
def test_every_move_goes_from_the_states_written_here_and_from_no_other(action: str) -> None:
    possible = {
        status for status in CASE_STATUSES if next_status(status, action, "handling") is not None
    }
    assert possible == set(FROM[action].split())


def test_the_tables_of_this_test_cover_every_state_and_every_move() -> None:
    assert set(ORDER) == set(EXPECTED) == set(CASE_STATUSES)
    assert all(len(row.split()) == len(ORDER) for row in EXPECTED.values())
    assert set(FROM) == set(CASE_ACTIONS) == set(MOVES)


def test_the_main_line_runs_from_report_to_close() -> None:
    status: str | None = "reported"
    for action in ("accept", "file", "dispatch", "start", "feed_back", "verify", "close"):
        assert status is not None
        status = next_status(status, action)
    assert status == "closed"


def test_a_cancelled_case_goes_nowhere_and_every_open_one_goes_on() -> None:
    assert not any(next_status("cancelled", action, "filed") for action in CASE_ACTIONS)
    for status in set(CASE_STATUSES) - set(FINISHED_STATUSES):
        steps = {next_status(status, action, "filed") for action in CASE_ACTIONS} - {None, status}
        assert steps, status


@pytest.mark.parametrize("earlier", SUSPENDED_FROM)
def test_a_suspended_case_goes_on_where_it_stood(earlier: str) -> None:
    assert next_status("suspended", "resume", earlier) == earlier


@pytest.mark.parametrize("earlier", [None, "closed", "reported", "nowhere"])
def test_a_case_cannot_go_on_to_a_state_it_was_never_suspended_in(earlier: str | None) -> None:
    assert next_status("suspended", "resume", earlier) is None


def test_unknown_states_and_moves_lead_nowhere() -> None:
    assert next_status("nowhere", "accept") is None
    assert next_status("reported", "delete") is None


def test_a_text_is_mandatory_where_a_case_ends_or_stands_still() -> None:
    with_text = {action for action, rule in MOVES.items() if rule.text}
    assert {"close", "reject", "suspend", "reopen", "cancel"} <= with_text  # REFERENCE §1
    # A quick move needs none: one key must be enough.
    assert not with_text & {"accept", "file", "dispatch", "start", "verify", "resume", "remind"}


@pytest.mark.parametrize("action", CASE_ACTIONS)
def test_every_role_of_a_move_holds_the_grant_for_it(action: str) -> None:
    rule = MOVES[action]
    assert rule.roles
    assert set(rule.roles) <= set(ROLES)
    # The desk may decline what it may grant; of the rest each role holds the grant.
    assert all(may(role, rule.grant) for role in rule.roles)


def test_only_the_reporter_asks_to_reopen_and_only_staff_does_it() -> None:
    assert MOVES["ask_reopen"].roles == ("resident",)
    assert MOVES["reopen"].approved
    assert "resident" not in MOVES["reopen"].roles


def test_clocks_pause_stop_and_begin_anew_where_the_field_says_so() -> None:
    effects = {action: rule.clock for action, rule in MOVES.items() if rule.clock != "keep"}
    assert effects == {
        "suspend": "pause",
        "resume": "resume",
        "close": "stop",
        "reject": "stop",
        "cancel": "stop",
        "merge": "stop",
        "reopen": "restart",
    }
