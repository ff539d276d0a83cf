"""Gathers everybody who could be sent to a case: people at work, crews of organisations, partners.

People who belong to a property company go as its crew: the task is the company's, and whoever of it
is on duty takes it up. Everybody else goes in person. Partner units are called.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from actions.roster.reading import duty_in, is_rostered
from data.rosters import roster_of
from data.store import Store
from rules.coordinates import distance_m
from rules.dispatch import POSITION_KEPT, Candidate
from rules.responders import ResponderKind

Row = dict[str, Any]
PERSONAL = ("grid_worker", "property", "patrol", "volunteer")
CREWS = {"property_company": "property", "volunteers": "volunteer"}
PARTNERS = ("utility", "emergency", "partner", "street_post")


@dataclass(frozen=True, slots=True)
class Responder:
    """Whoever could be sent, as a page names it.

    Attributes:
        candidate: What the rules weigh.
        assignee_kind: worker or organisation.
        name_zh: Callsign or name of the organisation; never a person's name.
        name_en: The same in English, where there is one.
        called: True for emergency services: they are telephoned, never sent with a click.
    """

    candidate: Candidate
    assignee_kind: str
    name_zh: str
    name_en: str | None
    called: bool = False


def responders_for(store: Store, case: Row, now: datetime) -> dict[str, Responder]:
    """Return everybody who could be sent to a case, by id.

    Args:
        case: A row of data/sql/dispatch/case.sql.
        now: Aware present moment.
    """
    community_id = case["community_id"]
    duty = _Duty(store, community_id, now)
    people = store.rows(
        "dispatch/workers",
        community_id=community_id,
        case_id=case["case_id"],
        area_ids=[area for area in case["area_ids"] if area],
        leader_ids=[worker for worker in case["leader_ids"] if worker],
    )
    units = store.rows("dispatch/organisations", community_id=community_id, case_id=case["case_id"])
    crews = {unit["organisation_id"]: unit for unit in units if unit["kind"] in CREWS}
    found: dict[str, Responder] = {}
    for row in people:
        if row["kind"] in PERSONAL and row["organisation_id"] not in crews:
            found[row["worker_id"]] = _person(row, duty, case, now)
    for key, unit in crews.items():
        members = [row for row in people if row["organisation_id"] == key]
        found[key] = _crew(unit, members, duty, case, now)
    for unit in units:
        if unit["kind"] in PARTNERS:
            found[unit["organisation_id"]] = _partner(unit)
    return found


class _Duty:
    """Who is on duty: by the roster where it speaks of somebody, else by the register."""

    def __init__(self, store: Store, community_id: str, now: datetime) -> None:
        found = roster_of(store, community_id, now)
        self._rostered = found.rostered() if is_rostered(found) else frozenset()
        on = duty_in(store, community_id, found, now).on
        self._on = {each.worker_id: each.stand_in_for for each in on}
        self._away = {
            one.worker_id for one in found.roster.absences if one.start_at <= now < one.end_at
        }

    def on_shift(self, row: Row) -> bool:
        known = row["worker_id"] in self._rostered
        return row["worker_id"] in self._on if known else bool(row["on_duty"])

    def away(self, row: Row) -> bool:
        return row["worker_id"] in self._away

    def stand_in_for(self, row: Row) -> str | None:
        return self._on.get(row["worker_id"])


def _person(row: Row, duty: _Duty, case: Row, now: datetime) -> Responder:
    on_shift = duty.on_shift(row)
    candidate = Candidate(
        responder_id=row["worker_id"],
        kind=cast(ResponderKind, row["kind"]),
        on_shift=on_shift,
        absent=duty.away(row),
        stand_in_for=duty.stand_in_for(row),
        reachable=row["has_account"] or _phone_on(row, now),
        area_ids=_areas(row, case),
        load=row["load"],
        already_sent=row["already_sent"],
        **_position([row] if on_shift else [], case),
    )
    return Responder(candidate, "worker", row["callsign"], row["callsign"])


def _crew(unit: Row, members: Sequence[Row], duty: _Duty, case: Row, now: datetime) -> Responder:
    """An organisation as one responder: on duty, near and reachable as its nearest member is."""
    here = [row for row in members if duty.on_shift(row) and not duty.away(row)]
    candidate = Candidate(
        responder_id=unit["organisation_id"],
        kind=cast(ResponderKind, CREWS[unit["kind"]]),
        on_shift=bool(here),
        reachable=unit["reachable"]
        or any(row["has_account"] or _phone_on(row, now) for row in here),
        services=tuple(unit["services"]),
        load=unit["load"],
        already_sent=unit["already_sent"],
        **_position(here, case),
    )
    return Responder(candidate, "organisation", unit["name_zh"], unit["name_en"])


def _partner(unit: Row) -> Responder:
    candidate = Candidate(
        responder_id=unit["organisation_id"],
        kind="partner",
        on_shift=True,  # partners are called by their contact, by day and night
        reachable=unit["reachable"],
        services=tuple(unit["services"]),
        load=unit["load"],
        already_sent=unit["already_sent"],
    )
    called = unit["kind"] == "emergency"
    return Responder(candidate, "organisation", unit["name_zh"], unit["name_en"], called)


def _areas(row: Row, case: Row) -> tuple[str, ...]:
    if row["own_area"] and case["area_id"]:
        return (case["area_id"],)
    return (row["area_id"],) if row["area_id"] else ()


def _phone_on(row: Row, now: datetime) -> bool:
    return row["located_at"] is not None and now - row["located_at"] <= POSITION_KEPT


def _position(rows: Sequence[Row], case: Row) -> dict[str, Any]:
    """The position nearest to the case among the freshest ones; none for nobody."""
    located = [row for row in rows if row["lon"] is not None]
    if not located:
        return {}
    newest = max(row["located_at"] for row in located)
    recent = [row for row in located if newest - row["located_at"] <= POSITION_KEPT]
    if case["lon"] is None:
        best = max(recent, key=lambda row: row["located_at"])
    else:
        best = min(
            recent, key=lambda row: distance_m(row["lon"], row["lat"], case["lon"], case["lat"])
        )
    return {name: best[name] for name in ("lon", "lat", "located_at")}
