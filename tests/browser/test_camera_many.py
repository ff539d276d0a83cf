"""Thirty-six cameras of a real RTSP server at once in a real browser, killed and back again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import expect

from tests.browser.picture_stage import TILE, wait_for_live
from tests.cameras.far_cameras import (
    FarCamera,
    free_port,
    need_rtsp_server,
    pattern_mount,
    rtsp_cameras,
    write_camera_list,
)

pytestmark = [pytest.mark.browser, pytest.mark.exhaustive]
TILES = 36


class Site(NamedTuple):
    """An app and the far end of its cameras."""

    app: Any
    end: FarCamera


@pytest.fixture
def site(
    app_class: Any, empty_folder: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A community with thirty-six cameras, small and slow enough for the smallest machine."""
    need_rtsp_server()
    port = free_port()
    end = rtsp_cameras(port, [pattern_mount("/lane", "ball", 160, 4)])
    folder = tmp_path_factory.mktemp("many")
    (folder / "yiping.toml").write_text("[cameras]\nprobe_s = 0\n")
    app = app_class.copied(
        empty_folder,
        folder,
        YIPING_CONFIG=str(folder / "yiping.toml"),
        YIPING_OUTGOING_NETWORKS="127.0.0.1/32",
        YIPING_OUTGOING_PORTS=str(port),
    )
    lane = f"rtsp://127.0.0.1:{port}/lane"
    listed = [(f"通道 {number:02}", "RTSP", lane) for number in range(1, TILES + 1)]
    file = write_camera_list(folder / "cameras.csv", listed)
    taken = app.cli("import", "cameras", str(file), "--mapping", "cameras", "--community", "new")
    assert taken.returncode == 0, taken.stderr
    try:
        end.start()
        app.start()
        yield Site(app, end)
    finally:
        if app.running():
            app.kill()
        end.kill()


def test_thirty_six_tiles_are_live_at_once_and_say_so_when_their_far_end_dies(
    site: Site, watched: Callable[..., Any]
) -> None:
    page = watched(1280, 800, app=site.app).page
    page.goto(f"{site.app.url}/cameras")
    page.locator(".mosaic-size").select_option(str(TILES))
    expect(page.locator(TILE)).to_have_count(TILES)
    wait_for_live(page, TILES, 90)
    site.end.kill()
    expect(page.locator(f"{TILE}[data-veil=heavy]")).to_have_count(TILES)
    site.end.start()
    wait_for_live(page, TILES, 90)
