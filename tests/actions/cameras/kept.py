"""An alarm beside named cameras, and the pictures that were held of them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from actions.alarms.raising import Reported, raise_signals
from actions.cameras.keeping import Keeping
from actions.cameras.strip_files import SUFFIX
from actions.cases.photo_files import photo_files
from cameras.model import Frame
from tests.actions.cameras.hub import picture
from tests.actions.cameras.stage import registered
from tests.rights_stage import Stage

SECONDS = 10
COLOURS = ("white", "red", "blue")


def named(stage: Stage, number: int = 1) -> str:
    """Register a camera whose record names it."""
    return registered(stage, number, sign_posted="yes", pre_event="yes")


def held(colours: Sequence[str] = COLOURS) -> tuple[Frame, ...]:
    """Pictures of the last second and a half."""
    now_ms = round(time.time() * 1_000)
    first_ms = now_ms - 500 * len(colours)
    return tuple(
        Frame(picture(colour), first_ms + 500 * number, number, 640, 360)
        for number, colour in enumerate(colours)
    )


def alarm(stage: Stage, device: str = "b1-post", kind: str = "help_post") -> str:
    """Raise an alarm at building 1, where the cameras stand; returns its id."""
    signal = Reported(device, kind, datetime.now(UTC), place="b1")
    found = raise_signals(stage.store, "demo", "t", [signal], "t").result()[0]
    assert found.alarm_id is not None, found
    return found.alarm_id


def keeping(stage: Stage) -> Keeping:
    """What keeps pictures for a stage."""
    return Keeping(stage.store, stage.keyring, stage.audit, SECONDS)


def kept_alarm(stage: Stage, *cameras: str) -> str:
    """An alarm with three pictures of each camera; returns its id."""
    frames = {camera_id: held() for camera_id in cameras}
    alarm_id = alarm(stage)
    assert keeping(stage).keep(frames, datetime.now(UTC)) == len(cameras)
    return alarm_id


def strips(stage: Stage, alarm_id: str) -> list[str]:
    """Ids of what is kept of an alarm."""
    rows = stage.store.rows("alarm_strip/of_alarm", alarm_id=alarm_id)
    return [row["strip_id"] for row in rows]


def files(stage: Stage) -> list[bytes]:
    """What lies on disk of kept pictures."""
    found = sorted(photo_files(stage.store).folder.rglob(f"*{SUFFIX}"))
    return [path.read_bytes() for path in found]
