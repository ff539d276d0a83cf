"""The camera register and the call register as pages: what they show, take and never show."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from dash import no_update

from actions.approvals import Approvals
from actions.cameras.glimpse import lend_hub, take_hub_back
from actions.cameras.viewing import Viewings
from actions.cameras.viewing_rows import Why
from actions.intake.recording import record, record_community
from actions.notify.posting import Guard
from actions.vault import Vault
from cameras.model import CameraUnknown, Condition, Frame, Hub, Wish
from data.store import Store
from rules.records import CommunityRecord, DeviceRecord
from rules.viewer import Viewer

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
SECRET, HOST = "geheim-90210", "10.8.7.6"
JPEG = b"\xff\xd8\xff\xd9"


class _Watch:
    def change(self, wish: Wish) -> None:
        """Nothing is decoded here."""

    def close(self) -> None:
        """Nor let go."""


class OneCameraHub:
    """A hub with one camera that answers or refuses at once."""

    def __init__(self, camera_id: str, reason: str = "") -> None:
        self.camera_id, self.reason = camera_id, reason

    def watch(self, camera_id: str, wish: Wish, on_frame: Callable[[Frame], None]) -> _Watch:
        if camera_id != self.camera_id:
            raise CameraUnknown
        if not self.reason:
            asyncio.get_running_loop().call_soon(on_frame, self._frame())
        return _Watch()

    def frame(self, camera_id: str) -> Frame | None:
        return None if self.reason else self._frame()

    def condition(self, camera_id: str) -> Condition:
        return Condition("refused" if self.reason else "live", 0, None, self.reason)

    def _frame(self) -> Frame:
        return Frame(JPEG, int(time.time() * 1000), 1, 640, 360)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    thread = threading.Thread(target=made.run_forever, daemon=True)
    thread.start()
    yield made
    made.call_soon_threadsafe(made.stop)
    thread.join()
    made.close()


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
    loop: asyncio.AbstractEventLoop,
    reason: str,
    words: str,
) -> None:
    hub: Any = OneCameraHub(camera_id, reason)
    made: Hub = hub
    lend_hub(store, made, loop)
    notice, body = press(register_page, "test", camera_id)
    take_hub_back(store)
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
