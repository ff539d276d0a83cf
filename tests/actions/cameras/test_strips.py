"""Looking at pictures kept with an alarm: reason, second person, register, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from actions.access import NotAllowed, NotThere, current_viewer
from actions.alarms.moves import AlarmDesk, AlarmMove
from actions.alarms.to_case import case_of_alarm
from actions.approvals import ApprovalUnderWay
from actions.cameras.strips import (
    alarms_with_pictures,
    ask_pictures,
    kept_pictures,
    look,
    put_into_case,
)
from actions.cameras.viewing import Viewings
from actions.cameras.viewing_reading import read_viewings
from actions.cameras.viewing_rows import Why
from actions.cases.photos import list_photos, read
from actions.deciding import decide, let_time_pass, withdraw
from rules.approvals import ReasonNeeded, SecondPersonNeeded
from rules.cameras import ViewPurposeNeeded
from rules.errors import RuleViolation
from rules.pre_event import NoCaseYet, PicturesSealed
from rules.viewer import Viewer
from tests.actions.cameras.kept import kept_alarm, named, strips
from tests.actions.cameras.stage import registered
from tests.rights_stage import Stage, officer

DUTY, SECRETARY, PRIVACY = officer("duty_officer"), officer("secretary", 2), officer("privacy", 3)
WHY = ("incident", "一号楼求助，核实经过")
KIOSK = Viewer("kiosk", "wall-1", "wall", frozenset({"demo"}))


@pytest.fixture(autouse=True)
def on_duty() -> Iterator[None]:
    token = current_viewer.set(DUTY)
    yield
    current_viewer.reset(token)


@pytest.fixture
def alarm_id(register: Stage) -> str:
    """An alarm with pictures of one camera."""
    return kept_alarm(register, named(register))


def ask(stage: Stage, alarm_id: str, asking: Viewer = DUTY) -> str:
    return ask_pictures(stage.approvals, asking, alarm_id, *WHY)


def allowed(stage: Stage, alarm_id: str) -> str:
    """Ask and agree; returns the id of the strip."""
    decide(stage.approvals, SECRETARY, ask(stage, alarm_id), True)
    return strips(stage, alarm_id)[0]


def test_pictures_are_seen_once_a_second_person_agreed(register: Stage, alarm_id: str) -> None:
    (strip_id,) = strips(register, alarm_id)
    with pytest.raises(PicturesSealed):
        look(register.approvals, DUTY, strip_id, 0)
    approval_id = ask(register, alarm_id)
    row = register.approvals.listing(SECRETARY, "demo")[0]
    assert (row["kind"], row["reason"]) == ("camera_retrieval", WHY[1])
    assert (row["detail"]["alarm_kind"], row["detail"]["pictures"]) == ("help_post", 3)
    with pytest.raises(PicturesSealed):
        look(register.approvals, DUTY, strip_id, 0)
    with pytest.raises((NotAllowed, SecondPersonNeeded)):
        decide(register.approvals, DUTY, approval_id, True)
    decide(register.approvals, SECRETARY, approval_id, True)
    assert look(register.approvals, DUTY, strip_id, 2).startswith(b"\xff\xd8")
    for number in (-1, 3, 10**9):
        with pytest.raises(NotThere):
            look(register.approvals, DUTY, strip_id, number)


def test_every_look_is_on_record_with_its_reason(register: Stage, alarm_id: str) -> None:
    strip_id = allowed(register, alarm_id)
    for number in range(3):
        look(register.approvals, DUTY, strip_id, number)
    register.later(minutes=11)
    look(register.approvals, DUTY, strip_id, 0)
    lines = read_viewings(
        register.store, register.keyring, register.audit, PRIVACY, "demo", {"mode": "kept"}
    )
    assert [(line["viewer"], line["purpose"], line["reason"]) for line in lines] == [
        (DUTY.actor, *WHY),
        (DUTY.actor, *WHY),
    ]
    assert {line["approval_state"] for line in lines} == {"confirmed"}
    assert len(register.audited("camera.view_kept")) == 2


def test_a_word_for_kept_pictures_is_none_for_watching_the_camera(register: Stage) -> None:
    camera_id = registered(register, sign_posted="yes", pre_event="yes", legal_class="art7")
    alarm_id = kept_alarm(register, camera_id)
    look(register.approvals, DUTY, allowed(register, alarm_id), 0)
    viewings = Viewings(register.approvals)
    begun = viewings.begin(DUTY, camera_id, Why(*WHY))
    viewings.stop()
    assert begun.approval_id is not None
    assert register.approvals.find(DUTY, begun.approval_id)["kind"] == "live_view"


@pytest.mark.parametrize("end", ["refused", "withdrawn", "lapsed"])
def test_without_a_yes_nothing_is_seen(register: Stage, alarm_id: str, end: str) -> None:
    approval_id = ask(register, alarm_id)
    if end == "refused":
        decide(register.approvals, SECRETARY, approval_id, False, "not_needed")
    elif end == "withdrawn":
        withdraw(register.approvals, DUTY, approval_id)
    else:
        register.later(days=2)
        let_time_pass(register.approvals)
    with pytest.raises(PicturesSealed):
        look(register.approvals, DUTY, strips(register, alarm_id)[0], 0)
    assert len(strips(register, alarm_id)) == 1  # they stay until their own time is over
    assert ask(register, alarm_id) != approval_id


def test_the_word_lasts_a_day_and_for_whom_it_was_given(register: Stage, alarm_id: str) -> None:
    strip_id = allowed(register, alarm_id)
    with pytest.raises(PicturesSealed):
        look(register.approvals, officer("duty_officer", 9), strip_id, 0)
    register.later(hours=23, minutes=59)
    look(register.approvals, DUTY, strip_id, 0)
    register.later(minutes=2)
    with pytest.raises(PicturesSealed):
        look(register.approvals, DUTY, strip_id, 0)
    assert kept_pictures(register.store, DUTY, alarm_id, register.now).until is None


@pytest.mark.parametrize(
    "other",
    [
        *(officer(role, 7) for role in ("secretary", "grid_worker", "property", "privacy")),
        *(officer(role, 7) for role in ("subdistrict", "admin")),
        officer("duty_officer", 7, "other"),
        KIOSK,
    ],
    ids=lambda viewer: f"{viewer.role} {sorted(viewer.community_ids)}",
)
def test_who_may_not_watch_cameras_sees_nothing_and_may_not_ask(
    register: Stage, alarm_id: str, other: Viewer
) -> None:
    strip_id = allowed(register, alarm_id)
    refusals = (NotAllowed, NotThere)
    with pytest.raises(refusals):
        kept_pictures(register.store, other, alarm_id, register.now)
    with pytest.raises(refusals):
        alarms_with_pictures(register.store, other, "demo")
    with pytest.raises(refusals):
        ask_pictures(register.approvals, other, alarm_id, *WHY)
    with pytest.raises(refusals):
        look(register.approvals, other, strip_id, 0)
    with pytest.raises(refusals):
        put_into_case(register.approvals, other, strip_id, 0)


def test_a_viewer_of_other_areas_knows_of_no_picture(register: Stage, alarm_id: str) -> None:
    areas = frozenset({"nowhere"})
    elsewhere = Viewer("account", "d-8", "duty_officer", frozenset({"demo"}), areas)
    assert alarms_with_pictures(register.store, elsewhere, "demo") == []
    with pytest.raises(NotThere):
        ask_pictures(register.approvals, elsewhere, alarm_id, *WHY)
    assert [row["alarm_id"] for row in alarms_with_pictures(register.store, DUTY, "demo")] == [
        alarm_id
    ]


@pytest.mark.parametrize(
    ("purpose", "reason", "refusal"),
    [
        ("", WHY[1], ViewPurposeNeeded),
        ("gate_call", WHY[1], ViewPurposeNeeded),
        ("incident", "x", ReasonNeeded),
    ],
)
def test_asking_needs_purpose_and_reason(
    register: Stage, alarm_id: str, purpose: str, reason: str, refusal: type[RuleViolation]
) -> None:
    with pytest.raises(refusal):
        ask_pictures(register.approvals, DUTY, alarm_id, purpose, reason)


def test_the_same_is_asked_for_once_at_a_time(register: Stage, alarm_id: str) -> None:
    ask(register, alarm_id)
    with pytest.raises(ApprovalUnderWay):
        ask(register, alarm_id)


def test_an_alarm_without_pictures_has_nothing_to_ask_for(register: Stage) -> None:
    named(register)
    alarm_id = kept_alarm(register)
    with pytest.raises(NotThere):
        ask(register, alarm_id)
    with pytest.raises(NotThere):
        look(register.approvals, DUTY, "nothing", 0)


def test_a_picture_joins_the_alarms_case_as_a_still(register: Stage, alarm_id: str) -> None:
    strip_id = allowed(register, alarm_id)
    with pytest.raises(NoCaseYet):
        put_into_case(register.approvals, DUTY, strip_id, 1)
    desk = AlarmDesk(register.store, register.keyring, register.audit)
    case_id = case_of_alarm(desk, DUTY, alarm_id, AlarmMove("to_case"))
    photo_id = put_into_case(register.approvals, DUTY, strip_id, 1)
    assert put_into_case(register.approvals, DUTY, strip_id, 1) == photo_id
    (photo,) = list_photos(register.store, case_id)
    assert (photo["kind"], photo["width"]) == ("camera", 640)
    assert read(register.store, case_id, photo_id).startswith(b"\xff\xd8")
    register.later(days=2)
    with pytest.raises(PicturesSealed):
        put_into_case(register.approvals, DUTY, strip_id, 2)
    assert len(register.audited("camera.put_into_case")) == 2
