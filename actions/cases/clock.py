"""Reckons the two clocks of a case from its columns, and writes what became of them back.

REFERENCE §2. A deadline the source set itself has no clock of ours: a pause puts it off by as long
as it lasted, an extension replaces it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rules.case_clocks import Clock, Due, Extension, Pause, clock_light, due, step_clock
from rules.case_deadlines import Explanation, explain
from rules.case_facts import Move
from rules.case_transitions import ClockEffect
from rules.clocks import Light, LimitInvalid, WorkCalendar, light
from rules.vocabulary import FINISHED_STATUSES, LIMIT_KINDS

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CaseClocks:
    """The two clocks of a case at one moment.

    Attributes:
        case_light: Light of the whole case; None without a limit or once it is finished.
        step_light: Light of the present step; None where it has no limit of its own.
        paused_since: When the whole-case clock stopped, UTC; None while it runs.
        explanation: Why the deadline is what it is; None where it is not reckoned here.
    """

    case_light: Light | None
    step_light: Light | None
    paused_since: datetime | None
    explanation: Explanation | None


def clock_of(row: Row) -> Clock | None:
    """Return the whole-case clock of a case, None where its deadline is not reckoned here."""
    if row["limit_kind"] not in LIMIT_KINDS or row["limit_value"] is None:
        return None
    return Clock(
        start_at=row["clock_started_at"] or row["reported_at"],
        limit_value=row["limit_value"],
        limit_kind=row["limit_kind"],
        pauses=pauses_of(row),
        extensions=extensions_of(row),
    )


def pauses_of(row: Row) -> tuple[Pause, ...]:
    """Return when the whole-case clock stood still."""
    spans = json.loads(row["clock_pauses"] or "[]")
    return tuple(Pause(_moment(start), _moment(end) if end else None) for start, end in spans)


def extensions_of(row: Row) -> tuple[Extension, ...]:
    """Return the later deadlines that were granted."""
    spans = json.loads(row["clock_extensions"] or "[]")
    return tuple(Extension(_moment(granted), _moment(until)) for granted, until in spans)


def reckon_case(
    after: Row, move: Move, effect: ClockEffect, at: datetime, calendar: WorkCalendar
) -> None:
    """Write into a case's next state what a move does to its whole-case clock.

    Args:
        after: The next state, with the clock as it was before; changed in place.
        move: The move; an extension brings its deadline.
        effect: What the rules say of the clock.
        at: When, aware UTC.
        calendar: Working time of the community.
    """
    pauses, extensions = list(pauses_of(after)), list(extensions_of(after))
    stood = pauses[-1] if pauses and pauses[-1].end_at is None else None
    length = after["deadline_at"] and after["deadline_at"] - after["clock_started_at"]
    if effect == "pause":
        pauses.append(Pause(at))
    elif stood is not None and effect in ("resume", "stop"):
        pauses[-1] = Pause(stood.start_at, at)
    elif effect == "restart":
        after["clock_started_at"], pauses, extensions = at, [], []
    if move.action == "extend" and move.deadline_at is not None:
        extensions.append(Extension(at, move.deadline_at.astimezone(UTC)))
    after["clock_pauses"] = _as_json([(p.start_at, p.end_at) for p in pauses])
    after["clock_extensions"] = _as_json([(e.granted_at, e.until) for e in extensions])
    if effect not in ("resume", "restart") and move.action != "extend":
        return
    found = _reckoned(after, calendar, at)
    if found is not None:
        after["deadline_at"], after["deadline_provisional"] = found.at, found.provisional
    elif move.action == "extend":
        after["deadline_at"] = extensions[-1].until
    elif effect == "restart" and length is not None:
        after["deadline_at"] = at + length
    elif stood is not None and after["deadline_at"] and stood.start_at < after["deadline_at"]:
        after["deadline_at"] += at - stood.start_at


def reckon_step(after: Row, at: datetime, calendar: WorkCalendar) -> None:
    """Write into a case's next state when the step that begins with it is due."""
    clock = step_clock(after["status"], after["urgency"], at)
    after["step_deadline_at"] = due(clock, calendar, at).at if clock else None


def clocks_of(row: Row, calendar: WorkCalendar, now: datetime) -> CaseClocks:
    """Read both clocks of a case as they stand.

    Args:
        row: A case with its clock columns.
        calendar: Working time of the community.
        now: Aware present moment.
    """
    try:
        return _clocks(row, calendar, now)
    except LimitInvalid:  # a source's own limit may be one our clocks do not reckon with
        return CaseClocks(None, None, None, None)


def _reckoned(row: Row, calendar: WorkCalendar, at: datetime) -> Due | None:
    clock = clock_of(row)
    try:
        return due(clock, calendar, at) if clock else None
    except LimitInvalid:  # a source's own limit may be one our clocks do not reckon with
        return None


def _clocks(row: Row, calendar: WorkCalendar, now: datetime) -> CaseClocks:
    clock, finished = clock_of(row), row["status"] in FINISHED_STATUSES
    standing = next((p.start_at for p in pauses_of(row) if p.end_at is None), None)
    case_light: Light | None = None
    if not finished and clock is not None:
        case_light = clock_light(clock, calendar, now)
    elif not finished and row["deadline_at"] is not None:
        case_light = light(row["reported_at"], row["deadline_at"], standing or now)
    step = None
    if not finished and row["step_started_at"] is not None:
        step = step_clock(row["status"], row["urgency"], row["step_started_at"])
    end = row["closed_at"] or now if finished else now
    return CaseClocks(
        case_light=case_light,
        step_light=clock_light(step, calendar, now) if step else None,
        paused_since=standing,
        explanation=explain(row["category"], clock, calendar, end) if clock else None,
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _as_json(spans: list[tuple[datetime, datetime | None]]) -> str | None:
    if not spans:
        return None
    return json.dumps([[a.isoformat(), b.isoformat() if b else None] for a, b in spans])
