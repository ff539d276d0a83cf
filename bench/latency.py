"""How long a case takes from its POST to the wall's DOM, beside a bare websocket broadcast.

One real browser and 49 protocol clients are connected in both cases; the two are measured in turn
in one run, because the machine is noisy.
"""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import websockets
from playwright.async_api import Browser, Page, async_playwright

from bench.process import BROWSER_FLAGS, App, chromium, free_port
from bench.report import Figure, Report, percentile
from bench.session import Cookies, browser_cookies, open_sessions

PROTOCOL_CLIENTS = 49
ROUNDS = 60
GOAL_MS = 60.0
LINES = "#ticker .line[data-case]"
GOAL_RATIO = 4.0
# Notes the wall-clock time at which each expected text first stands in the DOM.
WATCH = """(selector) => {
  window.__seen = {};
  const look = () => {
    const at = performance.timeOrigin + performance.now();
    for (const node of document.querySelectorAll(selector)) {
      const key = node.dataset.case;
      if (key && !(key in window.__seen)) window.__seen[key] = at;
    }
  };
  look();
  new MutationObserver(look).observe(document.body,
    {subtree: true, childList: true, attributes: true, characterData: true});
}"""
ECHO_PAGE = """<body><div id="out"></div><script>
  const socket = new WebSocket("ws://127.0.0.1:PORT/");
  socket.onmessage = (event) => {
    const line = document.createElement("p");
    line.dataset.case = event.data;
    document.getElementById("out").replaceChildren(line);
  };
</script></body>"""


def measure(report: Report, demo: Path) -> None:
    """Measure and report; `demo` is a data folder with the demo community."""
    asyncio.run(_measure(report, demo))


async def _measure(report: Report, demo: Path) -> None:
    app = App(demo)
    wall = open_sessions(demo / "yiping.duckdb", "demo", ("wall",))["wall"]
    key = app.cli("key", "create", "--role", "source", "--community", "demo").stdout.strip()
    with app:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=chromium(), args=BROWSER_FLAGS
            )
            bare = await _bare(browser, app)
            page = await browser.new_page(viewport={"width": 1920, "height": 1080})
            await page.context.add_cookies(browser_cookies(wall))
            from_post, from_answer = await _wall(page, app, key, wall)
            bare += await _bare(browser, app)
            await browser.close()
    yardstick = percentile(bare, 0.95)
    accepted = percentile(from_answer, 0.95)
    sent = percentile(from_post, 0.95)
    report.add(
        "POST to the wall's DOM, 1 browser and 49 protocol clients",
        Figure("bare websocket broadcast to DOM, p50", percentile(bare, 0.5), "ms"),
        Figure("bare websocket broadcast to DOM, p95", yardstick, "ms"),
        Figure("accepted (201 received) to DOM, p50", percentile(from_answer, 0.5), "ms"),
        Figure("accepted (201 received) to DOM, p95", accepted, "ms", GOAL_MS),
        Figure("POST sent to DOM, commit included, p50", percentile(from_post, 0.5), "ms"),
        Figure("POST sent to DOM, commit included, p95", sent, "ms", GOAL_MS),
        Figure("POST sent to DOM ÷ bare broadcast, p95", sent / yardstick, "×", GOAL_RATIO),
    )


async def _wall(
    page: Page, app: App, key: str, cookies: Cookies
) -> tuple[list[float], list[float]]:
    await page.goto(f"{app.url}/wall?community=demo")
    await page.wait_for_selector(LINES)
    await page.wait_for_timeout(5_000)
    await page.evaluate(WATCH, LINES)
    live = f"ws://127.0.0.1:{app.port}/api/v1/live?community=demo&screen=wall"
    clients = [asyncio.create_task(_follow(live, cookies)) for _ in range(PROTOCOL_CLIENTS)]
    await asyncio.sleep(3)
    sent: dict[str, float] = {}
    answered: dict[str, float] = {}
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(headers=headers) as client:
        for number in range(ROUNDS):
            row = _top_case(number)
            begun = time.time() * 1_000
            answer = await client.post(f"{app.url}/api/v1/cases", json=[row])
            done = time.time() * 1_000
            if answer.status_code != 201:
                raise AssertionError(answer.text)
            case_id = answer.json()[0]["case_id"]
            sent[case_id], answered[case_id] = begun, done
            await asyncio.sleep(0.35)
    await asyncio.sleep(4)
    seen: dict[str, float] = await page.evaluate("window.__seen")
    for client_task in clients:
        client_task.cancel()
    await page.close()
    missing = [case_id for case_id in sent if case_id not in seen]
    if missing:
        numbers = [list(sent).index(case_id) for case_id in missing]
        raise AssertionError(f"cases number {numbers} of {ROUNDS} never stood on the wall")
    return (
        [seen[c] - sent[c] for c in sent],
        [max(0.0, seen[c] - answered[c]) for c in sent],
    )


def _top_case(number: int) -> dict[str, Any]:
    """A case that stands on the first line: more overdue than all before it."""
    now = datetime.now(UTC)
    return {
        "source_id": f"bench-{now.timestamp()}",
        "category": "noise",
        "title": "楼上装修",
        "reported_at": (now - timedelta(days=40)).isoformat(),
        "deadline_at": (now - timedelta(days=30, minutes=number)).isoformat(),
    }


async def _follow(url: str, cookies: Cookies) -> None:
    header = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    async with websockets.connect(
        url, max_size=None, compression=None, additional_headers=header
    ) as socket:
        async for message in socket:
            json.loads(message)


async def _bare(browser: Browser, app: App) -> list[float]:
    """Broadcast to the browser and as many plain clients; returns milliseconds to the DOM."""
    # the echo page's script is its own: the app's content security policy would refuse it
    page = await browser.new_page(bypass_csp=True)
    port = free_port()
    clients: set[Any] = set()

    async def serve(socket: Any) -> None:
        clients.add(socket)
        await socket.wait_closed()

    async def listen() -> None:
        async with websockets.connect(f"ws://127.0.0.1:{port}/") as socket:
            async for _ in socket:
                pass

    async with websockets.serve(serve, "127.0.0.1", port, compression=None):
        # a page of this machine: from anywhere else Chromium asks before it opens local sockets
        await page.goto(f"{app.url}/api/v1/health")
        await page.set_content(ECHO_PAGE.replace("PORT", str(port)))
        await page.evaluate(WATCH, "[data-case]")
        others = [asyncio.create_task(listen()) for _ in range(PROTOCOL_CLIENTS)]
        async with asyncio.timeout(30):
            while len(clients) <= PROTOCOL_CLIENTS:
                await asyncio.sleep(0.05)
        sent = {}
        for number in range(ROUNDS // 2):
            sent[str(number)] = time.time() * 1_000
            websockets.broadcast(clients, str(number))
            await asyncio.sleep(0.1)
        await asyncio.sleep(0.5)
        seen: dict[str, float] = await page.evaluate("window.__seen")
        for other in others:
            other.cancel()
        await page.close()
    return [seen[number] - at for number, at in sent.items()]
