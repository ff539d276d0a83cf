"""The operator's own model: things and vehicles only, nobody ever, and a bad file is refused."""

from __future__ import annotations

import numpy as np
import pytest

from cameras.detector_file import DetectorRefused
from cameras.scenes.detector import Detector
from rules.detections import THINGS
from tests.cameras.scenes.onnx_bytes import constant_model

SIZE = 64
PICTURE = np.full((90, 160, 3), 90, np.uint8)


def model_that_sees() -> bytes:
    """Three classes, person, car, pallet; four boxes: a person, a car twice, a faint pallet."""
    boxes = [(20, 20, 10, 30), (40, 40, 20, 10), (41, 40, 20, 10), (10, 50, 8, 8)]
    scores = [(0.99, 0, 0), (0, 0.9, 0), (0, 0.7, 0), (0, 0, 0.3)]
    rows = np.array([[*box, *score] for box, score in zip(boxes, scores, strict=True)], np.float32)
    return constant_model(rows.T[None].copy(), SIZE)


@pytest.mark.parametrize("name", ["person", "face", "plate", "licence_plate", "child", "Car", ""])
def test_a_class_that_is_no_thing_is_refused(name: str) -> None:
    with pytest.raises(DetectorRefused) as refused:
        Detector(model_that_sees(), {0: name}, SIZE)
    assert (refused.value.code, refused.value.name) == ("detector_class", name)


def test_nobody_is_among_the_classes() -> None:
    words = ("person", "people", "face", "plate", "man", "woman", "child", "human", "pedestrian")
    assert not [name for name in THINGS if any(word == name for word in words)]


def test_things_are_told_once_and_persons_of_the_model_never() -> None:
    things = Detector(model_that_sees(), {1: "car", 2: "pallet"}, SIZE).look(PICTURE)
    assert [(thing.name, thing.confidence) for thing in things] == [("car", 0.9)]
    assert things[0].box.left == pytest.approx(30 / SIZE)
    assert things[0].box.bottom == pytest.approx(45 / SIZE)


@pytest.mark.parametrize("content", [b"", b"no model", model_that_sees()[:60]])
def test_a_file_that_is_no_model_is_refused(content: bytes) -> None:
    with pytest.raises(DetectorRefused):
        Detector(content, {1: "car"}, SIZE).look(PICTURE)


def test_a_class_beyond_the_output_is_refused() -> None:
    with pytest.raises(DetectorRefused):
        Detector(model_that_sees(), {7: "car"}, SIZE).look(PICTURE)
