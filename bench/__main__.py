"""`make bench`: measures everything in one run, prints ratios and writes bench/results.json."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from bench import files, intake, latency, retention, wall
from bench.process import App
from bench.report import Report


def main() -> None:
    """Run every section on data of its own and write the report."""
    report = Report()
    with tempfile.TemporaryDirectory(prefix="yiping-bench-") as folder:
        demo = Path(folder) / "demo"
        App(demo).cli("demo")
        wall.measure_views(report, _copy(demo, "views"))
        wall.measure_paint(report, _copy(demo, "paint"))
        latency.measure(report, _copy(demo, "latency"))
        intake.measure_http(report, Path(folder) / "http")
        intake.measure_import(report, Path(folder) / "boston")
        files.measure(report, Path(folder) / "files")
        retention.measure(report, Path(folder) / "files")
    report.write()


def _copy(demo: Path, name: str) -> Path:
    return Path(shutil.copytree(demo, demo.parent / name))


if __name__ == "__main__":
    main()
