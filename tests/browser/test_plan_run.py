"""A drill from one press to its review: the band on every page, the wall's board, the timers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]
LIFT = '[data-plan="lift-entrapment"]'


def test_a_drill_runs_from_one_press_to_its_review(demo_app: Any, watched: Opener) -> None:
    wall = watched(role="wall").page
    wall.goto(f"{demo_app.url}/wall")
    expect(wall.locator("#alarms-note")).to_be_visible()
    expect(wall.locator("#plan-ribbon")).to_be_hidden()
    desk = watched(1440, 900).page
    desk.goto(f"{demo_app.url}/plans")
    desk.locator(f'{LIFT} [data-action="start:drill"]').click()
    rows = desk.locator(".plan-row")
    expect(rows).to_have_count(9)
    # The wall: band, board, every step with its timer, and nobody's name.
    expect(wall.locator("#plan-ribbon")).to_contain_text("这是演练，不是真实事件")
    board = wall.locator("#react-entry-point #plan-board")
    expect(board).to_be_visible()
    expect(board).to_have_attribute("data-drill", "true")
    expect(board.locator(".plan-step")).to_have_count(9)
    expect(board.locator('[data-step="talk"] .plan-left')).to_contain_text("剩")
    assert wall.evaluate("document.documentElement.scrollHeight") == 1080
    expect(desk.locator("#plan-ribbon")).to_contain_text("演练")
    # A second person confirms; both screens hear of it.
    second = watched(1440, 900, "en", role="secretary").page
    second.goto(desk.url)
    expect(second.locator("#plan-ribbon")).to_contain_text("DRILL")
    second.locator('[data-action="confirm"]').click()
    expect(desk.locator(".plan-top")).to_contain_text("第二人已确认")
    expect(board).to_contain_text("第二人已确认")
    # Steps: one too early, the others one after the other.
    desk.locator('[data-step="power-off"] [data-action^="done"]').click()
    expect(desk.locator(".door-notice.refused")).to_contain_text("请先完成")
    for step in ("talk", "call-firm", "on-site", "power-off", "release", "care", "stop"):
        desk.locator(f'[data-step="{step}"] [data-action^="done"]').click()
        expect(desk.locator(f'.plan-row[data-step="{step}"]')).to_have_attribute(
            "data-state", "done"
        )
    expect(board.locator('[data-step="stop"]')).to_have_attribute("data-state", "done")
    timeline = desk.locator(".review-timeline")
    end_it(desk, timeline)
    # The review, on both desks; the wall is as before.
    expect(timeline).to_contain_text("启动")
    expect(timeline.locator("li")).to_have_count(10)  # started, confirmed, seven steps, ended
    expect(second.locator(".review-timeline")).to_contain_text("Step done")
    expect(board).to_be_hidden()
    expect(wall.locator("#plan-ribbon")).to_be_hidden()
    expect(desk.locator("#plan-ribbon")).to_be_hidden()


def end_it(desk: Page, timeline: Locator) -> None:
    """Press twice: it asks once more, and anew where news renewed the page between the two."""
    end = desk.locator('[data-action="end"]')
    end.click()
    desk.wait_for_timeout(1_500)
    assert timeline.count() == 0
    for _ in range(20):
        if end.count():
            end.click()
        desk.wait_for_timeout(500)
        if timeline.count():
            return
