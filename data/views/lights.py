"""When the light of a case turns yellow, by rules/clocks.py; reckoned once per case and kept.

A working-time clock does not turn yellow overnight, which only the server can know: the moment
goes out with the case, and the key figure `due_soon` counts by the same moments.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from data.calendars import work_calendar
from data.views.view import iso
from rules.clocks import yellow_at


@lru_cache(maxsize=100_000)
def yellow_from(
    zone: str, reported_at: str, deadline_at: str | None, limit_kind: str | None
) -> str | None:
    """Return the moment 80 % of a limit is used, ISO 8601 in UTC; None without a deadline.

    Args:
        zone: IANA zone of the community, whose working hours count.
        reported_at: When the clock began, and
        deadline_at: when it ends, ISO 8601 in UTC.
        limit_kind: Kind of clock; anything but a working kind is continuous.
    """
    if deadline_at is None:
        return None
    began, due = datetime.fromisoformat(reported_at), datetime.fromisoformat(deadline_at)
    return iso(yellow_at(began, due, limit_kind or "natural_day", work_calendar(zone)))
