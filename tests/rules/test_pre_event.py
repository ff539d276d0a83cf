"""Which cameras' last seconds are kept with an alarm, which pictures of them, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from rules.camera_record import CameraRecord
from rules.cameras import SignNeeded, camera_facts
from rules.pre_event import LOOK_FOR, NEAREST, REACH_M, Stood, before_alarm, near, open_until
from tests.checks.project import ROOT

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
MS = round(AT.timestamp() * 1_000)
HERE = (113.4, 33.3)
STEP = 0.0005  # of a degree of latitude: about 56 m


def stood(camera_id: str, steps: float) -> Stood:
    return Stood(camera_id, HERE[0], HERE[1] + steps * STEP)


def test_the_nearest_are_chosen_and_none_that_stands_too_far() -> None:
    cameras = [stood("c3", 3), stood("c1", 1), stood("c2", -2), stood("far", 5)]
    assert near("sensor", *HERE, cameras) == ["c1", "c2"]
    assert near("sensor", *HERE, [stood("far", 5)]) == []


def test_a_camera_that_raises_the_alarm_itself_comes_first() -> None:
    cameras = [stood("c1", 1), stood("c2", 2), Stood("own", None, None), stood("c3", 3)]
    assert near("own", *HERE, cameras) == ["own", "c1", "c2"]
    assert near("own", None, None, cameras) == ["own"]


def test_without_a_place_there_is_no_nearest() -> None:
    assert near("sensor", None, None, [stood("c1", 0)]) == []
    assert near("sensor", *HERE, [Stood("c1", None, None)]) == []


def test_it_is_the_nearness_of_the_mosaic() -> None:
    script = (ROOT / "assets" / "mosaic_fronts.js").read_text(encoding="utf-8")
    assert f"NEAREST = {NEAREST};" in script and f"REACH_M = {REACH_M:.0f};" in script


@pytest.mark.parametrize(
    ("back_ms", "kept"),
    [
        (0, True),
        (10_000, True),
        (10_001, False),  # before the seconds that are kept
        (-1, False),  # after the alarm: that is for an officer to watch
    ],
)
def test_only_the_seconds_before_it_are_kept(back_ms: int, kept: bool) -> None:
    assert before_alarm([MS - back_ms], AT, 10) == ([0] if kept else [])


def test_a_second_persons_word_lasts_a_day() -> None:
    assert open_until("confirmed", AT) == AT + LOOK_FOR == AT + timedelta(days=1)
    assert open_until("refused", AT) is None and open_until("waiting", None) is None


@pytest.mark.parametrize(("sign", "named"), [("yes", True), ("yes", False), ("no", False)])
def test_a_record_may_name_a_camera_whose_sign_is_up(sign: str, named: bool) -> None:
    typed = {"legal_class": "art9", "site": "gate", "sign_posted": sign}
    assert camera_facts({**typed, "pre_event": "yes" if named else ""})["pre_event"] is named


def test_a_camera_without_a_sign_is_never_named() -> None:
    with pytest.raises(SignNeeded):
        camera_facts({"legal_class": "art9", "site": "gate", "pre_event": "yes"})


@pytest.mark.parametrize(("sign", "codes"), [("是", []), ("无", ["camera_sign_needed"])])
def test_a_camera_list_may_name_one_as_well(sign: str, codes: list[str]) -> None:
    row = {"source_id": "c1", "name_zh": "东门", "legal_class": "art9", "source_kind": "phone",
           "sign_posted": sign, "pre_event": "是"}  # fmt: skip
    try:
        assert CameraRecord.model_validate(row).facts()["pre_event"] is True
        found = []
    except ValidationError as wrong:
        found = [error["type"] for error in wrong.errors()]
    assert found == codes
