"""Decides what is still missing before a community's wall is honest, from counted facts.

Nothing to look at is not the same as nothing wrong: where a community has no camera, the check of
cameras is idle, neither open nor done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

State = Literal["open", "done", "idle"]
Grade = Literal["needed", "advised"]
Topic = Literal["community", "areas", "places", "cameras", "sources", "people", "running"]

TOPICS: tuple[Topic, ...] = (
    "community", "areas", "places", "cameras", "sources", "people", "running",
)  # fmt: skip
# Services somebody must be able to call at night: where they fail, people are in danger.
NIGHT_SERVICES = ("lift", "water", "power", "gas", "fire")
LEAST_ADMINS = 2  # one alone locks the community out by leaving or forgetting


@dataclass(frozen=True, slots=True)
class SetupFacts:
    """What was counted in one community; every number counts live rows only.

    Attributes:
        named: It has a name of its own, not only the id an import gave it.
        named_in_english: It has an English name.
        centred: Its centre is known.
        zone: Its IANA time zone, or None where unknown.
        counted: Households and residents are recorded.
        boundaries: Outlines of the whole community.
        uncredited: Imported shapes of the plan without a credit line.
        cameras_without_place: Those with neither a place nor an area.
        cameras_observed: Those that were ever looked at.
        cameras_without_picture: Those of them that never gave a picture.
        cameras_read: Those whose state is known here and now; 0 where no cameras are read.
        cameras_refused: Those of them that cannot be connected, each for a reason.
        senders: Keys of other software and sources that have brought a row, the simulator apart.
        uncovered_services: Codes of NIGHT_SERVICES without a number after hours.
        astray_accounts: Accounts whose areas are all gone, so that they reach nothing.
        overwritten: Objects changed by hand and by a source since.
        limits_reviewed: Somebody looked through the default time limits as they are now.
        backup_at: When the last good backup was taken, or None.
    """

    named: bool = False
    named_in_english: bool = False
    centred: bool = False
    zone: str | None = None
    counted: bool = False
    boundaries: int = 0
    zones: int = 0
    grids: int = 0
    grids_without_outline: int = 0
    grids_without_leader: int = 0
    buildings: int = 0
    buildings_without_grid: int = 0
    places: int = 0
    places_without_position: int = 0
    plan_shapes: int = 0
    uncredited: int = 0
    qr_points: int = 0
    cameras: int = 0
    cameras_without_heading: int = 0
    cameras_without_position: int = 0
    cameras_without_address: int = 0
    cameras_without_place: int = 0
    cameras_without_fov: int = 0
    cameras_without_class: int = 0
    cameras_without_sign: int = 0
    cameras_observed: int = 0
    cameras_without_picture: int = 0
    cameras_read: int = 0
    cameras_refused: int = 0
    devices: int = 0
    devices_never_seen: int = 0
    senders: int = 0
    overwritten: int = 0
    uncovered_services: tuple[str, ...] = NIGHT_SERVICES
    limits_reviewed: bool = False
    workers: int = 0
    duty_officers: int = 0
    privacy_officers: int = 0
    admins: int = 0
    astray_accounts: int = 0
    kiosks: int = 0
    backup_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist.

    Attributes:
        code: Names it in the wording: `setup_check.<code>` and `setup_why.<code>`.
        topic: Where it stands in the list.
        grade: Needed before the wall may be believed, or advised.
        page: Page on which it is put right.
        state: open, done, or idle where there is nothing to look at.
        count: How many are missing; None where it is one thing, there or not.
        total: Out of how many; None where that says nothing.
        names: Codes of what exactly is missing, e.g. services.
        show: Filter of that page that shows exactly these; empty for none.
    """

    code: str
    topic: Topic
    grade: Grade
    page: str
    state: State
    count: int | None = None
    total: int | None = None
    names: tuple[str, ...] = ()
    show: str = ""


MAP, FACTS, PEOPLE = "/setup/map", "/setup", "/setup/workers"
CAMERAS = "/camera-register"
CONTACTS, ACCOUNTS, KIOSKS, HEALTH, KEYS = "/contacts", "/accounts", "/kiosks", "/health", "/keys"
# Pages that only who makes accounts may open.
MANAGED_PAGES = frozenset({ACCOUNTS, KIOSKS, KEYS})


def setup_checks(facts: SetupFacts) -> list[Check]:
    """Return every check in the order of the list, whatever its state."""
    return [check for part in _PARTS for check in part(facts)]


def open_count(checks: Sequence[Check]) -> int:
    """Return how many checks are open."""
    return sum(check.state == "open" for check in checks)


def _community(facts: SetupFacts) -> list[Check]:
    return [
        _there("name", "community", "needed", FACTS, facts.named),
        _there("name_en", "community", "advised", FACTS, facts.named_in_english),
        _there("timezone", "community", "needed", FACTS, facts.zone is not None),
        _there("centre", "community", "needed", MAP, facts.centred),
        _there("figures", "community", "advised", FACTS, facts.counted),
        _there("time_limits", "community", "needed", FACTS, facts.limits_reviewed),
    ]


def _areas(facts: SetupFacts) -> list[Check]:
    buildings = facts.buildings
    return [
        _there("boundary", "areas", "needed", MAP, facts.boundaries > 0),
        _there("zones", "areas", "advised", MAP, facts.zones > 0),
        _there("grids", "areas", "needed", MAP, facts.grids > 0),
        _missing("grid_outlines", "areas", "needed", MAP, facts.grids_without_outline, facts.grids),
        _missing(
            "grid_leaders", "areas", "needed", PEOPLE, facts.grids_without_leader, facts.grids
        ),
        _missing("building_grids", "areas", "needed", MAP, facts.buildings_without_grid, buildings),
    ]


def _places(facts: SetupFacts) -> list[Check]:
    return [
        _there("buildings", "places", "needed", MAP, facts.buildings > 0),
        _missing("positions", "places", "needed", MAP, facts.places_without_position, facts.places),
        _there("qr_points", "places", "advised", MAP, facts.qr_points > 0),
        _missing("credit", "places", "needed", MAP, facts.uncredited, facts.plan_shapes),
    ]


def _cameras(facts: SetupFacts) -> list[Check]:
    n, without = facts.cameras, facts.cameras_without_position
    return [
        _lacking("addresses", "needed", "address", facts.cameras_without_address, n),
        _lacking("places", "needed", "place", facts.cameras_without_place, n),
        _missing("camera_positions", "cameras", "needed", MAP, without, n),
        _missing("camera_headings", "cameras", "advised", MAP, facts.cameras_without_heading, n),
        _lacking("fov", "advised", "fov", facts.cameras_without_fov, n),
        _lacking("classes", "needed", "legal_class", facts.cameras_without_class, n),
        _lacking("signs", "needed", "sign", facts.cameras_without_sign, n),
        _lacking(
            "pictures", "needed", "picture", facts.cameras_without_picture, facts.cameras_observed
        ),
        _lacking("refusals", "needed", "refused", facts.cameras_refused, facts.cameras_read),
    ]


def _sources(facts: SetupFacts) -> list[Check]:
    seen = facts.devices
    return [
        _there("senders", "sources", "needed", KEYS, facts.senders > 0),
        _missing("devices_seen", "sources", "needed", HEALTH, facts.devices_never_seen, seen),
        _missing("overwritten", "sources", "advised", MAP, facts.overwritten, None),
    ]


def _people(facts: SetupFacts) -> list[Check]:
    missing = facts.uncovered_services
    total = len(NIGHT_SERVICES)
    night = _missing("night_numbers", "people", "needed", CONTACTS, len(missing), total)
    return [
        replace(night, names=missing),
        _there("workers", "people", "needed", PEOPLE, facts.workers > 0),
        _there("duty_officer", "people", "needed", ACCOUNTS, facts.duty_officers > 0),
        _there("privacy_officer", "people", "needed", ACCOUNTS, facts.privacy_officers > 0),
        _there("second_admin", "people", "needed", ACCOUNTS, facts.admins >= LEAST_ADMINS),
        _missing("astray_accounts", "people", "needed", ACCOUNTS, facts.astray_accounts, None),
    ]


def _running(facts: SetupFacts) -> list[Check]:
    return [
        _there("kiosk", "running", "needed", KIOSKS, facts.kiosks > 0),
        _there("backup", "running", "needed", HEALTH, facts.backup_at is not None),
    ]


_PARTS: tuple[Callable[[SetupFacts], list[Check]], ...] = (
    _community,
    _areas,
    _places,
    _cameras,
    _sources,
    _people,
    _running,
)


def _there(code: str, topic: Topic, grade: Grade, page: str, there: bool) -> Check:
    return Check(code, topic, grade, page, "done" if there else "open")


def _lacking(code: str, grade: Grade, show: str, count: int, total: int) -> Check:
    """A check of cameras that the register of cameras lists."""
    check = _missing(f"camera_{code}", "cameras", grade, CAMERAS, count, total)
    return replace(check, show=show)


def _missing(
    code: str, topic: Topic, grade: Grade, page: str, count: int, total: int | None
) -> Check:
    """A check of many things; of none at all it says nothing."""
    if total == 0:
        return Check(code, topic, grade, page, "idle", 0, 0)
    return Check(code, topic, grade, page, "open" if count else "done", count, total)
