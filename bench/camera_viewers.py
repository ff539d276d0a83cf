"""Viewers by the protocol of the pictures: fifty of one camera, and a slow beside a quick one."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field

import psutil
import websockets

from api.camera_wire import unpack
from bench.process import App
from bench.report import Figure, Report, percentile
from bench.session import Cookies

COMMUNITY = "pictures"
MANY = 50
FPS = 5.0
SECONDS = 8.0
DRAW_S = 0.15  # the slow page takes so long for each message
QUICK, SLOW, DEAF = 0.0, DRAW_S, None


@dataclass
class Seen:
    """What one viewer was shown: number of pictures, and their ages in milliseconds when drawn."""

    pictures: int = 0
    ages: list[float] = field(default_factory=list)

    def clear(self) -> None:
        """Begin anew."""
        self.pictures = 0
        self.ages.clear()


def measure(
    report: Report, app: App, cookies: list[Cookies], tiles: list[str], single: str
) -> None:
    """Measure against an app that runs.

    Args:
        report: Takes the figures.
        app: The app.
        cookies: Of several viewers, for one may have 16 pages open.
        tiles: Cameras of a whole page.
        single: The camera that many look at.
    """
    asyncio.run(_measure(report, app, cookies, tiles, single))


async def _measure(
    report: Report, app: App, cookies: list[Cookies], tiles: list[str], single: str
) -> None:
    await asyncio.sleep(6)  # the sources of before linger
    one = await _shared(app, cookies, single, 1)
    many = await _shared(app, cookies, single, MANY)
    report.add(
        f"{MANY} viewers of one camera, 720p at 25 fps shown in 640×360 at 5",
        Figure("camera process, one viewer", one[0], "%"),
        Figure(f"camera process, {MANY} viewers", many[0], "%"),
        Figure(f"{MANY} viewers ÷ one", many[0] / one[0], "×", 1.3),
        Figure(f"web process, {MANY} viewers", many[1], "%"),
        Figure("slowest viewer ÷ its rate", many[2] / FPS, "×", 0.9, at_most=False),
    )
    await _measure_slow(report, app, cookies, tiles)


async def _shared(
    app: App, cookies: list[Cookies], camera_id: str, count: int
) -> tuple[float, float, float]:
    """Percent of camera process and web process, and pictures a second of the slowest viewer."""
    viewers = [Seen() for _ in range(count)]
    pages = [
        asyncio.create_task(_look(app, cookies[number % len(cookies)], [camera_id], 640, seen))
        for number, seen in enumerate(viewers)
    ]
    await _all_see(pages, viewers, 1)
    await asyncio.sleep(2)
    for seen in viewers:
        seen.clear()
    pids = app.camera_pid, app.pid
    before, begun = [_spent_s(pid) for pid in pids], time.perf_counter()
    await asyncio.sleep(SECONDS)
    took_s = time.perf_counter() - begun
    camera, web = (100 * (_spent_s(p) - b) / took_s for p, b in zip(pids, before, strict=True))
    await _leave(pages)
    return camera, web, min(seen.pictures for seen in viewers) / took_s


async def _measure_slow(report: Report, app: App, cookies: list[Cookies], tiles: list[str]) -> None:
    quick, slow, deaf = Seen(), Seen(), Seen()
    pages = [asyncio.create_task(_look(app, cookies[0], tiles, 320, quick, QUICK))]
    await _all_see(pages, [quick], len(tiles))
    await asyncio.sleep(8)
    quick.clear()
    await asyncio.sleep(SECONDS)
    alone, alone_ms = quick.pictures / SECONDS, percentile(quick.ages, 0.95)
    pages.append(asyncio.create_task(_look(app, cookies[1], tiles, 320, slow, SLOW)))
    pages.append(asyncio.create_task(_look(app, cookies[2], tiles, 320, deaf, DEAF)))
    await _all_see(pages, [slow], len(tiles))
    for seen in (quick, slow):
        seen.clear()
    await asyncio.sleep(SECONDS)
    beside = quick.pictures / SECONDS
    await _leave(pages)
    report.add(
        f"a page that takes {DRAW_S * 1_000:g} ms for each message, and one that reads nothing, "
        f"beside a quick one, {len(tiles)} cameras each",
        Figure("the slow page is behind, median", percentile(slow.ages, 0.5), "ms"),
        Figure("the slow page is behind, p95", percentile(slow.ages, 0.95), "ms", 500),
        Figure("the slow page is behind, longest", max(slow.ages), "ms"),
        Figure("pictures of the quick page, alone", alone, "/s"),
        Figure("pictures of the quick page ÷ alone", beside / alone, "×", 0.95, False),
        Figure("age on the quick page, p95", percentile(quick.ages, 0.95), "ms"),
        Figure("age on the quick page alone, p95", alone_ms, "ms"),
    )


async def _look(
    app: App,
    cookies: Cookies,
    ids: list[str],
    width: int,
    seen: Seen,
    draw_s: float | None = QUICK,
) -> None:
    """Look at cameras until cancelled; `draw_s` None stops reading after the first pictures."""
    url = f"ws://127.0.0.1:{app.port}/api/v1/cameras/live?community={COMMUNITY}"
    header = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    tiles = [{"n": n, "id": each, "w": width, "fps": FPS} for n, each in enumerate(ids)]
    async with websockets.connect(
        url, max_size=None, compression=None, additional_headers=header
    ) as socket:
        await socket.send(json.dumps({"t": "want", "tiles": tiles}))
        async for message in socket:
            if isinstance(message, str):
                if json.loads(message)["t"] == "refused":
                    raise AssertionError(message)
                continue
            if draw_s is None:
                socket.transport.pause_reading()
                await asyncio.sleep(3_600)
            elif draw_s:
                await asyncio.sleep(draw_s)
            number, _, parts = unpack(message)
            now_ms = time.time() * 1_000
            seen.pictures += len(parts)
            seen.ages += [now_ms - part.captured_ms for part in parts]
            await socket.send(json.dumps({"t": "ack", "n": number}))


async def _all_see(pages: list[asyncio.Task[None]], viewers: list[Seen], least: int) -> None:
    """Wait until each viewer has been shown some pictures; a page that failed says why."""
    async with asyncio.timeout(60):
        while any(seen.pictures < least for seen in viewers):
            for page in pages:
                if page.done():
                    page.result()
            await asyncio.sleep(0.1)


async def _leave(pages: list[asyncio.Task[None]]) -> None:
    for page in pages:
        page.cancel()
    await asyncio.gather(*pages, return_exceptions=True)


def _spent_s(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)
