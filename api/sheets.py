"""The sheets with QR codes of a community's places, for printing: GET /sheets/{community}."""

from __future__ import annotations

import asyncio

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from actions.access import current_viewer
from actions.reporting.places import choices
from api.services import services
from components.plain_page import notice, plain_page
from components.wording import text
from exports.place_sheets import place_sheets
from rules.privacy import may, scope_of


def install(app: FastAPI) -> None:
    """Answer the address of the sheets."""
    app.router.routes.append(Route("/sheets/{community}", sheets))


async def sheets(request: Request) -> Response:
    """One page per building and key place, for who works for the whole community."""
    return await asyncio.to_thread(_sheets, request)


def _sheets(request: Request) -> Response:
    parts, asking = services(request), current_viewer.get()
    community_id = request.path_params["community"]
    known = {row["community_id"]: row for row in parts.store.rows("view/community")}
    if asking is None or community_id not in asking.community_ids or community_id not in known:
        return _refused("error.not_found", 404)
    if scope_of(asking.role, "case.write") != "community" and not may(asking.role, "config.write"):
        return _refused("error.not_allowed", 403)
    places = choices(parts.store, community_id)
    if not places:
        return _refused("sheet.no_places", 404)
    # Without public_url the sheet leads to the address this browser uses.
    address = parts.settings.public_url or f"{request.url.scheme}://{request.url.netloc}"
    kept = parts.settings.var / "cache" / "fonts"
    content = place_sheets(places, known[community_id], address, kept)
    name = f"qr-{community_id}.pdf"
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(content, headers=headers, media_type="application/pdf")


def _refused(code: str, status: int) -> Response:
    page = plain_page(text("sheet.title"), notice(text(code), "refused"))
    return HTMLResponse(page, status, {"Cache-Control": "no-store"})
