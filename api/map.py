"""The one map: plan, objects and cards of a community, wall projection."""

from __future__ import annotations

import asyncio
import gzip
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from api.auth import see_wall
from api.errors import not_found
from api.models import ErrorBody
from api.services import Services, services
from data.cache import MAP_S, PLAN_S, Payload
from data.channel import ViewState, encode
from data.views.card import card, care_card
from data.views.objects import COLUMNS
from data.views.plan import NOUNS, plan

_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody} for status in (401, 403, 404)
}
MAX_ID_CHARS = 100

router = APIRouter(prefix="/api/v1", tags=["map"], responses=_ERRORS)


@router.get("/plan/{community}", summary="Buildings, roads, green, water and grids as GeoJSON")
async def get_plan(request: Request, community: str) -> Response:
    """Return the plan; it changes rarely, so ask with If-None-Match."""
    parts = await _allowed(request, community)
    key = f"plan/{community}/{parts.feed.version(community, NOUNS)}"
    payload = await asyncio.to_thread(
        parts.cache.get, key, PLAN_S, lambda: plan(parts.store, community)
    )
    return _answer(request, payload, "application/geo+json")


@router.get("/map/{community}", summary="Every object of the one map, in columns")
async def get_map(request: Request, community: str) -> Response:
    """Return all objects; apply patches of view `objects` with a greater `seq` to them."""
    parts = await _allowed(request, community)
    state = await parts.feed.state(community, "objects")
    epoch, seq, rows = parts.feed.epoch, state.seq, state.rows or {}
    payload = await asyncio.to_thread(
        parts.cache.get,
        f"map/{community}/{epoch}/{seq}",
        MAP_S,
        lambda: _columns(epoch, seq, rows),
    )
    return _answer(request, payload, "application/json")


@router.get("/map/{community}/{object_id}", summary="The card of one object")
async def get_card(request: Request, community: str, object_id: str) -> JSONResponse:
    """Return position, role to call, last event and unfinished cases of one object."""
    parts = await _allowed(request, community)
    if object_id.startswith("care:"):
        state: ViewState = await parts.feed.state(community, "objects")
        cell = (state.rows or {}).get(object_id)
        found = care_card(cell) if cell else None
    elif len(object_id) > MAX_ID_CHARS:
        found = None
    else:
        found = await asyncio.to_thread(card, parts.store, community, object_id)
    if found is None:
        raise not_found("object")
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


async def _allowed(request: Request, community_id: str) -> Services:
    see_wall(request, community_id)
    parts = services(request)
    if community_id not in await parts.feed.communities():
        raise not_found("community")
    return parts


def _columns(epoch: str, seq: int, rows: dict[str, dict[str, Any]]) -> bytes:
    table = [[row[name] for name in COLUMNS] for row in rows.values()]
    return encode({"epoch": epoch, "seq": seq, "columns": COLUMNS, "rows": table}).encode()


def _answer(request: Request, payload: Payload, media_type: str) -> Response:
    headers = {
        "ETag": payload.etag,
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding",
    }
    known = request.headers.get("if-none-match", "")
    if payload.etag in (tag.strip().removeprefix("W/") for tag in known.split(",")):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(payload.compressed, media_type=media_type, headers=headers)
    return Response(gzip.decompress(payload.compressed), media_type=media_type, headers=headers)
