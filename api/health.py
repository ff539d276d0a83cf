"""GET /api/v1/health: store, writer, sources and feed of this process; from elsewhere its state.

A monitor needs no key to learn whether the process is well. What it is made of is told on this
machine, to keys and to roles with `health.read`.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from api.auth import asking
from api.models import FeedHealthOut, HealthOut, SourceHealthOut, StoreHealthOut
from api.services import services
from data.feed import Feed
from data.store import Store
from data.views.view import SourceReport
from rules.privacy import may

log = logging.getLogger(__name__)
READ_WAIT_S = 5.0

router = APIRouter(prefix="/api/v1", tags=["health"])


@router.get(
    "/health",
    response_model=HealthOut,
    responses={503: {"model": HealthOut}},
    summary="How the store, the sources and the feed do",
)
async def health(request: Request) -> JSONResponse:
    """Answer 200 while the store reads and writes, 503 otherwise.

    `degraded`: it works, but a source has failed or is stale, or a view cannot be computed.
    """
    parts = services(request)
    now = datetime.now(UTC)
    store = await _store_health(parts.store)
    sources = [_source_health(report, now) for report in parts.runner_health()]
    feed = _feed_health(parts.feed)
    answer = HealthOut(
        status=_status(store, sources, feed),
        now=now,
        store=store,
        sources=sources,
        feed=feed,
        warnings=[warning.code for warning in parts.upkeep.warnings()],
    )
    shown = answer.model_dump(mode="json")
    if not _may_look_inside(request):
        shown = {"status": shown["status"], "now": shown["now"]}
    return JSONResponse(shown, 503 if answer.status == "down" else 200)


def _may_look_inside(request: Request) -> bool:
    viewer = asking(request).viewer
    if viewer is not None:
        return viewer.kind == "key" or may(viewer.role, "health.read")
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _status(
    store: StoreHealthOut, sources: list[SourceHealthOut], feed: FeedHealthOut
) -> Literal["ok", "degraded", "down"]:
    if not (store.readable and store.writing):
        return "down"
    unwell = any(each.stale or each.state in ("failed", "backoff") for each in sources)
    return "degraded" if unwell or feed.failing else "ok"


async def _store_health(store: Store) -> StoreHealthOut:
    try:
        async with asyncio.timeout(READ_WAIT_S):
            await asyncio.to_thread(store.rows, "view/community")
        readable = True
    except Exception:  # whatever it is, the answer is that the store cannot be read
        log.exception("the store cannot be read")
        readable = False
    health = store.health()
    return StoreHealthOut(
        readable=readable,
        writing=health.writing,
        queue_depth=health.queue_depth,
        commits=health.commits,
        last_commit_at=health.last_commit_at,
        last_checkpoint_at=health.last_checkpoint_at,
        commit_p50_ms=health.timings.p50_ms,
        commit_p999_ms=health.timings.p999_ms,
        commit_max_ms=health.timings.max_ms,
    )


def _source_health(report: SourceReport, now: datetime) -> SourceHealthOut:
    age_s = (now - report.good_at).total_seconds() if report.good_at else None
    limit_s = report.stale_after_s
    return SourceHealthOut(
        source=report.source,
        community=report.community_id,
        state=report.state,
        good_at=report.good_at,
        age_s=age_s,
        accepted=report.accepted,
        quarantined=report.quarantined,
        error=report.error,
        stale=age_s is not None and limit_s is not None and age_s > limit_s,
    )


def _feed_health(feed: Feed) -> FeedHealthOut:
    health = feed.health()
    failing = sorted({view.view for view in health.views if view.error})
    return FeedHealthOut(
        epoch=health.epoch, seq=health.seq, viewers=health.viewers, failing=failing
    )
