"""Decides what the record of a camera may say, and when watching one needs a second person.

Regulation 799 (DOMAIN §3 R10-R15): classes of arts. 7, 9 and 33, forbidden places of art. 8, thirty
days of art. 17, two people of art. 16(4). GB/T 28181: the twenty digits of a camera's code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from rules.errors import RuleViolation
from rules.setup_fields import (
    FieldRefused,
    choice_of,
    name_of,
    number_of,
    whole_number_of,
)

LegalClass = Literal["art7", "art9", "art33"]
# kept: pictures that were kept with an alarm (rules/pre_event.py).
ViewMode = Literal["single", "wall", "kept"]

# art7: public places the regulation names. art9: other public places, as inside most estates.
# art33: places that are not public.
LEGAL_CLASSES: tuple[LegalClass, ...] = ("art7", "art9", "art33")
# Where a camera may look. "other" is for what has no word here.
SITES = (
    "gate",
    "road",
    "lane",
    "square",
    "car_park",
    "entrance",
    "lobby",
    "lift_car",
    "stairwell",
    "park",
    "perimeter",
    "roof",
    "equipment_room",
    "service_hall",
    "sports_culture",
    "waste_station",
    "other",
)
# Art. 8: no camera may look into these, whoever owns it and whoever agrees.
FORBIDDEN_SITES = (
    "guest_room",
    "private_dining_room",
    "dormitory_room",
    "staff_rest_room",
    "bathroom",
    "toilet",
    "changing_room",
    "nursing_room",
    "fitting_room",
    "home_window",
)
DEFAULT_RETENTION_DAYS = 30  # art. 17 and DOMAIN R10; what a recorder keeps, for nothing is here
LONGEST_RETENTION_DAYS = 365
WIDEST_DEG, FARTHEST_M = 360, 2_000
# Why somebody watches one camera; a subset of rules/approvals.PURPOSES.
GATE_CALL = "gate_call"  # only with a visitor's call (rules/gates.py), never chosen from a list
CHOSEN_PURPOSES = ("incident", "emergency", "legal_duty", "superior_request", "maintenance")
VIEW_PURPOSES = (*CHOSEN_PURPOSES, GATE_CALL)
# A person who closes and opens the same camera within this time need not be confirmed again.
CONFIRMATION_COVERS = timedelta(minutes=10)
GB_CAMERA_TYPES = ("131", "132")  # GB/T 28181, digits 11 to 13: camera, network camera
_GB_ID = re.compile(r"[0-9]{20}")


class SiteForbidden(FieldRefused):
    """No camera may look into such a place (regulation 799, art. 8)."""

    code = "camera_site_forbidden"


class GbIdInvalid(FieldRefused):
    """Not the twenty digits of a camera under GB/T 28181."""

    code = "camera_gb_id"


class RetentionTooShort(FieldRefused):
    """Pictures of a public place of art. 7 are kept thirty days at least."""

    code = "camera_retention_short"


class SignNeeded(FieldRefused):
    """Seconds before an alarm are kept only where a sign says that a camera is there (art. 13)."""

    code = "camera_sign_needed"


class ViewPurposeNeeded(RuleViolation):
    """Whoever watches one camera says why: a purpose of the list, and a reason."""

    code = "view_purpose_needed"


def camera_facts(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a record says of its camera, its address apart.

    Args:
        values: gb_id, fov_deg, range_m, legal_class, site, sign_posted, owner, retention_days,
            filed_with_police and pre_event, as typed.

    Raises:
        FieldRefused: One of its subclasses; names the field.
    """
    legal_class = choice_of("legal_class", values.get("legal_class"), LEGAL_CLASSES)
    days = whole_number_of("retention_days", values.get("retention_days"), LONGEST_RETENTION_DAYS)
    return {
        "legal_class": legal_class,
        "site": site_of(values.get("site")),
        "gb_id": gb_id_of(values.get("gb_id")),
        "fov_deg": _above_zero("fov_deg", values.get("fov_deg"), WIDEST_DEG),
        "range_m": _above_zero("range_m", values.get("range_m"), FARTHEST_M),
        "sign_posted": _yes(values.get("sign_posted")),
        "owner": name_of("camera_owner", values.get("owner")),
        "retention_days": _days(legal_class, days),
        "filed_with_police": _yes(values.get("filed_with_police")),
        "pre_event": _pre_event(_yes(values.get("pre_event")), _yes(values.get("sign_posted"))),
    }


def site_of(typed: object) -> str:
    """Return the kind of place a camera looks at.

    Raises:
        SiteForbidden: Art. 8 forbids it.
        ValueMissing, ChoiceUnknown: It is no such word.
    """
    if typed in FORBIDDEN_SITES:
        raise SiteForbidden("site")
    return choice_of("site", typed, SITES)


def gb_id_of(typed: object) -> str | None:
    """Return the code of a camera on a GB/T 28181 platform, None where none was typed.

    Raises:
        GbIdInvalid: Not twenty digits, or the code of something else than a camera.
    """
    text = str(typed).strip() if typed is not None else ""
    if not text:
        return None
    if _GB_ID.fullmatch(text) is None or text[10:13] not in GB_CAMERA_TYPES:
        raise GbIdInvalid("gb_id")
    return text


def needs_second_person(legal_class: str | None, mode: ViewMode) -> bool:
    """Tell whether a second person confirms a viewing afterwards: one camera of art. 7.

    A class nobody has entered yet counts as the strictest.
    """
    return mode == "single" and legal_class in (None, "art7")


def still_covered(asked_at: datetime, state: str, now: datetime) -> bool:
    """Tell whether an earlier asking of the same person also covers a viewing that begins now."""
    return state != "refused" and now - asked_at < CONFIRMATION_COVERS


def hour_of(moment: datetime) -> datetime:
    """Return the hour that the viewings of walls and mosaics are added up in."""
    return moment.replace(minute=0, second=0, microsecond=0)


def _days(legal_class: str, days: int | None) -> int:
    if days is None:
        return DEFAULT_RETENTION_DAYS
    if legal_class == "art7" and days < DEFAULT_RETENTION_DAYS:
        raise RetentionTooShort("retention_days", least=DEFAULT_RETENTION_DAYS)
    return days


def _pre_event(named: bool, sign_posted: bool) -> bool:
    if named and not sign_posted:
        raise SignNeeded("pre_event")
    return named


def _above_zero(field: str, typed: object, most: float) -> float | None:
    number = number_of(field, typed, 0, most)
    if number == 0:
        raise FieldRefused(field)
    return number


def _yes(typed: object) -> bool:
    return typed is True or typed == "yes"
