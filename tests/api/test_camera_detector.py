"""The operator's model from the settings to the hub, the check and the health page."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from actions.cameras.glimpse import lend_hub, take_hub_back
from api import camera_hub as module
from api.camera_hub import camera_hub, tried_detector
from api.upkeep import upkeep_clock
from app import detector_problems
from cameras.model import Hub
from data.store import Store
from settings import Settings
from tests.cameras.scenes.onnx_bytes import constant_model


def settings(var: Path, model: str = "yard.onnx", **more: Any) -> Settings:
    chosen = {"detector_model": model, "detector_classes": ("1=car",), "detector_size": 64}
    return Settings.model_validate({"var": var, "cameras": {**chosen, **more}})


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A data folder with a model of two classes that sees nothing."""
    rows = np.zeros((1, 6, 3), np.float32)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "yard.onnx").write_bytes(constant_model(rows, 64))
    (tmp_path / "models" / "broken.onnx").write_bytes(b"no model")
    return tmp_path


def test_without_the_setting_nothing_is_loaded_or_wrong(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(module, "detector_file")  # nobody may ask for it
    hub = camera_hub(settings(var, ""))
    assert hub is not None and (hub.detector.order(), hub.detector.trouble) == (None, "")
    assert tried_detector(settings(var, "")) == ""


def test_a_model_in_order_is_handed_to_the_processes(var: Path) -> None:
    hub = camera_hub(settings(var))
    assert hub is not None
    order = hub.detector.order()
    assert order is not None and order["detector"]["path"] == str(var / "models" / "yard.onnx")
    assert (tried_detector(settings(var)), detector_problems(settings(var))) == ("", [])


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"model": "gone.onnx"}, "detector_missing"),
        ({"model": "../models.onnx"}, "detector_outside"),
        ({"detector_classes": ("0=person",)}, "detector_class"),
        ({"model": "broken.onnx"}, "detector_model"),
        ({"detector_classes": ("7=car",)}, "detector_model"),  # it has no such output
    ],
)
def test_a_model_that_cannot_be_used_is_named_by_the_check(
    var: Path, more: dict[str, Any], code: str
) -> None:
    assert tried_detector(settings(var, **more)) == code
    (problem,) = detector_problems(settings(var, **more))
    assert problem.key == "cameras.detector_model" and code not in problem.message
    hub = camera_hub(settings(var, **more))
    assert hub is not None, "cameras and scenes go on"
    known_from_outside = code != "detector_model"
    assert (hub.detector.trouble == code) is known_from_outside


def test_the_health_page_is_told_why_the_model_is_not_used(store: Store, var: Path) -> None:
    chosen = settings(var, "gone.onnx")
    look = upkeep_clock(store, chosen, None, cast(Any, None))._installation.detector
    assert look() == "", "no cameras are read yet"
    lend_hub(store, cast(Hub, camera_hub(chosen)), cast(Any, None))
    try:
        assert look() == "detector_missing"
    finally:
        take_hub_back(store)
