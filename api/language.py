"""Sets the language of a request from `?lang=` or the cookie `lang`; `?lang=` is remembered."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components.wording import DEFAULT_LANGUAGE, LANGUAGES, Language, current_language

COOKIE = "lang"
COOKIE_AGE_S = 365 * 24 * 3600


class LanguageMiddleware:
    """ASGI middleware around everything that answers in words.

    Args:
        default: Language of an installation where a browser has not chosen one.
    """

    def __init__(self, app: ASGIApp, default: str = DEFAULT_LANGUAGE) -> None:
        self._app = app
        self._default = _known(default) or DEFAULT_LANGUAGE

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the request in its language."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = _asked(scope)
        token = current_language.set(asked or _chosen(scope) or self._default)

        async def send_with_cookie(message: Message) -> None:
            if asked and message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.append(
                    "Set-Cookie",
                    f"{COOKIE}={asked}; Path=/; Max-Age={COOKIE_AGE_S}; SameSite=Lax",
                )
            await send(message)

        try:
            await self._app(scope, receive, send_with_cookie)
        finally:
            current_language.reset(token)


def _known(text: str | None) -> Language | None:
    return next((language for language in LANGUAGES if language == text), None)


def _asked(scope: Scope) -> Language | None:
    try:
        query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=100)
    except ValueError:  # more parameters than any of our pages has
        return None
    return _known(query.get(COOKIE, [""])[-1])


def _chosen(scope: Scope) -> Language | None:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return None
    morsel = cookies.get(COOKIE)
    return _known(morsel.value) if morsel else None
