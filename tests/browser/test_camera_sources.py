"""Cameras nobody here wrote, in a real browser: live, hung, gone and back, and turning for long."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Page, expect

from bench.page_growth import COUNT_BITMAPS, PageGrowth
from tests.browser.picture_stage import HIDE, TILE, Wire, wait_for_live
from tests.cameras.far_cameras import (
    FarCamera,
    free_port,
    mjpeg_camera,
    need_ffmpeg,
    need_rtsp_server,
    pattern_mount,
    rtsp_cameras,
    write_camera_list,
)

pytestmark = pytest.mark.browser
Opener = Callable[..., Any]
OVER_RTSP = 6
LIVE_TILES = OVER_RTSP + 1  # and ffmpeg's
SAID_S = 3.5  # three seconds, and half a second for a machine that is busy with other tests
BACK_S = 12.0
TURNS = 30
# Notes when a tile is first veiled, Unix milliseconds by camera; forgets it when it is live again.
NOTE_VEILS = """() => {
  window.veiledAt = {};
  const look = () => {
    for (const tile of document.querySelectorAll("#react-entry-point .mosaic-tile")) {
      const id = tile.dataset.camera;
      if (tile.dataset.veil !== "heavy") delete window.veiledAt[id];
      else if (!(id in window.veiledAt)) window.veiledAt[id] = Date.now();
    }
  };
  look();
  const watched = { subtree: true, attributes: true, attributeFilter: ["data-veil"] };
  new MutationObserver(look).observe(document.body, watched);
}"""


class Site(NamedTuple):
    """An app and the far ends of its cameras."""

    app: Any
    ends: tuple[FarCamera, FarCamera]


@pytest.fixture(scope="module")
def site(
    app_class: Any, empty_folder: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A community whose camera list names ffmpeg, GStreamer's server and a path it has not."""
    need_ffmpeg()
    need_rtsp_server()
    rtsp, http = free_port(), free_port()
    small = pattern_mount("/street", "smpte", 320, 10)
    ends = rtsp_cameras(rtsp, [small]), mjpeg_camera(http)
    folder = tmp_path_factory.mktemp("sources")
    (folder / "yiping.toml").write_text("[cameras]\nprobe_s = 0\n")  # ffmpeg serves one viewer
    app = app_class.copied(
        empty_folder,
        folder,
        YIPING_CONFIG=str(folder / "yiping.toml"),
        YIPING_OUTGOING_NETWORKS="127.0.0.1/32",
        YIPING_OUTGOING_PORTS=f"{rtsp},{http}",
    )
    street = f"rtsp://127.0.0.1:{rtsp}/street"
    listed = [(f"街面 {number}", "RTSP", street) for number in range(1, OVER_RTSP + 1)]
    listed.append(("门岗", "MJPEG", f"http://127.0.0.1:{http}/"))
    listed.append(("没有", "RTSP", f"rtsp://127.0.0.1:{rtsp}/nothing"))
    file = write_camera_list(folder / "cameras.csv", listed)
    taken = app.cli("import", "cameras", str(file), "--mapping", "cameras", "--community", "new")
    assert taken.returncode == 0, taken.stderr
    try:
        for end in ends:
            end.start()
        app.start()
        yield Site(app, ends)
    finally:
        if app.running():
            app.kill()
        for end in ends:
            end.kill()


def opened(watched: Opener, site: Site, tiles: int = 9) -> tuple[Page, Wire]:
    page = watched(1280, 800, app=site.app).page
    page.add_init_script(COUNT_BITMAPS)
    wire = Wire(page)
    page.goto(f"{site.app.url}/cameras")
    page.locator(".mosaic-size").select_option(str(tiles))
    return page, wire


def wait_for_veils(page: Page, since: float) -> None:
    """Wait until every tile that was live says so across its picture, in time."""
    page.wait_for_function(
        "(tiles) => Object.keys(window.veiledAt).length === tiles",
        arg=LIVE_TILES + 1,
        timeout=15_000,
        polling=50,
    )
    took = {each: at / 1_000 - since for each, at in page.evaluate("window.veiledAt").items()}
    assert max(took.values()) < SAID_S, took
    said = page.locator(f"{TILE} .mosaic-said")
    assert said.filter(has_text="画面停滞").count() == LIVE_TILES, said.all_inner_texts()


def test_far_cameras_are_live_hidden_and_shown_and_one_is_refused_with_its_reason(
    site: Site, watched: Opener
) -> None:
    page, wire = opened(watched, site)
    wait_for_live(page, LIVE_TILES)
    refused = page.locator(f"{TILE}[data-state=refused]")
    expect(refused).to_have_count(1)
    expect(refused.locator(".mosaic-said")).to_have_text("摄像头不能接入")
    expect(refused.locator(".mosaic-more")).to_contain_text("设备上没有此地址")
    page.evaluate(HIDE, True)
    page.wait_for_timeout(400)
    assert wire.wants[-1] == []
    before = wire.pictures
    page.wait_for_timeout(1_000)
    assert wire.pictures - before <= 2  # what was on its way
    page.evaluate(HIDE, False)
    wait_for_live(page, LIVE_TILES, BACK_S)


def test_cameras_that_hang_or_lose_power_are_stalled_in_three_seconds_and_come_back(
    site: Site, watched: Opener
) -> None:
    page, _ = opened(watched, site)
    wait_for_live(page, LIVE_TILES)
    page.evaluate(NOTE_VEILS)
    began = time.time()
    for end in site.ends:
        end.hang()  # their connections stay open
    wait_for_veils(page, began)
    for end in site.ends:
        end.go_on()
    wait_for_live(page, LIVE_TILES, BACK_S)
    began = time.time()
    for end in site.ends:
        end.kill()
    wait_for_veils(page, began)
    for end in site.ends:
        end.start()
    wait_for_live(page, LIVE_TILES, BACK_S)


def test_a_page_that_turns_as_often_as_in_ten_minutes_does_not_grow(
    site: Site, watched: Opener
) -> None:
    page, _ = opened(watched, site, 4)
    expect(page.locator(TILE)).to_have_count(4)
    note = page.locator("#cameras-note")
    expect(note).to_have_text(re.compile("1/2"))
    growth = PageGrowth(page)
    shown = set()
    for turn in range(TURNS):
        page.locator(TILE).first.focus()
        page.keyboard.press("ArrowRight")
        expect(note).to_contain_text(f"{(turn + 1) % 2 + 1}/2")
        page.wait_for_timeout(150)
        shown.update(page.evaluate("yiping.mosaic.shown()"))
        if turn % 3 == 2:
            growth.sample()
    assert len(shown) == OVER_RTSP + 2
    assert page.evaluate("window.madeBitmaps()") > TURNS
    assert growth.of("Nodes") < 1.02 and growth.of("JSEventListeners") < 1.02
    assert growth.of("JSHeapUsedSize") < 1.05
    assert growth.of("OpenBitmaps", floor=8.0) < 1.5
