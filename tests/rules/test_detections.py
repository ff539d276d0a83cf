"""What a model may be asked for, and how sure a method is in words."""

from __future__ import annotations

import pytest

from rules.detections import CONFIDENCES, THINGS, ThingUnknown, classes_of, confidence_word


def test_outputs_of_a_model_are_named_by_number() -> None:
    assert classes_of(("2=car", "007=truck", "1=bicycle")) == {2: "car", 7: "truck", 1: "bicycle"}
    assert classes_of(()) == {}


@pytest.mark.parametrize(
    "written",
    ["0=person", "1=face", "2=Car", "car", "=car", "-1=car", "2.0=car", "10000=car", "²=car",
     "999999999=car", "2=", "2=licence_plate", ""],
)  # fmt: skip
def test_nothing_but_things_may_be_asked_for(written: str) -> None:
    with pytest.raises(ThingUnknown):
        classes_of(("2=car", written))


def test_nobody_is_a_thing() -> None:
    words = {"person", "people", "face", "plate", "man", "woman", "child", "human", "pedestrian"}
    assert not words & set(THINGS)


@pytest.mark.parametrize(
    ("confidence", "word"),
    [(0.0, "low"), (0.39, "low"), (0.4, "medium"), (0.69, "medium"), (0.7, "high"), (1.0, "high")],
)
def test_a_number_has_its_word(confidence: float, word: str) -> None:
    assert confidence_word(confidence) == word
    assert word in CONFIDENCES
