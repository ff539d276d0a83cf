"""Cases in and out for other software: POST and GET /api/v1/cases, GET /api/v1/cases/{id}."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse

from actions.access import reach
from actions.intake.received import posted_source
from actions.intake.recorder import RowResult
from api.auth import own_community, viewer_for
from api.body import json_body
from api.errors import ApiError, not_found
from api.models import CaseEvent, CaseIn, CaseOut, CasePage, CaseResult, CaseWithEvents, ErrorBody
from api.services import services
from data.store import Store
from rules.privacy import may, scope_of
from rules.viewer import Viewer
from rules.vocabulary import CASE_STATUSES, FINISHED_STATUSES, OPEN_STATUSES

# An acknowledgement takes milliseconds; after this the sender had better try again.
COMMIT_WAIT_S = 30.0
TEXT_FIELDS = frozenset({"title", "description", "address"})
SHORTHANDS = {"open": OPEN_STATUSES, "finished": FINISHED_STATUSES}
_EVENT_ID = re.compile(r"^[0-9a-f-]{36}$")
_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody} for status in (400, 401, 403, 404, 503)
}
_BATCH = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "array",
                    "maxItems": 10_000,
                    "items": CaseIn.model_json_schema(),
                }
            }
        },
    }
}

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])


@router.post(
    "",
    status_code=201,
    response_model=list[CaseResult],
    responses={
        207: {"model": list[CaseResult], "description": "Some or all rows were rejected."},
        **_ERRORS,
        413: {"model": ErrorBody},
        415: {"model": ErrorBody},
    },
    openapi_extra=_BATCH,
    summary="Report cases; answered when they are on disk",
)
async def post_cases(
    request: Request,
    viewer: Annotated[Viewer, Depends(viewer_for("case.write"))],
    community: Annotated[str, Query(description="Which of the viewer's communities.")] = "",
) -> JSONResponse:
    """Take a batch for the key's community.

    Rows are known again by (key, source_id): the same row or a version already seen changes
    nothing. Each row is taken or rejected by itself; 207 when at least one was rejected.
    """
    community_id = own_community(viewer, community)
    if scope_of(viewer.role, "case.write") not in ("community", "own_source"):
        raise ApiError(403, "not_allowed", f"The role {viewer.role} reports through its own page.")
    body = await json_body(request)
    receive = services(request).receive
    recorded = await asyncio.to_thread(receive, body, community_id, viewer.id)
    async with asyncio.timeout(COMMIT_WAIT_S):
        results = await asyncio.wrap_future(recorded)
    rejected = any(result.result == "rejected" for result in results)
    return JSONResponse([_result(result) for result in results], 207 if rejected else 201)


@router.get(
    "",
    response_model=CasePage,
    response_model_exclude_unset=True,
    responses=_ERRORS,
    summary="List cases, page by page",
)
async def list_cases(
    request: Request,
    viewer: Annotated[Viewer, Depends(viewer_for("case.read"))],
    status: Annotated[
        str, Query(description="Statuses, comma-separated; `open` and `finished` stand for many.")
    ] = "",
    community: Annotated[
        str, Query(description="Which of the viewer's communities; no other exists.")
    ] = "",
    updated_after: Annotated[
        str, Query(description="ISO 8601 with offset: only cases recorded later.")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    after: Annotated[str, Query(description="`next` of the page before.")] = "",
) -> CasePage:
    """Return cases in the order of their last change.

    A case that changes while you page moves to the end, so following `next` misses nothing.
    """
    community_id = own_community(viewer, community)
    store = services(request).store
    if after and not _EVENT_ID.match(after):
        raise ApiError(400, "parameter_invalid", "Pass `next` of the page before.", "after")
    rows = await asyncio.to_thread(
        store.rows,
        "view/case_page",
        community_id=community_id,
        case_id=None,
        source=_own_source(viewer),
        reach=await asyncio.to_thread(reach, store, viewer, "case.read", community_id),
        statuses=_statuses(status),
        updated_after=_moment(updated_after),
        after=after,
        row_limit=limit + 1,
    )
    page = rows[:limit]
    return CasePage(
        cases=[_case(row, community_id, viewer) for row in page],
        next=page[-1]["event_id"] if len(rows) > limit else None,
    )


@router.get(
    "/{case_id}",
    response_model=CaseWithEvents,
    response_model_exclude_unset=True,
    responses=_ERRORS,
    summary="One case with its events",
)
async def get_case(
    request: Request,
    case_id: str,
    viewer: Annotated[Viewer, Depends(viewer_for("case.read"))],
) -> CaseWithEvents:
    """Return a case of the viewer's communities and areas; any other answers 404."""
    return await asyncio.to_thread(_case_with_events, services(request).store, viewer, case_id)


def _case_with_events(store: Store, viewer: Viewer, case_id: str) -> CaseWithEvents:
    for community_id in sorted(viewer.community_ids):
        rows = store.rows(
            "view/case_page",
            community_id=community_id,
            case_id=case_id,
            source=_own_source(viewer),
            reach=reach(store, viewer, "case.read", community_id),
            statuses=None,
            updated_after=None,
            after="",
            row_limit=1,
        )
        if rows:
            events = store.rows("view/case_history", community_id=community_id, case_id=case_id)
            case = _case(rows[0], community_id, viewer).model_dump(exclude_unset=True)
            return CaseWithEvents(**case, events=[CaseEvent(**event) for event in events])
    raise not_found("case")


def _own_source(viewer: Viewer) -> str | None:
    """Return the source a key is confined to, None where it sees the whole community."""
    confined = scope_of(viewer.role, "case.read") == "own_source"
    return posted_source(viewer.id) if confined else None


def _result(result: RowResult) -> dict[str, Any]:
    made: dict[str, Any] = {
        "source_id": result.source_id,
        "case_id": result.id,
        "result": result.result,
    }
    if result.error is not None:
        error = result.error
        made["error"] = {"code": error.code, "field": error.field, "message": error.message}
    return made


def _case(row: dict[str, Any], community_id: str, viewer: Viewer) -> CaseOut:
    readable = may(viewer.role, "case.read_text")
    fields = {
        name: value
        for name, value in row.items()
        if name in CaseOut.model_fields and (readable or name not in TEXT_FIELDS)
    }
    return CaseOut(**fields, community=community_id, version=row["source_version"])


def _statuses(text: str) -> list[str] | None:
    words = [word.strip() for word in text.split(",") if word.strip()]
    statuses: list[str] = []
    for word in words:
        if word not in SHORTHANDS and word not in CASE_STATUSES:
            raise ApiError(400, "parameter_invalid", f"There is no status {word!r}.", "status")
        statuses.extend(SHORTHANDS.get(word, (word,)))
    return statuses or None


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        # An unescaped `+` of an offset arrives as a space.
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ApiError(400, "parameter_invalid", "Needs ISO 8601 with an offset.", "updated_after")
    return moment
