"""The routes of the door: signing in step by step, and out. ADR 0011; plain pages without Dash."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from typing import cast
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from actions.access import current_origin
from actions.auditing import line_for
from actions.users.attempts import TooManyAttempts
from actions.users.passwords import HashingBusy, PasswordHashing, password_hashing
from actions.users.session_state import csrf_token
from actions.users.signin import SignIn
from actions.users.signin_steps import SignInOver, Step
from api.access import CSRF_HEADER
from api.browser import asking, end_present_session, forget_session, give_session
from api.form import (
    FIELD,
    FormInvalid,
    FormStale,
    check_word,
    form_word,
    is_secure,
    local_path,
    posted_fields,
)
from api.services import Services, services
from components.signin_forms import change_page, code_page, login_page
from components.wording import text
from rules.errors import RuleViolation
from rules.passwords import LEAST_CHARACTERS

TICKET_COOKIE = "yiping_ticket"
TICKET_S = 300
BUSY_S = 5
# Where a role begins; all others at the desk.
HOMES = {"admin": "/accounts", "privacy": "/audit"}
Fields = dict[str, str]
Take = Callable[[Request, Fields], Awaitable[Step]]
Show = Callable[[Request, str, Fields, str], str]
Endpoint = Callable[[Request], Awaitable[Response]]


def install(app: Starlette, parts: Services, hashing: PasswordHashing | None = None) -> None:
    """Add the door and its routes to the application."""
    app.state.sign_in = SignIn(
        parts.store, parts.audit, parts.keyring, hashing or password_hashing()
    )
    app.router.routes.extend(ROUTES)


def door(request: Request) -> SignIn:
    """Return the door of the application that answers this request."""
    return cast(SignIn, request.app.state.sign_in)


async def admitted(request: Request, step: Step, onward: str) -> Response:
    """Answer a step that went well: the next page, or the session and where it leads."""
    if step.stage is not None:
        address = "/login/totp" if step.stage == "code" else "/login/password"
        response: Response = RedirectResponse(with_next(address, onward), 303)
        _give_ticket(request, response, step.ticket)
        return response
    await end_present_session(request)
    sessions = services(request).sessions
    opened = await asyncio.to_thread(
        sessions.open_account, step.account_id, step.method, current_origin.get()
    )
    session = await asyncio.to_thread(sessions.find, opened.token)
    response = RedirectResponse(_beginning(onward, session.viewer.role if session else ""), 303)
    give_session(request, response, opened)
    response.delete_cookie(TICKET_COOKIE, path="/login")
    return response


def page(request: Request, html: str, status: int = 200) -> Response:
    """Answer with a plain page that is kept nowhere."""
    response = HTMLResponse(html, status, {"Cache-Control": "no-store"})
    form_word(request).remember(request, response)
    return response


def sign_in_page(request: Request, onward: str, words: str = "", status: int = 403) -> Response:
    """Answer with the first page again, saying why."""
    html = login_page(
        form_word(request).field, onward, words=words, kind="attention", provider=_provider(request)
    )
    return page(request, html, status)


def refusal_words(refusal: RuleViolation) -> str:
    """Return the sentence of a refusal in the reader's language."""
    seconds = refusal.fields.get("seconds")
    minutes = -(-seconds // 60) if isinstance(seconds, int) else None
    return text(f"error.{refusal.code}", None, **{**refusal.fields, "minutes": minutes})


def with_next(address: str, onward: str) -> str:
    """Return an address that remembers where to go on to."""
    return f"{address}?next={quote(onward, safe='')}" if onward else address


async def login(request: Request) -> Response:
    """Show the first page to whoever is not signed in, and take login and password."""
    session = asking(request).session
    if request.method != "POST" and session is not None and session.viewer.kind == "account":
        onward = local_path(request.query_params.get("next", ""))
        return RedirectResponse(_beginning(onward, session.viewer.role), 303)
    return await _login(request)


async def logout(request: Request) -> Response:
    """End this browser's session. A link from elsewhere does not: that would be a nuisance."""
    if request.method != "POST":
        return RedirectResponse("/", 303)
    present = asking(request)
    if present.session is None:
        return RedirectResponse("/login", 303)
    shown = request.headers.get(CSRF_HEADER, "")
    try:
        shown = shown or (await posted_fields(request)).get(FIELD, "")
    except FormInvalid:
        shown = ""
    if not hmac.compare_digest(shown.encode(), csrf_token(present.token).encode()):
        return sign_in_page(request, "", refusal_words(FormStale()))
    line = line_for(present.session.viewer, "sign_out", min(present.session.viewer.community_ids))
    await end_present_session(request)
    services(request).audit.record(line)
    response = RedirectResponse("/login?signed_out=1", 303)
    forget_session(request, response)
    return response


def _step(take: Take, show: Show) -> Endpoint:
    """Return the endpoint of one step: GET shows its page, POST takes it or says what is wrong."""

    async def endpoint(request: Request) -> Response:
        if request.method != "POST":
            return page(request, show(request, _onward(request, {}), {}, ""))
        fields: Fields = {}
        try:
            fields = await posted_fields(request)
            check_word(request, fields)
            return await admitted(request, await take(request, fields), _onward(request, fields))
        except SignInOver as over:
            return sign_in_page(request, _onward(request, fields), refusal_words(over))
        except RuleViolation as refusal:
            words = refusal_words(refusal)
            html = show(request, _onward(request, fields), fields, words)
            response = page(request, html, _status(refusal))
            _tell_patience(response, refusal)
            if refusal.fields.get("ticket"):
                _give_ticket(request, response, str(refusal.fields["ticket"]))
            return response

    return endpoint


async def _take_password(request: Request, fields: Fields) -> Step:
    return await door(request).password(fields.get("login", ""), fields.get("password", ""))


async def _take_code(request: Request, fields: Fields) -> Step:
    return await door(request).code(_ticket(request), fields.get("code", ""))


async def _take_new_password(request: Request, fields: Fields) -> Step:
    return await door(request).new_password(_ticket(request), fields.get("password", ""))


def _show_login(request: Request, onward: str, fields: Fields, words: str) -> str:
    kind = "attention"
    if not words and "signed_out" in request.query_params:
        words, kind = text("signin.signed_out"), "information"
    word = form_word(request).field
    return login_page(word, onward, fields.get("login", ""), words, kind, _provider(request))


def _show_code(request: Request, onward: str, fields: Fields, words: str) -> str:
    return code_page(form_word(request).field, onward, words)


def _show_change(request: Request, onward: str, fields: Fields, words: str) -> str:
    return change_page(form_word(request).field, onward, LEAST_CHARACTERS, words)


def _onward(request: Request, fields: Fields) -> str:
    return local_path(fields.get("next", "") or request.query_params.get("next", ""))


def _beginning(onward: str, role: str) -> str:
    return onward if onward not in ("", "/") else HOMES.get(role, "/")


def _status(refusal: RuleViolation) -> int:
    if isinstance(refusal, TooManyAttempts):
        return 429
    if isinstance(refusal, HashingBusy):
        return 503
    return 400 if isinstance(refusal, FormInvalid) else 403


def _tell_patience(response: Response, refusal: RuleViolation) -> None:
    if isinstance(refusal, TooManyAttempts | HashingBusy):
        response.headers["Retry-After"] = str(refusal.fields.get("seconds", BUSY_S))


def _ticket(request: Request) -> str:
    return request.cookies.get(TICKET_COOKIE, "")


def _give_ticket(request: Request, response: Response, ticket: str) -> None:
    response.set_cookie(
        TICKET_COOKIE,
        ticket,
        max_age=TICKET_S,
        path="/login",
        httponly=True,
        secure=is_secure(request),
        samesite="lax",
    )


def _provider(request: Request) -> str:
    oidc = services(request).settings.oidc
    return oidc.label if oidc.enabled else ""


_login = _step(_take_password, _show_login)
BOTH = ["GET", "POST"]
ROUTES = [
    Route("/login", login, methods=BOTH),
    Route("/login/totp", _step(_take_code, _show_code), methods=BOTH),
    Route("/login/password", _step(_take_new_password, _show_change), methods=BOTH),
    Route("/logout", logout, methods=BOTH),
]
