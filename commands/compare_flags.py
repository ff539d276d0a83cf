"""`compare-flags`: sets our on-time verdicts beside the ones the source gave itself."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from commands.context import Context
from rules.rates import Definition, Verdict, compared_rates, on_time_verdict

# Our verdict → the word of sources that know two of them: "overdue" means late or open past its
# deadline, everything else that has a limit counts as on time there.
FLAG_OF: dict[Verdict, str] = {
    "on_time": "ONTIME",
    "open": "ONTIME",
    "late": "OVERDUE",
    "open_overdue": "OVERDUE",
}
SAYS = {"ONTIME": 1.0, "OVERDUE": 0.0}
OVER: dict[Definition, str] = {
    "flag_closed": "closed cases with a limit, by the source's own flag",
    "flag_all": "every case the source flagged, open ones and ones without a limit too",
    "honest": "on time / (on time + late + overdue now), by the times alone",
}


def run_compare_flags(context: Context, community_id: str, as_of: str) -> int:
    """Print one JSON object: how often we agree with the source, and the rate by each definition.

    Args:
        context: The open store and where the words go.
        community_id: A registered community.
        as_of: When the source made its export: an ISO 8601 time, local to the community where it
            has no offset; a bare day means its end.

    Returns:
        0 when no verdict differs, 1 when some do, 2 where `as_of` or the community is not known.
        Cases without limit are counted apart, never as on time.
    """
    zones = context.store.rows("community/timezone", community_id=community_id)
    if not zones:
        context.err(f"No community {community_id!r} is registered.")
        return 2
    try:
        now = _moment(as_of, ZoneInfo(zones[0]["timezone"]))
    except ValueError:
        context.err(f"--as-of {as_of!r} is not a time like 2023-05-04 or 2023-05-04T12:00-04:00")
        return 2
    rows = context.store.rows("case/source_flags", community_id=community_id)
    result = {**compare(rows, now), "rates": rates(rows, now)}
    context.out(json.dumps(result, ensure_ascii=False))
    return 1 if result["differ"] else 0


def compare(rows: list[dict[str, Any]], now: datetime) -> dict[str, Any]:
    """Count agreement over cases with a limit.

    Args:
        rows: source_id, deadline_at, closed_at (aware or None) and source_flag of each case.
        now: Moment of the source's export, aware.

    Returns:
        with_limit, no_limit, flagged (of those with a limit), agree, differ, unflagged, and the
        source ids of those that differ or carry no flag.
    """
    limited = [row for row in rows if row["deadline_at"] is not None]
    flagged = [row for row in limited if row["source_flag"] is not None]
    differing = [row for row in flagged if row["source_flag"].strip().upper() != _flag(row, now)]
    unflagged = [row["source_id"] for row in limited if row["source_flag"] is None]
    return {
        "with_limit": len(limited),
        "no_limit": len(rows) - len(limited),
        "flagged": len(flagged),
        "agree": len(flagged) - len(differing),
        "differ": len(differing),
        "unflagged": len(unflagged),
        "differ_ids": [row["source_id"] for row in differing],
        "unflagged_ids": unflagged,
    }


def rates(rows: list[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    """Reckon the on-time rate of the same cases by each definition, never one without its n.

    Args:
        rows: As in `compare`.
        now: Moment of the source's export, aware.

    Returns:
        definition, over (what it counts, in words), rate (percent, one decimal; None over nothing),
        on_time and n, in the order of rules/rates.DEFINITIONS.
    """
    due, done = ([_utc(row[name]) for row in rows] for name in ("deadline_at", "closed_at"))
    flags = [SAYS.get((row["source_flag"] or "").strip().upper(), math.nan) for row in rows]
    return [
        {
            "definition": each.definition,
            "over": OVER[each.definition],
            "rate": None if each.rate is None else round(100 * each.rate, 1),
            "on_time": each.on_time,
            "n": each.n,
        }
        for each in compared_rates(due, done, flags, now)
    ]


def _utc(moment: datetime | None) -> datetime | None:
    """Return a moment as numpy takes it: in UTC, without a zone."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment is not None else None


def _flag(row: dict[str, Any], now: datetime) -> str:
    return FLAG_OF[on_time_verdict(row["deadline_at"], row["closed_at"], now)]


def _moment(text: str, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(text)
    if len(text) <= 10:
        moment = moment.replace(hour=23, minute=59, second=59)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
