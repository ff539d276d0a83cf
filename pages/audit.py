"""The audit: counts per day, and for the privacy role its chain and every line, filtered."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import dash
from dash import Input, Output, State, dcc, html, no_update

from actions.access import allow, communities, viewer
from actions.audit_reading import BLOCK, Openings, copy_lines, note_opening, read_block
from components import ids
from components.audit_csv import audit_csv
from components.audit_filter import AuditFilter, audit_filter_form, audit_filter_of
from components.audit_frame import chain_panel, export_panel, lines_panel, summary_panel
from components.audit_table import chain_state, line_table, summary_table
from components.navigation import nothing
from components.wording import text
from pages.callbacks import now, services
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.errors import RuleViolation
from rules.privacy import may

DAYS = 14
FRESH_S = 600
DEFAULT_ZONE = "Asia/Shanghai"
openings = Openings()


def layout(**query: object) -> Any:
    """The page without its rows; they come by callbacks, which write down that they were read."""
    wanted = audit_filter_of(query)
    community_id = opened_community(wanted.community)
    if not community_id:
        body: Any = nothing(text("audit.no_community_title"), text("audit.no_community_hint"))
    else:
        body = _body(audit_filter_of({**query, "community": community_id}))
    return page_frame("/audit", community_id, body)


register_page(
    __name__,
    path="/audit",
    name="audit",
    order=12,
    group="oversight",
    title=lambda: text("audit.title"),
    action="audit.summary",
    layout=layout,
)


@page_callback(
    Output(ids.AUDIT_SUMMARY, "children"),
    Input(ids.AUDIT_OPENED, "data"),
    action="audit.summary",
)
def show_summary(opened: dict[str, Any]) -> Any:
    """Counts per action, result and day of the community."""
    wanted = audit_filter_of(opened)
    allow("audit.summary", wanted.community)
    zone = _zone(wanted.community)
    days = last_days(now(), zone)
    starts = [_start(day, zone) for day in days]
    ends = [_start(day + timedelta(days=1), zone) for day in days]
    rows = services().store.rows(
        "audit/summary", community_id=wanted.community, starts=starts, ends=ends
    )
    return summary_table(rows, days)


@page_callback(
    Output(ids.AUDIT_LINES, "children"),
    Output(ids.AUDIT_PLACE, "data"),
    Output(ids.AUDIT_OLDER, "disabled"),
    Output(ids.AUDIT_NEWER, "disabled"),
    Input(ids.AUDIT_OPENED, "data"),
    Input(ids.AUDIT_OLDER, "n_clicks"),
    Input(ids.AUDIT_NEWER, "n_clicks"),
    State(ids.AUDIT_PLACE, "data"),
    action="audit.read",
)
def show_lines(
    opened: dict[str, Any], _older: int | None, _newer: int | None, place: dict[str, Any] | None
) -> tuple[Any, ...]:
    """One block of lines: the newest, or the next in one direction."""
    return lines_block(opened, str(dash.ctx.triggered_id or ""), place or {})


@page_callback(
    Output(ids.AUDIT_CHAIN, "children"),
    Input(ids.AUDIT_OPENED, "data"),
    Input(ids.AUDIT_CHECK, "n_clicks"),
    action="audit.read",
)
def show_chain(opened: dict[str, Any], clicks: int | None) -> Any:
    """Whether the chain is in order; checked anew when asked for or ten minutes old."""
    wanted = audit_filter_of(opened)
    allow("audit.read", wanted.community)
    audit = services().audit
    verdict = audit.verdict
    if verdict is None or clicks or (now() - verdict.checked_at).total_seconds() > FRESH_S:
        verdict = audit.verify()
    return chain_state(verdict, audit.anchor_failed, _zone(wanted.community))


@page_callback(
    Output(ids.AUDIT_DOWNLOAD, "data"),
    Output(ids.AUDIT_EXPORT_NOTE, "children"),
    Input(ids.AUDIT_EXPORT, "n_clicks"),
    State(ids.AUDIT_OPENED, "data"),
    State(ids.AUDIT_REASON, "value"),
    action="audit.read",
    prevent_initial_call=True,
)
def export_lines(clicks: int | None, opened: dict[str, Any], reason: str | None) -> tuple[Any, Any]:
    """The lines of the filter as a file, once a reason is given."""
    if not clicks:
        return no_update, no_update
    wanted = audit_filter_of(opened)
    asking = allow("audit.read", wanted.community)
    zone = _zone(wanted.community)
    why = str(reason or "").strip()
    try:
        rows = copy_lines(services().store, services().audit, asking, wanted.parameters(zone), why)
    except RuleViolation as refusal:
        return no_update, text(f"error.{refusal.code}", None, **refusal.fields)
    at = now().astimezone(zone)
    mark = text("audit.watermark", who=asking.label or asking.actor, at=f"{at:%Y-%m-%d %H:%M}",
                reason=why, n=len(rows))  # fmt: skip
    name = f"audit-{wanted.community}-{at:%Y%m%dT%H%M%S}.csv"
    file = {"content": audit_csv(rows, zone, mark), "filename": name, "type": "text/csv"}
    return file, text("audit.exported", n=f"{len(rows):,}")


def lines_block(
    opened: dict[str, Any], pressed: str, place: dict[str, Any]
) -> tuple[Any, Any, bool, bool]:
    """Read a block and say where it lies.

    Args:
        opened: The page's filter with the id of its opening.
        pressed: Id of the button pressed, or anything else for the newest lines.
        place: First and last line of the block shown before.

    Returns:
        The table; its `first` and `last` line; whether there is nothing older, nothing newer.
    """
    wanted = audit_filter_of(opened)
    asking = allow("audit.read", wanted.community)
    audit = services().audit
    if openings.first(asking.actor, str(opened.get("opening"))[:64]):
        note_opening(audit, asking, wanted.community, wanted.named, wanted.subject)
    zone = _zone(wanted.community)
    parameters = wanted.parameters(zone)
    before = _seq(place.get("last")) if pressed == ids.AUDIT_OLDER else None
    after = _seq(place.get("first")) if pressed == ids.AUDIT_NEWER else None
    store = services().store
    rows = read_block(store, audit, parameters, before, after)
    if not rows and (before or after):
        return no_update, no_update, before is not None, after is not None
    newest = before is None and (after is None or len(rows) < BLOCK)
    ends = {"first": rows[0]["seq"], "last": rows[-1]["seq"]} if rows else {}
    oldest = after is None and len(rows) < BLOCK
    return line_table(rows, zone), ends, oldest, newest


def last_days(at: datetime, zone: ZoneInfo) -> list[date]:
    """Return the local days of the summary, today first."""
    today = at.astimezone(zone).date()
    return [today - timedelta(days=n) for n in range(DAYS)]


def _body(wanted: AuditFilter) -> list[Any]:
    opened = {**asdict(wanted), "opening": str(uuid.uuid4())}
    head: list[Any] = [
        dcc.Store(id=ids.AUDIT_OPENED, data=opened),
        html.H1(text("audit.title"), className="page-title"),
    ]
    if not may(viewer().role, "audit.read"):
        return [html.Div([*head, summary_panel()], className="audit")]
    rows = services().store.rows("audit/actions", community_id=wanted.community)
    form = audit_filter_form(wanted, [row["action"] for row in rows])
    return [
        html.Div(
            [*head, chain_panel(), lines_panel(form), export_panel(), summary_panel()],
            className="audit",
        )
    ]


def _zone(community_id: str) -> ZoneInfo:
    rows = {row["community_id"]: row["timezone"] for row in communities(services().store)}
    return ZoneInfo(rows.get(community_id) or DEFAULT_ZONE)


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _seq(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value < 2**62 else None
