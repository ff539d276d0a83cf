"""Reads which move the case page sends, from a form of components/case_moves.py."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pages.door_request import DoorRequest
from rules.case_facts import Move

# Buttons that are an answer by themselves carry it behind the action: `check_report:exists`.
_ANSWERS = {
    "check_report": "report_check",
    "verify_fix": "verification",
    "supervise": "supervision",
}


def move_of(request: DoorRequest) -> Move:
    """Return the move a form asks for; what is missing in it is for the rules to say."""
    action, _, answer = request.action.partition(":")
    given: dict[str, Any] = {
        name: request.value(name) or None
        for name in ("text", "transfer_to", "outcome", "verification")
    }
    if action in _ANSWERS:
        given[_ANSWERS[action]] = answer or None
    if action == "call_back" and answer:
        given["call_back"] = answer == "yes"
    people = (request.value("assignee"), request.value("also"))
    return Move(
        action=action,
        seen_version=request.object_id,
        assignees=tuple(dict.fromkeys(one for one in people if one)),
        merge_into=request.value("merge_id") or request.value("merge_into") or None,
        deadline_at=_moment(request.value("deadline_at")),
        **given,
    )


def _moment(typed: str) -> datetime | None:
    try:
        return datetime.fromisoformat(typed) if typed else None
    except ValueError:
        return None
