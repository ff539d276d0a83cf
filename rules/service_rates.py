"""Reckons response, resolution and satisfaction, each with its n and what is not yet called back.

REFERENCE §2: responded in time ÷ due; resolved ÷ called back; satisfied ÷ called back. Who was not
called back is a number of its own, and never taken for satisfied.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, never without the whole.

    Attributes:
        rate: From 0 to 1; None while nothing counts, which is neither 0 nor 1.
        n: How many count.
        hits: How many of them.
    """

    rate: float | None
    n: int
    hits: int


@dataclass(frozen=True, slots=True)
class CallBack:
    """What the reporter said when reached.

    Attributes:
        resolved: True where it is resolved in the reporter's own words.
        satisfied: True or False; None where the reporter would not say, which is not satisfied.
    """

    resolved: bool
    satisfied: bool | None


@dataclass(frozen=True, slots=True)
class Service:
    """How one case was answered.

    Attributes:
        respond_by: Aware moment a first answer was due; None without such a limit.
        responded_at: Aware moment of the first answer; None while there is none.
        closed: True once the case is closed.
        call_back: The last call-back that reached the reporter; None where none did.
    """

    respond_by: datetime | None = None
    responded_at: datetime | None = None
    closed: bool = False
    call_back: CallBack | None = None


@dataclass(frozen=True, slots=True)
class ServiceRates:
    """The three rates and the number beside them.

    Attributes:
        response: Responded in time ÷ due; what is due and unanswered counts against it.
        resolution: Resolved ÷ called back.
        satisfaction: Satisfied ÷ called back.
        not_called_back: Closed cases whose reporter nobody has reached yet.
    """

    response: Share
    resolution: Share
    satisfaction: Share
    not_called_back: int


def service_rates(cases: Iterable[Service], now: datetime) -> ServiceRates:
    """Reckon the rates over cases.

    Args:
        cases: In any order.
        now: Aware present moment; an answer that is not due yet and not given counts neither way.
    """
    told = list(cases)
    in_time = [on_time for each in told if (on_time := _in_time(each, now)) is not None]
    called = [each.call_back for each in told if each.call_back is not None]
    return ServiceRates(
        response=_share(in_time),
        resolution=_share([call.resolved for call in called]),
        satisfaction=_share([call.satisfied is True for call in called]),
        not_called_back=sum(each.closed and each.call_back is None for each in told),
    )


def _in_time(case: Service, now: datetime) -> bool | None:
    if case.respond_by is None:
        return None
    if case.responded_at is None:
        return False if now > case.respond_by else None
    return case.responded_at <= case.respond_by


def _share(verdicts: list[bool]) -> Share:
    n, hits = len(verdicts), sum(verdicts)
    return Share(hits / n if n else None, n, hits)
