"""The kinds of alarm: how grave each is unless its device says otherwise, and the case it becomes.

Both tables are ours and labelled so in docs/operations.md; a person may choose another category.
"""

from __future__ import annotations

from collections.abc import Mapping

from rules.vocabulary import DEVICE_KINDS, Urgency

BY_HAND = "manual"  # what a person raises without a device; no device can clear it
SIGNAL_KINDS: tuple[str, ...] = (*DEVICE_KINDS, "fire", "fall")
ALARM_KINDS: tuple[str, ...] = (*SIGNAL_KINDS, BY_HAND)

_URGENT = ("smoke", "fire", "help_post", "fall", "septic_gas", "electric_fire", "lift")
_ORDINARY = ("camera", "gate", "environment")
URGENCY_OF: Mapping[str, Urgency] = {
    kind: "urgent" if kind in _URGENT else "ordinary" if kind in _ORDINARY else "hazard"
    for kind in ALARM_KINDS
}
CATEGORY_OF: Mapping[str, str] = {
    "fall": "elder_help",
    "lift": "lift_fault",
    "fire_lane": "fire_lane_blocked",
    "falling_object": "falling_object",
    "ebike_charging": "wire_charging",
    "pump": "water_outage",
    "camera": "public_repair",
    "gate": "public_repair",
    **dict.fromkeys(("smoke", "fire", "electric_fire", "septic_gas", "water_level"), "hazard"),
    **dict.fromkeys(("help_post", "perimeter", "environment", BY_HAND), "other"),
}
