"""The routes of the worker's page: GET /field, POST /field/task, /field/report, /field/position."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from actions.access import NotAllowed, NotThere, SignInRequired, current_origin, current_viewer
from actions.catalogue.reading import categories
from actions.field.day import field_day, worker_of_viewer
from actions.field.deeds import FieldDeed, do_deed, keep_position, report_from_field, stem_of
from actions.reporting.limits import TooManyReports
from api.form import FormStale, check_word, form_word
from api.services import Services, services
from components.plain_page import Html
from components.wording import named, text
from phone.field_page import field_page, nobody_page, refused
from phone.page import page_response, said
from phone.posted import Posted, posted
from phone.report_routes import limits, refusal_words
from rules.errors import RuleViolation
from rules.reports import MOST_PHOTOS, ReportDraft, ReportIncomplete, check_client_id
from rules.viewer import Viewer

LOGIN = "/login?next=%2Ffield"


async def field(request: Request) -> Response:
    """Show what the signed-in worker has to do."""
    asking = _asking()
    if asking is None:
        return RedirectResponse(LOGIN, 303)
    try:
        html = await asyncio.to_thread(_html, request, asking, _note(request))
    except NotAllowed:
        return page_response(nobody_page(), 403)
    response = page_response(html)
    form_word(request).remember(request, response)
    return response


async def task(request: Request) -> Response:
    """Take a deed on a task."""

    def work(given: Posted, asking: Viewer) -> None:
        check_client_id(given.text("id", 80))
        stem = stem_of(given.text("id", 80))
        wish = FieldDeed(
            deed=given.text("deed", 20),
            task_id=given.text("task", 64),
            words=given.text("words"),
            before=tuple(given.pictures(f"{stem}-b", "before")[:MOST_PHOTOS]),
            after=tuple(given.pictures(f"{stem}-a", "after")[:MOST_PHOTOS]),
            at=given.moment("at"),
        )
        do_deed(services(request).store, asking, wish)

    return await _taken(request, work)


async def report(request: Request) -> Response:
    """Take what a worker saw; without words the category stands for them."""

    def work(given: Posted, asking: Viewer) -> None:
        parts = services(request)
        community_id = worker_of_viewer(parts.store, asking)["community_id"]
        lon, lat = given.number("lon", -180, 180), given.number("lat", -90, 90)
        whole = lon is not None and lat is not None
        category = given.text("category", 80)
        words = given.text("text") or (named("category", category, "zh-CN") if category else "")
        draft = ReportDraft(
            client_id=given.text("id", 80),
            community_id=community_id,
            text=words,
            category=category,
            place_id=given.text("p", 64),
            lon=lon if whole else None,
            lat=lat if whole else None,
            accuracy_m=given.number("accuracy", 0, 1_000_000) if whole else None,
            reported_at=given.moment("at"),
            channel="patrol",
        )
        if not draft.place_id and not whole:
            raise ReportIncomplete(field="place")
        photos = given.pictures(stem_of(draft.client_id))[:MOST_PHOTOS]
        now = datetime.now(UTC)
        report_from_field(parts.store, parts.keyring, asking, draft, photos, now)

    return await _taken(request, work)


async def position(request: Request) -> Response:
    """Keep the last position of a worker on duty."""

    def work(given: Posted, asking: Viewer) -> None:
        lon, lat = given.number("lon", -180, 180), given.number("lat", -90, 90)
        if lon is None or lat is None:
            raise ReportIncomplete(field="place")
        accuracy, now = given.number("accuracy", 0, 1_000_000), datetime.now(UTC)
        keep_position(services(request).store, asking, lon, lat, accuracy, now)

    return await _taken(request, work)


async def _taken(request: Request, work: Callable[[Posted, Viewer], None]) -> Response:
    json = request.headers.get("accept", "").startswith("application/json")
    try:
        asking = _asking()
        if asking is None:
            raise SignInRequired()
        limits(request).spend("act", f"{asking.actor} {current_origin.get()}")
        given = await posted(request)
        check_word(request, given.values)
        await asyncio.to_thread(partial(work, given, asking))
    except RuleViolation as refusal:
        return _refused(refusal, json)
    if json:
        return JSONResponse({"done": True}, headers={"Cache-Control": "no-store"})
    return RedirectResponse("/field?done=1", 303)


def _asking() -> Viewer | None:
    found = current_viewer.get()
    return found if found is not None and found.kind == "account" else None


def _refused(refusal: RuleViolation, json: bool) -> Response:
    if json:
        error = {"code": refusal.code, "message": refusal_words(refusal)}
        return JSONResponse({"error": error}, _status(refusal))
    if isinstance(refusal, SignInRequired):
        return RedirectResponse(LOGIN, 303)
    return RedirectResponse(f"/field?refused={refusal.code}", 303)


def _status(refusal: RuleViolation) -> int:
    by_kind: tuple[tuple[type[RuleViolation], int], ...] = (
        (SignInRequired, 401),
        (FormStale, 409),
        (TooManyReports, 429),
        (NotAllowed, 403),
        (NotThere, 404),
    )
    return next((status for kind, status in by_kind if isinstance(refusal, kind)), 422)


def _html(request: Request, asking: Viewer, note: Html | None) -> str:
    parts: Services = services(request)
    day = field_day(parts.store, asking, datetime.now(UTC))
    community_id = day.worker["community_id"]
    zone = ZoneInfo(
        parts.store.rows("community/timezone", community_id=community_id)[0]["timezone"]
    )
    entries = categories(parts.store, community_id)
    word = form_word(request).field
    return field_page(day, entries, word, secrets.token_urlsafe(24), zone, note)


def _note(request: Request) -> Html | None:
    if request.query_params.get("done"):
        return said(text("field.sent"))
    return refused(request.query_params.get("refused", "-"))
