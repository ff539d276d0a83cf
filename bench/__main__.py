"""`make bench`: measures everything in one run, prints ratios and writes bench/results.json.

`python -m bench latency files` measures these parts again and leaves the others as they stand.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from bench import (
    camera_page,
    cameras,
    desk,
    dispatching,
    files,
    intake,
    latency,
    officers,
    retention,
    scenes,
    wall,
)
from bench.process import App
from bench.report import Report

PARTS = (
    *("wall", "latency", "intake", "files", "desk", "officers", "dispatch", "scenes", "cameras"),
    "pictures",
)


def main() -> None:
    """Run every part, or those named, on data of its own and write the report."""
    wanted = sys.argv[1:] or list(PARTS)
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    report = Report()
    with tempfile.TemporaryDirectory(prefix="yiping-bench-") as folder:
        demo = Path(folder) / "demo"
        App(demo).cli("demo")
        if "wall" in wanted:
            wall.measure_views(report, _copy(demo, "views"))
            wall.measure_paint(report, _copy(demo, "paint"))
        if "latency" in wanted:
            latency.measure(report, _copy(demo, "latency"))
        if "intake" in wanted:
            intake.measure_http(report, Path(folder) / "http")
            intake.measure_import(report, Path(folder) / "boston")
        if "files" in wanted:
            files.measure(report, Path(folder) / "files")
            retention.measure(report, Path(folder) / "files")
        if "desk" in wanted:
            desk.measure(report, Path(folder) / "desk")
        if "officers" in wanted:
            officers.measure(report, _copy(demo, "officers"))
        if "dispatch" in wanted:
            dispatching.measure(report, _copy(demo, "dispatch"))
        if "scenes" in wanted:
            scenes.measure(report)
        if "cameras" in wanted:
            cameras.measure(report, Path(folder) / "cameras")
        if "pictures" in wanted:
            camera_page.measure(report, Path(folder) / "pictures")
    report.write(keep=len(wanted) < len(PARTS))


def _copy(demo: Path, name: str) -> Path:
    return Path(shutil.copytree(demo, demo.parent / name))


if __name__ == "__main__":
    main()
