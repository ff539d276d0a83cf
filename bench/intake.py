"""How fast rows come in: the Boston file through the command line, batches over HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import httpx
import psutil

from bench.process import ROOT, App
from bench.report import Figure, Report

BATCH_ROWS = 5_000
BATCHES = 8


def measure_import(report: Report, var: Path) -> None:
    """Import Boston's 58,251 cases into an empty store, then once more."""
    folder = Path(os.environ.get("YIPING_REALDATA", ROOT.parent / "shared" / "data"))
    file = folder / "311_boston_2011" / "311_service_requests_2011.zip"
    if not file.is_file():
        print(f"\nBoston import: left out, {file} is absent (set YIPING_REALDATA)")
        return
    app = App(var)
    floor_s = _plain_copy_s(file, var)
    first_s, peak_mb, summary = _import(app, file)
    again_s, _, again = _import(app, file)
    if (summary["new"], again["unchanged"]) != (58_251, 58_251):
        raise AssertionError(f"unexpected summaries: {summary}, {again}")
    report.add(
        "Boston 311, 58,251 rows, command line, start of Python included",
        Figure("DuckDB's own CSV reader into a plain table (yardstick)", floor_s, "s"),
        Figure("first import", first_s, "s", 20),
        Figure("peak memory", peak_mb, "MB", 1_000),
        Figure("same file again (all unchanged)", again_s, "s"),
        Figure("first import ÷ plain copy", first_s / floor_s, "×"),
    )


def measure_http(report: Report, var: Path) -> None:
    """Post batches over HTTP, each answered after its durable commit."""
    app = App(var)
    key = app.cli("key", "create", "--role", "source", "--community", "t").stdout.strip()
    reported_at = datetime.now(UTC).isoformat()
    bodies = [
        json.dumps(
            [
                {
                    "source_id": f"{batch}-{number}",
                    "category": "noise",
                    "title": "楼上装修",
                    "reported_at": reported_at,
                    "lon": 106.5,
                    "lat": 29.5,
                }
                for number in range(BATCH_ROWS)
            ]
        ).encode()
        for batch in range(BATCHES + 1)
    ]
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    with app, httpx.Client(headers=headers, timeout=120) as client:
        url = f"{app.url}/api/v1/cases"
        client.post(url, content=bodies[0]).raise_for_status()  # warm
        begun = time.perf_counter()
        for body in bodies[1:]:
            answer = client.post(url, content=body)
            if answer.status_code != 201:
                raise AssertionError(answer.text[:300])
        took_s = time.perf_counter() - begun
        store = client.get(f"{app.url}/api/v1/health").json()["store"]
    report.add(
        f"HTTP batches of {BATCH_ROWS} cases, one sender",
        Figure("rows accepted and on disk", BATCH_ROWS * BATCHES / took_s, "rows/s", 5_000, False),
        Figure("commit p50", store["commit_p50_ms"], "ms"),
        Figure("commit p99.9", store["commit_p999_ms"], "ms"),
        Figure("commit maximum", store["commit_max_ms"], "ms"),
    )


def _import(app: App, file: Path) -> tuple[float, float, dict[str, int]]:
    command = ["import", "cases", str(file), "--mapping", "boston311", "--community", "boston"]
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "cli.py", *command],
        cwd=ROOT,
        env=app.environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        watched, peak = psutil.Process(running.pid), 0
        while running.poll() is None:
            try:
                peak = max(peak, watched.memory_info().rss)
            except psutil.NoSuchProcess:
                break
            time.sleep(0.02)
        assert running.stdout is not None
        output = running.stdout.read()
    took_s = time.perf_counter() - begun
    return took_s, peak / 1e6, json.loads(output.splitlines()[-1])


def _plain_copy_s(file: Path, var: Path) -> float:
    import zipfile

    var.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(file) as archive:
        table = archive.extract(archive.namelist()[0], var)
    begun = time.perf_counter()
    with duckdb.connect(str(var / "plain.duckdb")) as connection:
        connection.execute("create table plain as from read_csv($file)", {"file": table})
    return time.perf_counter() - begun
