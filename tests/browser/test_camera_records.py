"""A camera is recorded and tested; a still joins a case and is covered; the register is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
WITH_CAMERAS = True
Opener = Callable[..., Any]
ANSWER_MS = 30_000
# The brightest of the middle of a picture that is shown; the demo's nights are dark.
MIDDLE = """(img) => {
  const canvas = document.createElement("canvas");
  canvas.width = img.naturalWidth;
  canvas.height = img.naturalHeight;
  const pen = canvas.getContext("2d");
  pen.drawImage(img, 0, 0);
  const [wide, high] = [canvas.width / 10, canvas.height / 10];
  const patch = pen.getImageData(4.5 * wide, 4.5 * high, wide, high).data;
  return patch.reduce((most, value, at) => (at % 4 < 3 ? Math.max(most, value) : most), 0);
}"""


def open_page(opened: Any, app: Any, path: str) -> Page:
    page: Page = opened.page
    page.goto(f"{app.url}{path}")
    expect(page.locator(".page-title").first).to_be_visible()
    return page


def press_twice(page: Page, action: str) -> None:
    button = page.locator(f"[data-action={action}]").first
    button.click()
    button.click()


def drag(page: Page, ground: Locator, start: float, end: float) -> None:
    """Drag a box over the picture, from and to a share of both its sides."""
    frame = ground.locator("img").bounding_box()
    assert frame is not None
    x, y, width, height = frame["x"], frame["y"], frame["width"], frame["height"]
    page.mouse.move(x + width * start, y + height * start)
    page.mouse.down()
    page.mouse.move(x + width * end, y + height * end, steps=4)
    page.mouse.up()


def test_a_record_goes_in_and_its_address_never_comes_out(demo_app: Any, watched: Opener) -> None:
    page = open_page(watched(1440, 1000, role="admin"), demo_app, "/camera-register")
    page.locator("table a[href*='camera=']").first.click()
    page.locator("[data-action=test]").click()  # the demo's own scene, before there is a record
    expect(page.locator(".door-notice")).to_contain_text("有应答", timeout=ANSWER_MS)
    page.locator("input[name=address]").fill("rtsp://viewer:geheim@10.9.8.7/live")
    page.locator("[data-action=save]").click()
    expect(page.locator(".door-notice.refused")).to_be_visible()  # no class was chosen
    page.locator("select[data-name=kind]").select_option("file")
    page.locator("select[data-name=legal_class]").select_option("art7")
    page.locator("input[name=address]").fill("nothing.mp4")
    page.locator("[data-action=save]").click()
    expect(page.locator(".door-notice:not(.refused)")).to_be_visible()
    expect(page.locator("input[name=address]")).to_have_value("")
    page.locator("[data-action=test]").click()
    expect(page.locator(".door-notice.refused")).to_contain_text("没有画面", timeout=ANSWER_MS)
    assert "nothing.mp4" not in page.content()
    press_twice(page, "remove")
    expect(page.locator("[data-action=remove]")).to_have_count(0)


def test_a_still_joins_a_case_and_is_covered_before_it_is_shown(
    demo_app: Any, watched: Opener
) -> None:
    row = {
        "source_id": "still-1",
        "category": "parking",
        "reported_at": datetime.now(UTC).isoformat(),
        "title": "东门剐蹭",
    }
    answer = httpx.post(
        f"{demo_app.url}/api/v1/cases",
        json=[row],
        headers={"Authorization": f"Bearer {demo_app.key}"},
    )
    case_id = answer.json()[0]["case_id"]
    opened = watched(1440, 1000)
    page = open_page(opened, demo_app, f"/case-pictures?case={case_id}")
    page.locator("input[name=reason]").fill("东门剐蹭，留存画面")
    page.locator("[data-action=ask]").click()
    expect(page.locator(".door-notice")).to_contain_text("等待第二人", timeout=ANSWER_MS)
    expect(page.locator(".cover-ground")).to_have_count(0)
    second = open_page(watched(1440, 1000, role="secretary"), demo_app, "/approvals")
    card = second.locator(".approval-card", has_text="东门剐蹭")
    card.locator("[data-action=confirm]").click()
    card.locator("[data-action=confirm]").click()
    expect(second.locator(".approval-card", has_text="东门剐蹭")).to_have_count(0)
    page.reload()
    ground = page.locator(".cover-ground").first
    ground.scroll_into_view_if_needed()
    drag(page, ground, 0.3, 0.7)
    expect(ground.locator(".cover-box")).to_have_count(1)
    drag(page, ground, 0.05, 0.2)
    expect(ground.locator(".cover-box")).to_have_count(2)
    ground.locator(".cover-box").last.click()
    expect(ground.locator(".cover-box")).to_have_count(1)
    page.locator("[data-action=cover]").first.click()
    expect(page.locator(".door-notice")).to_contain_text("已保存")
    copy = page.locator(".cover-editor", has=page.locator("[data-action=take_back]")).locator("img")
    copy.scroll_into_view_if_needed()
    expect(copy).to_be_visible()
    page.wait_for_function("img => img.complete && img.naturalWidth > 0", arg=copy.element_handle())
    assert copy.evaluate(MIDDLE) < 15
    assert ground.locator("img").evaluate(MIDDLE) > 20


def test_whoever_audits_reads_the_register(demo_app: Any, watched: Opener) -> None:
    page = open_page(watched(1440, 1000, role="privacy"), demo_app, "/camera-viewings")
    page.locator("select[name=mode]").select_option("single")
    page.locator(".audit-filter button[type=submit]").click()
    page.wait_for_url("**mode=single**")
    expect(page.locator(".page-title")).to_be_visible()
