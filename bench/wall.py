"""What the wall costs: first useful paint, bytes, and the query behind every view."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.process import BROWSER_FLAGS, App, chromium
from bench.report import Figure, Report, percentile
from data.store import Store
from data.views import VIEWS
from data.views.view import Question

LOADS = 5
QUERY_ROUNDS = 40
# Useful: the figures, a ticker line and the map's objects all stand on the wall.
USEFUL = """() => {
  const line = document.querySelector("#ticker .line[data-case]");
  const canvas = document.querySelector(".leaflet-container canvas");
  const figure = document.querySelector("[data-figure]");
  return line && canvas && figure ? performance.now() : false;
}"""


def measure_paint(report: Report, demo: Path) -> None:
    """Open the wall in fresh browsers and note when it is useful and what came over the wire."""
    times_ms, megabytes = [], []
    with App(demo) as app, sync_playwright() as playwright:
        for _ in range(LOADS):
            browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_FLAGS)
            page = browser.new_page(viewport={"width": 1920, "height": 1080})
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
            times_ms.append(float(page.wait_for_function(USEFUL, polling=20).json_value()))
            page.wait_for_timeout(3_000)
            megabytes.append(received[0] / 1e6)
            browser.close()
    report.add(
        f"The wall with 7,180 objects, fresh browser, {LOADS} loads",
        Figure("first useful paint, median", percentile(times_ms, 0.5) / 1_000, "s", 2),
        Figure("first useful paint, slowest", max(times_ms) / 1_000, "s"),
        Figure("transfer, compressed, with fonts, first 3 s of pushes", max(megabytes), "MB", 2.5),
    )


def measure_views(report: Report, demo: Path) -> None:
    """Compute every pushed view on the demo community."""
    store = Store.open(f"duckdb:{demo / 'yiping.duckdb'}")
    zone = store.rows("community/timezone", community_id="demo")[0]["timezone"]
    # every computation sees new versions, so that none is answered from what was kept
    question = Question(
        store, "demo", zone, datetime.now(UTC), list, lambda nouns: time.perf_counter_ns()
    )
    try:
        for view in VIEWS:
            took = []
            for _ in range(QUERY_ROUNDS):
                begun = time.perf_counter()
                view.compute(question)
                took.append((time.perf_counter() - begun) * 1_000)
            report.add(
                "Views of the demo community, query and shaping, p95",
                Figure(view.name, percentile(took, 0.95), "ms", 30),
            )
    finally:
        store.close()
