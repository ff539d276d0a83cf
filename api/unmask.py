"""Opens one masked value for a signed-in person: POST /api/v1/unmask.

Outside the pages' callbacks on purpose: what a callback returns stays in the page's own store,
and a value opened for five minutes must lie in one place only, where assets/unmask.js removes it.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from actions.access import NotAllowed, NotThere, viewer
from actions.files.unmask import unmask
from api.body import body_as
from api.errors import ApiError, not_found
from api.models import ErrorBody
from api.services import services
from rules.unmasking import SPAN, UnmaskRefused

MOST_BYTES = 4_096

router = APIRouter(prefix="/api/v1/unmask", tags=["files"])


class UnmaskIn(BaseModel):
    """Which value, and why."""

    model_config = ConfigDict(extra="forbid")

    subject_id: str = Field(min_length=1, max_length=64, description="Id of the file.")
    field: str = Field(min_length=1, max_length=40, description="Name of the field.")
    purpose: str = Field(max_length=40, description="A purpose code.")
    reason: str = Field(max_length=2_000, description="Why, 4 to 200 characters.")
    case_id: str | None = Field(default=None, max_length=64, description="The case it is for.")


class UnmaskOut(BaseModel):
    """The value; whoever shows it takes it away again at `until`."""

    value: str
    until: datetime
    shown_s: int


_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody} for status in (400, 401, 403, 404, 413, 415, 422, 429, 503)
}


@router.post(
    "",
    response_model=UnmaskOut,
    responses=_ERRORS,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": UnmaskIn.model_json_schema()}},
        }
    },
    summary="Open one masked value for five minutes; accounts only",
)
async def post_unmask(request: Request) -> JSONResponse:
    """Open one field of one file.

    The line in the audit is on disk before the answer is sent. Keys open nothing.
    """
    wanted = await body_as(UnmaskIn, request, MOST_BYTES)
    parts = services(request)
    now = datetime.now(UTC)
    try:
        opened = await asyncio.to_thread(
            unmask,
            parts.store,
            parts.keyring,
            parts.audit,
            viewer(),
            wanted.subject_id,
            wanted.field,
            wanted.purpose,
            wanted.reason,
            wanted.case_id or None,
            now,
        )
    except NotAllowed as refusal:
        raise ApiError(403, refusal.code, "This role opens no masked values.") from None
    except NotThere:
        raise not_found("file") from None
    except UnmaskRefused as refusal:
        raise _refused(refusal) from None
    answer = UnmaskOut(
        value=opened.value,
        until=opened.until,
        shown_s=round((opened.until - now).total_seconds()),
    )
    headers = {"Cache-Control": "no-store", "Pragma": "no-cache"}
    return JSONResponse(answer.model_dump(mode="json"), headers=headers)


def _refused(refusal: UnmaskRefused) -> ApiError:
    if refusal.code == "too_many_unmaskings":
        wait_s = round(SPAN.total_seconds())
        message = f"Too many values were opened; wait {wait_s // 60} minutes."
        return ApiError(429, refusal.code, message, headers={"Retry-After": str(wait_s)})
    return ApiError(422, refusal.code, f"Not opened: {refusal.code}.")
