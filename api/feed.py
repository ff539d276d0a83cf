"""GET /api/v1/feed: the messages of /api/v1/live as server-sent events, for other software."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from api.auth import see_wall, watch_viewer
from api.errors import not_found
from api.live import sequence_number
from api.models import ErrorBody
from api.services import services
from data.subscription import Message, Subscription

router = APIRouter(prefix="/api/v1", tags=["feed"])


@router.get(
    "/feed",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/event-stream": {}}},
        **{status: {"model": ErrorBody} for status in (401, 403, 404)},
    },
    summary="Everything the wall shows, as it changes",
)
async def feed(
    request: Request, community: Annotated[str, Query(description="Id of the community.")]
) -> StreamingResponse:
    """Stream hello, every view and then changes; `Last-Event-ID` resumes."""
    see_wall(request, community)
    source = services(request).feed
    if community not in await source.communities():
        raise not_found("community")
    epoch, _, seq = request.headers.get("last-event-id", "").partition(":")
    return StreamingResponse(
        _events(request, community, epoch or None, sequence_number(seq)),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(
    request: Request, community_id: str, epoch: str | None, seq: int | None
) -> AsyncIterator[str]:
    feed = services(request).feed
    subscription = await feed.subscribe(community_id, epoch, seq)
    stop = watch_viewer(request, subscription.lost.set)
    try:
        while not subscription.lost.is_set():
            message = await _next(subscription)
            if message is not None:
                yield _event(feed.epoch, message)
    finally:
        stop()
        feed.unsubscribe(subscription)


async def _next(subscription: Subscription) -> Message | None:
    """Return the next message, None where the viewer has lost its place or its right meanwhile."""
    following = asyncio.ensure_future(subscription.next())
    lost = asyncio.ensure_future(subscription.lost.wait())
    try:
        await asyncio.wait((following, lost), return_when=asyncio.FIRST_COMPLETED)
        return following.result() if following.done() else None
    finally:
        following.cancel()
        lost.cancel()


def _event(epoch: str, message: Message) -> str:
    # Until its views have followed, the number of hello stands for nothing received.
    number = "" if message.kind == "hello" else f"id: {epoch}:{message.seq}\n"
    return f"{number}event: {message.kind}\ndata: {message.text}\n\n"
