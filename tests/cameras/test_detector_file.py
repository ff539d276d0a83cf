"""The operator's model as the hub knows it: looked at from outside, told on, blamed and let go."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cameras import detector_file as module
from cameras.detector_file import DetectorFile, DetectorRefused, DetectorState, detector_file
from cameras.hub import CameraHub

FILE = DetectorFile("/var/models/yard.onnx", ((2, "car"), (7, "truck")), 640)


def test_a_file_of_the_folder_is_taken_with_its_classes(tmp_path: Path) -> None:
    (tmp_path / "yard.onnx").write_bytes(b"onnx")
    found = detector_file(tmp_path, "yard.onnx", ("7=truck", "2=car"), 320)
    assert found == DetectorFile(str(tmp_path / "yard.onnx"), ((2, "car"), (7, "truck")), 320)
    assert found.read() == b"onnx"
    assert DetectorFile.of_message(json.loads(json.dumps(found.as_message()))) == found


@pytest.mark.parametrize(
    ("name", "classes", "code"),
    [
        ("gone.onnx", ("2=car",), "detector_missing"),
        ("folder", ("2=car",), "detector_missing"),
        ("../outside.onnx", ("2=car",), "detector_outside"),
        ("link.onnx", ("2=car",), "detector_outside"),
        ("/etc/hostname", ("2=car",), "detector_outside"),
        ("large.onnx", ("2=car",), "detector_large"),
        ("yard.onnx", ("0=person",), "detector_class"),
        ("yard.onnx", ("2=car", "0=face"), "detector_class"),
        ("yard.onnx", ("car",), "detector_class"),
        ("yard.onnx", ("99999=car",), "detector_class"),
        ("yard.onnx", (), "detector_class"),
    ],
)
def test_what_is_no_model_of_ours_is_refused_before_anybody_loads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, classes: tuple[str, ...], code: str
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    models = tmp_path / "models"
    (models / "folder").mkdir(parents=True)
    (models / "yard.onnx").write_bytes(b"onnx")
    (models / "large.onnx").write_bytes(bytes(11))
    (tmp_path / "outside.onnx").write_bytes(b"onnx")
    (models / "link.onnx").symlink_to(tmp_path / "outside.onnx")
    with pytest.raises(DetectorRefused) as refused:
        detector_file(models, name, classes, 640)
    assert refused.value.code == code


def test_a_file_that_has_left_or_grown_since_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "yard.onnx"
    path.write_bytes(bytes(11))
    file = detector_file(tmp_path, "yard.onnx", ("2=car",), 640)
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    with pytest.raises(DetectorRefused, match="detector_large"):
        file.read()
    path.unlink()
    with pytest.raises(DetectorRefused, match="detector_missing"):
        file.read()


def test_a_process_is_told_of_the_model_until_it_has_failed() -> None:
    state = DetectorState(FILE)
    assert DetectorState().order() is None
    assert state.order() == {"do": "detector", "detector": FILE.as_message()}
    for told in ("loading", "on"):
        state.heard(0, told)
    assert (state.trouble, state.order() is not None) == ("", True)
    state.went_down(0)  # for another reason
    assert (state.trouble, state.order() is not None) == ("", True)
    state.heard(0, "loading")
    state.heard(0, "detector_slow")
    assert (state.trouble, state.order()) == ("detector_slow", None)


def test_a_model_that_takes_its_process_down_is_not_given_to_the_next() -> None:
    state = DetectorState(FILE)
    state.heard(1, "loading")
    state.went_down(0)
    assert state.trouble == ""
    state.went_down(1)
    assert (state.trouble, state.order()) == ("detector_crashed", None)


@pytest.mark.parametrize("told", ["fine", "", None, ["on"]])
def test_what_no_worker_of_ours_says_of_it_is_not_believed(told: object) -> None:
    hub = CameraHub(detector=DetectorState(FILE))
    with pytest.raises((TypeError, ValueError)):
        hub.heard(0, {"is": "detector", "key": 0, "state": told})
    hub.heard(0, {"is": "detector", "key": 0, "state": "detector_model"})
    assert hub.detector.trouble == "detector_model"
