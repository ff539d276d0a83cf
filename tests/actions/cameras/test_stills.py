"""Stills of cameras: nothing without reason and second person, nothing published uncovered."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from actions.access import NotAllowed, NotThere, current_viewer
from actions.cameras.glimpse import HubMissing
from actions.cameras.stills import StillMissing, ask_still, drop_refused
from actions.cases.covering import cover, take_back
from actions.cases.photo_files import photo_files
from actions.cases.photos import list_photos, photos_of, read, read_photo
from actions.deciding import decide, let_time_pass, withdraw
from actions.intake.recording import record
from rules.approvals import ReasonNeeded
from rules.cameras import ViewPurposeNeeded
from rules.covering import Box, BoxesInvalid, boxes_of
from rules.errors import RuleViolation
from rules.records import CaseRecord
from rules.viewer import Viewer
from tests.actions.cameras.hub import lent
from tests.actions.cameras.stage import registered
from tests.rights_stage import Stage, officer

DUTY, SECRETARY = officer("duty_officer"), officer("secretary", 2)
WHY = ("incident", "东门剐蹭，留存画面")


@pytest.fixture(autouse=True)
def on_duty() -> Iterator[None]:
    token = current_viewer.set(DUTY)
    yield
    current_viewer.reset(token)


@pytest.fixture
def case_id(register: Stage) -> str:
    row = CaseRecord(source_id="k1", category="parking", reported_at=register.now)
    return str(record(register.store, "cases", "demo", "t", [row]).result()[0].id)


def ask(stage: Stage, case_id: str, camera_id: str, asking: Viewer = DUTY) -> str:
    with lent(stage.store, camera_id):
        return ask_still(stage.approvals, asking, case_id, camera_id, *WHY)


def files(stage: Stage) -> int:
    return len(list(photo_files(stage.store).folder.rglob("*.jpg")))


def still(stage: Stage, case_id: str) -> str:
    """A still that was agreed to; returns its id."""
    approval_id = ask(stage, case_id, registered(stage))
    decide(stage.approvals, SECRETARY, approval_id, True)
    return str(list_photos(stage.store, case_id)[0]["photo_id"])


def test_a_still_belongs_to_its_case_once_a_second_person_agreed(
    register: Stage, case_id: str
) -> None:
    approval_id = ask(register, case_id, registered(register))
    assert list_photos(register.store, case_id) == []
    photo_id = register.approvals.find(DUTY, approval_id)["subject_id"]
    with pytest.raises(NotThere):
        read(register.store, case_id, photo_id)
    decide(register.approvals, SECRETARY, approval_id, True)
    photo = list_photos(register.store, case_id)[0]
    assert (photo["kind"], photo["width"], photo["actor"]) == ("camera", 640, DUTY.actor)
    assert read(register.store, case_id, photo_id).startswith(b"\xff\xd8")
    assert drop_refused(register.approvals) == 0 and files(register) == 1


@pytest.mark.parametrize("end", ["refused", "withdrawn", "lapsed"])
def test_what_nobody_agreed_to_is_deleted(register: Stage, case_id: str, end: str) -> None:
    approval_id = ask(register, case_id, registered(register))
    assert files(register) == 1
    if end == "refused":
        decide(register.approvals, SECRETARY, approval_id, False, "not_needed")
    elif end == "withdrawn":
        withdraw(register.approvals, DUTY, approval_id)
    else:
        register.later(days=2)
        let_time_pass(register.approvals)
    assert drop_refused(register.approvals) == 1
    assert drop_refused(register.approvals) == 0
    assert files(register) == 0 and list_photos(register.store, case_id) == []


@pytest.mark.parametrize(
    ("purpose", "reason", "refusal"),
    [("", WHY[1], ViewPurposeNeeded), ("incident", "x", ReasonNeeded)],
)
def test_a_still_needs_purpose_and_reason(
    register: Stage, case_id: str, purpose: str, reason: str, refusal: type[RuleViolation]
) -> None:
    camera_id = registered(register)
    with lent(register.store, camera_id), pytest.raises(refusal):
        ask_still(register.approvals, DUTY, case_id, camera_id, purpose, reason)
    assert files(register) == 0


def test_only_who_watches_and_works_on_the_case_may_ask(register: Stage, case_id: str) -> None:
    camera_id = registered(register)
    for role in ("secretary", "property", "privacy"):
        with pytest.raises((NotAllowed, NotThere)):
            ask(register, case_id, camera_id, officer(role, 7))
    with pytest.raises(NotThere):
        ask(register, "nothing", camera_id)
    assert files(register) == 0


def test_a_camera_that_does_not_answer_gives_no_still(register: Stage, case_id: str) -> None:
    camera_id = registered(register)
    with lent(register.store, camera_id, "unauthorized"), pytest.raises(StillMissing) as found:
        ask_still(register.approvals, DUTY, case_id, camera_id, *WHY)
    assert found.value.fields == {"reason": "unauthorized"}
    with pytest.raises(HubMissing):
        ask_still(register.approvals, DUTY, case_id, camera_id, *WHY)


def test_a_covered_copy_hides_what_lies_under_the_boxes(register: Stage, case_id: str) -> None:
    photo_id = still(register, case_id)
    box = Box(0.25, 0.25, 0.5, 0.5)
    copy_id = cover(register.store, register.audit, DUTY, case_id, photo_id, [box])
    shown = Image.open(BytesIO(read(register.store, case_id, copy_id)))
    assert max(shown.getpixel((320, 180))) < 20 and min(shown.getpixel((20, 20))) > 230
    whole = Image.open(BytesIO(read(register.store, case_id, photo_id)))
    assert min(whole.getpixel((320, 180))) > 230  # the original stays as it was
    kinds = [row["kind"] for row in list_photos(register.store, case_id)]
    assert kinds == ["camera", "covered"]


def test_who_may_not_watch_cameras_sees_the_covered_copy_alone(
    register: Stage, case_id: str
) -> None:
    photo_id = still(register, case_id)
    copy_id = cover(register.store, register.audit, DUTY, case_id, photo_id, [Box(0, 0, 0.5, 0.5)])
    assert [row["kind"] for row in photos_of(register.store, DUTY, case_id)] == [
        "camera",
        "covered",
    ]
    current_viewer.set(SECRETARY)
    assert [row["photo_id"] for row in photos_of(register.store, SECRETARY, case_id)] == [copy_id]
    assert read_photo(register.store, SECRETARY, case_id, copy_id).startswith(b"\xff\xd8")
    for look in (
        lambda: read_photo(register.store, SECRETARY, case_id, photo_id),
        lambda: cover(register.store, register.audit, SECRETARY, case_id, photo_id, ()),
    ):
        with pytest.raises(NotThere):
            look()


def test_a_copy_can_be_taken_back_and_an_original_cannot(register: Stage, case_id: str) -> None:
    photo_id = still(register, case_id)
    copy_id = cover(register.store, register.audit, DUTY, case_id, photo_id, [])
    with pytest.raises(NotThere):
        take_back(register.store, register.audit, DUTY, case_id, photo_id)
    with pytest.raises(NotThere):
        cover(register.store, register.audit, DUTY, case_id, copy_id, [])
    take_back(register.store, register.audit, DUTY, case_id, copy_id)
    assert [row["kind"] for row in list_photos(register.store, case_id)] == ["camera"]
    assert files(register) == 1
    with pytest.raises(NotAllowed):
        cover(register.store, register.audit, officer("privacy"), case_id, photo_id, [])


@pytest.mark.parametrize(
    "text",
    ["", ";", "0,0,1", "a,b,c,d", "0,0,2,1", "-0.1,0,0.5,0.5", "0,0,0,0.5", "nan,0,0.5,0.5"],
)
def test_what_is_no_box_is_refused(text: str) -> None:
    with pytest.raises(BoxesInvalid):
        boxes_of(text)


def test_boxes_are_read_and_grow_to_whole_pixels() -> None:
    assert boxes_of("0,0,0.5,0.5;0.5,0.5,0.5,0.5") == (Box(0, 0, 0.5, 0.5), Box(0.5, 0.5, 0.5, 0.5))
    assert Box(0.001, 0.001, 0.01, 0.01).pixels(640, 360) == (0, 0, 7, 3)
    assert Box(0.5, 0.5, 0.5, 0.5).pixels(640, 360) == (320, 180, 639, 359)
