"""The operator's model beside a detection: a name from the closed list, or nothing at all."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import simplejpeg

from cameras.detector_file import DetectorFile, DetectorRefused
from cameras.scenes import second_look
from cameras.scenes.model import Box
from cameras.scenes.second_look import SecondLook
from tests.cameras.scenes.onnx_bytes import constant_model

SIZE = 64
JPEG = simplejpeg.encode_jpeg(np.full((180, 320, 3), 90, np.uint8), 85, "BGR")
MIDDLE = Box(0.4, 0.4, 0.6, 0.6)


def model(folder: Path, *rows: tuple[float, ...], classes: str = "car") -> DetectorFile:
    """A model that sees the same in every picture: rows of x, y, width, height, person, thing."""
    path = folder / "yard.onnx"
    path.write_bytes(constant_model(np.array(rows, np.float32).T[None].copy(), SIZE))
    return DetectorFile(str(path), ((1, classes),), SIZE)


def test_the_thing_in_the_box_is_named(tmp_path: Path) -> None:
    # The part shown reaches half a box beyond it on every side: its middle is the box's.
    second = SecondLook(model(tmp_path, (32, 32, 20, 20, 0, 0.82), (4, 4, 6, 6, 0, 0.95)))
    thing = second.look(JPEG, MIDDLE)
    assert thing is not None and (thing.name, thing.confidence) == ("car", 0.82)


def test_a_person_is_never_named_however_sure_the_model_is(tmp_path: Path) -> None:
    assert SecondLook(model(tmp_path, (32, 32, 20, 20, 0.99, 0.1))).look(JPEG, MIDDLE) is None


def test_a_thing_beside_the_box_is_not_it(tmp_path: Path) -> None:
    assert SecondLook(model(tmp_path, (4, 4, 6, 6, 0, 0.95))).look(JPEG, MIDDLE) is None


def test_a_score_above_one_is_one(tmp_path: Path) -> None:
    thing = SecondLook(model(tmp_path, (32, 32, 20, 20, 0, 7.0))).look(JPEG, MIDDLE)
    assert thing is not None and thing.confidence == 1.0


@pytest.mark.parametrize("box", [MIDDLE, Box(0, 0, 0, 0), Box(0, 0, 1, 1), Box(0.99, 0.99, 1, 1)])
@pytest.mark.parametrize("jpeg", [b"", b"\xff\xd8 nothing", JPEG[:200], JPEG])
def test_whatever_the_picture_is_there_is_an_answer(tmp_path: Path, box: Box, jpeg: bytes) -> None:
    second = SecondLook(model(tmp_path, (32, 32, 60, 60, 0, 0.9)))
    assert second.look(jpeg, box) is None or jpeg == JPEG


def test_a_model_that_is_slow_or_none_is_refused_when_it_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = model(tmp_path, (32, 32, 20, 20, 0, 0.9))
    monkeypatch.setattr(second_look, "SLOW_S", -1.0)
    with pytest.raises(DetectorRefused, match="detector_slow"):
        SecondLook(good)
    with pytest.raises(DetectorRefused, match="detector_class"):
        SecondLook(DetectorFile(good.path, ((1, "person"),), SIZE))
    with pytest.raises(DetectorRefused, match="detector_model"):
        SecondLook(DetectorFile(good.path, ((5, "car"),), SIZE))  # it has two classes only
    Path(good.path).write_bytes(b"no model")
    with pytest.raises(DetectorRefused, match="detector_model"):
        SecondLook(good)
