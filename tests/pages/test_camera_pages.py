"""The camera register and the call register as pages: what they show, take and never show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest
from dash import no_update

from actions.approvals import Approvals
from actions.cameras.viewing import Viewings
from actions.cameras.viewing_rows import Why
from actions.cases.photos import list_photos
from actions.deciding import decide
from actions.intake.recording import record, record_community
from actions.notify.posting import Guard
from actions.vault import Vault
from data.store import Store
from rules.records import CaseRecord, CommunityRecord, DeviceRecord
from rules.viewer import Viewer
from tests.actions.cameras.hub import lent

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
SECRET, HOST = "geheim-90210", "10.8.7.6"


@pytest.fixture
def camera_id(store: Store) -> str:
    record_community(store, CommunityRecord(community_id="demo", name_zh="社区")).result()
    row = DeviceRecord(source_id="c1", kind="camera", name_zh="东门 1号", name_en="East Gate 1")
    return str(record(store, "devices", "demo", "t", [row]).result()[0].id)


@pytest.fixture
def register_page(
    page: Page, as_viewer: Callable[..., Viewer], monkeypatch: pytest.MonkeyPatch
) -> ModuleType:
    """The page of the register, for an administrator who may reach one private network."""
    as_viewer("admin")
    module = page("camera_register")
    monkeypatch.setattr(module, "guard_of", lambda running: Guard(("10.8.0.0/16",)))
    return module


def press(module: ModuleType, action: str, object_id: str, **values: Any) -> tuple[Any, Any]:
    wish = {"action": action, "id": object_id, "values": {"community": "demo", **values}}
    answer: tuple[Any, Any] = module.answer_camera_register(wish)
    return answer


def save(module: ModuleType, camera_id: str, **more: str) -> tuple[Any, Any]:
    values = {
        "kind": "rtsp",
        "address": f"rtsp://{HOST}/live",
        "user": "viewer",
        "password": SECRET,
        "legal_class": "art9",
        "site": "gate",
        **more,
    }
    return press(module, "save", camera_id, **values)


def test_a_record_is_saved_and_its_address_is_never_shown(
    register_page: ModuleType, camera_id: str, render: Render
) -> None:
    assert "未登记" in render(register_page.layout(community="demo"))
    notice, body = save(register_page, camera_id)
    whole = render(notice) + render(body)
    whole += render(register_page.layout(community="demo"))
    whole += render(register_page.layout(community="demo", camera=camera_id))
    assert "地址已保存" in whole and "rtsp" in whole
    assert SECRET not in whole and HOST not in whole


def test_what_is_wrong_is_said_and_nothing_is_lost(
    register_page: ModuleType, camera_id: str, render: Render
) -> None:
    notice, body = save(register_page, camera_id, site="toilet")
    assert body is no_update and "第八条" in render(notice)
    notice, _ = save(register_page, camera_id, address="rtsp://192.168.7.7/live")
    assert "192.168.7.7" in render(notice) or "地址" in render(notice)
    assert "未登记" in render(register_page.layout(community="demo"))


@pytest.mark.parametrize(
    ("reason", "words"),
    [("", "640 × 360"), ("unauthorized", "没有画面"), ("not_found", "没有画面")],
)
def test_the_test_button_says_how_the_camera_is(
    register_page: ModuleType,
    store: Store,
    camera_id: str,
    render: Render,
    reason: str,
    words: str,
) -> None:
    with lent(store, camera_id, reason):
        notice, body = press(register_page, "test", camera_id)
    assert body is no_update and words in render(notice)
    notice, _ = press(register_page, "test", camera_id)
    assert "没有读取摄像头" in render(notice)


def test_the_call_register_shows_lines_and_reasons_to_whoever_audits(
    page: Page,
    as_viewer: Callable[..., Viewer],
    store: Store,
    vault: Vault,
    camera_id: str,
    render: Render,
) -> None:
    viewings = Viewings(Approvals(store, vault.keyring, vault.audit))
    duty = as_viewer("duty_officer")
    viewings.begin(duty, camera_id, Why("incident", "查看东门 <b>车道</b>"))
    viewings.stop()
    as_viewer("privacy")
    shown = page("camera_viewings").layout(community="demo", mode="single")
    assert "查看东门 <b>车道</b>" in render(shown) and "东门 1号" in render(shown)
    none = page("camera_viewings").layout(community="demo", mode="wall", since="nonsense")
    assert "没有符合条件" in render(none)


def test_a_case_gets_a_still_and_a_covered_copy(
    page: Page,
    as_viewer: Callable[..., Viewer],
    store: Store,
    vault: Vault,
    camera_id: str,
    render: Render,
) -> None:
    as_viewer("duty_officer")
    row = CaseRecord(source_id="k1", category="parking", reported_at=datetime.now(UTC))
    case_id = str(record(store, "cases", "demo", "t", [row]).result()[0].id)
    pictures = page("case_pictures")
    assert "东门 1号" in render(pictures.layout(case=case_id))

    def press(action: str, object_id: str = "", **values: str) -> str:
        wish = {"action": action, "id": object_id, "values": {"case": case_id, **values}}
        return render(pictures.answer_case_pictures(wish)[0])

    why = {"camera": camera_id, "purpose": "incident", "reason": "东门剐蹭"}
    assert "没有读取摄像头" in press("ask", **why)
    with lent(store, camera_id, "unauthorized"):
        assert "没有画面" in press("ask", **why)
    with lent(store, camera_id):
        assert "等待第二人" in press("ask", **why)
    approvals = Approvals(store, vault.keyring, vault.audit)
    secretary = as_viewer("secretary")
    waiting = approvals.listing(secretary, "demo", undecided=True)
    assert waiting[0]["detail"]["camera"] == "东门 1号"
    decide(approvals, secretary, waiting[0]["approval_id"], True)
    as_viewer("duty_officer")
    photo_id = list_photos(store, case_id)[0]["photo_id"]
    assert "画 1 至 40 个" in press("cover", photo_id, boxes="")
    assert "已保存" in press("cover", photo_id, boxes="0.1,0.1,0.3,0.3")
    assert "撤回副本" in render(pictures.layout(case=case_id))
