"""An officer sends the recommended crew with two presses; the wall names nobody."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from actions.intake.recording import record
from actions.roster.following import follow_roster
from data.demo.registers import SOURCE
from data.store import Store
from rules.records import PositionRecord

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]
HERE = (113.4046, 33.3042)


def bring_up_to_date(database: Path) -> None:
    """Put whoever is on duty at this hour beside the case: the shared demo was made a while ago."""
    store, now = Store.open(f"duckdb:{database}"), datetime.now(UTC)
    follow_roster(store, "demo", now)
    working = store.rows("simulator/workers", community_id="demo", source=SOURCE)
    rows = [
        PositionRecord(worker_id=row["source_id"], lon=HERE[0], lat=HERE[1], located_at=now)
        for row in working
        if row["on_duty"]
    ]
    record(store, "positions", "demo", SOURCE, rows).result()
    store.close()


@pytest.fixture(scope="module")
def duty_app(
    tmp_path_factory: pytest.TempPathFactory, app_class: Any, demo_folder: Path
) -> Iterator[Any]:
    """The demo with its roster as of now, and nothing that moves by itself."""
    folder: Path = tmp_path_factory.mktemp("duty")
    app = app_class.copied(demo_folder, folder, YIPING_CONFIG=str(folder / "yiping.toml"))
    (folder / "yiping.toml").write_text(
        "[sources.simulator]\nenabled = false\n[cameras]\nenabled = false\n"
    )
    bring_up_to_date(app.database)
    app.start()
    yield app
    app.kill()


def until(page: Page, expression: str) -> None:
    """Wait until an expression holds; the page's policy forbids Playwright's own waiting."""
    deadline = time.monotonic() + 30
    while not page.evaluate(expression):
        assert time.monotonic() < deadline, expression
        page.wait_for_timeout(100)


def report(app: Any) -> str:
    row = {
        "source_id": "send-1",
        "category": "pipe_leak",
        "title": "水管漏水",
        "lon": HERE[0],
        "lat": HERE[1],
        "reported_at": datetime.now(UTC).isoformat(),
    }
    headers = {"Authorization": f"Bearer {app.key}"}
    answer = httpx.post(f"{app.url}/api/v1/cases", json=[row], headers=headers)
    assert answer.status_code == 201, answer.text
    return str(answer.json()[0]["case_id"])


def test_two_presses_send_the_crew_with_reasons_shown(duty_app: Any, watched: Opener) -> None:
    case_id = report(duty_app)
    wall = watched(role="wall", app=duty_app).page
    wall.goto(f"{duty_app.url}/wall?community=demo")
    note = wall.locator("[data-figure=workers] .figure-note")
    expect(note).to_have_text(re.compile(r"网\d+ · 物[1-9]\d* · 巡\d+ · 志\d+"))
    page = watched(1440, 1000, app=duty_app).page
    page.goto(f"{duty_app.url}/?community=demo&status=reported")
    drawn = f"yiping.casesLayer.marks().some((mark) => mark.id === '{case_id}')"
    until(page, f"!!window.yiping && !!yiping.oneMap && {drawn}")
    page.evaluate(f"yiping.oneMap.show('{case_id}', {HERE[0]}, {HERE[1]})")
    foot = page.locator(".card-dispatch")
    expect(foot).to_contain_text("石榴物业服务有限公司")
    expect(foot).to_contain_text("相距")
    foot.locator("button").click()
    expect(foot).to_contain_text("已派出 1 个力量")
    until(wall, "yiping.wayLayer.lines().length === 1")
    wall.evaluate(f"yiping.oneMap.show('{case_id}', {HERE[0]}, {HERE[1]})")
    expect(wall.locator(".card-dispatch, .card-rows").first).to_be_visible()
    expect(wall.locator("#one-map-card")).not_to_contain_text("石榴物业")
    page.goto(f"{duty_app.url}/cases/{case_id}")
    expect(page.locator(".case-state .tag")).to_have_text("已派遣")
    expect(page.locator(".case-people").first).to_contain_text("依据：相距")
