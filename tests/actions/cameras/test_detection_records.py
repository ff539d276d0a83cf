"""What a scene found is kept beside its alarm: once, sealed, for a few, and for thirty days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere
from actions.cameras import detection_records
from actions.cameras.detection_records import (
    Found,
    detection_picture,
    detections_of,
    keep_detection,
)
from actions.cameras.detections import report_detection
from actions.intake.recording import record
from actions.rights.legal_holds import HoldWish, ask_hold
from actions.rights.retention import run_by_itself
from actions.rights.retention_plan import plan
from rules.detections import Evidence
from rules.records import CaseRecord
from rules.viewer import Viewer
from tests.actions.cameras.hub import picture
from tests.actions.cameras.stage import camera
from tests.rights_stage import Stage, officer

CROP = picture(size=(96, 60))
SEEN = Evidence("two-averages/1", {"seconds": 60.0}, 0.8, "car", 0.82, CROP, 96, 60)
BARE = Evidence("band-blobs/1", {}, 0.2)
DUTY = officer("duty_officer")


def raised(
    register: Stage, evidence: Evidence = SEEN, second: float = 0, scene: str = "s"
) -> Found:
    """An alarm with what it was found by, both on disk."""
    gate = register.sql("select device_id from device_now limit 1") or [(camera(register),)]
    at = register.now - timedelta(minutes=5) + timedelta(seconds=second)
    (result,) = report_detection(
        register.store, "demo", gate[0][0], "obstruction", at, over=False
    ).result()
    assert result.alarm_id is not None
    found = Found(result.alarm_id, "demo", scene, gate[0][0], "obstruction", at, evidence)
    keep_detection(register.store, register.keyring, found).result()
    return found


def shown(register: Stage, found: Found, viewer: Viewer = DUTY, detection_id: str = "") -> bytes:
    keys, audit = register.keyring, register.audit
    wanted = detection_id or found.detection_id
    now = register.now
    return detection_picture(register.store, keys, audit, viewer, found.alarm_id, wanted, now)


def test_a_detection_is_kept_once_however_often_it_is_told(register: Stage) -> None:
    found = raised(register)
    assert raised(register) == found
    keys = register.keyring.count()
    raised(register)
    assert register.keyring.count() == keys, "one key for one picture"
    (row,) = detections_of(register.store, [found.alarm_id])[found.alarm_id]
    assert (row["method"], row["parameters"], row["confidence"]) == (
        "two-averages/1", {"seconds": 60.0}, 0.8,
    )  # fmt: skip
    assert (row["thing"], row["thing_confidence"], row["n"]) == ("car", 0.82, 1)
    assert row["found_at"] == found.at and row["finding"] == "obstruction"
    assert "sealed" not in row


def test_the_newest_of_each_scene_is_shown_with_how_many_there_are(register: Stage) -> None:
    first = raised(register)
    for second in (10, 20):
        newest = raised(register, second=second)
    other = raised(register, BARE, 15, scene="t")
    assert newest.alarm_id == first.alarm_id == other.alarm_id, "one alarm of a camera and kind"
    rows = detections_of(register.store, [first.alarm_id])[first.alarm_id]
    assert [(row["scene_id"], row["n"], row["found_at"], row["pictured_id"]) for row in rows] == [
        ("s", 3, newest.at, first.detection_id),
        ("t", 1, other.at, None),
    ]
    assert detections_of(register.store, []) == {}


def test_who_crosses_all_day_fills_no_disk(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(detection_records, "MOST_PICTURES", 3)
    seconds = (0, 59, 60, 61, 119, 120, 180)
    told = [raised(register, second=second) for second in seconds]
    raised(register, second=61, scene="t")  # another scene has pictures of its own
    rows = register.sql(
        "select detection_id from detection where sealed is not null and scene_id = 's' "
        "order by found_at"
    )
    assert [row[0] for row in rows] == [told[n].detection_id for n in (0, 2, 5)]
    by_scene = detections_of(register.store, [told[0].alarm_id])[told[0].alarm_id]
    shown_of = {
        row["scene_id"]: (row["n"], row["found_at"], row["pictured_id"]) for row in by_scene
    }
    assert shown_of["s"] == (7, told[6].at, told[5].detection_id)
    assert shown_of["t"][0] == 1 and shown_of["t"][2] is not None


def test_no_picture_lies_in_the_store_in_clear(register: Stage) -> None:
    raised(register)
    (sealed,) = register.sql("select sealed from detection")[0]
    assert CROP not in sealed.encode() and len(sealed) > len(CROP)


def test_who_may_watch_cameras_sees_the_picture_and_each_look_is_audited(register: Stage) -> None:
    found = raised(register)
    assert shown(register, found) == shown(register, found) == CROP
    for role in ("secretary", "subdistrict"):  # these read alarms
        with pytest.raises(NotAllowed):
            shown(register, found, officer(role))
    others = [officer(role) for role in ("privacy", "admin", "grid_worker", "property")]
    wall = Viewer("kiosk", "wall-1", "wall", frozenset({"demo"}))
    for viewer in (*others, wall, officer("duty_officer", 2, "other")):
        with pytest.raises(NotThere):
            shown(register, found, viewer)
    lines = register.audited("detection.look")
    assert [(line[0], line[1], line[2]) for line in lines] == [
        ("done", DUTY.actor, found.alarm_id)
    ] * 2


def test_a_picture_belongs_to_its_alarm_and_may_be_missing(register: Stage) -> None:
    found, bare = raised(register), raised(register, BARE, 15, scene="t")
    for wanted in (bare.detection_id, "no-such-detection"):
        with pytest.raises(NotThere):
            shown(register, found, detection_id=wanted)
    elsewhere = Found("no-such-alarm", *("demo", "s", "c", "obstruction"), found.at, SEEN)
    with pytest.raises(NotThere):
        shown(register, elsewhere, detection_id=found.detection_id)


def due(register: Stage) -> tuple[int, int]:
    (each,) = (p for p in plan(register.store, "demo", register.now) if p.code == "detection")
    return each.subjects, each.held


def test_a_detection_goes_by_itself_after_thirty_days_and_its_alarm_stays(register: Stage) -> None:
    found, kept = raised(register), raised(register, BARE, 15, scene="t")
    register.later(days=29)
    assert due(register) == (0, 0)
    register.later(days=2)
    assert due(register) == (2, 0)
    run_by_itself(register.approvals, "demo")
    assert detections_of(register.store, [found.alarm_id]) == {}
    assert register.keyring.state_of(found.detection_id) == "erased"
    assert register.store.rows("alarm/one", alarm_id=kept.alarm_id)
    with pytest.raises(NotThere):
        shown(register, found)
    proofs: list[Any] = register.store.rows("retention/proofs", community_id="demo", most=10)
    assert [(row["class"], row["subjects"]) for row in proofs] == [("detection", 2)]


def test_a_hold_on_the_case_of_its_alarm_keeps_a_detection(register: Stage) -> None:
    found = raised(register)
    case = CaseRecord(source_id="c1", category="noise", reported_at=register.now)
    case_id = str(record(register.store, "cases", "demo", "t", [case]).result()[0].id)
    row = register.store.rows("alarm/one", alarm_id=found.alarm_id)[0]
    linked = {**row, "case_id": case_id, "event_kind": "linked"}
    del linked["event_id"], linked["recorded_at"]
    register.store.write(lambda tx: tx.append("alarm", [linked])).result()
    register.later(days=31)
    wish = HoldWish("case", case_id, "dispute", "虚构的理由", register.now + timedelta(days=30))
    ask_hold(register.approvals, officer("privacy"), "demo", wish)
    assert due(register) == (0, 1)
    run_by_itself(register.approvals, "demo")
    assert shown(register, found) == CROP
