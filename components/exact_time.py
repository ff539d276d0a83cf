"""Words a length of time to the second, for what must be reproduced exactly."""

from __future__ import annotations

from datetime import datetime

from components.wording import text


def exact_duration(seconds: float) -> str:
    """A length of time to the second, e.g. `2 分 03 秒`, `2 min 03 s`."""
    whole = max(0, int(seconds))
    days, hours, minutes = whole // 86_400, whole // 3_600 % 24, whole // 60 % 60
    rest = f"{whole % 60:02d}"
    if days:
        return text("exact.days", days=days, hours=hours, minutes=f"{minutes:02d}", seconds=rest)
    if hours:
        return text("exact.hours", hours=hours, minutes=f"{minutes:02d}", seconds=rest)
    if minutes:
        return text("exact.minutes", minutes=minutes, seconds=rest)
    return text("exact.seconds", seconds=whole)


def exact_between(start: datetime, end: datetime) -> str:
    """The time between two moments as both are shown, to the second, so that the sum is right."""
    return exact_duration(int(end.timestamp()) - int(start.timestamp()))
