"""What the record of a camera may say, by the law's own words and their opposites."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from rules.approvals import PURPOSES
from rules.camera_address import (
    CameraAddressInvalid,
    CameraSchemeWrong,
    FilmNameInvalid,
    address_of,
)
from rules.camera_glances import Glances
from rules.cameras import (
    FORBIDDEN_SITES,
    LEGAL_CLASSES,
    SITES,
    VIEW_PURPOSES,
    GbIdInvalid,
    RetentionTooShort,
    SiteForbidden,
    camera_facts,
    gb_id_of,
    needs_second_person,
    site_of,
    still_covered,
)
from rules.setup_fields import FieldRefused, ValueMissing

NOW = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)


def facts(**more: Any) -> dict[str, Any]:
    return camera_facts({"legal_class": "art9", "site": "gate", **more})


def test_a_record_keeps_thirty_days_unless_it_says_otherwise() -> None:
    assert facts()["retention_days"] == 30
    assert facts(retention_days="7")["retention_days"] == 7  # art. 9 is exempt
    assert facts(legal_class="art7", retention_days="90")["retention_days"] == 90
    with pytest.raises(RetentionTooShort):
        facts(legal_class="art7", retention_days="29")


@pytest.mark.parametrize("site", FORBIDDEN_SITES)
def test_no_camera_looks_into_a_place_of_art_8(site: str) -> None:
    with pytest.raises(SiteForbidden):
        site_of(site)


def test_allowed_and_forbidden_places_are_apart() -> None:
    assert not set(SITES) & set(FORBIDDEN_SITES)
    assert [site_of(site) for site in SITES] == list(SITES)


# code, whether it is a camera's
CODES = [
    ("34020000001320000001", True),  # 132: network camera
    ("34020000001310000001", True),  # 131: camera
    ("34020000001180000001", False),  # 118: recorder
    ("34020000002160000001", False),  # 216: a group
    ("3402000000132000000", False),  # nineteen digits
    ("3402000000132000000x", False),
    ("３４０２００００００１３２０００００１", False),  # full width is no digit of a code
]


@pytest.mark.parametrize(("code", "good"), CODES)
def test_a_gb_id_is_twenty_digits_of_a_camera(code: str, good: bool) -> None:
    if good:
        assert gb_id_of(code) == code
        return
    with pytest.raises(GbIdInvalid):
        gb_id_of(code)


@pytest.mark.parametrize(("field", "value"), [("fov_deg", 0), ("fov_deg", 361), ("range_m", -1)])
def test_a_field_of_view_has_bounds(field: str, value: float) -> None:
    with pytest.raises(FieldRefused):
        facts(**{field: value})


def test_the_second_person_is_for_single_cameras_of_art_7_and_of_no_class() -> None:
    assert {c for c in LEGAL_CLASSES if needs_second_person(c, "single")} == {"art7"}
    assert needs_second_person(None, "single")
    assert not any(needs_second_person(c, "wall") for c in (*LEGAL_CLASSES, None))
    assert still_covered(NOW, "waiting", NOW + timedelta(minutes=9))
    assert not still_covered(NOW, "confirmed", NOW + timedelta(minutes=10))
    assert not still_covered(NOW, "refused", NOW)
    assert set(VIEW_PURPOSES) <= set(PURPOSES)


def test_name_and_password_are_taken_out_of_an_address() -> None:
    inside = address_of("rtsp", "RTSP://u%20x:p%3As@host:8554/a?b=1#c")
    assert (inside.scheme, inside.url) == ("rtsp", "rtsp://host:8554/a?b=1")
    assert (inside.user, inside.password) == ("u x", "p:s")
    assert address_of("mjpeg", "http://u:p@h/", "v", "q").password == "q"
    assert "host" not in repr(inside) and "p:s" not in repr(inside)


# kind, address, why it is refused
WRONG = [
    ("rtsp", "http://h/", CameraSchemeWrong),
    ("mjpeg", "file:///etc/passwd", CameraAddressInvalid),
    ("mjpeg", "gopher://h/", CameraSchemeWrong),
    ("snapshot", "http://h /x", CameraAddressInvalid),
    ("snapshot", "http://h:99999/", CameraAddressInvalid),
    ("rtsp", "", ValueMissing),
    ("file", "../keys/master", FilmNameInvalid),
    ("file", "/etc/passwd", FilmNameInvalid),
    ("file", "..mp4", FilmNameInvalid),
    ("demo", "camera-001", FieldRefused),  # scenes are not entered
]


@pytest.mark.parametrize(("kind", "url", "refusal"), WRONG)
def test_an_address_that_cannot_be_is_refused_without_repeating_it(
    kind: str, url: str, refusal: type[FieldRefused]
) -> None:
    with pytest.raises(refusal) as found:
        address_of(kind, url)
    assert not url or url not in str(found.value)


def test_an_hour_of_a_mosaic_is_closed_and_the_next_begun() -> None:
    first = Glances.begun(NOW)
    later = NOW + timedelta(hours=2)
    hours = [first, *first.roll(later)]
    assert [hour.seconds for hour in hours] == [1800.0, 3600.0, 0.0]
    assert [hour.held for hour in hours] == [0, 0, 1]
    hours[-1].hide(later)
    hours[-1].hide(later)
    assert hours[-1].seconds == 1800.0 and hours[-1].held == 0
