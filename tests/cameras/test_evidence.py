"""The evidence of a detection as a worker tells it: ours is taken, nothing else is believed."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest
import simplejpeg

from cameras.evidence import evidence_of
from cameras.scenes.crop import crop_of
from cameras.scenes.model import Box
from rules.detections import MOST_PICTURE_BYTES, MOST_PICTURE_SIZE


def jpeg(width: int, height: int, noise: float = 0.0) -> bytes:
    """A grey JPEG; one with much noise is large."""
    random = np.random.default_rng(1)
    luma = np.clip(random.normal(120, noise, (height, width, 1)), 0, 255).astype(np.uint8)
    return simplejpeg.encode_jpeg(luma, 90, "GRAY")


def written(picture: bytes) -> str:
    return base64.b64encode(picture).decode()


def told(**more: Any) -> dict[str, Any]:
    """What a worker of ours tells, with some of it exchanged."""
    parameters = {"seconds": 30.0, "sensitivity": 0.5}
    return {"method": "two-averages/1", "parameters": parameters, "thing": ["car", 0.82],
            "picture": written(jpeg(96, 60)), **more}  # fmt: skip


def test_what_our_worker_tells_is_taken() -> None:
    found = evidence_of(told(), 0.7)
    assert (found.method, found.confidence, found.parameters["seconds"]) == (
        "two-averages/1", 0.7, 30.0,
    )  # fmt: skip
    assert (found.thing, found.thing_confidence) == ("car", 0.82)
    assert (found.width, found.height) == (96, 60) and found.picture == jpeg(96, 60)


def test_a_detection_without_picture_or_model_is_one_too() -> None:
    found = evidence_of(told(picture="", thing=None), 0.7)
    assert (found.picture, found.width, found.thing, found.thing_confidence) == (b"", 0, None, None)


@pytest.mark.parametrize(
    "more",
    [
        {"picture": "no base64 !"},
        {"picture": written(b"GIF89a" + bytes(40))},
        {"picture": written(b"\xff\xd8\xff\xd9")},  # a JPEG without a size
        {"picture": written(jpeg(321, 60))},
        {"picture": written(jpeg(96, 181))},
        {"picture": written(jpeg(320, 180, 90))},  # too many bytes
        {"picture": written(jpeg(96, 60) + b"<script>")},
        {"picture": written(jpeg(96, 60))[:400]},
        {"picture": "A" * 3 * MOST_PICTURE_BYTES},
        {"picture": None},
        {"picture": ["A"]},
        {"method": "two averages<b>/1"},
        {"method": "x" * 60 + "/1"},
        {"method": None},
        {"parameters": []},
        {"parameters": {f"p{'x' * n}": 1.0 for n in range(13)}},
        {"parameters": {"<b>": 1.0}},
        {"parameters": {"seconds": float("nan")}},
        {"parameters": {"seconds": 10**400}},
        {"parameters": {"seconds": "30"}},
        {"parameters": {"seconds": True}},
        {"thing": ["person", 0.9]},
        {"thing": ["car", 1.2]},
        {"thing": ["car", float("nan")]},
        {"thing": ["car"]},
        {"thing": "car"},
    ],
    ids=lambda more: "-".join(f"{name}={str(value)[:24]}" for name, value in more.items()),
)
def test_what_it_would_never_tell_is_refused(more: dict[str, Any]) -> None:
    assert len(jpeg(320, 180, 90)) > MOST_PICTURE_BYTES
    with pytest.raises((KeyError, TypeError, ValueError)):
        evidence_of(told(**more), 0.7)


@pytest.mark.parametrize("missing", ["method", "parameters", "thing", "picture"])
def test_nothing_may_be_missing(missing: str) -> None:
    message = told()
    del message[missing]
    with pytest.raises(KeyError):
        evidence_of(message, 0.7)


@pytest.mark.parametrize("noise", [0.0, 25.0, 70.0])
def test_the_crop_of_a_whole_noisy_picture_is_still_taken(noise: float) -> None:
    random = np.random.default_rng(2)
    shape = (MOST_PICTURE_SIZE[1], MOST_PICTURE_SIZE[0])
    luma = np.clip(random.normal(120, noise, shape), 0, 255).astype(np.uint8)
    crop = crop_of(luma, Box(0.0, 0.0, 1.0, 1.0))
    assert len(crop) <= MOST_PICTURE_BYTES
    assert evidence_of(told(picture=written(crop)), 0.5).picture == crop
