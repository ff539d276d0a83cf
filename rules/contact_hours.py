"""Decides which number of a contact to call now: the one of its working hours or the other."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

Part = Literal["work", "after"]


def part_now(
    local: datetime, is_workday: bool, work_days: str, work_from: str, work_until: str
) -> Part:
    """Say whether a contact keeps working hours at a moment.

    Args:
        local: The moment in the community's zone.
        is_workday: Whether the community works on that date, make-up workdays included.
        work_days: workday or everyday.
        work_from: First minute of its working hours, HH:MM.
        work_until: First minute after them, HH:MM.

    Returns:
        "work" within the hours, else "after".
    """
    if work_days == "workday" and not is_workday:
        return "after"
    return "work" if work_from <= local.strftime("%H:%M") < work_until else "after"
