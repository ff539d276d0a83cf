"""Reads the forms of plain pages and keeps other sites from sending them in somebody's name.

Double submit: a random word in a cookie that scripts cannot read, and what follows from it in the
form. The Origin check of api/guard.py stands before it; this holds where a browser sends none.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from rules.errors import RuleViolation

FIELD = "csrf"
MOST_FIELDS = 20
MOST_BYTES = 16 * 1024
LONGEST_NEXT = 2_000
_WORD = re.compile(r"[A-Za-z0-9_-]{43}")
_UNSAFE_IN_PATH = re.compile(r"[\x00-\x20\x7f\\]")


class FormStale(RuleViolation):
    """The form's own word is missing or not of this browser; show the form again."""

    code = "form_stale"


class FormInvalid(RuleViolation):
    """The body is no form of ours."""

    code = "form_invalid"


@dataclass(frozen=True, slots=True)
class FormWord:
    """The random word of one browser's forms.

    Attributes:
        value: What its cookie holds.
        fresh: True where the cookie has to be set.
    """

    value: str
    fresh: bool

    @property
    def field(self) -> str:
        """What the form shows for it."""
        return hashlib.sha256(b"form:" + self.value.encode()).hexdigest()

    def remember(self, request: Request, response: Response) -> None:
        """Have the browser keep it while it runs."""
        if self.fresh:
            secure = is_secure(request)
            response.set_cookie(
                form_cookie(request), self.value, httponly=True, secure=secure, samesite="lax"
            )


def form_word(request: Request) -> FormWord:
    """Return the word of this browser; a new one where it has none, the same for one request."""
    found: FormWord | None = getattr(request.state, "form_word", None)
    if found is None:
        kept = request.cookies.get(form_cookie(request), "")
        known = _WORD.fullmatch(kept) is not None
        found = FormWord(kept if known else secrets.token_urlsafe(32), fresh=not known)
        request.state.form_word = found
    return found


def check_word(request: Request, fields: dict[str, str]) -> None:
    """Let a posted form pass that our own page in this browser has sent.

    Raises:
        FormStale: Another site sent it, or the browser's cookie is gone.
    """
    word = form_word(request)
    shown = fields.get(FIELD, "")
    if word.fresh or not hmac.compare_digest(shown.encode(), word.field.encode()):
        raise FormStale()


async def posted_fields(request: Request) -> dict[str, str]:
    """Return the fields of a posted form, of repeated ones the first; unproven whose it is.

    Raises:
        FormInvalid: It is no form, too large or not UTF-8.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise FormInvalid()
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise FormInvalid()
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            max_num_fields=MOST_FIELDS,
            errors="strict",
        )
    except ValueError:
        raise FormInvalid() from None
    return dict(reversed(pairs))


def local_path(wanted: str) -> str:
    """Return an address on this site to go on to, empty where it leads anywhere else.

    Browsers read `//host`, `/\\host` and addresses with tabs in them as other sites.
    """
    if len(wanted) > LONGEST_NEXT or not wanted.startswith("/") or wanted.startswith("//"):
        return ""
    if _UNSAFE_IN_PATH.search(wanted) or not wanted.isascii():
        return ""
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or parts.path.startswith(("/login", "/logout", "/kiosk")):
        return ""
    return wanted


def is_secure(request: Request) -> bool:
    """True where the browser reaches us over HTTPS."""
    return request.url.scheme == "https"


def form_cookie(request: Request) -> str:
    """Name of the cookie; over HTTPS one that no neighbouring host can set."""
    return "__Host-yiping_form" if is_secure(request) else "yiping_form"
