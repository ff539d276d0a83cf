"""Runs scenes over clips and compares what was told with the labels."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cameras.scenes.model import Event
from cameras.scenes.watching import Watching
from rules.scenes import Scene
from tests.cameras.scenes.drawing import Luma

LABELS = tomllib.loads((Path(__file__).parent / "labels.toml").read_text("utf-8"))
SECONDS = float(LABELS["seconds"])
EARLY_S, LATE_S = 2.0, 2.0
MOST_CLEAR_S = 10.0


@dataclass
class Score:
    """How one clip went.

    Attributes:
        found: Labelled things that were found in time.
        missed: Those that were not.
        false: Alarms without anything labelled.
        delays_s: From when a thing stood still until its alarm.
        clears_s: From when it was gone until the alarm was over.
        picture_ms: What each picture took.
    """

    found: int = 0
    missed: int = 0
    false: int = 0
    delays_s: list[float] = field(default_factory=list)
    clears_s: list[float] = field(default_factory=list)
    picture_ms: list[float] = field(default_factory=list)


def watched(
    scenes: Iterable[Scene], pictures: Iterable[tuple[float, Luma]], took_ms: list[float]
) -> list[Event]:
    """Run scenes over a clip; what each picture took is added to `took_ms`."""
    watching, events = Watching(scenes), []
    for second, picture in pictures:
        begun = time.thread_time()
        events += watching.look(picture, round(second * 1_000))
        took_ms.append((time.thread_time() - begun) * 1_000)
    return events


def standing_score(events: list[Event], labels: list[list[float]], seconds: float) -> Score:
    """Compare obstructions with the labelled spans in which a thing stood still."""
    score = Score()
    began = [event.at_ms / 1_000 for event in events if event.kind == "began"]
    ended = [event.at_ms / 1_000 for event in events if event.kind == "cleared"]
    for start, end in labels:
        due = start + seconds
        hits = [at for at in began if due - EARLY_S <= at <= due + LATE_S]
        if not hits:
            score.missed += 1
            continue
        score.found += 1
        began.remove(hits[0])
        score.delays_s.append(hits[0] - start)
        over = [at for at in ended if at > hits[0]]
        score.clears_s.append(over[0] - end if over else float("inf"))
    score.false = len(began)
    return score


def crossing_score(events: list[Event], labels: list[tuple[float, str]]) -> Score:
    """Compare crossings with the labelled ones: within two seconds and in the right direction."""
    score = Score()
    told = [
        (event.at_ms / 1_000, event.detection.direction)
        for event in events
        if event.kind == "began" and event.detection is not None
    ]
    for moment, way in labels:
        hits = [hit for hit in told if abs(hit[0] - moment) <= 2.0 and hit[1] == way]
        if not hits:
            score.missed += 1
            continue
        score.found += 1
        told.remove(hits[0])
        score.delays_s.append(hits[0][0] - moment)
    score.false = len(told)
    return score


def standing_spans_score(
    spans: list[tuple[float, float]], labels: list[list[float]], seconds: float
) -> Score:
    """Score spans in which a zone looked occupied, as a method without a memory of its own."""
    held = [(start, end) for start, end in spans if end - start >= seconds]
    score = Score()
    for start, end in labels:
        hits = [span for span in held if -EARLY_S <= span[0] - start <= LATE_S]
        if hits:
            score.found += 1
            held.remove(hits[0])
            score.delays_s.append(hits[0][0] + seconds - start)
            score.clears_s.append(hits[0][1] - end)
        else:
            score.missed += 1
    score.false = len(held)
    return score
