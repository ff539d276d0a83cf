"""The page of pictures kept with alarms: asking, waiting, looking, putting one into a case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from actions.access import NotAllowed
from actions.approvals import Approvals
from actions.deciding import decide
from actions.vault import Vault
from components.wording import text
from data.store import Store
from rules.viewer import Viewer
from tests.actions.cameras.kept import kept_alarm, named, strips
from tests.rights_stage import Stage, officer

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]


@pytest.fixture
def stage(store: Store, vault: Vault, tmp_path: Path) -> Stage:
    """The community of the page's store."""
    return Stage(tmp_path, store, vault)


def wish(action: str, object_id: str, **values: str) -> dict[str, Any]:
    return {"action": action, "id": object_id, "values": values}


def agree(stage: Stage) -> None:
    approvals = Approvals(stage.store, stage.keyring, stage.audit)
    secretary = officer("secretary", 2)
    waiting = approvals.listing(secretary, "demo", undecided=True)
    decide(approvals, secretary, waiting[0]["approval_id"], True)


def test_asked_for_agreed_to_and_looked_at(
    page: Page, stage: Stage, render: Render, language: str
) -> None:
    pictures = page("alarm_pictures")
    assert text("kept.none_title") in render(pictures.layout(community="demo"))
    alarm_id = kept_alarm(stage, named(stage))
    (strip_id,) = strips(stage, alarm_id)
    assert f"/alarm-pictures?alarm={alarm_id}" in render(pictures.layout(community="demo"))
    assert f"/alarm-pictures?alarm={alarm_id}" in render(page("alarms").layout(community="demo"))
    before = render(pictures.layout(alarm=alarm_id))
    assert text("kept.ask_title") in before and ".jpg" not in before
    notice, _ = pictures.answer_alarm_pictures(wish("ask", alarm_id, purpose="", reason="x"))
    assert text("error.view_purpose_needed") in render(notice)
    why = {"purpose": "incident", "reason": "核实经过"}
    notice, shown = pictures.answer_alarm_pictures(wish("ask", alarm_id, **why))
    assert text("kept.asked") in render(notice) and text("kept.waiting") in render(shown)
    agree(stage)
    after = render(pictures.layout(alarm=alarm_id))
    for number in range(3):
        assert f"/alarm-pictures/{strip_id}/{number}.jpg" in after
    assert text("kept.no_case") in after
    notice, _ = pictures.answer_alarm_pictures(wish("put", f"{strip_id}:0"))
    assert text("error.kept_pictures_no_case") in render(notice)


def test_a_picture_is_put_into_the_case_made_of_the_alarm(
    page: Page, stage: Stage, render: Render
) -> None:
    pictures, alarm_id = page("alarm_pictures"), kept_alarm(stage, named(stage))
    (strip_id,) = strips(stage, alarm_id)
    why = {"purpose": "incident", "reason": "核实经过"}
    pictures.answer_alarm_pictures(wish("ask", alarm_id, **why))
    agree(stage)
    chosen = {"community": "demo", "case": ""}
    page("alarms").answer_alarms(wish("to_case:", alarm_id), chosen)
    case_id = stage.store.rows("alarm/one", alarm_id=alarm_id)[0]["case_id"]
    shown = render(pictures.layout(alarm=alarm_id))
    assert f"/case-pictures?case={case_id}" in shown and f"{strip_id}:2" in shown
    notice, _ = pictures.answer_alarm_pictures(wish("put", f"{strip_id}:2"))
    assert text("kept.put") in render(notice)
    rows = stage.store.rows("case_photo/of_case", case_id=case_id)
    assert [row["kind"] for row in rows] == ["camera"]


@pytest.mark.parametrize("given", [("put", "x"), ("put", "a:b"), ("other", "x"), ("ask", "x")])
def test_what_is_not_there_is_refused(
    page: Page, stage: Stage, render: Render, given: tuple[str, str]
) -> None:
    notice, _ = page("alarm_pictures").answer_alarm_pictures(
        wish(*given, purpose="incident", reason="核实经过")
    )
    assert text("error.not_found") in render(notice)


@pytest.mark.parametrize("role", ["secretary", "subdistrict"])
def test_who_may_not_watch_cameras_is_shown_no_way_to_them(
    page: Page, as_viewer: Callable[..., Viewer], stage: Stage, render: Render, role: str
) -> None:
    alarm_id = kept_alarm(stage, named(stage))
    as_viewer(role)
    assert alarm_id in render(page("alarms").layout(community="demo"))
    assert "/alarm-pictures" not in render(page("alarms").layout(community="demo"))
    for query in ({}, {"alarm": alarm_id}):
        with pytest.raises(NotAllowed):
            page("alarm_pictures").layout(community="demo", **query)
