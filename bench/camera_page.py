"""The whole chain: cameras over RTSP, the app, and a Chromium that draws them, on one machine.

Every camera plays the same real clip as a sub-stream of 360p at 15 frames a second; the page asks
for 5. The processes that play the cameras are counted apart.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import psutil
from playwright.sync_api import Page, sync_playwright

from actions.users.sessions import Sessions
from bench import camera_viewers
from bench.camera_viewers import COMMUNITY
from bench.cameras import CLIP, encoded, mount
from bench.page_growth import COUNT_BITMAPS, PageGrowth, growth
from bench.process import BROWSER_FLAGS, App, Busy, Processor, chromium, free_port
from bench.report import Figure, Report, percentile
from bench.session import Cookies, browser_cookies, open_session
from data.store import Store
from tests.cameras.far_cameras import FarCamera, has_rtsp_server, rtsp_cameras, write_camera_list

TILES = 36
LIVE, KEYFRAMES = 20, 16
FPS = 5.0
SECONDS = 15.0
VIEWERS = 4  # accounts; each may have 16 pages open
POST_EVERY_S = 0.5
TURNS = 90  # of 20 s each: half an hour
TURN_S = 0.3
FILM_S, LOOPED = 40, 5
# Tiles that show a picture of the present.
SHOWN = """(tiles) => [...document.querySelectorAll(".mosaic-tile")].filter((tile) =>
  ["live", "late"].includes(tile.dataset.state) && !tile.dataset.veil).length === tiles"""
# Notes the age of every picture right after it was drawn. What is asked for is less than what the
# mosaic asks for already, so that the server is asked for nothing else.
NOTE_DRAWN = """(ids) => {
  window.drawn = {};
  const wants = ids.map((id) => ({ id, w: 64, fps: 1, k: false }));
  yiping.pictures.show("noted", wants, (id) => {
    const at = performance.timeOrigin + performance.now();
    const ages = window.drawn[id] || (window.drawn[id] = []);
    ages.push(at - yiping.pictures.condition(id).captured);
  });
}"""
# As the page does for the next group before it turns.
ASK_KEYFRAMES = """(ids) => yiping.pictures.show(
  "ahead", ids.map((id) => ({ id, w: 320, fps: 1, k: true })), () => {})"""
KEYFRAMES_CAME = "(ids) => ids.every((id) => (yiping.pictures.condition(id) || {}).captured)"


@dataclass(frozen=True, slots=True)
class Stage:
    """The app with its cameras registered, and who looks at them.

    Attributes:
        app: Not started.
        cameras: The process that plays them.
        cookies: Of some officers.
        key: Of a source that reports cases.
    """

    app: App
    cameras: FarCamera
    cookies: list[Cookies]
    key: str


def measure(report: Report, folder: Path) -> None:
    """Measure everything in about four minutes; `folder` takes films and data."""
    if not CLIP.exists() or shutil.which("ffmpeg") is None or not has_rtsp_server():
        print("no clip, ffmpeg or RTSP server: the chain of pictures is not measured")
        return
    folder.mkdir(parents=True, exist_ok=True)
    stage = _staged(folder)
    stage.cameras.start()
    try:
        with stage.app as app:
            before = _posted(stage)
            with _opened(stage) as page:
                ids = _ids(page, app)
                _measure_wall(report, stage, page, ids[:TILES], before)
                _measure_mixed(report, app, page, ids[:TILES])
                _measure_turning(report, app, page)
            camera_viewers.measure(report, app, stage.cookies, ids[:TILES], ids[TILES])
    finally:
        stage.cameras.kill()


def _staged(folder: Path) -> Stage:
    """Make films and data: 36 cameras of 360p, then one of 720p."""
    small = _looped(encoded(folder / "short360.mp4", "640:360", 15, "600k", FILM_S))
    large = _looped(encoded(folder / "short720.mp4", "1280:720", 25, "2M", FILM_S // 2), 10)
    port = free_port()
    films = [small] * TILES + [large]
    mounts = [mount(f"/{number}", film) for number, film in enumerate(films)]
    app = App(
        folder / "var",
        YIPING_OUTGOING_NETWORKS="127.0.0.1/32",
        YIPING_OUTGOING_PORTS=str(port),
    )
    app.cli("init", "--community", COMMUNITY)
    listed = [
        (f"camera {number:02}", "RTSP", f"rtsp://127.0.0.1:{port}/{number}")
        for number in range(len(films))
    ]
    file = str(write_camera_list(folder / "cameras.csv", listed))
    app.cli("import", "cameras", file, "--mapping", "cameras", "--community", COMMUNITY)
    key = app.cli("key", "create", "--role", "source", "--community", COMMUNITY).stdout.strip()
    return Stage(app, rtsp_cameras(port, mounts), _signed_in(app), key)


def _looped(film: Path, times: int = LOOPED) -> Path:
    """Return a film that shows another some times over, without encoding it again."""
    long = film.with_stem(film.stem.replace("short", "long"))
    copied = ["-c", "copy", "-y", str(long)]
    command = ["ffmpeg", "-v", "error", "-stream_loop", str(times - 1), "-i", str(film), *copied]
    subprocess.run(command, check=True)
    return long


def _signed_in(app: App) -> list[Cookies]:
    store = Store.open(f"duckdb:{app.var / 'yiping.duckdb'}")
    sessions = Sessions(store)
    try:
        return [
            open_session(store, sessions, "duty_officer", COMMUNITY, holder_id=f"viewer-{number}")
            for number in range(VIEWERS)
        ]
    finally:
        sessions.close()
        store.close()


@contextmanager
def _opened(stage: Stage) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_FLAGS)
        page = browser.new_page(viewport={"width": 1920, "height": 1080})
        page.context.add_cookies(browser_cookies(stage.cookies[0]))
        page.add_init_script(COUNT_BITMAPS)
        yield page
        browser.close()


def _ids(page: Page, app: App) -> list[str]:
    page.goto(f"{app.url}/cameras")
    page.wait_for_function("() => window.yiping && yiping.pictures && yiping.pictures.cameras()")
    ids: list[str] = page.evaluate("[...yiping.pictures.cameras().keys()]")
    return ids


def _arranged(page: Page, app: App, size: int, pinned: list[str], shown: int) -> None:
    """Show the pinned cameras, or all in turn, and wait until each tile has its picture."""
    kept = {"size": size, "group": "pinned" if pinned else "", "pins": pinned}
    page.goto(f"{app.url}/cameras")
    page.evaluate("(kept) => localStorage.setItem('yiping-mosaic', kept)", json.dumps(kept))
    page.reload()
    page.wait_for_function(SHOWN, arg=shown, timeout=60_000)
    page.wait_for_timeout(5_000)


def _posted(stage: Stage, count: int = 20) -> list[float]:
    """Post some cases while no picture is asked for; returns milliseconds of each."""
    took: list[float] = []
    with _posting(stage, took, 0.25):
        time.sleep(0.25 * count)
    return took


@contextmanager
def _posting(stage: Stage, took: list[float], every_s: float = POST_EVERY_S) -> Iterator[None]:
    """Post a case now and then from another thread; `took` gets milliseconds of each."""
    over = threading.Event()

    def post() -> None:
        headers = {"Authorization": f"Bearer {stage.key}"}
        with httpx.Client(base_url=stage.app.url, headers=headers, timeout=30) as client:
            while not over.wait(every_s):
                now = datetime.now(UTC)
                row = {
                    "source_id": f"bench-{now.timestamp()}",
                    "category": "noise",
                    "title": "楼上装修",
                    "reported_at": now.isoformat(),
                }
                begun = time.perf_counter()
                answer = client.post("/api/v1/cases", json=[row])
                took.append((time.perf_counter() - begun) * 1_000)
                if answer.status_code != 201:
                    raise AssertionError(answer.text)

    thread = threading.Thread(target=post)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _drawn(page: Page, processor: Processor) -> tuple[list[float], list[float], Busy]:
    """Watch for SECONDS; returns frames a second of each tile, ages, and who was busy."""
    page.evaluate("window.drawn = {}")
    begun = time.perf_counter()
    processor.busy()
    page.wait_for_timeout(SECONDS * 1_000)
    busy = processor.busy()
    took_s = time.perf_counter() - begun
    seen: dict[str, list[float]] = page.evaluate("window.drawn")
    ages = [age for each in seen.values() for age in each]
    return [len(each) / took_s for each in seen.values()], ages, busy


def _measure_wall(
    report: Report, stage: Stage, page: Page, ids: list[str], before: list[float]
) -> None:
    _arranged(page, stage.app, TILES, ids, len(ids))
    page.evaluate(NOTE_DRAWN, ids)
    posted: list[float] = []
    with _posting(stage, posted):
        rates, ages, busy = _drawn(page, Processor(stage.app))
    if len(rates) != len(ids):
        raise AssertionError(f"{len(rates)} of {len(ids)} tiles were drawn")
    report.add(
        f"{TILES} RTSP cameras of 360p on one page at {FPS:g} fps, decoded to drawn",
        Figure("slowest tile ÷ its rate", min(rates) / FPS, "×", 0.9, at_most=False),
        Figure("quickest tile ÷ its rate", max(rates) / FPS, "×", 1.1),
        Figure("age of a picture when drawn, median", percentile(ages, 0.5), "ms"),
        Figure("age of a picture when drawn, p95", percentile(ages, 0.95), "ms", 100),
        *_shares(busy, 80),
        Figure("POST of a case meanwhile, median", percentile(posted, 0.5), "ms"),
        Figure("POST of a case meanwhile, p95", percentile(posted, 0.95), "ms", 20),
        Figure("POST of a case before, p95", percentile(before, 0.95), "ms"),
    )


def _shares(busy: Busy, goal: float) -> tuple[Figure, ...]:
    return (
        Figure("app, camera process and browser, of all cores", busy.ours, "%", goal),
        Figure("of that the app", busy.web, "%"),
        Figure("of that the camera process", busy.cameras, "%"),
        Figure("of that the browser", busy.browser, "%"),
        Figure("everything on the machine, the cameras as well", busy.everything, "%"),
    )


def _measure_mixed(report: Report, app: App, page: Page, ids: list[str]) -> None:
    live, ahead = ids[:LIVE], ids[LIVE:]
    _arranged(page, app, 25, live, LIVE)
    page.evaluate(NOTE_DRAWN, live)
    page.evaluate(ASK_KEYFRAMES, ahead)
    page.wait_for_function(KEYFRAMES_CAME, arg=ahead, timeout=30_000)
    page.wait_for_timeout(5_000)
    rates, ages, busy = _drawn(page, Processor(app))
    report.add(
        f"{LIVE} tiles live and {KEYFRAMES} by their keyframes",
        Figure("slowest live tile ÷ its rate", min(rates) / FPS, "×", 0.9, at_most=False),
        Figure("age of a live picture when drawn, p95", percentile(ages, 0.95), "ms"),
        *_shares(busy, 45),
    )


def _measure_turning(report: Report, app: App, page: Page) -> None:
    """Turn as often as in half an hour, in less than a minute."""
    _arranged(page, app, 9, [], 9)
    held = PageGrowth(page)
    grown: dict[str, list[float]] = {"app": [], "camera process": []}
    onward = page.locator(".mosaic-controls button").last
    for turn in range(TURNS):
        onward.click()
        page.wait_for_timeout(TURN_S * 1_000)
        if turn % 3 == 2:
            held.sample()
            for name, pid in (("app", app.pid), ("camera process", app.camera_pid)):
                grown[name].append(float(psutil.Process(pid).memory_info().rss))
    megabytes = held.samples["JSHeapUsedSize"][-1] / 2**20
    report.add(
        f"{TURNS} turns of nine tiles, last third beside the second, garbage collected",
        Figure("heap of the page, end", megabytes, "MB"),
        Figure("heap of the page", held.of("JSHeapUsedSize"), "×", 1.05),
        Figure("nodes of the page", held.of("Nodes"), "×", 1.02),
        Figure("listeners of the page", held.of("JSEventListeners"), "×", 1.02),
        Figure("pictures decoded and not closed", held.of("OpenBitmaps", 9.0), "×", 1.5),
        *(Figure(f"memory of the {name}", growth(rss), "×", 1.05) for name, rss in grown.items()),
    )
