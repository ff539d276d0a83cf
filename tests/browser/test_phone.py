"""Phones in a real browser: a report that outlives the network, a worker's day, a video call."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench.session import browser_cookies
from tests.browser.conftest import FLAGS
from tests.browser.phone_stage import PhoneStage, set_up

FAKE_CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium with a made-up camera."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("no Chromium found; `make test` installs it as root on Debian")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *FAKE_CAMERA])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, app_class: Any) -> Iterator[PhoneStage]:
    """The app, shared by the tests in their order; the store is read once it has stopped."""
    made = set_up(tmp_path_factory.mktemp("phones"), app_class)
    yield made
    if made.app.running():
        made.app.kill()


@pytest.fixture
def opened(browser: Browser, stage: PhoneStage) -> Iterator[Callable[..., Page]]:
    """Open a page as a resident or signed in; no error may have been logged at the end."""
    pages: list[tuple[Page, list[str]]] = []

    def open_page(path: str, login: str = "", size: dict[str, int] | None = None) -> Page:
        context = browser.new_context(viewport=size or PHONE, permissions=["geolocation"])
        if login:
            context.add_cookies(browser_cookies(stage.cookies[login]))
        page, errors = context.new_page(), list[str]()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.set_default_timeout(30_000)
        page.goto(stage.app.url + path)
        pages.append((page, errors))
        return page

    yield open_page
    for page, errors in pages:
        page.context.close()
        assert errors == []


def picture() -> dict[str, Any]:
    written = BytesIO()
    Image.new("RGB", (2400, 1600), "orange").save(written, "JPEG")
    return {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def wait_for_frames(desk: Page) -> None:
    """Wait until the picture moves; the policy of the page forbids waiting inside it."""
    frames = "e => e.getVideoPlaybackQuality().totalVideoFrames"
    deadline = time.monotonic() + 90
    while desk.locator(".video-tile video").evaluate(frames) < 5:
        assert time.monotonic() < deadline, "no picture arrived"
        desk.wait_for_timeout(100)


def test_a_report_made_without_network_is_sent_once_and_followed(
    opened: Callable[..., Page], stage: PhoneStage
) -> None:
    page = opened(f"/report?p={stage.places['2号楼']}")
    page.fill("[name=text]", "二单元楼道灯不亮，晚上看不见台阶")
    expect(page.locator("[name=category]")).to_have_value("street_light")
    page.fill("[name=answer_0]", "昨晚开始")
    page.locator(".phone-map summary").click()
    page.locator(".phone-plan img").click(position={"x": 100, "y": 60})
    expect(page.locator(".phone-pin")).to_be_visible()
    page.set_input_files("[name=photo]", picture())
    expect(page.locator(".phone-pictures img")).to_have_count(1)
    page.fill("[name=number]", "13900000001")
    page.context.set_offline(True)
    page.click(".phone-go")
    expect(page.locator(".phone-queue .phone-bad")).to_be_visible()
    page.context.set_offline(False)
    link = page.locator(".phone-queue .phone-good a")
    link.click()
    expect(page.locator(".phone-status")).to_be_visible()
    expect(page.locator(".phone-gallery img")).to_have_count(1)
    page.fill("[data-deed=reply] [name=words]", "今晚有人在家")
    page.locator("[data-deed=reply] button").click()
    expect(page.locator(".phone-mine")).to_contain_text("今晚有人在家")
    page.locator("[data-part=recorded] summary").click()
    expect(page.locator(".phone-facts")).to_contain_text("139****0001")


def test_a_worker_calls_by_video_and_finishes_with_photos(
    opened: Callable[..., Page], stage: PhoneStage
) -> None:
    desk = opened(f"/cases/{stage.case_id}", "officer", {"width": 1400, "height": 900})
    phone = opened("/field", "grid1")
    task = f"[data-task='{stage.task_id}']"
    phone.locator(f"{task} form[data-deed=accept] button").click()
    expect(phone.locator(".phone-good")).to_be_visible()
    phone.locator(f"[data-call='{stage.task_id}'] button").click()
    expect(phone.locator(".phone-call video")).to_be_visible()
    desk.locator(".video-tile [data-video=answer]").click()
    # Two browsers encode and decode at once here: minutes on a busy machine would still be right.
    expect(desk.locator(".video-tile[data-live=yes]")).to_be_visible(timeout=90_000)
    expect(phone.locator(".phone-call[data-live=yes]")).to_be_visible(timeout=90_000)
    wait_for_frames(desk)
    desk.locator(".video-tile [data-video=hang_up]").click()
    expect(phone.locator(".phone-call")).to_have_count(0)
    expect(desk.locator(".video-tile")).to_have_count(0)
    phone.locator(f"{task} details:has(form[data-deed=finish]) summary").click()
    phone.fill(f"{task} form[data-deed=finish] textarea", "已换新灯管")
    phone.set_input_files(f"{task} form[data-deed=finish] [name=after]", picture())
    phone.context.set_offline(True)
    phone.locator(f"{task} form[data-deed=finish] button").click()
    expect(phone.locator(".phone-queue .phone-bad")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.locator(task)).to_have_count(0)
    expect(desk.locator(".case-photos img")).to_have_count(1)


def test_everything_was_written_down_exactly_once(stage: PhoneStage) -> None:
    stage.app.stop()
    cases = stage.rows(
        "select category, locality, source_crs, accuracy_m from case_now where source = 'report'"
    )
    assert cases == [("street_light", "2号楼", "WGS84", 10.0)]
    assert stage.rows(
        "select kind, count(*) from case_photo_event group by kind order by kind"
    ) == [
        ("after", 1),
        ("report", 1),
    ]
    assert stage.rows("select width from case_photo_now where kind = 'report'") == [(1600,)]
    events = stage.rows("select event_kind from video_call_event order by event_id")
    assert [row[0] for row in events] == ["ringing", "answered", "ended"]
    assert stage.rows("select outcome, purpose from video_call_now") == [("hung_up", "show")]
    done = stage.rows(
        f"select count(*) from case_event where case_id = '{stage.case_id}' "
        "and action = 'feed_back'"
    )
    assert done == [(1,)]
