"""Builds the FastAPI application: endpoints, guards, compression; pages are mounted on it later."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import ModuleType

from fastapi import FastAPI, Request
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.responses import Response
from starlette.routing import Match, Route

from actions.cases.photo_files import FOLDER, place_photos
from api import (
    alarms,
    cameras,
    case_moves,
    case_photos,
    cases,
    dispatch,
    errors,
    exports,
    gates,
    health,
    kiosk,
    live,
    map,
    oidc,
    open311,
    openapi,
    requests_csv,
    sheets,
    signin,
    unmask,
    video,
    week,
    words,
)
from api import feed as events
from api.access import AccessGuard
from api.case_watch import CaseWatch
from api.catalogue_words import keep_words
from api.guarded_app import GuardedApp
from api.language import LanguageMiddleware
from api.outbox import outbox_sender
from api.services import Services

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
# Compressing a stream of camera pictures would hold each back until the next.
STREAMS = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "multipart/x-mixed-replace")


def build(parts: Services) -> FastAPI:
    """Return the application with everything under /api; the caller mounts the pages on it.

    Args:
        parts: What the endpoints work with. The feed is started and stopped with the application.
    """
    settings, feed = parts.settings, parts.feed
    place_photos(parts.store, settings.var / FOLDER)
    keep_words(parts.store)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await feed.start()
        sender = outbox_sender(parts)
        sender.start()
        try:
            yield
        finally:
            await asyncio.to_thread(sender.stop)
            await feed.stop()

    app = GuardedApp(settings, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.services = parts
    app.state.case_watch = CaseWatch(parts.store)
    modules: tuple[ModuleType, ...] = (cases, case_moves, dispatch, alarms, case_photos, health)
    modules += (gates, live, events, map, unmask, requests_csv, openapi)
    for module in modules:
        app.include_router(module.router)
    app.state.api_routes = [route for module in modules for route in module.router.routes]
    # The pages' catch-all would answer unknown API paths with 200 and HTML.
    app.add_route("/api", _unknown, methods=METHODS, include_in_schema=False)
    app.add_route("/api/{path:path}", _unknown, methods=METHODS, include_in_schema=False)
    app.include_router(open311.router)
    app.add_route("/open311/{path:path}", open311.nothing_here, methods=METHODS)
    signin.install(app, parts)
    oidc.install(app, parts)
    kiosk.install(app)
    exports.install(app)
    video.install(app, parts)
    gates.install(app, parts)
    cameras.install(app, parts)
    sheets.install(app)
    week.install(app)
    words.install(app)
    errors.install(app)
    app.add_middleware(GZipMiddleware, compresslevel=6, exclude_content_types=STREAMS)
    app.add_middleware(kiosk.WallCookie)
    app.add_middleware(AccessGuard, sessions=parts.sessions)
    app.add_middleware(LanguageMiddleware, default=settings.language)
    return app


async def _unknown(request: Request) -> Response:
    allowed: set[str] = set()
    for route in request.app.state.api_routes:
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE:
            allowed |= route.methods or set()
    if allowed:
        raise errors.ApiError(
            405,
            "method_not_allowed",
            "This address does not take that method.",
            headers={"Allow": ", ".join(sorted(allowed))},
        )
    raise errors.not_found("address")
