"""Every check of the set-up list opens, closes and stays idle by the facts it is about."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from components.wording import CATALOGUE
from rules.setup_checks import NIGHT_SERVICES, TOPICS, Check, SetupFacts, open_count, setup_checks

READY = SetupFacts(
    named=True,
    named_in_english=True,
    centred=True,
    zone="Asia/Shanghai",
    counted=True,
    boundaries=1,
    zones=3,
    grids=60,
    buildings=120,
    places=500,
    plan_shapes=568,
    qr_points=1,
    cameras=500,
    cameras_observed=500,
    cameras_read=500,
    devices=1190,
    senders=1,
    uncovered_services=(),
    limits_reviewed=True,
    workers=64,
    duty_officers=1,
    privacy_officers=1,
    admins=2,
    kiosks=1,
    backup_at=datetime(2026, 11, 22, tzinfo=UTC),
)


def by_code(facts: SetupFacts) -> dict[str, Check]:
    return {check.code: check for check in setup_checks(facts)}


def test_a_finished_community_has_nothing_open() -> None:
    assert [check.code for check in setup_checks(READY) if check.state != "done"] == []
    assert open_count(setup_checks(READY)) == 0


def test_an_empty_community_is_nowhere_done_by_accident() -> None:
    checks = by_code(SetupFacts())
    done = {code for code, check in checks.items() if check.state == "done"}
    assert done == {"overwritten", "astray_accounts"}  # of these there truly are none
    idle = {code for code, check in checks.items() if check.state == "idle"}
    assert idle == {
        "grid_outlines",
        "grid_leaders",
        "building_grids",
        "positions",
        "camera_addresses",
        "camera_places",
        "camera_positions",
        "camera_headings",
        "camera_fov",
        "camera_classes",
        "camera_signs",
        "camera_pictures",
        "camera_refusals",
        "credit",
        "devices_seen",
    }


@pytest.mark.parametrize(
    ("code", "change", "count"),
    [
        ("name", {"named": False}, None),
        ("name_en", {"named_in_english": False}, None),
        ("timezone", {"zone": None}, None),
        ("centre", {"centred": False}, None),
        ("figures", {"counted": False}, None),
        ("time_limits", {"limits_reviewed": False}, None),
        ("boundary", {"boundaries": 0}, None),
        ("zones", {"zones": 0}, None),
        ("grids", {"grids": 0}, None),
        ("grid_outlines", {"grids_without_outline": 3}, 3),
        ("grid_leaders", {"grids_without_leader": 60}, 60),
        ("building_grids", {"buildings_without_grid": 1}, 1),
        ("buildings", {"buildings": 0}, None),
        ("positions", {"places_without_position": 7}, 7),
        ("camera_positions", {"cameras_without_position": 2}, 2),
        ("camera_headings", {"cameras_without_heading": 9}, 9),
        ("camera_addresses", {"cameras_without_address": 5}, 5),
        ("camera_places", {"cameras_without_place": 1}, 1),
        ("camera_fov", {"cameras_without_fov": 500}, 500),
        ("camera_classes", {"cameras_without_class": 3}, 3),
        ("camera_signs", {"cameras_without_sign": 8}, 8),
        ("camera_pictures", {"cameras_without_picture": 2}, 2),
        ("camera_refusals", {"cameras_refused": 4}, 4),
        ("qr_points", {"qr_points": 0}, None),
        ("credit", {"uncredited": 568}, 568),
        ("senders", {"senders": 0}, None),
        ("devices_seen", {"devices_never_seen": 4}, 4),
        ("overwritten", {"overwritten": 1}, 1),
        ("night_numbers", {"uncovered_services": ("gas", "fire")}, 2),
        ("workers", {"workers": 0}, None),
        ("duty_officer", {"duty_officers": 0}, None),
        ("privacy_officer", {"privacy_officers": 0}, None),
        ("second_admin", {"admins": 1}, None),  # one alone is one too few
        ("astray_accounts", {"astray_accounts": 1}, 1),
        ("kiosk", {"kiosks": 0}, None),
        ("backup", {"backup_at": None}, None),
    ],
)
def test_one_missing_thing_opens_its_check_and_no_other(
    code: str, change: dict[str, Any], count: int | None
) -> None:
    checks = by_code(replace(READY, **change))
    assert [c for c, check in checks.items() if check.state == "open"] == [code]
    assert checks[code].count == count


def test_the_services_without_a_number_at_night_are_named() -> None:
    check = by_code(replace(READY, uncovered_services=("gas",)))["night_numbers"]
    assert check.names == ("gas",) and check.total == len(NIGHT_SERVICES)


def test_cameras_nobody_has_looked_at_are_neither_well_nor_unwell() -> None:
    checks = by_code(replace(READY, cameras_observed=0, cameras_read=0))
    assert {checks["camera_pictures"].state, checks["camera_refusals"].state} == {"idle"}


def test_every_fact_matters_to_some_check() -> None:
    told = set(SetupFacts.__slots__)
    assert told == {field.name for field in fields(SetupFacts)}
    ready = setup_checks(READY)
    for name in told:
        value = getattr(READY, name)
        other: object = not value
        if isinstance(value, bool) or name in ("zone", "backup_at"):
            other = None if name in ("zone", "backup_at") else not value
        elif isinstance(value, tuple):
            other = ("gas",)
        elif isinstance(value, int):
            other = 0 if value else 1
        assert setup_checks(replace(READY, **{name: other})) != ready, name


def test_every_check_has_words_a_topic_and_a_page() -> None:
    for check in setup_checks(READY):
        assert {f"setup_check.{check.code}", f"setup_why.{check.code}"} <= CATALOGUE.keys()
        assert check.topic in TOPICS and check.page.startswith("/")
