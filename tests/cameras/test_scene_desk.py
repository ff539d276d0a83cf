"""What a detection tells: its crop and method, and what the operator's model says of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import simplejpeg

from cameras.detector_file import DetectorFile
from cameras.outbox import Outbox
from cameras.scene_desk import SceneDesk
from cameras.scenes import second_look, watching
from cameras.scenes.model import Box, Detection, Event
from rules.scenes import FINDINGS, SceneKind
from tests.cameras.scenes.onnx_bytes import constant_model

SIZE = 64
JPEG = simplejpeg.encode_jpeg(np.full((180, 320, 3), 90, np.uint8), 85, "BGR")
LINE = {"scene_id": "s", "camera_id": "c", "kind": "crossing", "points": [[0.1, 0.1], [0.9, 0.9]],
        "direction": "any", "hours": None, "seconds": 30, "sensitivity": 0.5}  # fmt: skip


class Told(Outbox):
    """Keeps what is told."""

    def __init__(self) -> None:
        super().__init__()
        self.news: list[dict[str, Any]] = []

    def tell(self, message: dict[str, Any]) -> None:
        """Keep it."""
        self.news.append(message)


class Finds:
    """In the place of the watching: everything begins and is over with every picture."""

    def __init__(self, *_: object) -> None:
        pass

    def follows(self, at_ms: int) -> bool:
        """Whenever."""
        return True

    def change(self, scenes: object) -> None:
        """Whatever."""

    def look(self, luma: object, at_ms: int) -> list[Event]:
        """An event of every kind."""
        kinds = cast(tuple[SceneKind, ...], tuple(FINDINGS))
        found = [
            Detection(kind, "c", kind, FINDINGS[kind], at_ms, None, Box(0.4, 0.4, 0.6, 0.6), 0.7,
                      "two-averages/1", {"seconds": 30.0}, crop=JPEG)
            for kind in kinds
        ]  # fmt: skip
        begun = [Event("began", each.scene_id, at_ms, detection=each) for each in found]
        over = [Event("cleared", each.scene_id, at_ms, detection=each) for each in found]
        return [Event("watching", "s", at_ms), *begun, *over]


def written(folder: Path, content: bytes) -> DetectorFile:
    path = folder / "yard.onnx"
    path.write_bytes(content)
    return DetectorFile(str(path), ((1, "car"),), SIZE)


def sees_a_car() -> bytes:
    row = np.array([(32, 32, 20, 20, 0.99, 0.82)], np.float32)
    return constant_model(row.T[None].copy(), SIZE)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the pictures the model was asked about."""
    counted: list[int] = []
    look: Callable[..., Any] = second_look.SecondLook.look

    def counting(self: second_look.SecondLook, jpeg: bytes, box: Box) -> Any:
        counted.append(len(jpeg))
        return look(self, jpeg, box)

    monkeypatch.setattr(second_look.SecondLook, "look", counting)
    monkeypatch.setattr(watching, "Watching", Finds)
    return counted


def played(file: DetectorFile | None) -> list[dict[str, Any]]:
    """What is told of one picture, with or without a model."""

    async def play() -> list[dict[str, Any]]:
        outbox = Told()
        desk = SceneDesk(outbox)
        if file is not None:
            desk.use(file)
            while outbox.news[-1]["state"] == "loading":
                await asyncio.sleep(0.005)
        desk.watch(1, [LINE], "UTC")
        desk.offer(1, JPEG, 1_000)
        while outbox.news[-1]["is"] == "detector" if outbox.news else True:
            await asyncio.sleep(0.005)
        return outbox.news

    return asyncio.run(asyncio.wait_for(play(), 30))


def evidence(news: list[dict[str, Any]]) -> dict[str, Any]:
    return {each["scene"]: each["evidence"] for each in news if each.get("event") == "began"}


def test_what_begins_carries_its_evidence_and_what_is_over_does_not(looks: list[int]) -> None:
    news = played(None)
    found = evidence(news)
    assert set(found) == set(FINDINGS)
    assert found["occupancy"]["method"] == "two-averages/1"
    assert found["occupancy"]["parameters"] == {"seconds": 30.0}
    assert found["occupancy"]["picture"] and found["occupancy"]["thing"] is None
    assert not [each for each in news if each["event"] != "began" and "evidence" in each]
    assert looks == []


def test_a_model_is_asked_once_for_each_obstruction_and_for_nothing_else(
    looks: list[int], tmp_path: Path
) -> None:
    news = played(written(tmp_path, sees_a_car()))
    assert [each["state"] for each in news[:2]] == ["loading", "on"]
    found = evidence(news)
    assert {kind: each["thing"] for kind, each in found.items() if each["thing"]} == {
        "occupancy": ["car", 0.82]
    }
    assert looks == [len(JPEG)]


def test_scenes_go_on_without_a_model_that_is_broken(looks: list[int], tmp_path: Path) -> None:
    news = played(written(tmp_path, b"no model"))
    assert [each["state"] for each in news[:2]] == ["loading", "detector_model"]
    assert evidence(news)["occupancy"]["thing"] is None and looks == []
