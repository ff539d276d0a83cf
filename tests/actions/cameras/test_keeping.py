"""Pictures kept with an alarm: once, of the cameras near it, sealed, and gone in their time."""

from __future__ import annotations

import base64
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from actions.access import current_viewer
from actions.alarms.moves import AlarmDesk, AlarmMove, move_alarm
from actions.alarms.to_case import case_of_alarm
from actions.cameras import keeping as keeping_module
from actions.cameras.keeping import sweep_strips
from actions.cameras.strip_files import StripFiles, key_of
from actions.cases.photo_files import PhotoFiles
from actions.rights.legal_holds import HoldWish, ask_hold
from actions.rights.retention import run_by_itself
from data.rebuild import rebuild
from tests.actions.cameras.hub import picture
from tests.actions.cameras.kept import (
    COLOURS,
    alarm,
    files,
    held,
    keeping,
    kept_alarm,
    named,
    strips,
)
from tests.actions.cameras.stage import camera, registered
from tests.rights_stage import Stage, officer

DUTY = officer("duty_officer")


def keep(stage: Stage, *cameras: str) -> int:
    return keeping(stage).keep({each: held() for each in cameras}, datetime.now(UTC))


def test_the_seconds_before_an_alarm_are_kept_with_it(register: Stage) -> None:
    camera_id = named(register)
    frames = held()
    alarm_id = alarm(register)
    assert keeping(register).keep({camera_id: frames}, datetime.now(UTC)) == 1
    (row,) = register.store.rows("alarm_strip/of_alarm", alarm_id=alarm_id)
    assert (row["device_id"], row["pictures"]) == (camera_id, len(COLOURS))
    assert row["first_at"].timestamp() * 1_000 == pytest.approx(frames[0].captured_ms)
    assert row["last_at"].timestamp() * 1_000 == pytest.approx(frames[-1].captured_ms)
    opened = StripFiles(register.store, register.keyring)
    pictures = [opened.picture(row["strip_id"], number) for number in range(len(COLOURS) + 1)]
    assert pictures == [*(frame.jpeg for frame in frames), None]
    ((result, actor, subject, detail),) = register.audited("camera.keep")
    assert (result, actor, subject, detail) == ("done", "system", alarm_id, f"{camera_id}: 3")


def test_what_lies_on_disk_is_sealed(register: Stage) -> None:
    kept_alarm(register, named(register))
    (content,) = files(register)
    for clear in (content, base64.b64decode(content, validate=False)):
        assert b"JFIF" not in clear
    assert b"JFIF" in picture()


def test_an_alarm_that_goes_on_reporting_keeps_nothing_more(register: Stage) -> None:
    camera_id = named(register)
    alarm_id = kept_alarm(register, camera_id)
    assert alarm(register) == alarm_id
    assert keep(register, camera_id) == 0
    assert len(strips(register, alarm_id)) == len(files(register)) == 1


def test_of_two_that_keep_the_same_alarm_one_does(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera_id = named(register)
    frames = {camera_id: held()}
    alarm_id = alarm(register)
    wanting = register.store.rows("alarm_strip/wanting", since=datetime(2000, 1, 1, tzinfo=UTC))
    assert keeping(register).keep(frames, datetime.now(UTC)) == 1
    read = register.store.rows

    def late(query: str, **more: Any) -> list[dict[str, Any]]:
        return wanting if query == "alarm_strip/wanting" else read(query, **more)

    monkeypatch.setattr(register.store, "rows", late)
    assert keeping(register).keep(frames, datetime.now(UTC)) == 0
    assert len(strips(register, alarm_id)) == len(files(register)) == 1


def test_a_camera_far_away_and_one_of_another_community_keep_nothing(register: Stage) -> None:
    far = camera(register, 8, lat=33.31)
    other = camera(register, 9, community_id="other")
    alarm(register)
    assert keep(register, far, other) == 0 and files(register) == []


def test_a_camera_keeps_its_own_alarm_wherever_it_stands(register: Stage) -> None:
    far = camera(register, 8, lat=33.31)
    frames = {far: held()}
    alarm(register, device=far, kind="fire_lane")
    assert keeping(register).keep(frames, datetime.now(UTC)) == 1


def test_pictures_from_after_the_alarm_are_not_kept(register: Stage) -> None:
    camera_id = named(register)
    alarm_id = alarm(register)
    later_ms = round(time.time() * 1_000) + 2_000
    late = tuple(replace(frame, captured_ms=later_ms) for frame in held())
    assert keeping(register).keep({camera_id: late}, datetime.now(UTC)) == 0
    assert strips(register, alarm_id) == []


def test_an_alarm_of_long_ago_finds_nothing_any_more(register: Stage) -> None:
    camera_id = named(register)
    alarm(register)
    later = datetime.now(UTC) + timedelta(minutes=2)
    assert keeping(register).keep({camera_id: held()}, later) == 0


def test_a_flood_of_alarms_does_not_fill_the_disk(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_module, "MOST_A_DAY", 2)
    camera_id = named(register)
    for number in range(4):
        alarm(register, device=f"post-{number}")
        keep(register, camera_id)
    assert len(files(register)) == 2


def test_a_disk_that_refuses_leaves_the_alarm_and_no_row(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: PhotoFiles, photo_id: str, jpeg: bytes) -> None:
        raise OSError(28, "No space left on device")

    camera_id = named(register)
    frames = {camera_id: held()}
    alarm_id = alarm(register)
    monkeypatch.setattr(PhotoFiles, "write", full)
    with pytest.raises(OSError, match="No space"):
        keeping(register).keep(frames, datetime.now(UTC))
    assert register.store.rows("alarm/one", alarm_id=alarm_id)
    assert strips(register, alarm_id) == [] and files(register) == []


def test_a_strip_that_was_altered_or_lost_its_key_is_not_shown(register: Stage) -> None:
    alarm_id = kept_alarm(register, named(register))
    (strip_id,) = strips(register, alarm_id)
    opened = StripFiles(register.store, register.keyring)
    (path,) = _paths(register)
    whole = path.read_bytes()
    path.write_bytes(whole[:-8] + b"AAAAAAA=")
    assert opened.picture(strip_id, 0) is None
    path.write_bytes(whole)
    assert opened.picture(strip_id, 0) is not None
    register.keyring.erase([key_of(strip_id)])
    assert opened.picture(strip_id, 0) is None


def test_what_a_crash_left_without_a_row_is_destroyed_at_the_next_start(register: Stage) -> None:
    alarm_id = kept_alarm(register, named(register))
    StripFiles(register.store, register.keyring).write("01-orphan", [picture()])
    assert len(files(register)) == 2
    sweep_strips(register.store, register.keyring)
    assert len(strips(register, alarm_id)) == len(files(register)) == 1
    assert register.keyring.state_of(key_of("01-orphan")) == "erased"
    assert register.keyring.state_of(key_of(strips(register, alarm_id)[0])) == "known"


def _paths(register: Stage) -> list[Path]:
    return list((register.folder / "photos").rglob("*.strip"))


def close(register: Stage, alarm_id: str, verdict: str) -> None:
    current_viewer.set(DUTY)
    desk = AlarmDesk(register.store, register.keyring, register.audit)
    for move in (AlarmMove("reset"), AlarmMove("close", verdict=verdict)):
        move_alarm(desk, DUTY, alarm_id, move)


@pytest.mark.parametrize(
    ("verdict", "days", "stays"),
    [
        ("real", 0, True),
        ("real", 29, True),
        ("real", 31, False),
        ("false", 0, False),  # nobody has a use for them
        ("test", 0, False),
        ("", 31, False),  # nobody has closed it
    ],
)
def test_they_go_when_their_time_is_over(
    register: Stage, verdict: str, days: int, stays: bool
) -> None:
    alarm_id = kept_alarm(register, named(register))
    (strip_id,) = strips(register, alarm_id)
    if verdict:
        close(register, alarm_id, verdict)
    register.later(days=days)
    run_by_itself(register.approvals, "demo")
    assert bool(strips(register, alarm_id)) is bool(files(register)) is stays
    assert register.keyring.state_of(key_of(strip_id)) == ("known" if stays else "erased")
    logged = register.sql("select count(*) from alarm_strip_event")
    proofs = register.store.rows("retention/proofs", community_id="demo", most=100)
    assert (logged == [(1,)]) is stays
    assert [row["subjects"] for row in proofs if row["class"] == "alarm_strip"] == (
        [] if stays else [1]
    )


def test_a_legal_hold_on_the_alarms_case_keeps_them(register: Stage) -> None:
    alarm_id = kept_alarm(register, named(register))
    current_viewer.set(DUTY)
    desk = AlarmDesk(register.store, register.keyring, register.audit)
    case_id = case_of_alarm(desk, DUTY, alarm_id, AlarmMove("to_case"))
    until = register.now + timedelta(days=60)
    hold = HoldWish("case", case_id, "court_order", "虚构的理由：法院调取", expires_at=until)
    ask_hold(register.approvals, officer("privacy"), "demo", hold)
    register.later(days=40)
    run_by_itself(register.approvals, "demo")
    assert len(strips(register, alarm_id)) == len(files(register)) == 1
    register.later(days=30)
    run_by_itself(register.approvals, "demo")
    assert strips(register, alarm_id) == [] and files(register) == []


def test_only_a_named_camera_with_its_sign_up_is_held(register: Stage) -> None:
    camera_id = named(register, 1)
    registered(register, 2, sign_posted="yes")
    registered(register, 3)
    camera(register, 4)
    registered(register, 5, kind="phone", address="", user="", password="", sign_posted="yes",
               pre_event="yes")  # fmt: skip
    assert keeping(register).named() == {camera_id}


def test_the_current_state_can_be_made_anew(register: Stage) -> None:
    kept_alarm(register, named(register))
    before = register.sql("from alarm_strip_now")
    rebuild(register.store)
    assert register.sql("from alarm_strip_now") == before and len(before) == 1
