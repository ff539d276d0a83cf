"""Drawn scenes on labelled clips: what is found and what is false, beside OpenCV's subtractors.

The clips are those of tests/cameras/scenes with their hand-written labels, in variants that no test
uses, and the real clip with and without its frozen van.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from bench.report import Figure, Report, percentile
from cameras.scenes.picture import Luma, working
from cameras.scenes.zone import zone_of
from rules.scenes import Scene
from tests.cameras.scenes import fire_lane_clips, perimeter_clips, real_clip
from tests.cameras.scenes.scoring import (
    LABELS,
    SECONDS,
    Score,
    crossing_score,
    standing_score,
    standing_spans_score,
    watched,
)

SEEDS = (1, 11)  # the first is that of the tests; on the other no threshold was chosen
MOST_MS = 0.5
Clip = tuple[str, list[tuple[float, Luma]], list[list[float]], tuple[tuple[float, float], ...]]


@dataclass
class _Sum:
    """Scores of all clips of one method."""

    found: int = 0
    missed: int = 0
    false: int = 0
    delays_s: list[float] = field(default_factory=list)
    clears_s: list[float] = field(default_factory=list)
    picture_ms: list[float] = field(default_factory=list)

    def add(self, score: Score, took_ms: list[float]) -> None:
        self.found += score.found
        self.missed += score.missed
        self.false += score.false
        self.delays_s += score.delays_s
        self.clears_s += score.clears_s
        self.picture_ms += took_ms

    @property
    def recall(self) -> float:
        return self.found / max(1, self.found + self.missed)

    @property
    def precision(self) -> float:
        return self.found / max(1, self.found + self.false)


def measure(report: Report) -> None:
    """Run every clip through the scenes, and the fire lane's also through MOG2 and KNN."""
    cv2.setNumThreads(1)
    ours = _Sum()
    others: dict[str, tuple[_Sum, Callable[[], cv2.BackgroundSubtractor]]] = {
        "MOG2": (_Sum(), cv2.createBackgroundSubtractorMOG2),
        "KNN": (_Sum(), cv2.createBackgroundSubtractorKNN),
    }
    for name, pictures, labels, zone in _fire_lane():
        took: list[float] = []
        scene = Scene("lane", "bench", "occupancy", zone, seconds=SECONDS)
        score = standing_score(watched([scene], pictures, took), labels, SECONDS)
        if score.missed or score.false:
            print(f"    {name}: missed {score.missed}, false {score.false}")
        ours.add(score, took)
        for total, make in others.values():
            total.add(*_subtracted(make(), scene, pictures, labels))
    late = [delay - SECONDS for delay in ours.delays_s]
    report.add(
        f"fire lane occupied for {SECONDS:g} s, {len(SEEDS)} variants of each clip",
        Figure("recall", ours.recall, "×", 1.0, False),
        Figure("precision", ours.precision, "×", 1.0, False),
        Figure("false alarms", ours.false, "alarms", 0),
        Figure("alarm after the time is over, longest", max(late, default=0.0), "s", 2.0),
        Figure("clear after it has left, longest", max(ours.clears_s, default=0.0), "s", 10.0),
        *_times("", ours.picture_ms),
        *(
            figure
            for name, (total, _) in others.items()
            for figure in (
                Figure(f"{name} with defaults: recall", total.recall, "×"),
                Figure(f"{name} with defaults: precision", total.precision, "×"),
                *_times(f"{name}: ", total.picture_ms, goal=None),
            )
        ),
    )
    _measure_perimeter(report)


def _times(prefix: str, took: list[float], goal: float | None = MOST_MS) -> tuple[Figure, Figure]:
    return (
        Figure(f"{prefix}processor time per picture, mean", float(np.mean(took)), "ms", goal),
        Figure(f"{prefix}processor time per picture, p95", percentile(took, 0.95), "ms"),
    )


def _measure_perimeter(report: Report) -> None:
    total = _Sum()
    for seed in SEEDS:
        for name in perimeter_clips.names():
            took: list[float] = []
            pictures = list(perimeter_clips.stage(name, seed).pictures())
            scene = Scene("fence", "bench", "crossing", perimeter_clips.LINE)
            events = watched([scene], pictures, took)
            score = crossing_score(events, LABELS["perimeter"][name]["crossing"])
            if score.missed or score.false:
                print(f"    {name}/{seed}: missed {score.missed}, false {score.false}")
            total.add(score, took)
    report.add(
        f"perimeter line crossed, {len(SEEDS)} variants of each clip",
        Figure("recall", total.recall, "×", 1.0, False),
        Figure("precision", total.precision, "×", 1.0, False),
        Figure("false alarms", total.false, "alarms", 0),
        Figure("told after the crossing, longest", max(total.delays_s, default=0.0), "s", 2.0),
        *_times("", total.picture_ms),
    )


def _fire_lane() -> Iterable[Clip]:
    """Yield the made clips of all variants, then the real one with and without its van."""
    for seed in SEEDS:
        for name in fire_lane_clips.names():
            pictures = list(fire_lane_clips.stage(name, seed).pictures())
            labels = LABELS["fire_lane"][name]["standing"]
            yield f"{name}/{seed}", pictures, labels, fire_lane_clips.LANE
    home = Path(__file__).parents[2] / "shared" / "data"
    folder = Path(os.environ.get("YIPING_REALDATA", home))
    if not (folder / real_clip.CLIP).exists():
        print(f"    the real clip is absent from {folder} and left out")
        return
    for parked in (True, False):
        labels = [list(real_clip.STANDING)] if parked else []
        shown = [
            (second, working(picture))
            for second, picture in real_clip.pictures(folder, parked=parked)
        ]
        yield f"real, parked: {parked}", shown, labels, real_clip.ROAD


def _subtracted(
    method: cv2.BackgroundSubtractor,
    scene: Scene,
    pictures: list[tuple[float, Luma]],
    labels: list[list[float]],
) -> tuple[Score, list[float]]:
    """Raise an alarm where a subtractor sees the least share of the zone changed all the time."""
    zone = zone_of(scene.points)
    least = (0.11 - 0.1 * scene.sensitivity) * zone.pixels
    spans: list[tuple[float, float]] = []
    since: float | None = None
    took = []
    for second, picture in pictures:
        begun = time.thread_time()
        shown = np.asarray(method.apply(zone.cut(picture)))
        covered = np.count_nonzero((shown > 200) & (zone.mask > 0))  # 127 is shadow
        took.append((time.thread_time() - begun) * 1_000)
        if covered >= least:
            since = second if since is None else since
        elif since is not None:
            spans.append((since, second))
            since = None
    if since is not None:
        spans.append((since, pictures[-1][0]))
    return standing_spans_score(spans, labels, scene.seconds), took
