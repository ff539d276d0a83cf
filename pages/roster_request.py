"""Reads what the forms of the roster page want, and carries it out."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from actions.access import NotThere
from actions.roster.changing import RosterDesk
from actions.roster.drafts import AbsenceDraft, ShiftDraft, TeamDraft
from pages.door_request import DoorRequest
from rules.roster import ShiftInvalid
from rules.roster_fields import date_of


def carry_out(desk: RosterDesk, request: DoorRequest, zone: ZoneInfo) -> str:
    """Change the roster as a form wants it; returns the code of what to say.

    Raises:
        RuleViolation: Something typed cannot be taken, or the role may not; nothing was changed.
    """
    object_id, _, version = request.object_id.partition(":")
    if request.action == "team":
        desk.save_team(
            TeamDraft(
                team_id=object_id,
                version=version,
                kind=request.value("kind"),
                name_zh=request.value("name_zh"),
                name_en=request.value("name_en"),
                organisation_id=request.value("organisation_id"),
                worker_ids=request.chosen.get("workers", ()),
            )
        )
    elif request.action == "shift":
        desk.save_shift(_shift(request))
    elif request.action == "absence":
        desk.add_absence(_absence(request, zone))
    else:
        _change(desk, request)
    saved = object_id and request.action in ("team", "shift")
    return "roster.done_change" if saved else f"roster.done_{request.action}"


def _change(desk: RosterDesk, request: DoorRequest) -> None:
    object_id, _, version = request.object_id.partition(":")
    if request.action == "stand_in":
        desk.set_stand_in(object_id, version, request.value("stand_in_id") or None)
    elif request.action == "remove_absence":
        desk.remove_absence(object_id, version)
    elif request.action == "remove_shift":
        desk.remove_shift(object_id, version)
    elif request.action == "remove_team":
        desk.remove_team(object_id, version)
    else:
        raise NotThere(action=request.action)


def _shift(request: DoorRequest) -> ShiftDraft:
    last = request.value("last_on")
    every = request.value("every_days") or "1"
    object_id, _, version = request.object_id.partition(":")
    return ShiftDraft(
        shift_id=object_id,
        version=version,
        team_id=request.value("team_id"),
        starts=_clock(request.value("starts"), "starts").isoformat("minutes"),
        ends=_clock(request.value("ends"), "ends").isoformat("minutes"),
        first_on=date_of(request.value("first_on"), "first_on"),
        last_on=date_of(last, "last_on") if last else None,
        weekdays="".join(sorted(request.chosen.get("weekdays", ()))) or "1234567",
        days=request.value("days") or "everyday",
        every_days=int(every) if every.isdecimal() else 0,
        worker_ids=request.chosen.get("workers", ()),
    )


def _absence(request: DoorRequest, zone: ZoneInfo) -> AbsenceDraft:
    moments = [
        datetime.combine(
            date_of(request.value(f"{end}_on"), end),
            _clock(request.value(f"{end}_time"), end),
            zone,
        ).astimezone(UTC)
        for end in ("start", "end")
    ]
    return AbsenceDraft(
        worker_id=request.value("worker_id"),
        start_at=moments[0],
        end_at=moments[1],
        stand_in_id=request.value("stand_in_id") or None,
    )


def _clock(words: str, field: str) -> time:
    try:
        return time.fromisoformat(words)
    except ValueError:
        raise ShiftInvalid(field=field) from None
