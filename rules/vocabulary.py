"""The closed word lists every layer shares: statuses, kinds, channels, categories.

Terms follow DOMAIN §6 (vocabulary aligned with the Chinese urban-management lifecycle);
default limits are our own demo defaults and labelled so wherever they are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LimitKind = Literal["urgent_hour", "natural_day", "work_hour", "work_day"]
Urgency = Literal["urgent", "hazard", "ordinary"]

CASE_STATUSES = (
    "reported",
    "accepted",
    "filed",
    "dispatched",
    "handling",
    "feedback",
    "verifying",
    "closed",
    "rejected",
    "returned",
    "rework",
    "suspended",
    "transferred",
    "cancelled",
    "reopened",
)
FINISHED_STATUSES = ("closed", "rejected", "cancelled")
OPEN_STATUSES = tuple(status for status in CASE_STATUSES if status not in FINISHED_STATUSES)

URGENCIES: tuple[Urgency, ...] = ("urgent", "hazard", "ordinary")
OUTCOMES = ("solved", "explained", "helped")
# Verify-report (核实): is it real? Verify-fix (核查): is it done? Two questions, two answers.
REPORT_CHECKS = ("exists", "absent", "unable")
VERIFICATIONS = ("pass", "fail", "unable")
SUPERVISIONS = ("timeout", "leader", "important")  # why a case is supervised (督办)
CASE_ACTIONS = (
    "check_report",
    "accept",
    "file",
    "reject",
    "answer",
    "dispatch",
    "reinforce",
    "start",
    "return",
    "feed_back",
    "verify",
    "verify_fix",
    "rework",
    "close",
    "transfer",
    "merge",
    "ask_suspend",
    "suspend",
    "resume",
    "ask_extend",
    "extend",
    "ask_cancel",
    "cancel",
    "ask_reopen",
    "reopen",
    "decline",
    "remind",
    "supervise",
    "call_back",
    "rate",
)
LIMIT_KINDS: tuple[LimitKind, ...] = ("urgent_hour", "natural_day", "work_hour", "work_day")
SOURCE_LIMIT = "source"  # the source set the date itself; we only relay it

CHANNELS = ("report", "phone", "patrol", "sensor", "camera", "superior", "visit", "counter", "api")
# camera: a still of a camera. covered: a copy on which faces and plates are covered.
PHOTO_KINDS = ("report", "before", "after", "camera", "covered")
VIDEO_PURPOSES = ("show", "instructions", "decision", "help")
VIDEO_OUTCOMES = ("hung_up", "declined", "missed", "lost")
AREA_LEVELS = (
    "city",
    "district",
    "subdistrict",
    "community",
    "zone",
    "grid",
    "estate",
    "building",
    "unit",
)
WORKER_KINDS = ("grid_worker", "property", "patrol", "volunteer", "duty_officer")
# Kinds of whoever can be sent to a case: workers, and units of partner organisations.
RESPONDER_KINDS = ("grid_worker", "property", "patrol", "volunteer", "partner")
TEAM_KINDS = ("grid", "property", "patrol", "volunteer", "partner")
# Why a responder stands where it stands in a suggestion, why one is left out, what is missing.
DISPATCH_REASONS = (
    "distance",
    "own_grid",
    "other_grid",
    "load",
    "position_fresh",
    "position_old",
    "position_unknown",
    "position_ahead",
    "case_place_unknown",
    "stand_in",
    "service",
)
DISPATCH_SHORTFALLS = (
    "off_shift",
    "absent",
    "wrong_kind",
    "wrong_service",
    "no_contact",
    "already_sent",
)
DISPATCH_GAPS = (
    "none_registered",
    "nobody_on_shift",
    "nobody_reachable",
    "nobody_with_service",
    "all_sent",
    "too_few",
    "positions_old",
    "case_place_unknown",
)
DEVICE_KINDS = (
    "camera",
    "smoke",
    "water_level",
    "septic_gas",
    "electric_fire",
    "help_post",
    "lift",
    "fire_lane",
    "perimeter",
    "falling_object",
    "ebike_charging",
    "gate",
    "environment",
    "pump",
)
ORGANISATION_KINDS = (
    "property_company",
    "committee",
    "street_post",
    "utility",
    "emergency",
    "partner",
    "volunteers",
)
# What a contact can be called for; the first five are those asked for at night (setup_checks).
SERVICES = (
    "lift",
    "water",
    "power",
    "gas",
    "fire",
    "police",
    "medical",
    "heating",
    "drainage",
    "network",
    "property",
    "other",
)
WORK_DAYS = ("workday", "everyday")
# Acknowledged × cleared (REFERENCE §3); a person closes an alarm as one of the verdicts.
ALARM_STATES = ("active_unack", "active_ack", "cleared_unack", "cleared_ack")
ALARM_VERDICTS = ("real", "false", "test")
DEVICE_STATES = ("online", "offline", "fault", "unknown")
NOTICE_KINDS = ("outage", "service", "safety", "activity", "meeting")
LOCATION_FLAGS = ("default_location",)

PLAN_KINDS = ("building", "road", "green", "water", "boundary")
KEY_PLACE_KINDS = (
    "committee",
    "school",
    "kindergarten",
    "clinic",
    "market",
    "square",
    "sports",
    "elder_care",
    "shop",
    "key_place",
)
FACILITY_KINDS = (
    "septic_tank",
    "hydrant",
    "lift",
    "ebike_shed",
    "charging_pile",
    "gate",
    "help_post",
    "pump_room",
    "power_room",
    "waste_station",
    "fire_lane",
    "manhole",
    "street_light",
    "bulletin_board",
    "fitness",
    "qr_point",
    "facility",
)
PLACE_KINDS = PLAN_KINDS + KEY_PLACE_KINDS + FACILITY_KINDS


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of matter: how urgent it is and how long it may take.

    Attributes:
        urgency: Case-urgency scale, its own and never merged with risk or warning colours.
        limit_value: Length of the time limit in units of `limit_kind`.
        limit_kind: Clock the limit runs on (REFERENCE §2).
    """

    urgency: Urgency
    limit_value: float
    limit_kind: LimitKind


# Source: DOMAIN §2.4, "Demo defaults (ours, labelled as such)".
CATEGORIES: dict[str, Category] = {
    "lift_entrapment": Category("urgent", 1, "urgent_hour"),
    "gas_leak": Category("urgent", 1, "urgent_hour"),
    "sewage_overflow": Category("urgent", 4, "urgent_hour"),
    "water_outage": Category("urgent", 4, "urgent_hour"),
    "power_outage": Category("urgent", 4, "urgent_hour"),
    "lift_fault": Category("hazard", 4, "urgent_hour"),
    "fire_lane_blocked": Category("hazard", 4, "urgent_hour"),
    "wire_charging": Category("hazard", 48, "urgent_hour"),
    "ebike_in_lift": Category("hazard", 48, "urgent_hour"),
    "manhole_damage": Category("hazard", 48, "urgent_hour"),
    "facade_falling": Category("hazard", 48, "urgent_hour"),
    "falling_object": Category("hazard", 48, "urgent_hour"),
    "hazard": Category("hazard", 48, "urgent_hour"),
    "waste_overflow": Category("ordinary", 4, "work_hour"),
    "littering": Category("ordinary", 4, "work_hour"),
    "dirty_road": Category("ordinary", 4, "work_hour"),
    "street_light": Category("ordinary", 2, "work_day"),
    "pipe_leak": Category("ordinary", 2, "work_day"),
    "public_repair": Category("ordinary", 2, "work_day"),
    "fitness_repair": Category("ordinary", 2, "work_day"),
    "parking": Category("ordinary", 2, "work_day"),
    "noise": Category("ordinary", 2, "work_day"),
    "pets": Category("ordinary", 2, "work_day"),
    "greening": Category("ordinary", 5, "work_day"),
    "dispute": Category("ordinary", 5, "work_day"),
    "consultation": Category("ordinary", 3, "work_day"),
    "elder_help": Category("ordinary", 1, "work_day"),
    "project": Category("ordinary", 15, "work_day"),
    "other": Category("ordinary", 3, "work_day"),
}
