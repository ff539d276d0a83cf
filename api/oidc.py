"""The routes of signing in by a provider: there and back. ADR 0011."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import cast

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from actions.access import current_origin
from actions.users.oidc import Begun, Provider, ProviderConfig
from actions.users.oidc_http import ProviderUnreachable
from actions.users.oidc_linking import account_of_person
from actions.users.tickets import Tickets
from api.form import is_secure, local_path
from api.services import Services, services
from api.signin import admitted, door, refusal_words, sign_in_page
from data.audit import AuditLine
from rules.errors import RuleViolation
from settings import read_client_secret

COOKIE = "yiping_oidc"
COOKIE_S = 600
CALLBACK = "/login/oidc/callback"


def install(app: Starlette, parts: Services) -> None:
    """Add the routes, and the provider where one is set."""
    oidc = parts.settings.oidc
    app.state.provider = None
    if oidc.enabled:
        app.state.provider = Provider(
            ProviderConfig(
                oidc.issuer or "",
                oidc.client_id or "",
                read_client_secret(oidc),
                oidc.scopes,
                oidc.login_claim,
            )
        )
    app.state.oidc_begun = Tickets[Begun](lambda: datetime.now(UTC), timedelta(seconds=COOKIE_S))
    app.router.routes.extend(
        [Route("/login/oidc", leave, methods=["GET"]), Route(CALLBACK, come_back, methods=["GET"])]
    )


async def leave(request: Request) -> Response:
    """Send the person to the provider."""
    provider = cast(Provider | None, request.app.state.provider)
    if provider is None:
        return RedirectResponse("/login", 303)
    onward = local_path(request.query_params.get("next", ""))
    try:
        door(request).origins.check(current_origin.get())
        address, begun = await provider.begin(_redirect_uri(request), onward)
    except RuleViolation as refusal:
        return _refused(request, refusal, onward)
    response = RedirectResponse(address, 303)
    ticket = request.app.state.oidc_begun.issue(begun)
    # Lax, not Strict: the provider's own page sends the browser back to us.
    response.set_cookie(
        COOKIE,
        ticket,
        max_age=COOKIE_S,
        path="/login",
        httponly=True,
        secure=is_secure(request),
        samesite="lax",
    )
    return response


async def come_back(request: Request) -> Response:
    """Let the person in whom the provider has proved, where an account is linked."""
    provider = cast(Provider | None, request.app.state.provider)
    if provider is None:
        return RedirectResponse("/login", 303)
    begun = request.app.state.oidc_begun.take(request.cookies.get(COOKIE, ""))
    if begun is None:
        return RedirectResponse("/login", 303)
    parts = services(request)
    try:
        door(request).origins.check(current_origin.get())
        person = await provider.finish(begun, dict(request.query_params))
        account = await asyncio.to_thread(
            account_of_person, parts.store, parts.audit, person, parts.settings.oidc.link_by_login
        )
        response = await admitted(request, await door(request).provider(account), begun.onward)
    except RuleViolation as refusal:
        return _refused(request, refusal, begun.onward)
    response.delete_cookie(COOKIE, path="/login")
    return response


def _redirect_uri(request: Request) -> str:
    """Our own address as the provider knows it; the host is one that api/guard.py trusts."""
    public = services(request).settings.public_url
    return f"{(public or str(request.base_url)).rstrip('/')}{CALLBACK}"


def _refused(request: Request, refusal: RuleViolation, onward: str) -> Response:
    origin = current_origin.get()
    if not isinstance(refusal, ProviderUnreachable):
        door(request).origins.failed(origin)
    line = AuditLine("sign_in", "refused", "anonymous", origin=origin, detail=refusal.code)
    services(request).audit.refused(line)
    status = 503 if isinstance(refusal, ProviderUnreachable) else 403
    response = sign_in_page(request, onward, refusal_words(refusal), status)
    response.delete_cookie(COOKIE, path="/login")
    return response
