"""Who reads the call register of cameras, what the filters find, and that reading leaves a line."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from actions.access import NotAllowed, NotThere
from actions.cameras.viewing import Viewings
from actions.cameras.viewing_reading import read_viewings
from actions.cameras.viewing_rows import Why
from actions.files.export_rows import Extent, read_rows
from rules.privacy import ACCOUNT_ROLES
from rules.viewer import Viewer
from tests.actions.cameras.stage import registered
from tests.rights_stage import Stage, officer

PRIVACY, DUTY = officer("privacy"), officer("duty_officer")
WALL = Viewer("kiosk", "w1", "wall", frozenset({"demo"}))


def read(stage: Stage, asking: Viewer = PRIVACY, **wanted: object) -> list[dict]:
    return read_viewings(stage.store, stage.keyring, stage.audit, asking, "demo", wanted)


@pytest.fixture
def watched(register: Stage) -> str:
    """One camera watched by itself, then by a wall; returns its id."""
    camera_id = registered(register, legal_class="art7")
    viewings = Viewings(register.approvals)
    viewings.begin(DUTY, camera_id, Why("incident", "查看东门消防车道"))
    viewings.glance(WALL, "demo", camera_id)
    viewings.stop()
    return camera_id


def test_the_register_says_who_which_when_and_why(register: Stage, watched: str) -> None:
    wall, single = read(register)
    assert (single["viewer"], single["purpose"], single["reason"]) == (
        DUTY.actor, "incident", "查看东门消防车道",
    )  # fmt: skip
    assert (single["approval_state"], single["name_zh"]) == ("waiting", "东门 1号")
    assert (wall["mode"], wall["purpose"], wall["reason"]) == ("wall", None, None)


def test_the_filters_find_what_they_ask_for(register: Stage, watched: str) -> None:
    assert len(read(register, device_id=watched)) == 2
    assert read(register, device_id="another") == []
    assert [row["mode"] for row in read(register, mode="wall")] == ["wall"]
    assert [row["mode"] for row in read(register, viewer=DUTY.actor)] == ["single"]
    assert read(register, since=register.now.replace(year=2099)) == []
    newest = read(register)[0]["viewing_id"]
    assert [row["mode"] for row in read(register, before=newest)] == ["single"]


@pytest.mark.parametrize("role", [role for role in ACCOUNT_ROLES if role != "privacy"])
def test_only_who_audits_reads_it(register: Stage, role: str) -> None:
    with pytest.raises(NotAllowed):
        read(register, officer(role))
    with pytest.raises(NotThere):
        read(register, officer("privacy", 3, "other"))


def test_reading_leaves_a_line_of_its_own(register: Stage, watched: str) -> None:
    read(register, device_id=watched)
    lines = register.audited("camera.viewings_read")
    assert lines == [("done", PRIVACY.actor, watched, "filters device_id")]


def test_a_copy_of_it_has_no_reasons(register: Stage, watched: str) -> None:
    extent = Extent("camera_viewings", "demo", None, None, None, ZoneInfo("Asia/Shanghai"))
    table = read_rows(register.store, register.keyring, extent, register.now.date())
    assert len(table.rows) == 2 and "查看" not in str(table.rows)
