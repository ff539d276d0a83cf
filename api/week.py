"""GET /week.xlsx: the week of a community as a spreadsheet, for whoever may read its cases."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from actions.access import NotThere, allow
from actions.catalogue.reading import catalogue_of
from actions.weekly.reading import week_report
from api.exports import PRIVATE, TYPES
from api.services import services
from components.plain_page import notice, plain_page
from components.wording import text
from exports.week import week_xlsx
from rules.week import WeekUnknown


def install(app: FastAPI) -> None:
    """Answer the address of the download."""
    app.router.routes.append(Route("/week.xlsx", get_week, methods=["GET"]))


async def get_week(request: Request) -> Response:
    """The workbook in the language of the request; `community` and `week` are parameters."""
    try:
        return await asyncio.to_thread(_download, request)
    except WeekUnknown as unknown:
        words = text("error.week_unknown", None, **unknown.fields)
        return HTMLResponse(plain_page(text("week.title"), notice(words, "refused")), 400, PRIVATE)


def _download(request: Request) -> Response:
    asked = request.query_params
    community_id = asked.get("community", "")
    asking = allow("case.read", community_id)
    now = datetime.now(UTC)
    store = services(request).store
    report = week_report(store, community_id, asked.get("week", ""), now, asking)
    if report is None:
        raise NotThere(community=community_id)
    names = {
        code: {"name_zh": entry.name_zh, "name_en": entry.name_en}
        for code, entry in catalogue_of(store, community_id).items()
    }
    content = week_xlsx(report, names, asking.label or asking.actor, now)
    # Names are made of codes: letters, digits, hyphens.
    name = f"week-{community_id}-{report.week.name}.xlsx"
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type=TYPES["xlsx"])
