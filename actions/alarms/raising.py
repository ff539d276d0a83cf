"""Raises alarms: at most one uncleared alarm per device and kind, decided by the single writer.

REFERENCE §3. The same moment of the same device and kind is the same signal, however often it is
sent: a sender that heard no answer may send again at any time.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from actions.access import allow, reach
from actions.alarms.state import append_alarm, facts_of, known_alarm
from actions.cases.access import reached_case
from data.store import Store
from data.transaction import Transaction
from rules.alarm_kinds import ALARM_KINDS, BY_HAND, URGENCY_OF
from rules.alarms import AlarmKey, Signal, clear_by_device, raise_alarm
from rules.errors import RuleViolation
from rules.records import too_far_ahead
from rules.viewer import Viewer
from rules.vocabulary import URGENCIES, Urgency

Row = dict[str, Any]
Verdict = Literal["new", "repeated", "unchanged", "cleared", "rejected"]
MOST_AT_ONCE = 1_000


class AlarmKindUnknown(RuleViolation):
    """There is no such kind of alarm, or a person cannot raise it; choose one of the list."""

    code = "alarm_kind_unknown"


class AlarmPlaceUnknown(RuleViolation):
    """The place is not registered in this community; choose another or none."""

    code = "alarm_place_unknown"


@dataclass(frozen=True, slots=True)
class Reported:
    """One signal as it came.

    Attributes:
        device: Our id of a registered device, the id its source knows it under, or a sender's own
            name for one that is not registered.
        kind: A code of ALARM_KINDS.
        at: Moment of the condition, aware.
        normal: True where the device says that it is over.
        urgency: None for that of the kind.
        place: Our id of a place, or the id its source knows it under; an unknown one is not kept.
    """

    device: str
    kind: str
    at: datetime
    normal: bool = False
    urgency: Urgency | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class SignalResult:
    """What became of one signal: the alarm it belongs to, or why it was not taken.

    Attributes:
        alarm_id: None where it was rejected, and where a normal signal had nothing to clear.
        code: Why it was rejected.
        field: Which part of it is at fault.
    """

    result: Verdict
    alarm_id: str | None = None
    code: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a signal comes from, as far as the register knows."""

    device_id: str
    known: bool
    place_id: str | None
    area_id: str | None


def raise_signals(
    store: Store, community_id: str, source: str, signals: Sequence[Reported], actor: str
) -> Future[list[SignalResult]]:
    """Take signals of one sender as one unit of work.

    A signal of an unregistered device, or from an unregistered place, is taken too: a help post
    that somebody forgot to register must still be heard.

    Args:
        store: The open store.
        community_id: Whose alarms they are.
        source: Who sends, e.g. "http:<key>"; names of unregistered devices are its own.
        signals: At most `MOST_AT_ONCE`, in the order they arrived.
        actor: Who caused it, for the log.

    Returns:
        A future with one result per signal, in order, resolved when they are on disk.
    """

    def unit(tx: Transaction) -> list[SignalResult]:
        devices = _by_reference(tx, "alarm/device", community_id, [s.device for s in signals])
        named = [s.place for s in signals if s.place is not None]
        places = _by_reference(tx, "alarm/place", community_id, named)
        results = []
        for signal in signals:
            if too_far_ahead(signal.at, tx.now):
                results.append(SignalResult("rejected", code="time_in_future", field="at"))
            else:
                found = _found(signal, devices.get(signal.device), places, source)
                results.append(_take(tx, community_id, source, signal, found, actor))
        return results

    return store.write(unit)


def raise_by_hand(
    store: Store,
    asking: Viewer,
    community_id: str,
    kind: str,
    *,
    urgency: str | None = None,
    place: str | None = None,
    case_id: str | None = None,
) -> str:
    """Raise an alarm for a person at a screen; returns its id when it is on disk.

    Pressed twice, it is still one alarm: of the same place and kind while it is not cleared.

    Args:
        kind: A code of ALARM_KINDS.
        urgency: None for that of the kind.
        place: Id of a place; None where it is not known, or the case's.
        case_id: The case it is raised from, which it is linked with.

    Raises:
        NotThere, NotAllowed: The community, case or deed is not the viewer's.
        AlarmKindUnknown, AlarmPlaceUnknown: As it says.
    """
    allow("alarm.raise", community_id)
    if kind not in ALARM_KINDS or urgency not in (None, *URGENCIES):
        raise AlarmKindUnknown(kind=kind)
    case = reached_case(store, asking, case_id) if case_id else None
    covered = reach(store, asking, "alarm.raise", community_id)

    def unit(tx: Transaction) -> str:
        where = _place_of(tx, community_id, place, case)
        if covered is not None and where.area_id not in covered:
            raise AlarmPlaceUnknown()
        graver: Urgency = urgency or URGENCY_OF[kind]
        signal = Reported(where.device_id, kind, tx.now, urgency=graver)
        source = "case" if case else "desk"
        taken = _take(tx, community_id, source, signal, where, asking.actor, case_id)
        assert taken.alarm_id is not None  # a signal that is not normal always has its alarm
        return taken.alarm_id

    return store.write(unit).result()


def _place_of(tx: Transaction, community_id: str, place: str | None, case: Row | None) -> _Found:
    """Say where a person raised it; the key is the case, else the place."""
    place_id, area_id = None, None
    if case is not None:
        row = tx.rows("case/current", case_ids=[case["case_id"]], community_id=community_id)[0]
        place_id, area_id = row["place_id"], row["area_id"]
    if place:
        found = _by_reference(tx, "alarm/place", community_id, [place]).get(place)
        if found is None:
            raise AlarmPlaceUnknown()
        place_id, area_id = found["place_id"], found["area_id"]
    key = f"case:{case['case_id']}" if case is not None else f"hand:{place_id or '-'}"
    return _Found(key, False, place_id, area_id)


def _by_reference(
    tx: Transaction, query: str, community_id: str, references: Sequence[str]
) -> dict[str, Row]:
    if not references:
        return {}
    wanted = sorted(set(references))
    rows = tx.rows(query, community_id=community_id, references=wanted)
    return {row["reference"]: row for row in rows}


def _found(signal: Reported, device: Row | None, places: dict[str, Row], source: str) -> _Found:
    named = places.get(signal.place or "")
    if device is None:
        where = named or {"place_id": None, "area_id": None}
        own = f"{source}/{signal.device}"
        return _Found(own, False, where["place_id"], where["area_id"])
    where = named or device
    return _Found(device["device_id"], True, where["place_id"], where["area_id"])


def _take(
    tx: Transaction,
    community_id: str,
    source: str,
    signal: Reported,
    found: _Found,
    actor: str,
    case_id: str | None = None,
) -> SignalResult:
    key: Row = {"community_id": community_id, "device_id": found.device_id, "kind": signal.kind}
    rows = tx.rows("alarm/uncleared", **key)
    before = rows[0] if rows else None
    if signal.normal:
        return _clear(tx, before, signal.at, actor)
    seen = tx.rows("alarm/seen_signal", at=signal.at, **key)
    if seen:
        return SignalResult("unchanged", seen[0]["alarm_id"])
    urgency = signal.urgency or URGENCY_OF.get(signal.kind, URGENCY_OF[BY_HAND])
    new = Signal(AlarmKey(found.device_id, signal.kind), signal.at, urgency, found.place_id)
    known = known_alarm(before) if before else None
    alarm = raise_alarm(known, new)
    state = {
        "community_id": community_id,
        "device_known": found.known,
        "area_id": found.area_id,
        "case_id": case_id,
        "source": source,
        "alarm_id": before["alarm_id"] if before else tx.ids(1)[0],
        "version": before["version"] if before else None,
    }
    if before is not None:
        kept = ("device_known", "source")
        state.update({name: before[name] for name in kept})
        state["area_id"] = before["area_id"] or found.area_id
        state["case_id"] = before["case_id"] or case_id
    kind = "raised" if known is None else "graver" if alarm.urgency != known.urgency else "repeated"
    event = append_alarm(tx, {**state, **facts_of(alarm)}, kind, actor, signal.at)
    return SignalResult("repeated" if before else "new", event["alarm_id"])


def _clear(tx: Transaction, before: Row | None, at: datetime, actor: str) -> SignalResult:
    if before is None:
        return SignalResult("unchanged")
    known = known_alarm(before)
    alarm = clear_by_device(known, at)
    if alarm == known:
        return SignalResult("unchanged", before["alarm_id"])
    append_alarm(tx, {**before, **facts_of(alarm)}, "cleared", actor, at)
    return SignalResult("cleared", before["alarm_id"])
