"""Records of cameras: who may keep them, where addresses lie, what the law forbids."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from actions.access import NotAllowed, NotThere
from actions.cameras.sources import camera_sources, touches_sources
from actions.intake.recording import record_community
from actions.outgoing import UrlInternal
from actions.setup.errors import ChangedMeanwhile
from cameras.model import CameraSource
from data.writer import Commit
from rules.camera_address import CameraSchemeWrong
from rules.cameras import RetentionTooShort, SiteForbidden
from rules.errors import RuleViolation
from rules.records import CommunityRecord
from rules.setup_fields import ValueMissing
from tests.actions.cameras.stage import ADDRESS, PASSWORD, camera, desk, draft, registered
from tests.rights_stage import Stage, officer

FILMS = Path("/var/films")


def sources(stage: Stage) -> dict[str, CameraSource]:
    return camera_sources(stage.store, stage.keyring, FILMS, ("10.1.0.0/16",), (9000,))


def test_a_record_becomes_a_source_that_only_the_keyring_can_read(register: Stage) -> None:
    device_id = registered(register)
    source = sources(register)[device_id]
    assert (source.kind, source.url, source.user, source.password) == (
        "rtsp", ADDRESS, "viewer", PASSWORD,
    )  # fmt: skip
    assert (source.networks, source.ports) == (("10.1.0.0/16",), (9000,))
    assert PASSWORD not in repr(source) and "10.1.2.3" not in repr(source)


def test_an_address_lies_nowhere_in_clear(
    register: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        device_id = registered(register)
        version = desk(register).one(device_id)["version"]
        desk(register).save(draft(device_id, version, password="andere-0815"))
    shown = str(desk(register).listing()) + repr(draft(device_id)) + caplog.text
    register.close()
    bytes_kept = b"".join(
        path.read_bytes() for path in register.folder.rglob("*") if path.is_file()
    )
    register.open()
    for secret in (PASSWORD, "andere-0815", "10.1.2.3", "Streaming"):
        assert secret not in shown
        assert secret.encode() not in bytes_kept
    row = desk(register).one(device_id)
    assert (row["scheme"], row["has_address"]) == ("rtsp", True)


def test_an_empty_address_keeps_the_one_there_is(register: Stage) -> None:
    device_id = registered(register)
    version = desk(register).one(device_id)["version"]
    kept = draft(device_id, version, address="", user="", password="", range_m="40")
    desk(register).save(kept)
    assert sources(register)[device_id].password == PASSWORD
    assert desk(register).one(device_id)["range_m"] == 40.0
    version = desk(register).one(device_id)["version"]
    desk(register).save(draft(device_id, version, address="", user="", password="neu-2"))
    changed = sources(register)[device_id]
    assert (changed.url, changed.user, changed.password) == (ADDRESS, "viewer", "neu-2")


def test_the_key_of_an_address_goes_with_the_address(register: Stage) -> None:
    device_id = registered(register)
    old = register.sql("select secret_id from camera_now")[0][0]
    version = desk(register).one(device_id)["version"]
    desk(register).save(draft(device_id, version, address="rtsp://10.1.9.9/live"))
    assert register.keyring.state_of(old) == "erased"
    new = register.sql("select secret_id from camera_now")[0][0]
    version = desk(register).one(device_id)["version"]
    desk(register).remove(device_id, version)
    assert register.keyring.state_of(new) == "erased"
    assert register.sql("select count(*) from camera_secret")[0][0] == 0
    assert device_id not in sources(register)
    assert desk(register).one(device_id)["version"] is None  # the device stands, unrecorded


def test_name_and_password_inside_an_address_are_taken_apart(register: Stage) -> None:
    typed = "rtsp://admin:p%40ss@10.1.2.3/live"
    device_id = registered(register, address=typed, user="", password="")
    source = sources(register)[device_id]
    assert (source.url, source.user, source.password) == ("rtsp://10.1.2.3/live", "admin", "p@ss")


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"address": "rtsp://192.168.1.4/live"}, UrlInternal),  # no network of the settings
        ({"address": "rtsp://169.254.169.254/"}, UrlInternal),  # hands out a cloud's keys
        ({"address": "http://10.1.2.3/video"}, CameraSchemeWrong),  # RTSP begins otherwise
        ({"address": ""}, ValueMissing),
        ({"site": "toilet"}, SiteForbidden),  # art. 8, whoever agrees
        ({"legal_class": "art7", "retention_days": 7}, RetentionTooShort),
    ],
)
def test_what_cannot_be_taken_is_refused_and_audited_without_the_address(
    register: Stage, more: dict[str, object], refusal: type[RuleViolation]
) -> None:
    device_id = camera(register)
    with pytest.raises(refusal):
        desk(register).save(draft(device_id, **more))
    assert sources(register) == {}
    lines = register.audited("camera.register")
    assert [(line[0], line[3]) for line in lines] == [("refused", refusal.code)]


@pytest.mark.parametrize("role", ["duty_officer", "privacy", "grid_worker", "property"])
def test_only_who_keeps_the_settings_keeps_the_records(register: Stage, role: str) -> None:
    device_id = camera(register)
    with pytest.raises(NotAllowed):
        desk(register, officer(role)).save(draft(device_id))
    with pytest.raises(NotAllowed):
        desk(register, officer(role)).listing()


def test_a_camera_of_another_community_is_not_there(register: Stage) -> None:
    theirs = camera(register, 5, "other")
    with pytest.raises(NotThere):
        desk(register).save(draft(theirs))
    assert desk(register).listing() == []


def test_two_people_do_not_write_over_each_other(register: Stage) -> None:
    device_id = registered(register)
    version = desk(register).one(device_id)["version"]
    desk(register).save(draft(device_id, version, owner="青禾物业"))
    with pytest.raises(ChangedMeanwhile):
        desk(register).save(draft(device_id, version, owner="别的单位"))
    with pytest.raises(ChangedMeanwhile):
        desk(register).remove(device_id, version)


def test_a_film_and_a_phone(register: Stage) -> None:
    film = registered(register, 1, kind="file", address="gate.mp4", user="", password="")
    phone = registered(register, 2, kind="phone", address="", user="", password="")
    found = sources(register)
    assert found[film].url == str(FILMS / "gate.mp4")
    assert (found[phone].kind, found[phone].url) == ("phone", "")


def test_cameras_without_a_record_have_scenes_in_a_demo_only(register: Stage) -> None:
    device_id = camera(register, 17)
    assert sources(register) == {}
    row = CommunityRecord(community_id="demo", name_zh="青禾社区", is_demo=True)
    record_community(register.store, row).result()
    source = sources(register)[device_id]
    assert (source.kind, source.url) == ("demo", "camera-017")


def test_the_hub_is_told_of_changes_that_matter() -> None:
    assert touches_sources(Commit(1, frozenset({("camera", "demo")})))
    assert touches_sources(Commit(1, frozenset({("device", "demo")})))
    assert not touches_sources(Commit(1, frozenset({("case", "demo"), ("alarm", "demo")})))
