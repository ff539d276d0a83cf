"""What stands still or ends needs two people, and what is closed needs an honest check."""

from dataclasses import replace

import pytest

from rules.approvals import SecondPersonNeeded
from rules.case_facts import Asked
from rules.cases import (
    AlreadyAsked,
    FixFailed,
    MoveNotYours,
    NothingAsked,
    ReportAbsent,
    decide_move,
)
from tests.rules.case_stage import CREW, OFFICER, REPORTER, SECRETARY, facts, move, ready, refusal


class TestApproval:
    def test_a_suspension_is_asked_for_by_one_and_granted_by_another(self) -> None:
        asked = decide_move(facts("handling"), move("ask_suspend"), CREW)
        assert asked.status == "handling"
        assert asked.asked == Asked("suspend", "crew", "w-3")
        waiting = facts("handling", asked=asked.asked)
        granted = decide_move(waiting, move("suspend"), SECRETARY)
        assert (granted.status, granted.clock) == ("suspended", "pause")
        assert (granted.asked, granted.suspended_from) == (None, "handling")
        back = decide_move(facts("suspended", suspended_from="handling"), move("resume"), OFFICER)
        assert (back.status, back.clock, back.suspended_from) == ("handling", "resume", None)

    @pytest.mark.parametrize("action", ["ask_cancel", "supervise"])
    def test_a_note_on_a_suspended_case_leaves_its_way_back(self, action: str) -> None:
        case = facts("suspended", suspended_from="rework")
        noted = decide_move(case, move(action), SECRETARY)
        assert (noted.status, noted.suspended_from) == ("suspended", "rework")
        back = decide_move(case, move("resume"), OFFICER)
        assert (back.status, back.suspended_from) == ("rework", None)

    @pytest.mark.parametrize("action", ["suspend", "extend", "cancel", "reopen"])
    def test_nothing_is_granted_that_nobody_asked_for(self, action: str) -> None:
        case = replace(ready(action), asked=None)
        assert isinstance(refusal(case, move(action), SECRETARY), NothingAsked)
        other = "cancel" if action != "cancel" else "suspend"
        case = replace(case, asked=Asked(other, "officer"))
        assert isinstance(refusal(case, move(action), SECRETARY), NothingAsked)

    @pytest.mark.parametrize(
        "asker",
        [
            Asked("suspend", "secretary"),  # the same account
            Asked("suspend", "secretary-phone", "w-2"),  # another account of the same person
        ],
    )
    def test_nobody_grants_what_he_or_she_asked_for(self, asker: Asked) -> None:
        violation = refusal(facts("handling", asked=asker), move("suspend"), SECRETARY)
        assert isinstance(violation, SecondPersonNeeded)

    def test_one_wish_waits_at_a_time(self) -> None:
        case = facts("handling", asked=Asked("suspend", "crew"))
        assert isinstance(refusal(case, move("ask_extend"), OFFICER), AlreadyAsked)

    def test_whoever_may_grant_may_decline(self) -> None:
        case = facts("handling", asked=Asked("suspend", "crew"))
        assert isinstance(refusal(case, move("decline"), OFFICER), MoveNotYours)
        assert decide_move(case, move("decline"), SECRETARY).asked is None
        wish = facts("closed", asked=Asked("reopen", "link-7"))
        assert decide_move(wish, move("decline"), OFFICER).status == "closed"
        assert isinstance(refusal(facts("handling"), move("decline"), SECRETARY), NothingAsked)

    def test_a_wish_goes_with_the_case_while_it_makes_sense(self) -> None:
        case = facts("dispatched", asked=Asked("suspend", "officer"))
        started = decide_move(case, move("start"), CREW)
        assert started.asked == case.asked
        done = decide_move(facts("handling", asked=case.asked), move("feed_back"), CREW)
        assert done.asked is None

    def test_the_reporter_asks_and_a_person_reopens(self) -> None:
        wish = decide_move(facts("closed"), move("ask_reopen"), REPORTER)
        assert wish.status == "closed"
        again = decide_move(facts("closed", asked=wish.asked), move("reopen"), OFFICER)
        assert (again.status, again.clock, again.verification) == ("reopened", "restart", None)


class TestChecks:
    def test_a_report_that_was_found_to_be_nothing_is_not_filed(self) -> None:
        case = facts("accepted", report_check="absent")
        assert isinstance(refusal(case, move("file"), OFFICER), ReportAbsent)
        assert refusal(case, move("reject"), OFFICER) is None
        for found in ("exists", "unable", None):
            assert refusal(facts("accepted", report_check=found), move("file"), OFFICER) is None

    @pytest.mark.parametrize(
        ("found", "said", "allowed"),
        [
            (None, "pass", True),  # checked while closing
            ("pass", None, True),  # checked before
            (None, "unable", True),  # could not be checked, and says so
            ("unable", "pass", True),
            ("pass", "fail", False),
            ("fail", "pass", False),  # a new check must say so first
            ("fail", None, False),
        ],
    )
    def test_a_fix_that_failed_its_check_is_not_closed(
        self, found: str | None, said: str | None, allowed: bool
    ) -> None:
        case = facts("verifying", verification=found)
        violation = refusal(case, move("close", verification=said), OFFICER)
        assert (violation is None) if allowed else isinstance(violation, FixFailed)

    def test_a_new_check_replaces_the_last_and_a_new_feedback_needs_a_new_one(self) -> None:
        case = facts("verifying", verification="fail")
        assert decide_move(case, move("verify_fix"), OFFICER).verification == "pass"
        assert decide_move(case, move("rework"), OFFICER).verification is None
        closed = decide_move(facts("verifying"), move("close", verification="unable"), OFFICER)
        assert closed.verification == "unable"

    def test_a_merge_moves_whoever_follows_the_case(self) -> None:
        merged = decide_move(facts("reported"), move("merge", text=None), OFFICER)
        assert (merged.status, merged.moves_subscribers_to) == ("cancelled", "case-2")
        assert decide_move(facts("reported"), move("accept"), OFFICER).moves_subscribers_to is None
