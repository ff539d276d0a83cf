"""Register, week and set-up list say how available cameras are and what they lack."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import openpyxl
import pytest

from actions.cameras.availability import keep_seen
from actions.intake.recording import record, record_community
from actions.weekly.reading import week_report
from components.wording import Language, named, text
from data.store import Store
from exports.week import week_xlsx
from rules.camera_availability import QUARTER_S
from rules.records import CommunityRecord, DeviceRecord
from rules.viewer import Viewer
from tests.actions.cameras.hub import lent

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
Become = Callable[..., Viewer]
NAMES = ("东门", "西门")


@pytest.fixture
def cameras(store: Store) -> list[str]:
    record_community(store, CommunityRecord(community_id="demo", name_zh="社区")).result()
    rows = [DeviceRecord(source_id=name, kind="camera", name_zh=name) for name in NAMES]
    return [str(each.id) for each in record(store, "devices", "demo", "t", rows).result()]


def watched(store: Store, camera_id: str, at: datetime, **seconds: float) -> None:
    keep_seen(store, {(camera_id, int(at.timestamp()) // QUARTER_S): dict(seconds)})  # type: ignore[dict-item]


def in_lists(part: Any) -> bool:
    """Tell whether a list stands in a list of children, which a browser draws nothing of."""
    if isinstance(part, dict):
        return any(in_lists(each) for each in part.values())
    if isinstance(part, list):
        return any(isinstance(each, list) or in_lists(each) for each in part)
    return False


def test_the_register_says_how_each_camera_is_and_over_how_many_hours(
    page: Page,
    store: Store,
    cameras: list[str],
    as_viewer: Become,
    render: Render,
    language: Language,
) -> None:
    as_viewer("admin")
    shown = render(page("camera_register").layout(community="demo"))
    assert text("error.camera_hub_missing") in shown and text("cameras.not_seen") in shown
    now = datetime.now(UTC)
    watched(store, cameras[0], now, live=9_000.0, refused=1_000.0)
    watched(store, cameras[0], now - timedelta(days=3), live=3_600.0 * 12 - 9_000)
    with lent(store, cameras[0], "unauthorized"):
        shown = render(page("camera_register").layout(community="demo"))
    assert not in_lists(json.loads(shown))
    assert "90.0 %" in shown and f"n={text('cameras.hours', n='2.8')}" in shown
    assert "97.7 %" in shown and f"n={text('cameras.hours', n='12.3')}" in shown
    assert named("camera_reason", "unauthorized") in shown and "troubled" in shown
    assert text("cameras.available_defined", minutes=3) in shown
    assert "{" not in text("cameras.available_defined", minutes=3)


def test_a_list_of_what_is_out_of_order_or_lacking_holds_exactly_those(
    page: Page, store: Store, cameras: list[str], as_viewer: Become, render: Render
) -> None:
    as_viewer("admin")
    watched(store, cameras[0], datetime.now(UTC), live=60.0)
    watched(store, cameras[1], datetime.now(UTC), stalled=60.0)

    def listed(show: str) -> list[str]:
        shown = render(page("camera_register").layout(community="demo", show=show))
        return [name for name in NAMES if f'"{name}"' in shown]

    assert listed("faulty") == listed("refused") == []
    assert listed("picture") == ["西门"]
    shown = render(page("camera_register").layout(community="demo", show="picture"))
    assert '"data-chosen": "picture"' in shown
    assert listed("address") == listed("sign") == listed("") == listed("<b>") == list(NAMES)
    with lent(store, cameras[0], "connect_failed"):
        assert listed("faulty") == listed("refused") == list(NAMES)  # the fake refuses all
    with lent(store, cameras[0]):
        assert listed("faulty") == listed("refused") == []


def test_the_set_up_list_counts_what_cameras_lack_and_leads_to_them(
    page: Page,
    store: Store,
    cameras: list[str],
    as_viewer: Become,
    render: Render,
    language: Language,
) -> None:
    as_viewer("admin")
    watched(store, cameras[0], datetime.now(UTC), refused=60.0)
    with lent(store, cameras[0], "connect_failed"):
        shown = render(page("setup").layout(community="demo"))
    for show in ("address", "place", "fov", "legal_class", "sign", "picture", "refused"):
        assert f"/camera-register?community=demo&show={show}" in shown
    assert text("setup.missing", count="1", total="1") in shown  # never a picture, of one seen
    assert text("setup_why.camera_refusals") in shown
    without_hub = render(page("setup").layout(community="demo"))
    assert "show=refused" not in without_hub and "show=picture" in without_hub


def test_the_week_tells_the_median_and_the_worst_with_n_on_page_and_sheet(
    page: Page, store: Store, cameras: list[str], render: Render, language: Language
) -> None:
    monday = datetime(2026, 3, 9, 4, tzinfo=UTC)
    watched(store, cameras[0], monday, live=5_400.0, hidden=1_800.0)
    watched(store, cameras[0], monday - timedelta(days=7), frozen=9_999.0)
    shown = render(page("week").layout(week="2026-W11", community="demo"))
    assert not in_lists(json.loads(shown))
    assert text("week.define_camera_median") in shown and text("week.worst_cameras") in shown
    assert text("week.rate", rate="75.0 %", n="1") in shown
    hours = text("time.minutes", minutes=30)
    assert f"{named('camera_outcome', 'hidden')} · {hours}" in shown
    report = week_report(store, "demo", "2026-W11", monday + timedelta(days=2))
    assert report is not None
    book = openpyxl.load_workbook(io.BytesIO(week_xlsx(report, {}, "t", monday, language)))
    lines = {row[0]: row for row in book[text("week.sheet_cameras")].iter_rows(values_only=True)}
    assert lines[text("week.figure_cameras")][1] == 2
    assert lines[text("week.figure_camera_median")][1:3] == (0.75, 1)
    assert lines[text("week.figure_camera_median")][3] == text("week.define_camera_median")
    fault = named("camera_outcome", "hidden")
    assert lines["东门"][1:6] == (0.75, 2, None, fault, 0.5)
    quiet = render(page("week").layout(week="2026-W20", community="demo"))
    assert text("week.rate", rate=text("week.no_rate"), n="0") in quiet
