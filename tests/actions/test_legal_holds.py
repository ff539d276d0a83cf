"""Legal holds: counted from the asking, placed by a second person, ended by time or on a word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.access import NotAllowed, NotThere
from actions.deciding import decide, let_time_pass
from actions.rights.legal_holds import HoldWish, ask_hold, holds_of, is_held, release
from data.rebuild import rebuild
from rules.approvals import CodeUnknown, ReasonNeeded, SecondPersonNeeded
from rules.errors import RuleViolation
from rules.retention import HoldInvalid
from rules.rights import RequestSettled
from rules.viewer import Viewer
from tests.rights_stage import Stage, officer

REASON = "虚构的理由：法院来函"
PRIVACY, SECRETARY = officer("privacy"), officer("secretary")


def wish(register: Stage, subject_id: str, days: float = 30, **more: str) -> HoldWish:
    values = {
        "subject_kind": "person",
        "subject_id": subject_id,
        "basis": "court_order",
        "reason": REASON,
        **more,
    }
    return HoldWish(**values, expires_at=register.now + timedelta(days=days))


def asked(register: Stage, subject_id: str, viewer: Viewer = PRIVACY) -> str:
    return ask_hold(register.approvals, viewer, "demo", wish(register, subject_id))


def held(register: Stage, subject_id: str) -> bool:
    return is_held(register.store, subject_id, register.now)


def test_it_holds_from_the_asking_and_stays_once_confirmed(register: Stage) -> None:
    person_id = register.person()
    assert not held(register, person_id)
    approval_id = asked(register, person_id)
    assert held(register, person_id)
    with pytest.raises(SecondPersonNeeded):
        decide(register.approvals, officer("secretary"), asked_by_secretary(register), True)
    decide(register.approvals, SECRETARY, approval_id, True)
    row = next(h for h in holds_of(register.store, "demo", register.now) if h["state"] == "held")
    assert (row["approved_by"], row["holds"]) == (SECRETARY.actor, True)
    register.later(days=31)
    assert not held(register, person_id)
    assert all(table.same for table in rebuild(register.store))


def asked_by_secretary(register: Stage) -> str:
    return asked(register, register.person(2), officer("secretary"))


@pytest.mark.parametrize("end", ["refused", "lapsed"])
def test_it_ends_when_nobody_confirms_it(register: Stage, end: str) -> None:
    person_id = register.person()
    approval_id = asked(register, person_id)
    if end == "refused":
        decide(register.approvals, SECRETARY, approval_id, False, "not_needed")
    else:
        register.later(days=3)
        let_time_pass(register.approvals)
    assert not held(register, person_id)
    assert holds_of(register.store, "demo", register.now)[0]["state"] == "refused"


def test_it_can_be_released_with_a_reason(register: Stage) -> None:
    person_id = register.person()
    approval_id = asked(register, person_id)
    hold_id = holds_of(register.store, "demo", register.now)[0]["hold_id"]
    with pytest.raises(RequestSettled):  # it waits; refuse it instead
        release(register.approvals, PRIVACY, hold_id, REASON)
    decide(register.approvals, SECRETARY, approval_id, True)
    with pytest.raises(ReasonNeeded):
        release(register.approvals, PRIVACY, hold_id, "")
    with pytest.raises(NotAllowed):
        release(register.approvals, officer("duty_officer"), hold_id, REASON)
    with pytest.raises(NotThere):
        release(register.approvals, officer("privacy", 1, "other"), hold_id, REASON)
    release(register.approvals, PRIVACY, hold_id, REASON)
    assert not held(register, person_id)
    assert [line[0] for line in register.audited("legal_hold.release")] == ["done"]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"days": 0}, HoldInvalid),
        ({"days": 400}, HoldInvalid),
        ({"subject_kind": "rumour"}, CodeUnknown),
        ({"basis": "a feeling"}, CodeUnknown),
        ({"reason": ""}, ReasonNeeded),
        ({"subject_id": "no-such-file"}, NotThere),
        ({"subject_kind": "household"}, NotThere),
    ],
)
def test_what_is_asked_wrongly_holds_nothing(
    register: Stage, more: dict[str, object], refusal: type[RuleViolation]
) -> None:
    person_id = register.person()
    values = {"subject_id": person_id, **more}
    with pytest.raises(refusal):
        ask_hold(register.approvals, PRIVACY, "demo", wish(register, **values))  # type: ignore[arg-type]
    assert register.sql("select count(*) from legal_hold_event") == [(0,)]


@pytest.mark.parametrize("role", ["duty_officer", "grid_worker", "admin", "subdistrict"])
def test_other_roles_cannot_ask(register: Stage, role: str) -> None:
    person_id = register.person()
    with pytest.raises(NotAllowed):
        asked(register, person_id, officer(role))


def test_what_belongs_to_another_community_is_not_there(register: Stage) -> None:
    person_id = register.person()
    stranger = officer("privacy", 1, "other")
    with pytest.raises(NotThere):
        ask_hold(register.approvals, stranger, "other", wish(register, person_id))
    with pytest.raises(NotThere):
        asked(register, person_id, stranger)
