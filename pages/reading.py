"""Reads what several pages show, held to what the viewer may reach."""

from __future__ import annotations

from typing import Any

from actions.access import viewer
from actions.cases.access import is_reached
from pages.callbacks import services
from rules.privacy import may

TEXT_FIELDS = ("title", "description", "address")


def case_in_reach(case_id: str) -> dict[str, Any] | None:
    """Return a case with everything the viewer may know of it; None where it is out of reach.

    A case of another community or area answers like one that does not exist. Texts as reported
    are left out for roles that see cases masked.
    """
    asking, store = viewer(), services().store
    rows = store.rows("desk/case", case_id=case_id)
    if not rows or not is_reached(store, asking, rows[0]):
        return None
    case = rows[0]
    if not may(asking.role, "case.read_text"):
        case = {**case, **dict.fromkeys(TEXT_FIELDS)}
    return case


def history_in_reach(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the events of a case the viewer reaches (desk/case_history), oldest first.

    Texts as reported and what was written with moves are left out for roles that see cases masked.
    """
    events = services().store.rows("desk/case_history", case_id=case["case_id"])
    if may(viewer().role, "case.read_text"):
        return events
    hidden = {**dict.fromkeys((*TEXT_FIELDS, "note")), "has_text": False}
    return [{**event, **hidden} for event in events]
