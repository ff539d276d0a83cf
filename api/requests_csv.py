"""GET /api/v1/requests.csv: every request of a community as CSV, in Open311's columns, streamed."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from actions.open311.requests import Row, Seen, bulk, seen_by
from actions.open311.services import Service, offered
from api.auth import own_community, viewer_for
from api.errors import ApiError
from api.models import ErrorBody
from api.open311_words import request_entry
from api.services import services
from components.wording import current_language
from data.store import Store
from rules.open311 import Open311Refused, Wanted, wanted_requests
from rules.spreadsheets import safe_cell
from rules.viewer import Viewer

COLUMNS = (
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime",
    "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url",
)  # fmt: skip
BOM = "\ufeff"  # lets spreadsheets read Chinese

router = APIRouter(prefix="/api/v1/requests.csv", tags=["cases"])


@router.get(
    "",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/csv": {}}},
        **{status: {"model": ErrorBody} for status in (400, 401, 403, 404)},
    },
    summary="Every request as CSV, in Open311's columns",
)
async def get_requests_csv(
    request: Request,
    viewer: Annotated[Viewer, Depends(viewer_for("case.read"))],
    community: Annotated[str, Query(description="Which of the viewer's communities.")] = "",
    status: Annotated[str, Query(description="open, closed or both with a comma.")] = "",
    service_code: Annotated[str, Query(description="Categories, with commas.")] = "",
    start_date: Annotated[str, Query(description="Reported then or later, with zone.")] = "",
    end_date: Annotated[str, Query(description="Reported then or earlier, with zone.")] = "",
) -> StreamingResponse:
    """Return what the viewer's role reaches, of any length of time; texts are never in it."""
    community_id = own_community(viewer, community)
    asked = {
        "status": status,
        "service_code": service_code,
        "start_date": start_date,
        "end_date": end_date,
    }
    try:
        wanted = wanted_requests(asked, datetime.now(UTC), most_span=None)
    except Open311Refused as refusal:
        raise ApiError(400, "parameter_invalid", refusal.description) from None
    store = services(request).store
    seen = await asyncio.to_thread(seen_by, store, viewer, community_id)
    lines = _lines(store, seen, wanted, current_language.get())
    headers = {
        "Content-Disposition": f'attachment; filename="requests-{community_id}.csv"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def _lines(store: Store, seen: Seen, wanted: Wanted, lang: str) -> Iterator[str]:
    """Yield the file in parts of a page each; nothing larger is ever held."""
    known = offered(store, seen.community_id, lang)
    communities = store.rows("view/community")
    agency = next(row for row in communities if row["community_id"] == seen.community_id)
    yield BOM + _written([COLUMNS])
    for rows in bulk(store, seen, wanted):
        yield _written([_cells(row, known, agency) for row in rows])


def _cells(row: Row, known: dict[str, Service], agency: Row) -> list[Any]:
    entry = request_entry(row, known, agency, None)
    cells = [entry[column] for column in COLUMNS]
    # Numbers stay numbers: a longitude in the west begins with a minus and is no formula.
    return [cell if isinstance(cell, float) else safe_cell(cell) for cell in cells]


def _written(rows: list[Any]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerows(rows)
    return file.getvalue().encode("utf-8", "replace").decode()
