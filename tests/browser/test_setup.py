"""Setting a community up in a real browser: from nothing to grids, by mouse, keys and typing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.actions.setup_stage import LAT, LON, spot

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]
HOSTILE = "<img src=x onerror='window.__hacked=1'><script>window.__hacked=1</script>"
PAGES = ("/setup", "/setup/map", "/setup/workers", "/contacts")


def open_editor(app: Any, opener: Opener, **options: Any) -> Page:
    page: Page = opener(1440, 900, role="admin", **options).page
    page.goto(f"{app.url}/setup/map")
    expect(page.locator("#setup-map-panel > *").first).to_be_visible()
    page.wait_for_function("window.yiping.setupMap.leaflet() !== null")
    expect(page.locator("#setup-map-answer")).not_to_be_empty()
    return page


def pixel(page: Page, east_m: float, north_m: float) -> tuple[float, float]:
    """Where on the screen a point so many metres from the centre stands."""
    lon, lat = spot(east_m, north_m)
    at = page.evaluate(
        "([lon, lat]) => { const at = yiping.setupMap.pixel(lon, lat); return [at.x, at.y]; }",
        [lon, lat],
    )
    box = page.locator("#setup-map-canvas").bounding_box()
    assert box is not None
    return box["x"] + at[0], box["y"] + at[1]


def click(page: Page, east_m: float, north_m: float) -> None:
    x, y = pixel(page, east_m, north_m)
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    page.wait_for_timeout(350)  # two clicks in a row are not a double click


def draw(page: Page, tool: str, corners: list[tuple[float, float]], name: str) -> None:
    page.locator(f".setup-tool[data-tool={tool}]").click()
    expect(page.locator("form[data-noun=area]")).to_be_visible()
    for corner in corners:
        click(page, *corner)
    page.keyboard.press("Enter")
    page.fill("form[data-noun=area] input[name=name_zh]", name)
    page.locator("form[data-noun=area] [data-action=save]").click()


def said(page: Page) -> Any:
    return page.locator("#setup-map-notice .setup-notice")


def rect(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    return [(west, south), (east, south), (east, north), (west, north)]


def test_an_empty_community_is_drawn_from_nothing(empty_app: Any, watched: Opener) -> None:
    page = open_editor(empty_app, watched)
    page.fill("input[name=lon]", str(LON))
    page.fill("input[name=lat]", str(LAT))
    page.locator("[data-action=centre]").click()
    expect(page.locator(".setup-notice.setup-done")).to_have_text("社区中心已设定")
    page.wait_for_function("yiping.setupMap.leaflet().getZoom() >= 15")

    draw(page, "boundary", rect(-300, -200, 300, 200), "新社区")
    expect(page.locator(".setup-notice.setup-done")).to_have_text("已保存")
    draw(page, "grid", rect(-350, -250, 0, 250), "西网格")  # roughly over the boundary
    expect(page.locator(".setup-panel-title")).to_have_text("西网格")
    expect(page.locator(".setup-gap")).to_have_count(1)
    draw(page, "grid", rect(-60, -250, 350, 250), "东网格")  # and over its neighbour
    expect(page.locator(".setup-panel-title")).to_have_text("东网格")
    expect(page.locator(".setup-gap")).to_have_count(0)
    expect(page.locator(".setup-area-grid")).to_have_count(2)

    # The same ground twice, uncut, is refused with name and size; nothing typed is lost.
    page.locator(".setup-tool[data-tool=grid]").click()
    expect(page.locator("form[data-kind=grid][data-id='']")).to_be_visible()
    for corner in rect(-100, -100, 100, 100):
        click(page, *corner)
    page.keyboard.press("Enter")
    page.fill("input[name=name_zh]", "重叠网格")
    page.locator("[data-switch=fit]").click()
    page.locator("form [data-action=save]").click()
    expect(said(page)).to_contain_text("西网格")
    expect(said(page)).to_contain_text("平方米")
    expect(page.locator("input[name=name_zh]")).to_have_value("重叠网格")
    page.keyboard.press("Escape")
    expect(page.locator(".setup-gaps")).to_contain_text("没有空白")


def test_a_crossed_outline_is_refused_and_a_corner_can_be_taken_back(
    empty_app: Any, watched: Opener
) -> None:
    page = open_editor(empty_app, watched)
    page.locator(".setup-tool[data-tool=zone]").click()
    expect(page.locator("form[data-kind=zone]")).to_be_visible()
    for corner in ((-50, -50), (50, 50), (50, -50), (-50, 50), (0, 180)):
        click(page, *corner)
    expect(page.locator(".setup-shape-note")).to_contain_text("5")
    page.keyboard.press("Backspace")
    expect(page.locator(".setup-shape-note")).to_contain_text("4")
    page.keyboard.press("Enter")
    page.fill("input[name=name_zh]", "交叉")
    page.locator("form [data-action=save]").click()
    expect(said(page)).to_contain_text("自相交")


def test_a_camera_is_placed_turned_dragged_and_the_move_undone(
    empty_app: Any, watched: Opener
) -> None:
    page = open_editor(empty_app, watched)
    page.locator(".setup-kind").select_option("device:camera")
    page.locator(".setup-tool[data-tool=place]").click()
    expect(page.locator("form[data-noun=device]")).to_be_visible()
    click(page, 40, 40)
    page.fill("input[name=name_zh]", "东门摄像头")
    page.fill("input[name=heading_deg]", "90")
    page.locator("form [data-action=save]").click()
    expect(said(page)).to_have_text("已保存")
    expect(page.locator(".setup-heading")).to_have_count(1)
    before = page.evaluate("yiping.setupMap.selected()")
    start, goal = pixel(page, 40, 40), pixel(page, 120, -60)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*goal, steps=8)
    page.mouse.up()
    expect(said(page)).to_have_text("已移动")
    after = page.evaluate("yiping.setupMap.selected()")
    assert after["id"] == before["id"]
    assert after["lon"] == pytest.approx(spot(120, -60)[0], abs=3e-5)
    page.locator("#setup-map-changes [data-action=undo]").first.click()
    expect(said(page)).to_have_text("已撤销")
    page.locator("#setup-map-changes [data-action=undo]").first.click()  # and forth again
    expect(page.locator("#setup-map-changes li").first).to_contain_text("撤销")


def test_the_second_of_two_admins_is_told(empty_app: Any, watched: Opener) -> None:
    def open_gate(page: Page) -> None:
        page.locator(".setup-panel summary", has_text="全部区域").click()
        page.locator(".setup-unplaced button", has_text="社区").first.click()
        expect(page.locator("form[data-noun=area] input[name=code]")).to_be_visible()

    first, second = open_editor(empty_app, watched), open_editor(empty_app, watched)
    for page in (first, second):
        open_gate(page)
        page.fill("input[name=code]", "370000000001")
    first.locator("form [data-action=save]").click()
    expect(said(first)).to_have_text("已保存")
    second.fill("input[name=code]", "370000000002")
    second.locator("form [data-action=save]").click()
    expect(said(second)).to_contain_text("已被他人")
    expect(second.locator("input[name=code]")).to_have_value("370000000002")


def test_names_that_are_markup_stay_words(empty_app: Any, watched: Opener, tmp_path: Path) -> None:
    ring = [list(spot(*corner)) for corner in rect(-250, -150, 250, 150)]
    facts = {"编号": "x1", "名称": HOSTILE, "层级": "片区"}
    outline = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    feature = {"type": "Feature", "properties": facts, "geometry": outline}
    sheet = tmp_path / "areas.geojson"
    sheet.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), "utf-8")
    roster = tmp_path / "workers.csv"
    roster.write_text(f'编号,呼号,岗位\nw1,"{HOSTILE}",网格员\n', "utf-8")
    for kind, file in (("areas", sheet), ("workers", roster)):
        imported = empty_app.cli("import", kind, str(file), "--mapping", kind, "--community", "new")
        assert '"new": 1' in imported.stdout, imported.stderr
    page = watched(1440, 900, role="admin").page
    for path in PAGES:
        page.goto(f"{empty_app.url}{path}")
        expect(page.locator(".setup-tabs")).to_be_visible()
        page.wait_for_timeout(1_200)
    page.goto(f"{empty_app.url}/setup/workers")
    expect(page.locator("body")).to_contain_text("<script>")
    editor = open_editor(empty_app, watched)
    expect(editor.locator(".setup-name-zone")).to_have_text(HOSTILE)
    editor.locator(".setup-panel summary", has_text="全部区域").click()
    editor.locator(".setup-unplaced button", has_text="<script>").click()
    expect(editor.locator(".setup-panel-title")).to_have_text(HOSTILE)
    assert editor.evaluate("window.__hacked") is None
    assert page.evaluate("window.__hacked") is None


def test_a_contact_is_registered_and_its_number_read_by_the_desk(
    empty_app: Any, watched: Opener
) -> None:
    page = watched(1440, 900, role="admin").page
    page.goto(f"{empty_app.url}/contacts")
    page.locator("[data-setup=act][data-noun=contact]").click()
    page.locator("[data-switch=services][data-value=lift]").click()
    page.fill("input[name=post_zh]", "电梯值班岗")
    page.fill("input[name=after_number]", "199-0000-0007")
    page.locator("form[data-noun=contact] [data-action=save]").click()
    expect(page.locator(".setup-notice.setup-done")).to_have_text("已保存")
    desk = watched(1440, 900).page
    desk.goto(f"{empty_app.url}/contacts")
    expect(desk.locator("#contact-directory")).to_contain_text("电梯值班岗")
    assert "199-0000" not in desk.content()
    desk.locator("#contact-show").click()
    expect(desk.locator(".setup-number")).to_have_text(["199-0000-0007"])


def test_removing_asks_twice_and_comes_back(empty_app: Any, watched: Opener) -> None:
    page = watched(1440, 900, role="admin").page
    page.goto(f"{empty_app.url}/setup/workers")
    page.locator("[data-setup=act][data-noun=worker][data-id='']").click()
    page.fill("input[name=callsign]", "巡查-09")
    page.locator("form[data-noun=worker] [data-action=save]").click()
    row = page.locator("tr", has_text="巡查-09")
    row.locator("[data-action=open]").click()
    remove = page.locator("form[data-noun=worker] [data-action=remove]")
    remove.click()
    expect(remove).to_have_text("再按一次即停用")
    remove.click()
    expect(page.locator(".setup-notice.setup-done")).to_have_text("已停用")
    expect(row).to_have_count(0)
    page.goto(f"{empty_app.url}/setup")
    page.locator(".setup-changes [data-action=undo]").first.click()
    expect(page.locator(".setup-notice.setup-done")).to_have_text("已撤销")
    page.goto(f"{empty_app.url}/setup/workers")
    expect(row).to_have_count(1)


@pytest.mark.parametrize(
    ("width", "language"),
    [
        (390, "zh-CN"),
        (1920, "en"),
        pytest.param(390, "en", marks=pytest.mark.exhaustive),
        pytest.param(1920, "zh-CN", marks=pytest.mark.exhaustive),
    ],
)
def test_pages_stand_at_every_width_in_both_languages_and_themes(
    demo_app: Any, watched: Opener, language: str, width: int
) -> None:
    page = watched(width, 1000, language, role="secretary").page
    for path in PAGES:
        page.goto(f"{demo_app.url}{path}")
        expect(page.locator(".setup-tabs")).to_be_visible()
        page.wait_for_timeout(1_500)
        shown = page.locator("main").inner_text()
        assert not re.search(r"\b(undefined|NaN)\b|\{\w+\}", shown)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        small = page.evaluate(SMALL_TEXT)
        assert small == [], path
        if path == "/setup/map":
            narrow = width < 900
            expect(page.locator(".setup-narrow")).to_be_visible(visible=narrow)
            expect(page.locator(".setup-tools")).to_be_visible(visible=not narrow)
    page.locator("#theme-switch").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


SMALL_TEXT = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !node.offsetParent) continue;
    if (node.closest(".leaflet-control")) continue;
    const px = parseFloat(getComputedStyle(node).fontSize);
    if (px < 14) found.push(px + " " + node.className + " " + node.textContent.slice(0, 20));
  }
  return found;
}"""
