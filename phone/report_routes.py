"""The routes of reporting: GET and POST /report, /report/look, /report/plan.svg, /report/desk.

Nobody signs in for `/report`: no session could be abused, so there is no form word; the Origin
check of api/guard.py and the bounds of actions/reporting/limits.py stand before it.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from actions.access import NotAllowed, NotThere, allow, current_origin, current_viewer
from actions.catalogue.reading import categories
from actions.reporting.limits import AddressLimits, TooManyReports
from actions.reporting.links import source_id_for
from actions.reporting.places import choices, place_of
from actions.reporting.receiving import Received, category_of, follow, nearby, receive
from api.form import check_word, form_word
from api.services import Services, services
from components.plain_page import tag
from components.wording import local_name, text
from phone.communities import community_of, plan_now
from phone.page import page_response, phone_page
from phone.plan_picture import plan_svg
from phone.posted import Posted, posted
from phone.report_page import ReportForm, near_words, questions_of, report_page
from rules.catalogue import Entry
from rules.coordinates import CRS
from rules.duplicates import MergeNotPossible
from rules.errors import RuleViolation
from rules.privacy import scope_of
from rules.reports import MOST_ANSWERS, MOST_PHOTOS, ReportDraft

Row = dict[str, Any]


def limits(request: Request) -> AddressLimits:
    """Return what addresses did lately."""
    return cast(AddressLimits, request.app.state.report_limits)


async def report(request: Request) -> Response:
    """Show the page, and take a report."""
    return await _answer(request, on_behalf=False)


async def desk_report(request: Request) -> Response:
    """The same for staff who enter a report for a caller."""
    asking = current_viewer.get()
    if asking is None:
        return RedirectResponse("/login?next=%2Freport%2Fdesk", 303)
    if scope_of(asking.role, "case.write") != "community":
        return _closed(403)
    return await _answer(request, on_behalf=True)


async def look(request: Request) -> Response:
    """Say what the words suggest and which open reports lie near, for the page's script."""
    try:
        limits(request).spend("look", current_origin.get())
        form = await posted(request)
        parts = services(request)
        community = community_of(parts, form.text("c"), form.text("p"), None)
        if community is None:
            raise NotThere()
        draft = _draft(form, community["community_id"], [], "report")
        found = await asyncio.to_thread(_look, parts, draft, community)
    except RuleViolation as refusal:
        return _refused_json(refusal)
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


async def plan_picture(request: Request) -> Response:
    """The plan as SVG; it changes rarely."""
    parts = services(request)
    community = community_of(parts, request.query_params.get("c", ""), "", None)
    place = place_of(parts.store, request.query_params.get("p", ""))
    plan = None
    if community is not None:
        if place is not None and place["community_id"] != community["community_id"]:
            place = None
        plan = await asyncio.to_thread(plan_now, parts, community["community_id"], place)
    if plan is None:
        return Response(status_code=404)
    svg = await asyncio.to_thread(plan_svg, plan)
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(svg, media_type="image/svg+xml", headers=headers)


async def _answer(request: Request, on_behalf: bool) -> Response:
    parts = services(request)
    wanted = current_viewer.get() if on_behalf else None
    allowed = wanted.community_ids if wanted else None
    if request.method != "POST":
        query = request.query_params
        community = community_of(parts, query.get("c", ""), query.get("p", ""), allowed)
        if community is None:
            return _choose(parts, allowed, on_behalf)
        form = await asyncio.to_thread(_form, request, community, Posted(), on_behalf)
        return _shown(request, form)
    if not on_behalf:
        try:
            limits(request).check("report", current_origin.get())
        except TooManyReports as refusal:
            return _refused(request, refusal, None)
    try:
        given = await posted(request)
    except RuleViolation as refusal:
        return _refused(request, refusal, None)
    community = community_of(parts, given.text("c"), given.text("p"), allowed)
    if community is None:
        return _refused_json(NotThere()) if _wants_json(request) else _closed(404)
    return await _take(request, given, community, on_behalf)


async def _take(request: Request, given: Posted, community: Row, on_behalf: bool) -> Response:
    form = await asyncio.to_thread(_form, request, community, given, on_behalf)
    try:
        if on_behalf:
            check_word(request, given.values)
            allow("case.write", community["community_id"])
        if given.text("step") == "look":
            return _shown(request, await asyncio.to_thread(_looked, services(request), form, given))
        if not on_behalf:
            limits(request).spend("report", current_origin.get())
        received = await asyncio.to_thread(
            partial(_receive, services(request), given, form, on_behalf)
        )
    except MergeNotPossible:
        again = replace(form, near=[], error=text("error.merge_not_possible"))
        return _refused(request, MergeNotPossible(), again)
    except RuleViolation as refusal:
        return _refused(request, refusal, form)
    onward = f"/cases/{received.case_id}" if on_behalf else f"/r/{received.token}?new=1"
    if received.refused and not on_behalf:
        onward += f"&photo={received.refused[0].code}"
    if _wants_json(request):
        return JSONResponse({"link": onward}, headers={"Cache-Control": "no-store"})
    return RedirectResponse(onward, 303)


def _receive(parts: Services, given: Posted, form: ReportForm, on_behalf: bool) -> Received:
    community_id = form.community["community_id"]
    channel = "phone" if on_behalf else "report"
    draft = _draft(given, community_id, form.entries, channel)
    category = category_of(parts.store, draft)
    entry = next((e for e in form.entries if e.code == category), None)
    answers = [(q, given.text(f"answer_{n}", 300)) for n, q in enumerate(questions_of(entry))]
    kept = tuple((q, a) for q, a in answers if a)[:MOST_ANSWERS]
    draft = replace(draft, category=category, answers=kept)
    photos = given.pictures(source_id_for(draft.client_id))[:MOST_PHOTOS]
    followed = given.text("follow", 64)
    if followed and not on_behalf:
        return follow(parts.store, parts.keyring, draft, followed, photos)
    asking = current_viewer.get() if on_behalf else None
    actor = asking.actor if asking else None
    return receive(parts.store, parts.keyring, draft, photos, datetime.now(UTC), actor)


def _draft(given: Posted, community_id: str, entries: Any, channel: str) -> ReportDraft:
    lon, lat = given.number("lon", -180, 180), given.number("lat", -90, 90)
    whole = lon is not None and lat is not None
    crs = given.text("crs", 8)
    return ReportDraft(
        client_id=given.text("id", 80),
        community_id=community_id,
        text=given.text("text"),
        category=given.text("category", 80),
        place_id=given.text("p", 64),
        lon=lon if whole else None,
        lat=lat if whole else None,
        crs=crs if crs in CRS else "WGS84",
        accuracy_m=given.number("accuracy", 0, 1_000_000) if whole else None,
        address=given.text("address", 400),
        number=given.text("number", 60),
        reported_at=given.moment("at"),
        channel=channel,
    )


def _look(parts: Services, draft: ReportDraft, community: Row) -> Row:
    category = category_of(parts.store, draft)
    known = draft.category or (category if draft.text else "")
    entries = categories(parts.store, community["community_id"])
    entry = next((e for e in entries if e.code == known), None)
    rows = []
    if known and (draft.place_id or draft.lon is not None):
        rows = nearby(parts.store, draft, known, datetime.now(UTC))
    zone = ZoneInfo(community["timezone"])
    return {
        "category": known,
        "questions": questions_of(entry),
        "nearby": [{"id": row["case_id"], "words": near_words(row, zone)} for row in rows],
    }


def _looked(parts: Services, form: ReportForm, given: Posted) -> ReportForm:
    draft = _draft(given, form.community["community_id"], form.entries, "report")
    category = category_of(parts.store, draft) if draft.text else draft.category
    rows = []
    if category and (draft.place_id or draft.lon is not None):
        rows = nearby(parts.store, draft, category, datetime.now(UTC))
    return replace(form, suggested=category, near=rows)


def _form(request: Request, community: Row, given: Posted, on_behalf: bool) -> ReportForm:
    parts = services(request)
    community_id = community["community_id"]
    place = place_of(parts.store, given.text("p", 64) or request.query_params.get("p", ""))
    if place is not None and place["community_id"] != community_id:
        place = None
    plan = plan_now(parts, community_id, place)
    return ReportForm(
        client_id=given.text("id", 80) or secrets.token_urlsafe(24),
        community=community,
        places=choices(parts.store, community_id),
        entries=tuple[Entry, ...](categories(parts.store, community_id)),
        values=given.values,
        place=place,
        on_behalf=on_behalf,
        word=form_word(request).field if on_behalf else "",
        has_plan=plan is not None,
        bounds=(plan.west, plan.south, plan.east, plan.north) if plan else None,
        height_share=plan.height / plan.width if plan else 1.0,
    )


def _choose(parts: Services, allowed: frozenset[str] | None, on_behalf: bool) -> Response:
    rows = parts.store.rows("view/community")
    rows = [row for row in rows if allowed is None or row["community_id"] in allowed]
    if not rows:
        return _closed(404)
    base = "/report/desk" if on_behalf else "/report"
    items = [
        tag("li", tag("a", local_name(row), href=f"{base}?c={row['community_id']}")) for row in rows
    ]
    return page_response(phone_page(text("report.choose"), tag("ul", *items, class_="phone-list")))


def _closed(status: int) -> Response:
    title, hint = text("report.closed_title"), text("report.closed_hint")
    if status == 403:
        title, hint = text("report.title_desk"), text("error.not_allowed")
    return page_response(phone_page(title, tag("p", hint)), status)


def _shown(request: Request, form: ReportForm, status: int = 200) -> Response:
    response = page_response(report_page(form), status)
    if form.on_behalf:
        form_word(request).remember(request, response)
    return response


def _wants_json(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def _refused(request: Request, refusal: RuleViolation, form: ReportForm | None) -> Response:
    if _wants_json(request):
        return _refused_json(refusal)
    words = refusal_words(refusal)
    if form is None:
        return page_response(phone_page(text("report.title"), tag("p", words)), _status(refusal))
    return _shown(request, replace(form, error=words), _status(refusal))


def refusal_words(refusal: RuleViolation) -> str:
    """Return the sentence of a refusal in the reader's language."""
    return text(f"error.{refusal.code}", None, **refusal.fields)


def _refused_json(refusal: RuleViolation) -> Response:
    error = {"code": refusal.code, "message": refusal_words(refusal)}
    return JSONResponse({"error": error}, _status(refusal))


def _status(refusal: RuleViolation) -> int:
    if isinstance(refusal, TooManyReports):
        return 429
    if isinstance(refusal, NotAllowed):
        return 403
    return 404 if isinstance(refusal, NotThere) else 422
