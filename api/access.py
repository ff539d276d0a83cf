"""Decides for every request and websocket who asks and whether the route is open to them.

One table names every route; what is not in it is answered to nobody (tests/api/test_routes.py
walks all routes). ADR 0011: a session cookie for browsers, a bearer key for other software.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from actions.access import current_origin, current_session, current_viewer
from actions.users.session_state import Session, csrf_token
from actions.users.sessions import Sessions
from api.errors import ApiError, error_response
from rules.privacy import Action, may
from rules.viewer import Viewer

SESSION_COOKIE = "yiping_session"
CSRF_COOKIE = "_csrf_token"  # Dash's renderer sends it back as X-CSRFToken by itself
CSRF_HEADER = "x-csrftoken"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
NOT_SIGNED_IN = 4401

# "open": anybody. "form": anybody, and the handler checks the form's own `csrf` field.
# "viewer": whoever is signed in or shows a key. "page": signed in; the page itself decides (pages/
# registration.py). An action: whose role may take it; the handler checks the community.
Rule = Literal["open", "form", "viewer", "page"] | Action

RULES: dict[str, Rule] = {
    # signing in, and what its page needs
    "/login": "form",
    "/login/totp": "form",
    "/login/password": "form",
    "/login/oidc": "open",
    "/login/oidc/callback": "open",
    "/logout": "form",
    "/kiosk/{token}": "open",
    "/gate/{token}": "open",  # the secret in the address is the tablet's key
    "/gate/{token}/line": "open",
    "/assets": "open",  # our scripts, styles and fonts: the same for everybody, in the repository
    "/assets/words.js": "open",
    "/_favicon.ico": "open",
    # Dash: the shell of pages; each callback and layout decides for itself
    "/_dash-component-suites/{package_name}/{fingerprinted_path:path}": "open",
    "/_dash-layout": "viewer",
    "/_dash-dependencies": "viewer",
    "/_dash-update-component": "viewer",
    "/_reload-hash": "viewer",
    # downloads; the handler asks whose they are
    "/week.xlsx": "case.read",
    "/exports/{export_id}": "viewer",
    "/rights/{request_id}/copy": "rights.handle",
    "/sheets/{community}": "viewer",
    "/": "page",
    "{path:path}": "page",  # the catch-all that Dash adds at start-up
    # phones: no account, so no session to abuse; bounds per address (phone/report_routes.py)
    "/report": "open",
    "/report/desk": "form",  # for staff; decides by itself
    "/report/look": "open",
    "/report/plan.svg": "open",
    # workers' phones: signed in, and the form's own word; they decide by themselves
    "/field": "form",
    "/field/task": "form",
    "/field/report": "form",
    "/field/position": "form",
    "/r/{token}": "open",  # the secret in the address is the key
    "/r/{token}/photos/{photo_id}": "open",
    # the API
    "/api": "open",
    "/api/{path:path}": "open",  # unknown addresses: 404
    "/api/v1/openapi.json": "open",
    "/api/v1/health": "open",  # says more to those with health.read
    "/api/v1/cases": "viewer",
    "/api/v1/cases/{case_id}": "viewer",
    "/api/v1/cases/{case_id}/moves": "viewer",  # each move names the action it needs
    "/api/v1/cases/{case_id}/responders": "feed.read",  # names for those who send
    "/api/v1/cases/{case_id}/dispatch": "case.write",
    "/api/v1/cases/{case_id}/photos": "viewer",  # read with case.read_text, added with case.write
    "/api/v1/cases/{case_id}/photos/{photo_id}": "case.read_text",
    "/api/v1/alarms": "viewer",
    "/api/v1/alarms/{alarm_id}/moves": "viewer",
    "/api/v1/gates/calls": "open",  # signed by the gate's door station (api/gates.py)
    "/api/v1/requests.csv": "viewer",
    "/api/v1/live": "feed.read",
    "/api/v1/video": "case.write",  # each message is held against task and case
    "/api/v1/cameras/live": "video.view",  # each camera is held against community and areas
    "/cameras/{camera_id}.jpg": "video.view",
    "/cameras/{camera_id}.mjpeg": "video.view",
    "/cameras/{camera_id}/ground.jpg": "config.write",  # nobody who passes is on it; audited
    "/alarm-pictures/{strip_id}/{number}.jpg": "video.view",  # where a second person agreed
    "/alarms/{alarm_id}/detections/{detection_id}.jpg": "video.view",  # and the alarm's; audited
    "/api/v1/feed": "feed.read",
    "/api/v1/plan/{community}": "feed.read",
    "/api/v1/map/{community}": "feed.read",
    "/api/v1/map/{community}/{object_id}": "feed.read",
    # Open311: keys are parameters there, so its handlers decide (api/open311_caller.py)
    "/open311/discovery.{fmt}": "open",
    "/open311/v2/discovery.{fmt}": "open",
    "/open311/v2/services.{fmt}": "open",
    "/open311/v2/services/{service_code}.{fmt}": "open",
    "/open311/v2/requests.{fmt}": "open",
    "/open311/v2/requests/{service_request_id}.{fmt}": "open",
    "/open311/v2/tokens/{token_id}.{fmt}": "open",
    "/open311/{path:path}": "open",
    "/api/v1/unmask": "viewer",  # refuses by itself: refused attempts are audited
}


@dataclass(frozen=True, slots=True)
class Asking:
    """Who a request comes from.

    Attributes:
        session: The browser's session; None for a key and for nobody.
        token: The session's token, from which its CSRF word follows.
    """

    viewer: Viewer | None
    session: Session | None = None
    token: str = ""


class AccessGuard:
    """ASGI middleware: finds the viewer, holds every request against `RULES`.

    Args:
        sessions: Who is signed in.
    """

    def __init__(self, app: ASGIApp, sessions: Sessions) -> None:
        self._app = app
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the viewer set, or refuse."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        asking = self._asking(scope)
        scope.setdefault("state", {})["asking"] = asking
        rule = rule_of(scope)
        refusal = _refusal(scope, rule, asking)
        origin = current_origin.set(scope["client"][0] if scope.get("client") else None)
        session = current_session.set(asking.session.session_id if asking.session else None)
        token = current_viewer.set(asking.viewer)
        try:
            if refusal is None:
                await self._app(scope, receive, send)
            elif scope["type"] == "http":
                await _answer(scope, refusal)(scope, receive, send)
            else:
                await _turn_away(refusal, receive, send)
        finally:
            current_viewer.reset(token)
            current_session.reset(session)
            current_origin.reset(origin)

    def _asking(self, scope: Scope) -> Asking:
        headers = Headers(scope=scope)
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        if kind:
            known = kind.lower() == "bearer"
            return Asking(self._sessions.key(bearer.strip()) if known else None)
        token = cookie(scope, SESSION_COOKIE)
        session = self._sessions.find(token) if token else None
        return Asking(session.viewer, session, token) if session else Asking(None)


def rule_of(scope: Scope) -> Rule | None:
    """Return the rule of the route that takes a request, None where it has none."""
    taking: BaseRoute | None = None
    for route in every_route(scope["app"].routes) if "app" in scope else ():
        match = route.matches(scope)[0]
        if match is Match.FULL:
            return RULES.get(getattr(route, "path", ""))
        if match is Match.PARTIAL and taking is None:
            taking = route
    return RULES.get(getattr(taking, "path", ""))


def every_route(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """Yield routes in their order, those of included routers in the place of these."""
    for route in routes:
        router = getattr(route, "original_router", None)
        if router is None:
            yield route
        else:
            yield from every_route(router.routes)


def cookie(scope: Scope, name: str) -> str:
    """Return a cookie of a request; empty where there is none.

    Other programs on this host, on other ports, share our cookies: one that the standard library
    cannot read must not make ours vanish.
    """
    return cookie_parser(Headers(scope=scope).get("cookie", "")).get(name, "")


def _refusal(scope: Scope, rule: Rule | None, asking: Asking) -> ApiError | None:
    if rule is None:
        return ApiError(404, "not_found", "There is no such address.")
    if rule in ("open", "form"):
        return None
    if asking.viewer is None:
        if rule == "page":
            return ApiError(401, "sign_in_required", "Sign in first.")
        return ApiError(
            401,
            "key_required",
            "Sign in, or send a valid key: Authorization: Bearer yp_...",
            headers={"WWW-Authenticate": 'Bearer realm="yiping"'},
        )
    if rule == "page" and asking.session is None:
        return ApiError(403, "not_allowed", "Keys open the API, not the pages.")
    unsafe = scope["type"] == "http" and scope["method"] not in SAFE_METHODS
    if unsafe and asking.session is not None and not _csrf_fits(scope, asking.token):
        return ApiError(403, "csrf_failed", "Send the cookie _csrf_token as X-CSRFToken.")
    if rule not in ("viewer", "page") and not may(asking.viewer.role, rule):
        return ApiError(403, "not_allowed", f"The role {asking.viewer.role} may not do {rule}.")
    return None


def _csrf_fits(scope: Scope, token: str) -> bool:
    shown = Headers(scope=scope).get(CSRF_HEADER, "")
    return hmac.compare_digest(shown.encode(), csrf_token(token).encode())


def _answer(scope: Scope, refusal: ApiError) -> Response:
    """A person who opens a page is led to the sign-in; everything else gets the error."""
    # Only a navigation: a favicon asked for in passing must not start a sign-in of its own.
    navigating = Headers(scope=scope).get("sec-fetch-mode", "navigate") == "navigate"
    if refusal.code == "sign_in_required" and navigating and scope["method"] == "GET":
        query = scope["query_string"].decode("latin-1")
        wanted = scope["path"] + (f"?{query}" if query else "")
        return RedirectResponse(f"/login?next={quote(wanted, safe='')}", 303)
    return error_response(refusal)


async def _turn_away(refusal: ApiError, receive: Receive, send: Send) -> None:
    # Accepted first: a browser tells its script nothing about a refused handshake.
    await receive()
    await send({"type": "websocket.accept"})
    code = NOT_SIGNED_IN if refusal.status == 401 else 4403
    await send({"type": "websocket.close", "code": code, "reason": refusal.code})
