"""What the wall costs: first useful paint, bytes, and the query behind every view."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from playwright.sync_api import sync_playwright

from bench.process import BROWSER_FLAGS, App, chromium
from bench.report import Figure, Report, percentile
from bench.session import browser_cookies, open_sessions
from data.store import Store
from data.views import VIEWS
from data.views.view import Question

LOADS = 5
QUERY_ROUNDS = 40
# Useful: a person reads the key figures and the first open cases.
USEFUL = """() => {
  const line = document.querySelector(".line[data-case], [id*=first] [data-case]");
  const figure = document.querySelector("[data-figure]");
  return line && figure && /\\d/.test(figure.innerText) ? performance.now() : false;
}"""
# Complete: the map with all its objects stands as well.
COMPLETE = """() => {
  const line = document.querySelector("#ticker .line[data-case]");
  return line && document.querySelector(".leaflet-container canvas") ? performance.now() : false;
}"""


class _Timed:
    """A store that adds up how long its queries took."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.spent_ms = 0.0

    def __getattr__(self, name: str) -> Any:
        work = getattr(self._store, name)
        if name not in ("rows", "read"):
            return work

        def timed(*args: object, **kwargs: object) -> Any:
            begun = time.perf_counter()
            found = work(*args, **kwargs)
            self.spent_ms += (time.perf_counter() - begun) * 1_000
            return found

        return timed


def measure_paint(report: Report, demo: Path) -> None:
    """Open the wall in fresh browsers and note when it is useful and what came over the wire."""
    useful_ms, complete_ms, megabytes = [], [], []
    wall = open_sessions(demo / "yiping.duckdb", "demo", ("wall",))["wall"]
    with App(demo) as app, sync_playwright() as playwright:
        for _ in range(LOADS):
            browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_FLAGS)
            page = browser.new_page(viewport={"width": 1920, "height": 1080})
            page.context.add_cookies(browser_cookies(wall))
            devtools = page.context.new_cdp_session(page)
            devtools.send("Network.enable")
            received = [0.0]

            def count(event: dict[str, float], total: list[float] = received) -> None:
                total[0] += event["encodedDataLength"]

            devtools.on("Network.loadingFinished", count)
            devtools.on(
                "Network.webSocketFrameReceived",
                lambda event, total=received: total.__setitem__(
                    0, total[0] + len(event["response"]["payloadData"].encode())
                ),
            )
            page.goto(f"{app.url}/wall?community=demo", wait_until="commit")
            useful_ms.append(float(page.wait_for_function(USEFUL, polling=20).json_value()))
            complete_ms.append(float(page.wait_for_function(COMPLETE, polling=20).json_value()))
            page.wait_for_timeout(3_000)
            megabytes.append(received[0] / 1e6)
            browser.close()
    report.add(
        f"The wall with 7,180 objects, fresh browser, {LOADS} loads",
        Figure("figures and cases readable, median", percentile(useful_ms, 0.5) / 1_000, "s", 2),
        Figure("figures and cases readable, slowest", max(useful_ms) / 1_000, "s"),
        Figure("map drawn as well, median", percentile(complete_ms, 0.5) / 1_000, "s"),
        Figure("transfer, compressed, with fonts, first 3 s of pushes", max(megabytes), "MB", 2.5),
    )


def _question(store: Store, zone: str, now: datetime, version: int) -> Question:
    return Question(store, "demo", zone, now, list, lambda nouns: version)


def measure_views(report: Report, demo: Path) -> None:
    """Compute every pushed view on the demo community."""
    store = Store.open(f"duckdb:{demo / 'yiping.duckdb'}")
    zone = store.rows("community/timezone", community_id="demo")[0]["timezone"]
    now = datetime.now(UTC)
    try:
        for view in VIEWS:
            queries, whole = [], []
            for round_ in range(QUERY_ROUNDS):
                timed = _Timed(store)
                # a new version each round: nothing is answered from what was kept
                question = _question(cast(Store, timed), zone, now, round_)
                begun = time.perf_counter()
                view.compute(question)
                whole.append((time.perf_counter() - begun) * 1_000)
                queries.append(timed.spent_ms)
            report.add(
                "Views of the demo community with every cache cold, p95",
                Figure(f"{view.name}, its queries", percentile(queries, 0.95), "ms", 30),
                Figure(f"{view.name}, with shaping", percentile(whole, 0.95), "ms"),
            )
    finally:
        store.close()
