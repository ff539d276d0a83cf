"""The card of one map object: position, responsible role, last event; the wall projection."""

from __future__ import annotations

from data.store import Store
from data.views.view import Row
from rules.vocabulary import FACILITY_KINDS, KEY_PLACE_KINDS

_FIELDS = (
    "id",
    "layer",
    "kind",
    "name_zh",
    "name_en",
    "place_zh",
    "place_en",
    "lon",
    "lat",
    "role",
    "state",
    "accuracy_m",
    "source",
    "open_cases",
)


def card(store: Store, community_id: str, object_id: str) -> Row | None:
    """Return the card of a place, device, case, worker or area; None where there is none.

    A card of layer "case" has, besides, category, urgency, status, reported_at and deadline_at.
    """
    makers = {
        "view/card_device": _device,
        "view/card_place": _place,
        "view/card_case": _case,
        "view/card_worker": _worker,
        "view/card_area": _area,
    }
    for query, make in makers.items():
        rows = store.rows(query, community_id=community_id, id=object_id)
        if rows:
            return make(rows[0])
    return None


def care_card(cell: Row) -> Row:
    """Return the card of a care cell, made from its row among the map objects."""
    return _card(cell)


def _card(row: Row, last_event: Row | None = None) -> Row:
    fields = {name: row.get(name) for name in _FIELDS}
    if fields["source"] is not None:
        # Which key a sender used is nobody's business on a wall.
        fields["source"] = str(fields["source"]).split(":", 1)[0]
    return {**fields, "last_event": last_event}


def _event(kind: str | None, status: str | None, at: str | None) -> Row | None:
    return {"kind": kind, "status": status, "at": at} if at else None


def _place(row: Row) -> Row:
    layer = row["kind"]
    if layer in KEY_PLACE_KINDS:
        layer = "key_place"
    elif layer in FACILITY_KINDS:
        layer = "facility"
    event = _event(row["event_kind"], row["event_status"], row["event_at"])
    return _card({**row, "layer": layer}, event)


def _device(row: Row) -> Row:
    layer = "camera" if row["kind"] == "camera" else "device"
    return _card({**row, "layer": layer}, _event("seen", row["state"], row["seen_at"]))


def _worker(row: Row) -> Row:
    state = "on_duty" if row["on_duty"] else "off_duty"
    names = {"name_zh": row["callsign"], "name_en": row["callsign"], "role": row["kind"]}
    event = _event("located", state, row["located_at"])
    return _card({**row, **names, "layer": "worker", "state": state}, event)


def _area(row: Row) -> Row:
    event = _event(row["event_kind"], row["event_status"], row["event_at"])
    return _card({**row, "layer": row["kind"]}, event)


def _case(row: Row) -> Row:
    kept = ("category", "urgency", "status", "reported_at", "deadline_at")
    event = _event(row["event_kind"], row["status"], row["event_at"])
    made = _card({**row, "layer": "case", "kind": row["category"], "state": row["status"]}, event)
    return {**made, **{name: row[name] for name in kept}}
