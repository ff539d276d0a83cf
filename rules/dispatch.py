"""Ranks who could go to one case, says why, and says what is missing; a person confirms.

REFERENCE §7 and §8, DOMAIN R20 and R21: the order is for this one case and made of what it shows
(metres to go, open work, grid). Nothing about a worker is kept, added up or compared over time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rules.coordinates import distance_m
from rules.responders import ResponderKind, Want, wants_of
from rules.vocabulary import Urgency

POSITION_KEPT = timedelta(minutes=30)  # REFERENCE §8: older ones are not used, and shown as old
CLOCK_ERROR = timedelta(minutes=1)  # a phone's clock may run ahead by this much
# What open work and a foreign grid are worth in metres of way, so that the order has one unit that
# can be shown. Ours. In an emergency only the way counts, and the grid only at nearly equal ways.
LOAD_M = {"urgent": 0.0, "hazard": 100.0, "ordinary": 300.0}
OTHER_GRID_M = {"urgent": 50.0, "hazard": 150.0, "ordinary": 600.0}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody, or a unit, that may be sent.

    Attributes:
        responder_id: Id of the worker or partner unit.
        kind: Kind of responder.
        on_shift: On duty now, by the roster.
        absent: Away although the shift has them.
        stand_in_for: Whose duty this worker does, where it is another's.
        reachable: True where a message or a call can reach them.
        services: Services a partner offers, codes of SERVICES.
        area_ids: Grids they are responsible for.
        load: Open cases and tasks they have now.
        lon: Last position, degrees east, WGS-84; None where there is none.
        lat: Last position, degrees north.
        located_at: Aware moment of that position.
        already_sent: True where they are on this case already.
    """

    responder_id: str
    kind: ResponderKind
    on_shift: bool = False
    absent: bool = False
    stand_in_for: str | None = None
    reachable: bool = True
    services: tuple[str, ...] = ()
    area_ids: tuple[str, ...] = ()
    load: int = 0
    lon: float | None = None
    lat: float | None = None
    located_at: datetime | None = None
    already_sent: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """What a case asks for.

    Attributes:
        category: Category code.
        urgency: Decides what counts most.
        wants: Kinds of responder in the order they are asked; by default those of the category.
        lon: Degrees east, WGS-84; None where the place is unknown.
        lat: Degrees north.
        area_id: Grid it lies in, where known.
    """

    category: str
    urgency: Urgency
    wants: tuple[Want, ...] | None = None
    lon: float | None = None
    lat: float | None = None
    area_id: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact behind a place in the order.

    Attributes:
        code: A code of DISPATCH_REASONS.
        value: Metres for distance, seconds for the position codes, a count for load, an id for
            stand_in, a service code for service; None for the rest.
    """

    code: str
    value: float | str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One responder that could be sent.

    Attributes:
        responder_id: Who.
        kind: Kind of responder.
        recommended: True for the first `count` of a wanted kind: what one confirmation sends.
        order_m: Way in metres plus what load and grid add; None without a usable position, which
            puts them behind those that have one.
        reasons: The facts of the order.
    """

    responder_id: str
    kind: ResponderKind
    recommended: bool
    order_m: float | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why somebody is not suggested: a code of DISPATCH_SHORTFALLS."""

    responder_id: str
    kind: ResponderKind
    code: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What a wanted kind lacks.

    Attributes:
        kind: The kind wanted; None where the case itself lacks something.
        code: A code of DISPATCH_GAPS.
        n: How many responders it is about; how many are short where nobody can go.
    """

    kind: ResponderKind | None
    code: str
    n: int = 0


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Everything a page needs to confirm a dispatch in one click.

    Attributes:
        suggestions: By wanted kind, best first within each.
        left_out: Candidates that cannot go, each with one reason.
        gaps: What is missing, in the order of the wanted kinds.
    """

    suggestions: tuple[Suggestion, ...]
    left_out: tuple[Shortfall, ...] = field(default=())
    gaps: tuple[Gap, ...] = field(default=())


def recommend(need: Need, candidates: Iterable[Candidate], now: datetime) -> Recommendation:
    """Rank the candidates for one case.

    Args:
        need: The case.
        candidates: Everybody registered, on shift or not, in any order; it does not matter to the
            result.
        now: Aware present moment.
    """
    wants = wants_of(need.category) if need.wants is None else need.wants
    # Equals stand in the order of their ids: always the same, and no judgement on anybody.
    everybody = sorted(candidates, key=lambda candidate: candidate.responder_id)
    left_out = [
        Shortfall(each.responder_id, each.kind, code)
        for each in everybody
        if (code := _shortfall(each, wants)) is not None
    ]
    out = {shortfall.responder_id: shortfall.code for shortfall in left_out}
    suggestions: list[Suggestion] = []
    gaps = [] if need.lon is not None else [Gap(None, "case_place_unknown")]
    for want in wants:
        of_kind = [each for each in everybody if each.kind == want.kind]
        able = [each for each in of_kind if each.responder_id not in out and _offers(each, want)]
        suggestions += _ranked(need, able, want, now)
        gaps += _gaps(want, of_kind, able, out, now)
    return Recommendation(tuple(suggestions), tuple(left_out), tuple(gaps))


def position_state(located_at: datetime | None, now: datetime) -> Reason:
    """Say whether a position can be used: position_fresh, _old, _ahead or _unknown, with its age.

    Exactly thirty minutes is still used. A position from the future is a wrong clock, not news.
    """
    if located_at is None:
        return Reason("position_unknown")
    age = now - located_at
    if age < -CLOCK_ERROR:
        return Reason("position_ahead", age.total_seconds())
    code = "position_old" if age > POSITION_KEPT else "position_fresh"
    return Reason(code, max(age.total_seconds(), 0.0))


def _ranked(need: Need, able: Sequence[Candidate], want: Want, now: datetime) -> list[Suggestion]:
    found = []
    for each in able:
        order_m, reasons = _weighed(need, each, want, now)
        rank_m = _extra_m(need, each) if order_m is None else order_m
        found.append((order_m is None, rank_m, each, order_m, reasons))
    found.sort(key=lambda row: row[:2])
    return [
        Suggestion(each.responder_id, each.kind, place < want.count, order_m, reasons)
        for place, (_, _, each, order_m, reasons) in enumerate(found)
    ]


def _weighed(
    need: Need, each: Candidate, want: Want, now: datetime
) -> tuple[float | None, tuple[Reason, ...]]:
    position = position_state(each.located_at if each.lon is not None else None, now)
    reasons = [position]
    order_m = None
    if need.lon is None or need.lat is None:
        reasons.append(Reason("case_place_unknown"))
    elif position.code == "position_fresh" and each.lon is not None and each.lat is not None:
        way_m = distance_m(each.lon, each.lat, need.lon, need.lat)
        reasons.insert(0, Reason("distance", way_m))
        order_m = way_m + _extra_m(need, each)
    if need.area_id is not None and each.area_ids:
        reasons.append(Reason("own_grid" if need.area_id in each.area_ids else "other_grid"))
    reasons.append(Reason("load", each.load))
    reasons += [Reason("service", code) for code in each.services if code in want.services]
    if each.stand_in_for is not None:
        reasons.append(Reason("stand_in", each.stand_in_for))
    return order_m, tuple(reasons)


def _extra_m(need: Need, each: Candidate) -> float:
    foreign = need.area_id is not None and bool(each.area_ids) and need.area_id not in each.area_ids
    return each.load * LOAD_M[need.urgency] + foreign * OTHER_GRID_M[need.urgency]


def _offers(each: Candidate, want: Want) -> bool:
    return not want.services or bool(set(want.services) & set(each.services))


def _shortfall(each: Candidate, wants: Sequence[Want]) -> str | None:
    """The first thing that keeps somebody from going; the order is that of what could be mended."""
    of_kind = [want for want in wants if want.kind == each.kind]
    if not of_kind:
        return "wrong_kind"
    if not any(_offers(each, want) for want in of_kind):
        return "wrong_service"
    if each.already_sent:
        return "already_sent"
    if each.absent:
        return "absent"
    if not each.on_shift:
        return "off_shift"
    return None if each.reachable else "no_contact"


def _gaps(
    want: Want,
    of_kind: Sequence[Candidate],
    able: Sequence[Candidate],
    out: dict[str, str],
    now: datetime,
) -> list[Gap]:
    if len(able) < want.count:
        short = want.count - len(able)
        return [Gap(want.kind, _why_nobody(want, of_kind, out), short)]
    states = [position_state(e.located_at if e.lon is not None else None, now).code for e in able]
    # Partners are called, not tracked: that their position is unknown is no gap.
    blind = want.kind != "partner" and all(state != "position_fresh" for state in states)
    return [Gap(want.kind, "positions_old", len(able))] if blind else []


def _why_nobody(want: Want, of_kind: Sequence[Candidate], out: dict[str, str]) -> str:
    offering = [each for each in of_kind if _offers(each, want)]
    if not of_kind:
        return "none_registered"
    if not offering:
        return "nobody_with_service"
    codes = {out[each.responder_id] for each in offering if each.responder_id in out}
    if not codes:
        return "too_few"
    if "no_contact" in codes:
        return "nobody_reachable"
    return "all_sent" if codes == {"already_sent"} else "nobody_on_shift"
