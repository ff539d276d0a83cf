"""The call register of cameras, for whoever audits: who watched which camera, when and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from actions.access import communities, viewer
from actions.cameras.viewing_reading import BLOCK, read_viewings
from components.camera_viewings import MODES, older_link, viewing_filter, viewing_table
from components.filters import filter_of
from components.navigation import nothing
from components.wording import text
from pages.callbacks import services
from pages.registration import opened_community, page_frame, register_page

DEFAULT_ZONE = "Asia/Shanghai"
NAMES = ("since", "until", "camera", "viewer", "mode")
LONGEST = 100


def layout(**query: object) -> Any:
    """One block of lines with the filter above it; reading them leaves a line in the audit."""
    community_id = opened_community(filter_of(query).community)
    if not community_id:
        body: Any = nothing(text("audit.no_community_title"), text("audit.no_community_hint"))
    else:
        body = _body(community_id, query)
    return page_frame("/camera-viewings", community_id, body)


register_page(
    __name__,
    path="/camera-viewings",
    name="camera_viewings",
    order=13,
    group="oversight",
    title=lambda: text("viewings.title"),
    action="audit.read",
    layout=layout,
)


def _body(community_id: str, query: Mapping[str, object]) -> Any:
    running, zone = services(), _zone(community_id)
    wanted = {name: _word(query.get(name)) for name in NAMES}
    wanted["mode"] = wanted["mode"] if wanted["mode"] in MODES else ""
    rows = read_viewings(
        running.store,
        running.keyring,
        running.audit,
        viewer(),
        community_id,
        {
            "since": _start(wanted["since"], zone),
            "until": _start(wanted["until"], zone, days=1),
            "device_id": wanted["camera"],
            "viewer": wanted["viewer"],
            "mode": wanted["mode"],
            "before": _word(query.get("before")),
        },
    )
    cameras = running.store.rows("camera/list", community_id=community_id)
    shown: list[Any] = [
        html.H1(text("viewings.title"), className="page-title"),
        html.P(text("viewings.hint"), className="note"),
        viewing_filter(community_id, wanted, cameras),
        viewing_table(rows, zone),
    ]
    if len(rows) == BLOCK:
        shown.append(older_link(community_id, wanted, rows[-1]["viewing_id"]))
    ask = html.A(text("viewings.export"), href=f"/approvals?community={community_id}")
    return html.Div([*shown, html.P(ask)], className="audit")


def _zone(community_id: str) -> ZoneInfo:
    rows = {row["community_id"]: row["timezone"] for row in communities(services().store)}
    return ZoneInfo(rows.get(community_id) or DEFAULT_ZONE)


def _start(day: str, zone: ZoneInfo, days: int = 0) -> datetime | None:
    """Return when a local day begins, UTC; what is no day counts as none."""
    try:
        found = date.fromisoformat(day) + timedelta(days=days)
        return datetime.combine(found, time(), zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _word(value: object) -> str:
    return value.strip()[:LONGEST] if isinstance(value, str) else ""
