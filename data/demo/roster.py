"""The demo community's roster: four kinds of teams, somebody on duty day and night; no names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.demo.areas import COMMUNITY_ID
from data.demo.people import CREWS
from data.demo.spots import VERSION
from rules.roster_record import RosterRecord

PROPERTY_COMPANY = "石榴物业服务有限公司"
_FIRST = date(2024, 1, 1)  # a Monday long before any demo begins


@dataclass(frozen=True, slots=True)
class _Hours:
    """When a shift is kept."""

    starts: str
    ends: str
    days: str = "everyday"


_TEAMS = {
    "grid_worker": ("网格队", "grid", None),
    "property": ("石榴物业班组", "property", PROPERTY_COMPANY),
    "patrol": ("治安巡逻队", "patrol", None),
    "volunteer": ("志愿服务队", "volunteer", None),
}
_ROUND = (_Hours("07:00", "15:00"), _Hours("15:00", "23:00"), _Hours("23:00", "07:00"))


def roster_records(seed: int) -> list[RosterRecord]:
    """Return who keeps which shift; the seed decides who of each crew, never how many."""
    crews = {kind: _crew(kind, count, seed) for kind, _, count, _ in CREWS if kind in _TEAMS}
    return [
        *_kept("grid_worker", crews["grid_worker"][:9], _Hours("08:00", "18:00", "workday")),
        *_kept("grid_worker", crews["grid_worker"][:3], _Hours("08:00", "18:00", "restday")),
        *_in_turn("grid_worker", crews["grid_worker"][9:], _Hours("18:00", "08:00"), 3),
        *_kept("property", crews["property"][:8], _Hours("08:00", "18:00", "workday")),
        *_kept("property", crews["property"][:3], _Hours("08:00", "18:00", "restday")),
        *_rotating(crews["property"][8:]),
        *_in_turn("patrol", crews["patrol"], _Hours("08:00", "08:00"), 3),
        *_kept("volunteer", crews["volunteer"][:4], _Hours("16:00", "19:00", "workday")),
        *_kept("volunteer", crews["volunteer"][4:8], _Hours("09:00", "12:00", "restday")),
        *_kept("volunteer", crews["volunteer"][8:], _Hours("14:00", "17:00", "restday")),
    ]


def absent_workers(seed: int) -> tuple[str, str, str]:
    """Return who is away with a stand-in, who stands in, and who is away without one."""
    crew = _crew("grid_worker", 12, seed)
    return crew[1], crew[10], _crew("property", 20, seed)[4]


def _crew(kind: str, count: int, seed: int) -> list[str]:
    keys = [f"{kind}-{k + 1:02d}" for k in range(count)]
    # The first of each crew works by day: the demo's own accounts are theirs.
    first, rest = keys[:1], keys[1:]
    Random(f"{COMMUNITY_ID}/{seed}/roster/{kind}").shuffle(rest)
    return [*first, *rest]


def _rotating(workers: Sequence[str]) -> Iterable[RosterRecord]:
    """Four groups go round early, late, night and a day off."""
    for group in range(4):
        for turn, hours in enumerate(_ROUND):
            begins = _FIRST + timedelta(days=group + turn)
            yield from _kept("property", workers[group::4], hours, begins, every_days=4)


def _in_turn(
    kind: str, workers: Sequence[str], hours: _Hours, groups: int
) -> Iterable[RosterRecord]:
    """Several groups keep the same hours, a day each."""
    for group in range(groups):
        begins = _FIRST + timedelta(days=group)
        yield from _kept(kind, workers[group::groups], hours, begins, every_days=groups)


def _kept(
    kind: str,
    workers: Sequence[str],
    hours: _Hours,
    begins: date = _FIRST,
    every_days: int = 1,
) -> Iterable[RosterRecord]:
    team, team_kind, organisation = _TEAMS[kind]
    for worker in workers:
        yield RosterRecord(
            source_id=f"{worker}/{begins.isoformat()}/{hours.starts}/{hours.days}",
            version=VERSION,
            team=team,
            team_kind=team_kind,
            organisation=organisation,
            worker=worker,
            starts=hours.starts,
            ends=hours.ends,
            first_on=begins,
            days=hours.days,
            every_days=every_days,
        )
