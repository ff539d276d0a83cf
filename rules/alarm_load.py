"""Decides when alarms are a flood and how it is grouped, and who is told when nobody takes one.

REFERENCE §3: above ten in ten minutes for each operator they are grouped by place and kind.
Acknowledging cancels every notice that is still to come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.alarms import Alarm
from rules.errors import RuleViolation
from rules.vocabulary import URGENCIES, Urgency

FLOOD_WINDOW = timedelta(minutes=10)  # REFERENCE §3, after EEMUA 191
FLOOD_PER_OPERATOR = 10


class EscalationInvalid(RuleViolation):
    """A step that tells nobody, or repeats without a pause; correct the schedule."""

    code = "escalation_invalid"


@dataclass(frozen=True, slots=True)
class AlarmGroup:
    """Alarms of one place and kind, shown as one line.

    Attributes:
        place_id: Where; None where unknown.
        kind: Kind of alarm.
        alarms: Its members, first raised first.
        urgency: The greatest among them.
        unacknowledged: How many nobody has taken.
    """

    place_id: str | None
    kind: str
    alarms: tuple[Alarm, ...]
    urgency: Urgency
    unacknowledged: int


@dataclass(frozen=True)
class EscalationStep:
    """Who is told after how long.

    Attributes:
        after: Time since the first signal.
        roles: Roles told, of rules/privacy.py.
        repeats: How many times again.
        every: Time between repeats.
    """

    after: timedelta
    roles: tuple[str, ...]
    repeats: int = 0
    every: timedelta = timedelta()

    def __post_init__(self) -> None:
        endless = self.repeats > 0 and self.every <= timedelta()
        if not self.roles or self.after < timedelta() or self.repeats < 0 or endless:
            raise EscalationInvalid(after_s=self.after.total_seconds())


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice of a schedule: when, to which roles, and which repeat; 0 is the first."""

    at: datetime
    roles: tuple[str, ...]
    repeat: int


_MINUTE = timedelta(minutes=1)
# Ours, labelled so wherever it is shown; a deployer may replace it.
ESCALATION: Mapping[Urgency, tuple[EscalationStep, ...]] = {
    "urgent": (
        EscalationStep(timedelta(), ("duty_officer",), repeats=2, every=_MINUTE),
        EscalationStep(3 * _MINUTE, ("secretary",), repeats=2, every=2 * _MINUTE),
        EscalationStep(10 * _MINUTE, ("subdistrict",)),
    ),
    "hazard": (
        EscalationStep(timedelta(), ("duty_officer",), repeats=2, every=3 * _MINUTE),
        EscalationStep(15 * _MINUTE, ("secretary",)),
    ),
    "ordinary": (EscalationStep(timedelta(), ("duty_officer",)),),
}


def is_flood(raised_at: Iterable[datetime], operators: int, now: datetime) -> bool:
    """Tell whether more alarms came in the last ten minutes than the people there can take.

    Args:
        raised_at: Aware moments of first signals, in any order; repeats do not count.
        operators: People at the desk; with nobody there it is reckoned as for one.
        now: Aware present moment.
    """
    recent = sum(now - FLOOD_WINDOW < at <= now for at in raised_at)
    return recent > FLOOD_PER_OPERATOR * max(operators, 1)


def grouped(alarms: Iterable[Alarm]) -> tuple[AlarmGroup, ...]:
    """Group alarms by place and kind; none is dropped.

    Returns:
        The gravest groups first; among equals those with the most nobody has taken, then the one
        that began first.
    """
    members: defaultdict[tuple[str | None, str], list[Alarm]] = defaultdict(list)
    for alarm in alarms:
        members[(alarm.place_id, alarm.key.kind)].append(alarm)
    groups = [
        AlarmGroup(
            place_id=place_id,
            kind=kind,
            alarms=tuple(sorted(found, key=lambda alarm: (alarm.first_at, alarm.key))),
            urgency=min((alarm.urgency for alarm in found), key=URGENCIES.index),
            unacknowledged=sum(alarm.acknowledged_at is None for alarm in found),
        )
        for (place_id, kind), found in members.items()
    ]
    return tuple(
        sorted(
            groups,
            key=lambda group: (
                URGENCIES.index(group.urgency),
                -group.unacknowledged,
                group.alarms[0].first_at,
                group.kind,
                group.place_id or "",
            ),
        )
    )


def notices(alarm: Alarm, steps: Iterable[EscalationStep] | None = None) -> tuple[Notice, ...]:
    """List every notice of an alarm, in order; none at or after the moment somebody took it.

    An alarm that clears itself goes on being told: cleared and unseen is not settled.

    Args:
        alarm: The alarm; the schedule counts from its `alert_at`.
        steps: The schedule; None for the one of its urgency.
    """
    schedule = ESCALATION[alarm.urgency] if steps is None else steps
    ends = [at for at in (alarm.acknowledged_at, alarm.closed_at) if at is not None]
    begun = alarm.alert_at or alarm.first_at
    planned = [
        Notice(begun + step.after + n * step.every, step.roles, n)
        for step in schedule
        for n in range(step.repeats + 1)
    ]
    kept = (each for each in planned if not ends or each.at < min(ends))
    return tuple(sorted(kept, key=lambda each: (each.at, each.roles)))


def next_notice(
    alarm: Alarm, now: datetime, steps: Iterable[EscalationStep] | None = None
) -> Notice | None:
    """Return the next notice after `now`; None where nobody is to be told any more."""
    return next((each for each in notices(alarm, steps) if each.at > now), None)
