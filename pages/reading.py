"""Reads what several pages show, held to what the viewer may reach."""

from __future__ import annotations

from typing import Any

from actions.access import reach, viewer
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
    if not rows or rows[0]["community_id"] not in asking.community_ids:
        return None
    case = rows[0]
    areas = reach(store, asking, "case.read", case["community_id"])
    if areas is not None and case["area_id"] not in areas:
        return None
    if not may(asking.role, "case.read_text"):
        case = {**case, **dict.fromkeys(TEXT_FIELDS)}
    return case
