"""Asks for bulk exports with purpose and reason, and follows the second person's word (R16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from actions.access import NotAllowed, NotThere, areas_below, reach
from actions.approvals import Approvals, Row, Wish
from actions.files.consulting import local_day
from actions.files.export_rows import Extent, count_rows
from data.transaction import Transaction
from rules.approvals import one_of
from rules.errors import RuleViolation
from rules.privacy import Action, may
from rules.retention import EXPORT_HOURS
from rules.viewer import Viewer

# What a role must be allowed to ask for a register; the first decides about reach.
REGISTERS: dict[str, tuple[Action, ...]] = {
    "persons": ("person.read", "export.request"),
    "cases": ("case.read_text", "export.request"),
    "audit": ("audit.read",),
    "camera_viewings": ("audit.read",),
}
LONGEST_SPAN = timedelta(days=366 * 3)
_STATE_OF = {
    "confirmed": "allowed",
    "refused": "refused",
    "withdrawn": "refused",
    "expired": "refused",
}


class SpanInvalid(RuleViolation):
    """The days of an export are in the wrong order, ahead of now, or too many."""

    code = "span_invalid"


@dataclass(frozen=True, slots=True)
class ExportWish:
    """Which rows somebody wants a copy of, and why."""

    register: str
    purpose: str
    reason: str
    area_id: str | None = None
    since: date | None = None
    until: date | None = None


def registers_for(role: str) -> tuple[str, ...]:
    """Return the registers a role may ask copies of."""
    return tuple(r for r, needed in REGISTERS.items() if all(may(role, each) for each in needed))


def ask_export(approvals: Approvals, viewer: Viewer, community_id: str, wish: ExportWish) -> str:
    """Ask for a bulk export; returns its id.

    Raises:
        NotThere, NotAllowed: The community, the area or the register is not the viewer's.
        SpanInvalid, ExportTooLarge, CodeUnknown, ReasonNeeded: As it says.
    """
    one_of(wish.register, tuple(REGISTERS), "register")
    if community_id not in viewer.community_ids:
        raise NotThere(community=community_id)
    if wish.register not in registers_for(viewer.role):
        raise NotAllowed(role=viewer.role, action="export.request")
    extent = extent_of(approvals, viewer, community_id, wish)
    rows = count_rows(approvals.store, extent)
    export_id: str = approvals.store.write(lambda tx: tx.ids(1)[0]).result()
    detail: dict[str, object] = {"register": wish.register, "rows": rows}
    for name in ("area_id", "since", "until"):
        value = getattr(wish, name)
        if value is not None:
            detail[name] = str(value)
    at = approvals.now()

    def also(tx: Transaction, approval_id: str) -> None:
        row = {
            "export_id": export_id,
            "community_id": community_id,
            "register": wish.register,
            "area_id": wish.area_id,
            "since": wish.since,
            "until": wish.until,
            "state": "waiting",
            "asked_by": viewer.actor,
            "approval_id": approval_id,
            "fetched": 0,
        }
        append_export(tx, row, "asked", viewer.actor, at)

    approvals.ask(
        viewer,
        Wish("export", community_id, "export", export_id, wish.purpose, wish.reason, detail),
        also,
    )
    return export_id


def settled(tx: Transaction, approval: Row) -> None:
    """Allow or end the export an approval was asked for, in the unit that decides."""
    rows = tx.rows("export_file/one", export_id=None, approval_id=approval["approval_id"])
    state = _STATE_OF.get(approval["state"])
    if not rows or state is None or rows[0]["state"] != "waiting":
        return
    changes: Row = {"state": state}
    if state == "allowed":
        changes["expires_at"] = approval["at"] + timedelta(hours=EXPORT_HOURS)
    append_export(tx, {**rows[0], **changes}, state, approval["actor"], approval["at"])


def exports_of(approvals: Approvals, viewer: Viewer, community_id: str) -> list[Row]:
    """Return the exports a viewer asked for, the newest first."""
    if community_id not in viewer.community_ids:
        return []
    return approvals.store.rows(
        "export_file/of_asker", community_id=community_id, actor=viewer.actor
    )


def extent_of(approvals: Approvals, viewer: Viewer, community_id: str, wish: ExportWish) -> Extent:
    """Return which rows a wish means for a viewer.

    Raises:
        SpanInvalid, NotThere: The days or the area cannot be.
    """
    store = approvals.store
    today = local_day(store, community_id, approvals.now())
    since, until = wish.since, wish.until
    if (since or until) and not (since or date.min) <= (until or today) <= today:
        raise SpanInvalid()
    if since and (until or today) - since > LONGEST_SPAN:
        raise SpanInvalid()
    reached = reach(store, viewer, REGISTERS[wish.register][0], community_id)
    areas = reached
    if wish.area_id is not None:
        below = areas_below(store, community_id, [wish.area_id])
        areas = [area for area in below if reached is None or area in reached]
        if not areas:
            raise NotThere()
    rows = store.rows("community/timezone", community_id=community_id)
    zone = ZoneInfo(rows[0]["timezone"] if rows else "Asia/Shanghai")
    return Extent(wish.register, community_id, areas, since, until, zone)


def append_export(tx: Transaction, row: Row, event_kind: str, actor: str, at: datetime) -> None:
    """Append an export's next event."""
    tx.append("export_file", [{**row, "event_kind": event_kind, "actor": actor, "happened_at": at}])
