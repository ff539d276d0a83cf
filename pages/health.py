"""The health page: sources, the writer and rows set aside, renewed whenever a source moves."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from dash import Input, Output, dcc, html

from actions.access import communities, viewer
from components import ids
from components.filters import filter_of
from components.health_report import quarantine_report, source_table, store_facts
from components.warnings_panel import warning_list
from components.wording import text
from pages.callbacks import now, services
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.privacy import may

LAST_QUARANTINED = 50
DEFAULT_ZONE = "Asia/Shanghai"


def layout(**query: object) -> Any:
    """The health of the whole installation; the community in the address sets the time zone."""
    community_id = opened_community(filter_of(query).community or "")
    body = [
        dcc.Store(id=ids.HEALTH_TICK, data={"tick": 0, "community": community_id}),
        html.Div(report(community_id), id=ids.HEALTH, className="health"),
    ]
    return page_frame("/health", community_id, body)


register_page(
    __name__,
    path="/health",
    name="health",
    order=3,
    group="system",
    title=lambda: text("health.title"),
    action="health.read",
    layout=layout,
)


@page_callback(
    Output(ids.HEALTH, "children"),
    Input(ids.HEALTH_TICK, "data"),
    action="health.read",
    prevent_initial_call=True,
)
def show_health(tick: dict[str, Any]) -> Any:
    """The page's body anew."""
    return report(str(tick.get("community")))


def report(community_id: str) -> list[Any]:
    """Read everything the page shows and build it, with times in a community's zone."""
    running = services()
    rows = communities(running.store)
    zones = {row["community_id"]: row["timezone"] for row in rows}
    zone = ZoneInfo(zones.get(community_id, DEFAULT_ZONE))
    totals = running.store.rows("desk/quarantine_total", communities=list(zones))
    last = running.store.rows(
        "desk/quarantine_last", limit=LAST_QUARANTINED, communities=list(zones)
    )
    if not may(viewer().role, "case.read_text"):  # what was set aside may name people
        last = [{**row, "raw": ""} for row in last]
    return [
        html.H1(text("health.title"), className="page-title"),
        _section(
            "warning.title", warning_list(running.upkeep.warnings(), running.upkeep.facts(), zone)
        ),
        _section("health.sources", source_table(running.runner_health(), now())),
        _section("health.store", store_facts(running.store.health(), now())),
        _section("health.quarantine", quarantine_report(totals, last, zone)),
    ]


def _section(code: str, content: Any) -> html.Section:
    return html.Section([html.H2(text(code)), content], className="sheet")
