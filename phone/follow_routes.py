"""The routes of a private link: GET and POST /r/{token}, its photos."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from actions.access import NotThere, current_origin
from actions.reporting.contacts import forget_number, masked_number
from actions.reporting.following import ask_reopen, followed, followed_photo, rate, reply
from actions.reporting.forgetting import erase_report
from actions.reporting.limits import TooManyReports
from actions.reporting.links import Link, open_link
from api.case_photos import photo_response
from api.services import Services, services
from components.plain_page import Html
from components.wording import knows, text
from phone.follow_page import closed_page, follow_page
from phone.page import page_response, said
from phone.posted import Posted, posted
from phone.report_routes import limits, refusal_words
from rules.errors import RuleViolation

DEEDS = ("reply", "rate", "reopen", "forget", "erase")


async def follow(request: Request) -> Response:
    """Show how a report stands, and take what its reporter says."""
    parts, token = services(request), request.path_params["token"]
    try:
        link = await asyncio.to_thread(_opened, request, token)
        if request.method == "POST":
            limits(request).spend("act", current_origin.get())
    except TooManyReports as refusal:
        return page_response(closed_page(refusal_words(refusal)), 429)
    except NotThere:
        return page_response(closed_page(), 404)
    if request.method != "POST":
        return await _shown(parts, link, token, _told(request))
    try:
        given = await posted(request)
        deed = given.text("deed", 20)
        await asyncio.to_thread(_do, parts, link, deed, given)
    except RuleViolation as refusal:
        return await _shown(parts, link, token, said(refusal_words(refusal), "bad"), 422)
    return RedirectResponse(f"/r/{token}?done={deed}", 303)


async def photo(request: Request) -> Response:
    """A photo that the link shows."""
    parts = services(request)
    try:
        link = await asyncio.to_thread(_opened, request, request.path_params["token"])
        jpeg = await asyncio.to_thread(
            followed_photo, parts.store, link, request.path_params["photo_id"]
        )
    except (NotThere, TooManyReports):
        return Response(status_code=404)
    return photo_response(jpeg)


def _opened(request: Request, token: str) -> Link:
    """Open a link; who tries many that are none is turned away for a while."""
    counted, origin = limits(request), current_origin.get()
    counted.check("link", origin)
    try:
        return open_link(services(request).store, token)
    except NotThere:
        counted.spend("link", origin)
        raise


def _do(parts: Services, link: Link, deed: str, given: Posted) -> None:
    words = given.text("words")
    if deed == "reply":
        reply(parts.store, link, words)
    elif deed == "rate":
        stars = given.number("stars", 1, 5)
        rate(parts.store, link, int(stars) if stars else 0, words)
    elif deed == "reopen":
        ask_reopen(parts.store, link, words)
    elif deed == "forget":
        forget_number(parts.store, parts.keyring, parts.audit, link)
    elif deed == "erase":
        erase_report(parts.store, parts.keyring, parts.audit, link)
    else:
        raise NotThere()


async def _shown(
    parts: Services, link: Link, token: str, note: Html | None, status: int = 200
) -> Response:
    try:
        html = await asyncio.to_thread(_html, parts, link, token, note)
    except NotThere:
        return page_response(closed_page(), 404)
    return page_response(html, status)


def _html(parts: Services, link: Link, token: str, note: Html | None) -> str:
    number = masked_number(parts.store, parts.keyring, link)
    opened = parts.store.rows("audit/contact_opened", case_id=link.case_id)[0]["n"]
    return follow_page(followed(parts.store, link), token, number, opened, note)


def _told(request: Request) -> Html | None:
    query = request.query_params
    refused = query.get("photo", "")
    if refused and knows(f"error.{refused}") and refused.startswith(("image_", "photo")):
        return said(text("follow.photo_refused") + text(f"error.{refused}"), "bad")
    if query.get("new"):
        return said(text("follow.thanks"))
    done = query.get("done", "")
    return said(text(f"follow.done_{done}")) if done in DEEDS else None
