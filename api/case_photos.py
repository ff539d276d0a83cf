"""Photos of cases: GET and POST /api/v1/cases/{case_id}/photos, GET …/photos/{photo_id}."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.responses import Response

from actions.access import NotAllowed, NotThere, viewer
from actions.cases.photos import PhotosTooMany, attach_photo, photos_of, read_photo
from actions.images import MOST_BYTES, ImageRefused
from api.errors import ApiError, not_found
from api.models import ErrorBody
from api.services import services
from rules.errors import RuleViolation

_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody} for status in (401, 403, 404, 503)
}
_PICTURE: dict[str, Any] = {
    kind: {"schema": {"type": "string", "format": "binary"}}
    for kind in ("image/jpeg", "image/png", "image/webp")
}

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])


class PhotoOut(BaseModel):
    """A photo of a case; its picture is at `photos/{photo_id}`."""

    photo_id: str
    kind: Literal["report", "before", "after", "camera", "covered"]
    happened_at: datetime
    width: int
    height: int
    size_bytes: int


class PhotoAdded(BaseModel):
    """The id of the photo that is kept."""

    photo_id: str


@router.get(
    "/{case_id}/photos",
    response_model=list[PhotoOut],
    responses=_ERRORS,
    summary="The photos of a case",
)
async def list_case_photos(request: Request, case_id: str) -> list[PhotoOut]:
    """Return what photos a case has, the first taken over first; for who may read its texts."""
    rows = await _done(photos_of, services(request).store, viewer(), case_id)
    return [PhotoOut(**{name: row[name] for name in PhotoOut.model_fields}) for row in rows]


@router.post(
    "/{case_id}/photos",
    status_code=201,
    response_model=PhotoAdded,
    responses={status: {"model": ErrorBody} for status in (401, 403, 404, 409, 413, 415, 503)},
    openapi_extra={"requestBody": {"required": True, "content": _PICTURE}},
    summary="Add a photo to a case; answered when it is on disk",
)
async def add_case_photo(
    request: Request,
    case_id: str,
    kind: Annotated[Literal["report", "before", "after"], Query(description="What it shows.")],
    source_id: Annotated[
        str | None,
        Query(max_length=80, description="Your id of the photo; sent again, it changes nothing."),
    ] = None,
) -> JSONResponse:
    """Take one picture as the body; it is encoded anew, without position, camera and time."""
    raw = await request.body()
    if len(raw) > MOST_BYTES:
        raise ApiError(413, "image_too_large", f"At most {MOST_BYTES} bytes.")
    store = services(request).store
    photo_id = await _done(attach_photo, store, viewer(), case_id, raw, kind, source_id)
    return JSONResponse({"photo_id": photo_id}, 201)


@router.get(
    "/{case_id}/photos/{photo_id}",
    response_class=Response,
    responses={200: {"content": {"image/jpeg": _PICTURE["image/jpeg"]}}, **_ERRORS},
    summary="One photo of a case, as JPEG",
)
async def get_case_photo(request: Request, case_id: str, photo_id: str) -> Response:
    """Return the picture; it never changes under its id."""
    jpeg = await _done(read_photo, services(request).store, viewer(), case_id, photo_id)
    return photo_response(jpeg)


def photo_response(jpeg: bytes) -> Response:
    """Return a picture; a browser keeps it while it runs, shared caches never."""
    return Response(
        jpeg, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"}
    )


async def _done(work: Any, *given: Any) -> Any:
    """Do the work in a thread and turn what the rules object to into answers."""
    try:
        return await asyncio.to_thread(work, *given)
    except NotThere:
        raise not_found("photo") from None
    except NotAllowed as refusal:
        raise ApiError(403, refusal.code, f"Not allowed: {refusal}.") from None
    except ImageRefused as refusal:
        raise ApiError(415, refusal.code, f"The picture was not taken: {refusal}.") from None
    except PhotosTooMany as refusal:
        raise ApiError(409, refusal.code, f"The picture was not taken: {refusal}.") from None
    except RuleViolation as refusal:
        raise ApiError(400, refusal.code, f"The picture was not taken: {refusal}.") from None
