"""The desk's list of cases: an ag-grid that asks the server for one block of rows at a time.

Every cell is plain text; nothing a resident wrote is ever read as HTML. Times count on in
assets/desk.js between two reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import dash_ag_grid as dag

from components import ids
from components.case_light import shape
from components.wording import local_name, named, text
from rules.vocabulary import FINISHED_STATUSES

BLOCK_ROWS = 100
MOST_BLOCKS = 6
# Columns of the grid that can be sorted → the `$sort` word of data/sql/desk/cases.sql.
SORTS = {
    "urgency": "urgency",
    "due": "due",
    "category": "category",
    "place": "place",
    "status": "status",
    "reported": "reported",
}
_LIGHTS = {light: f"deskLight(params) === '{light}'" for light in ("over", "soon")}
_THEME = (
    "themeQuartz.withParams({"
    "backgroundColor: 'var(--panel)', foregroundColor: 'var(--text)',"
    "headerBackgroundColor: 'var(--raised)', headerTextColor: 'var(--muted)',"
    "borderColor: 'var(--line)', rowHoverColor: 'var(--raised)',"
    "oddRowBackgroundColor: 'var(--panel)',"
    "selectedRowBackgroundColor: 'var(--information-ground)',"
    "accentColor: 'var(--focus)', fontFamily: 'inherit', fontSize: 13.5, headerFontSize: 12.5,"
    "rowHeight: 34, headerHeight: 32, wrapperBorder: false, wrapperBorderRadius: 0,"
    "cellHorizontalPadding: 10, columnBorder: false, headerColumnBorder: false})"
)


def case_list() -> dag.AgGrid:
    """The empty list; its rows come block by block from the page's callback."""
    return dag.AgGrid(
        id=ids.DESK_LIST,
        className="case-list",
        rowModelType="infinite",
        columnDefs=_columns(),
        defaultColDef={"resizable": True, "sortable": False, "suppressMovable": True},
        getRowId="params.data.id",
        # Not ag-grid's own selection: Dash sends it back late and undoes the newer choice.
        rowClassRules={"row-chosen": "deskChosen(params)", "row-marked": "deskMarked(params)"},
        dashGridOptions={
            "theme": {"function": _THEME},
            "suppressCellFocus": True,
            "cacheBlockSize": BLOCK_ROWS,
            "maxBlocksInCache": MOST_BLOCKS,
            "maxConcurrentDatasourceRequests": 1,
            "infiniteInitialRowCount": 1,
            "rowBuffer": 10,
            "animateRows": False,
            "enableCellTextSelection": True,
            "tooltipShowDelay": 400,
        },
        style={"height": "100%", "width": "100%"},
    )


def list_rows(cases: Sequence[Mapping[str, Any]], offset: int = 0) -> list[dict[str, Any]]:
    """The grid's rows for rows of data/sql/desk/cases.sql; times as ISO 8601 UTC text."""
    return [_row(case, offset + index) for index, case in enumerate(cases)]


def sort_of(sort_model: Sequence[Mapping[str, Any]] | None) -> tuple[str, bool]:
    """The `$sort` word and whether it is turned round; overdue first where nothing is asked."""
    for asked in sort_model or ():
        if asked.get("colId") in SORTS:
            return SORTS[asked["colId"]], asked.get("sort") == "desc"
    return "due", False


def place_of(case: Mapping[str, Any]) -> str:
    """Where a case is, for officers: place, else public place name, else address, else grid."""
    place = local_name(dict(case), stem="place")
    return (
        place or case.get("locality") or case.get("address") or local_name(dict(case), stem="area")
    )


def _row(case: Mapping[str, Any], index: int) -> dict[str, Any]:
    return {
        "id": case["case_id"],
        "version": case["event_id"],
        "n": index,
        "shape": shape(case["urgency"]),
        "urgency": named("urgency", case["urgency"]),
        "category": named("category", case["category"]),
        "title": case["title"] or "",
        "place": place_of(case),
        "status": named("status", case["status"]),
        "finished": case["status"] in FINISHED_STATUSES,
        "paused": bool(case.get("paused")),
        "reported_at": _iso(case["reported_at"]),
        "deadline_at": _iso(case["deadline_at"]),
        "closed_at": _iso(case["closed_at"]),
        "lon": case["lon"],
        "lat": case["lat"],
    }


def _iso(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None


def _columns() -> list[dict[str, Any]]:
    light = {f"light-{name}": rule for name, rule in _LIGHTS.items()}
    return [
        _column("urgency", 52, field="shape", tooltipField="urgency", cellClassRules=light),
        _column("due", 116, field="deadline_at", cellClassRules=light, clock="deskTime"),
        _column("category", 132, field="category", tooltipField="category"),
        _column("title", 190, field="title", tooltipField="title", sortable=False, flex=3),
        _column("place", 150, field="place", tooltipField="place", flex=2),
        _column("status", 92, field="status"),
        _column("reported", 112, field="reported_at", clock="deskMoment"),
        _column("age", 92, field="reported_at", sortable=False, clock="deskAge"),
    ]


def _column(name: str, width: int, clock: str | None = None, **more: Any) -> dict[str, Any]:
    column = {
        "colId": name,
        "headerName": text(f"desk.column_{name}"),
        "width": width,
        "minWidth": min(width, 84) if name != "urgency" else 36,
        "sortable": name in SORTS,
        "cellClass": f"cell-{name}",
        **more,
    }
    if clock:
        column["valueFormatter"] = {"function": f"{clock}(params)"}
    return column
