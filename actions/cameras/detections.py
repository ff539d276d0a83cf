"""Raises an alarm for what a drawn scene found, and clears it; a person confirms it like any other.

One camera and kind has at most one uncleared alarm (ADR 0022), however many scenes see it. What it
was found by is put on record beside it (detection_records.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Future
from datetime import datetime

from actions.alarms.raising import Reported, SignalResult, raise_signals
from data.store import Store
from rules.errors import RuleViolation

SOURCE = "scenes"
# What the scenes say, and the kind of alarm it is (rules/alarm_kinds.py).
KIND_OF: Mapping[str, str] = {
    "obstruction": "fire_lane",
    "crossing": "perimeter",
    "motion": "perimeter",
    "water": "water_level",
}


class FindingUnknown(RuleViolation):
    """The scenes report no such thing; a kind of vehicle or of person is never one."""

    code = "finding_unknown"


def report_detection(
    store: Store, community_id: str, camera_id: str, finding: str, at: datetime, *, over: bool
) -> Future[list[SignalResult]]:
    """Raise the alarm of a detection, or clear it.

    Args:
        store: The open store.
        community_id: Whose camera it is.
        camera_id: Our id of the camera; its place is that of the device, if it is registered.
        finding: obstruction, crossing, motion or water.
        at: When it began or was over, aware.
        over: Whether it is over. The end of a crossing clears nothing: it is over when it is told,
            and somebody has to look.

    Returns:
        A future with one result, or none for the end of a crossing, resolved on disk.

    Raises:
        FindingUnknown: It is none of the four.
    """
    if finding not in KIND_OF:
        raise FindingUnknown(finding=finding)
    signals = [Reported(camera_id, KIND_OF[finding], at, normal=over)]
    if over and finding == "crossing":
        signals = []
    return raise_signals(store, community_id, SOURCE, signals, SOURCE)
