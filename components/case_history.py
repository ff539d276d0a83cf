"""What happened to a case, in words: each event's difference from the state before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, hypot, radians
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.exact_time import exact_between
from components.wording import duration, local_name, named, text

# Source: mean length of a degree of latitude on the WGS-84 ellipsoid, metres.
METRES_PER_DEGREE = 111_320.0
# A move below this is a rounding of the source, not news.
SMALLEST_MOVE_M = 0.5
RECORDED_LATE_S = 60.0
LONGEST_QUOTE = 120

_NAMED = {
    "status": "status",
    "category": "category",
    "urgency": "urgency",
    "channel": "channel",
    "outcome": "outcome",
    "location_flag": "location_flag",
    "source_status": "status",
    "report_check": "report_check",
    "verification": "verification",
    "supervision": "supervision",
    "asked_action": "case_asked",
}
_TIMES = ("reported_at", "deadline_at", "closed_at", "asked_deadline_at")
_TEXTS = ("title", "description", "address")
_ORDER = (
    "status",
    "outcome",
    "category",
    "urgency",
    "deadline_at",
    "limit",
    "closed_at",
    "reported_at",
    "channel",
    "place",
    "area",
    "locality",
    "location_flag",
    "source_flag",
    "source_version",
    "source_status",
    "report_check",
    "verification",
    "supervision",
    "asked_action",
    "asked_deadline_at",
    "reached",
    "rating",
    "merged_into",
    *_TEXTS,
)
_TOLD = ("joined", "task_accepted", "task_started", "task_returned", "task_finished")


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One event of a case in words.

    Attributes:
        event_id: The event.
        status: Status code after it.
        heading: What kind of event, with the status it led to.
        at: Local time it happened.
        actor: Who or what caused it.
        changes: One sentence per fact that differs from the event before.
        recorded: Where it was recorded clearly later than it happened: when, else None.
        since: Time since the event before, to the second; empty for the first.
        note: What a person wrote with the move; None without.
    """

    event_id: str
    status: str
    heading: str
    at: str
    actor: str
    changes: tuple[str, ...]
    recorded: str | None
    since: str = ""
    note: str | None = None


def history_steps(
    events: Sequence[Mapping[str, Any]], zone: ZoneInfo, names: Mapping[str, str] | None = None
) -> list[HistoryStep]:
    """Turn events into words.

    Args:
        events: Rows of data/sql/desk/case_history.sql, oldest first.
        zone: The community's time zone.
        names: Login of each account among the actors.
    """
    steps: list[HistoryStep] = []
    before: dict[str, Any] | None = None
    for event in events:
        after = dict(event)
        if before is not None:
            _carry_texts(before, after)
        steps.append(_step(before, after, zone, names or {}))
        before = after
    return steps


def changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any], zone: ZoneInfo
) -> tuple[str, ...]:
    """The differences between two full states, one sentence each.

    Args:
        before: The state before, or None for the first event, which differs from nothing.
        after: The state after.
        zone: The community's time zone.
    """
    if before is None:
        return ()
    sentences = [
        _difference(field, _words(field, before, zone), _words(field, after, zone))
        for field in _ORDER
    ]
    found = [sentence for sentence in sentences if sentence]
    moved = _moved(before, after)
    return tuple([*found, moved] if moved else found)


def local_time(at: datetime | None, zone: ZoneInfo, seconds: bool = False) -> str:
    """A moment in the community's zone, e.g. `2026-11-21 16:30`; empty for None."""
    form = "%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M"
    return at.astimezone(zone).strftime(form) if at else ""


def limit_words(value: float | None, kind: str | None) -> str:
    """The length of a limit, e.g. `4 紧急工作时`; empty where none is known."""
    if value is None or kind is None or kind == "source":
        return ""
    return f"{value:g} {text(f'case.limit_unit_{kind}')}"


def actor_words(actor: str, names: Mapping[str, str] | None = None) -> str:
    """Who caused an event: an account by its login, a source, an officer or the command line."""
    if names and actor in names:
        return names[actor]
    kind, _, name = actor.partition(":")
    if kind == "source":
        return text("case.actor_source", name=source_words(name))
    if kind == "officer":
        return text("case.actor_officer", name=name)
    if kind == "link":
        return text("case.actor_link")
    return text("case.actor_cli") if kind == "cli" else actor


def source_words(source: str) -> str:
    """The name of a source, with the sender behind it where it carries several."""
    stem, _, sender = source.partition(":")
    return f"{named('source', stem)} · {sender}" if sender else named("source", stem)


def history_list(steps: Sequence[HistoryStep]) -> html.Ol:
    """The history as a list, oldest first."""
    return html.Ol([_item(step) for step in steps], className="history")


def _item(step: HistoryStep) -> html.Li:
    return html.Li(
        [
            html.Div(
                [
                    html.Time(step.at, className="history-at"),
                    html.Span(step.heading, className="history-heading"),
                    html.Span(step.actor, className="history-actor"),
                    html.Span(step.since, className="history-since") if step.since else None,
                ],
                className="history-line",
            ),
            html.P(text("case.quoted", text=step.note), className="history-note")
            if step.note
            else None,
            html.Ul([html.Li(sentence) for sentence in step.changes]) if step.changes else None,
            html.P(step.recorded, className="history-recorded") if step.recorded else None,
        ],
        className=f"history-step history-{step.status}",
    )


def _step(
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
    zone: ZoneInfo,
    names: Mapping[str, str],
) -> HistoryStep:
    found = changes(before, after, zone)
    late_s = (after["recorded_at"] - after["happened_at"]).total_seconds()
    # A history handed over in one piece says so once, not at each of its events.
    same_batch = before is not None and before["recorded_at"] == after["recorded_at"]
    recorded_at = local_time(after["recorded_at"], zone)
    return HistoryStep(
        event_id=after["event_id"],
        status=after["status"],
        heading=_heading(before, after),
        at=local_time(after["happened_at"], zone, seconds=True),
        actor=actor_words(after["actor"], names),
        changes=found or _nothing_changed(before, after),
        recorded=text("case.recorded_later", at=recorded_at, age=duration(late_s))
        if late_s >= RECORDED_LATE_S and not same_batch
        else None,
        since=_since(before, after),
        note=after.get("note"),
    )


def _since(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> str:
    if before is None:
        return ""
    age = exact_between(before["happened_at"], after["happened_at"])
    return text("case.since_last", age=age)


def _nothing_changed(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> tuple[str, ...]:
    told = before is None or after["event_kind"] in ("moved", *_TOLD)
    return () if told else (text("case.nothing_changed"),)


def _heading(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> str:
    if after.get("action"):
        return named("case_action", after["action"])
    if after["event_kind"] in (*_TOLD, "deadline_recomputed"):
        return text(f"case.event_{after['event_kind']}")
    status = named("status", after["status"])
    if before is None or before["status"] != after["status"]:
        return status
    return text("case.event_changed")


def _carry_texts(before: Mapping[str, Any], after: dict[str, Any]) -> None:
    """An event that brings no text leaves the texts as they were."""
    if not after["has_text"]:
        after.update({field: before[field] for field in _TEXTS})


def _difference(field: str, before: str, after: str) -> str | None:
    if before == after:
        return None
    name = text(f"case.field_{field}")
    if not after:
        return text("case.removed", field=name, before=_short(before))
    if not before:
        return text("case.set", field=name, after=_short(after))
    return text("case.changed", field=name, before=_short(before), after=_short(after))


def _words(field: str, state: Mapping[str, Any], zone: ZoneInfo) -> str:
    if field in ("place", "area"):
        return local_name(dict(state), stem=field) or state[f"{field}_id"] or ""
    if field == "limit":
        return limit_words(state["limit_value"], state["limit_kind"])
    value = state.get(field)
    if value is None:
        return ""
    if field == "reached":
        return text("case_work.reached" if value else "case_work.not_reached")
    if field in _NAMED:
        return named(_NAMED[field], value)
    if field in _TIMES:
        return local_time(value, zone)
    return str(value)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1] + "…"


def _moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    here, there = (_position(before), _position(after))
    if here is None or there is None:
        if here == there:
            return None
        if there is None:
            return text("case.position_removed")
        return text("case.position_set", after=f"{there[0]:.6f}, {there[1]:.6f}")
    east = (there[0] - here[0]) * METRES_PER_DEGREE * cos(radians(here[1]))
    metres = hypot(east, (there[1] - here[1]) * METRES_PER_DEGREE)
    return text("case.moved", metres=f"{metres:.0f}") if metres >= SMALLEST_MOVE_M else None


def _position(state: Mapping[str, Any]) -> tuple[float, float] | None:
    lon, lat = state["lon"], state["lat"]
    return None if lon is None or lat is None else (lon, lat)
