"""Decides how a shift is handed over: written, signed by who goes, taken over by somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from rules.errors import RuleViolation

HandoverState = Literal["open", "signed", "taken"]
HandoverStep = Literal["write", "sign", "take_back", "take"]
STEPS: tuple[HandoverStep, ...] = ("write", "sign", "take_back", "take")
EVENTS: dict[HandoverStep, str] = {
    "write": "written",
    "sign": "signed",
    "take_back": "taken_back",
    "take": "taken",
}
LONGEST_NOTE = 2_000
# Ours: where neither a handover nor the roster says when the shift began, or the last one is older.
SHIFT = timedelta(hours=12)
LONGEST_SHIFT = timedelta(hours=48)


class HandoverNotOpen(RuleViolation):
    """It is signed already; take the signature back first."""

    code = "handover_not_open"


class HandoverNotSigned(RuleViolation):
    """Who goes has not signed yet."""

    code = "handover_not_signed"


class HandoverNotYours(RuleViolation):
    """Only who signed can take the signature back."""

    code = "handover_not_yours"


class HandoverSamePerson(RuleViolation):
    """Who goes cannot take over as well: a second person does."""

    code = "handover_same_person"


class HandoverNoteTooLong(RuleViolation):
    """A note beyond LONGEST_NOTE characters."""

    code = "handover_note_too_long"


def step(
    state: HandoverState | None, wanted: HandoverStep, actor: str, outgoing: str | None
) -> HandoverState:
    """Return the state a step leads to.

    Args:
        state: State it is in; None before anybody wrote, and after the last was taken over.
        wanted: The step.
        actor: Who wants it.
        outgoing: Who signed; None before.

    Raises:
        HandoverNotOpen, HandoverNotSigned, HandoverNotYours, HandoverSamePerson: Not now, or not
            by this person.
    """
    if wanted in ("write", "sign"):
        if state not in (None, "open"):
            raise HandoverNotOpen()
        return "open" if wanted == "write" else "signed"
    if state != "signed":
        raise HandoverNotSigned()
    if wanted == "take_back":
        if actor != outgoing:
            raise HandoverNotYours()
        return "open"
    if actor == outgoing:
        raise HandoverSamePerson()
    return "taken"


def shift_began(taken_at: datetime | None, rostered: Iterable[datetime], now: datetime) -> datetime:
    """Say when the present shift began.

    Args:
        taken_at: When the last handover was taken over; None where there was none.
        rostered: When the shifts of those on duty began, by the roster.
        now: Aware present moment.
    """
    if taken_at is not None and now - LONGEST_SHIFT <= taken_at <= now:
        return taken_at
    begun = [at for at in rostered if now - LONGEST_SHIFT <= at <= now]
    return min(begun, default=now - SHIFT)
