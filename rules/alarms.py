"""Decides what becomes of an alarm: raised once, acknowledged, cleared, shelved, closed.

REFERENCE §3 (after ISA-18.2 and OPC UA Part 9): acknowledged and cleared are independent; an alarm
that cleared itself unseen stays on the wall; clearing never closes the case it opened.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from rules.clocks import MomentNaive
from rules.errors import RuleViolation
from rules.vocabulary import ALARM_VERDICTS, URGENCIES, Urgency

AlarmState = Literal["active_unack", "active_ack", "cleared_unack", "cleared_ack"]

# These stay active until a person resets them: their device going quiet proves nothing.
# Source: REFERENCE §3. What a person raised by hand ("manual") no device can clear either, and
# something that fell or climbed over is no condition that could end.
LATCHING_KINDS = frozenset(
    {"smoke", "fire", "help_post", "fall", "manual", "falling_object", "perimeter"}
)
# How the key of an alarm begins that a person raised, at a place or from a case.
BY_PERSON = ("hand:", "case:")
# Ours: a shelf is forgotten at the latest with the shift; one for life safety within the hour.
LONGEST_SHELF = timedelta(hours=8)
LONGEST_SHELF_LATCHING = timedelta(hours=1)


class AlarmClosed(RuleViolation):
    """The alarm was closed already; a new signal raises a new one."""

    code = "alarm_closed"


class AlarmActive(RuleViolation):
    """The device still reports the condition; it cannot be closed or cleared by hand yet."""

    code = "alarm_active"


class AlarmVerdictUnknown(RuleViolation):
    """An alarm is closed as real, false or test, and as nothing else."""

    code = "alarm_verdict_unknown"


class ShelfInvalid(RuleViolation):
    """A shelf needs a reason and an end in time; `longest_h` says how far off it may be."""

    code = "shelf_invalid"


class AlarmKey(NamedTuple):
    """What there is at most one uncleared alarm of: the key of an idempotent raise."""

    device_id: str
    kind: str

    @property
    def latching(self) -> bool:
        """Tell whether only a person can clear it: by its kind, or because a person raised it."""
        return self.kind in LATCHING_KINDS or self.device_id.startswith(BY_PERSON)


@dataclass(frozen=True, slots=True)
class Signal:
    """What a device or a person reports.

    Attributes:
        key: Which device, which kind.
        at: Aware moment of the condition.
        urgency: Case-urgency scale, never the colours of warnings.
        place_id: Where, as known.
    """

    key: AlarmKey
    at: datetime
    urgency: Urgency = "hazard"
    place_id: str | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm as it stands.

    Attributes:
        key: Which device, which kind.
        first_at: Moment of the first signal.
        last_at: Moment of the latest.
        count: How many signals it stands for.
        urgency: The greatest of its signals.
        place_id: Where, as first known.
        alert_at: From when its escalation counts: the first signal, or the one that made it graver.
        acknowledged_at: When somebody took it; None while nobody has.
        acknowledged_by: Who did.
        cleared_at: When the condition ended; None while it is active.
        closed_at: When a person closed it.
        closed_by: Who did.
        verdict: A code of ALARM_VERDICTS once it is closed.
    """

    key: AlarmKey
    first_at: datetime
    last_at: datetime
    count: int = 1
    urgency: Urgency = "hazard"
    place_id: str | None = None
    alert_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    cleared_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    verdict: str | None = None

    @property
    def latching(self) -> bool:
        """Tell whether only a person can clear it."""
        return self.key.latching

    @property
    def state(self) -> AlarmState:
        """Return acknowledged × cleared as one code of ALARM_STATES."""
        if self.cleared_at is None:
            return "active_unack" if self.acknowledged_at is None else "active_ack"
        return "cleared_unack" if self.acknowledged_at is None else "cleared_ack"


@dataclass(frozen=True, slots=True)
class Shelf:
    """That alarms of a device and kind do not sound for a while; they are raised and counted.

    Attributes:
        key: Which device, which kind.
        reason: Why, as written.
        actor: Who.
        start_at: From when.
        until: To when; a shelf always ends.
    """

    key: AlarmKey
    reason: str
    actor: str
    start_at: datetime
    until: datetime


def raise_alarm(uncleared: Alarm | None, signal: Signal) -> Alarm:
    """Return the alarm after a signal: the same one extended and counted, or a new one.

    The single writer looks up the uncleared alarm of the key and stores what comes back in one
    step, so that a race of two signals cannot make two alarms. A repeat of an acknowledged alarm
    leaves it acknowledged, unless it has become more urgent: that is news.

    Args:
        uncleared: The uncleared alarm of this key, None where there is none.
        signal: What was reported; one that comes late extends the alarm backwards.

    Raises:
        MomentNaive: The signal's moment has no zone.
    """
    _aware(signal.at)
    if uncleared is None or uncleared.cleared_at is not None or uncleared.key != signal.key:
        return Alarm(
            signal.key, signal.at, signal.at, 1, signal.urgency, signal.place_id, signal.at
        )
    graver = URGENCIES.index(signal.urgency) < URGENCIES.index(uncleared.urgency)
    return replace(
        uncleared,
        first_at=min(uncleared.first_at, signal.at),
        last_at=max(uncleared.last_at, signal.at),
        count=uncleared.count + 1,
        urgency=signal.urgency if graver else uncleared.urgency,
        place_id=uncleared.place_id or signal.place_id,
        alert_at=signal.at if graver else uncleared.alert_at,
        acknowledged_at=None if graver else uncleared.acknowledged_at,
        acknowledged_by=None if graver else uncleared.acknowledged_by,
    )


def acknowledge(alarm: Alarm, actor: str, at: datetime) -> Alarm:
    """Return the alarm as taken by somebody; the first to take it stays the one who did.

    Raises:
        AlarmClosed: It is closed.
    """
    _open(alarm)
    if alarm.acknowledged_at is not None:
        return alarm
    return replace(alarm, acknowledged_at=_aware(at), acknowledged_by=actor)


def clear_by_device(alarm: Alarm, at: datetime) -> Alarm:
    """Return the alarm after its device reports normal; latching and cleared ones are unchanged."""
    if alarm.latching or alarm.cleared_at is not None or alarm.closed_at is not None:
        return alarm
    # A clear that was sent before the latest signal is old news.
    return alarm if _aware(at) < alarm.last_at else replace(alarm, cleared_at=at)


def reset(alarm: Alarm, actor: str, at: datetime) -> Alarm:
    """Return a latching alarm as reset by a person, who thereby has seen it.

    Raises:
        AlarmClosed: It is closed.
        AlarmActive: It is not a latching one: its device says when it is over.
    """
    _open(alarm)
    if not alarm.latching:
        raise AlarmActive(device=alarm.key.device_id, kind=alarm.key.kind)
    seen = acknowledge(alarm, actor, at)
    return seen if seen.cleared_at is not None else replace(seen, cleared_at=_aware(at))


def close_alarm(alarm: Alarm, verdict: str, actor: str, at: datetime) -> Alarm:
    """Return the alarm as closed by a person; closing acknowledges, and resets a latching one.

    The case it opened, if any, is untouched.

    Raises:
        AlarmClosed: It is closed.
        AlarmVerdictUnknown: The verdict is none of ALARM_VERDICTS.
        AlarmActive: The device still reports the condition. Closed now, the next repeat would
            have nowhere to show; shelve it instead.
    """
    _open(alarm)
    if verdict not in ALARM_VERDICTS:
        raise AlarmVerdictUnknown(verdict=verdict)
    if alarm.cleared_at is None and not alarm.latching:
        raise AlarmActive(device=alarm.key.device_id, kind=alarm.key.kind)
    seen = reset(alarm, actor, at) if alarm.latching else acknowledge(alarm, actor, at)
    return replace(seen, closed_at=_aware(at), closed_by=actor, verdict=verdict)


def stays_on_wall(alarm: Alarm) -> bool:
    """Tell whether the wall shows it: active, or cleared and seen by nobody."""
    return alarm.closed_at is None and alarm.state != "cleared_ack"


def shelve(key: AlarmKey, reason: str, actor: str, now: datetime, until: datetime) -> Shelf:
    """Make a shelf.

    Raises:
        ShelfInvalid: No reason, an end that is past, or further off than a kind allows.
    """
    longest = LONGEST_SHELF_LATCHING if key.latching else LONGEST_SHELF
    text = " ".join(reason.split())
    if not text or not timedelta() < _aware(until) - _aware(now) <= longest:
        raise ShelfInvalid(longest_h=longest // timedelta(hours=1))
    return Shelf(key, text, actor, now, until)


def standing_shelves(shelves: Iterable[Shelf], now: datetime) -> dict[AlarmKey, Shelf]:
    """Return the shelves that hold now, the longest per key; their number is always on screen."""
    standing: dict[AlarmKey, Shelf] = {}
    for shelf in sorted(shelves, key=lambda each: each.until):
        if shelf.start_at <= now < shelf.until:
            standing[shelf.key] = shelf
    return standing


def sounds(alarm: Alarm, shelves: Iterable[Shelf], now: datetime) -> bool:
    """Tell whether it may sound: nobody has taken it, and it is not shelved."""
    unseen = alarm.closed_at is None and alarm.acknowledged_at is None
    return unseen and alarm.key not in standing_shelves(shelves, now)


def _open(alarm: Alarm) -> None:
    if alarm.closed_at is not None:
        raise AlarmClosed(verdict=alarm.verdict)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise MomentNaive(moment=moment.isoformat())
    return moment
