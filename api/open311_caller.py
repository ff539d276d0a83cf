"""Finds out who asks over Open311, about which community, and with which parameters.

A key counts as `api_key` or as a bearer; a browser's session never does, so that no page of another
site can speak in its name. Without a key only communities of `open311.communities` exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request

from actions.open311.requests import Seen, seen_by
from api.auth import asking
from api.services import services
from rules.open311 import Open311Refused
from rules.privacy import may, scope_of
from rules.record_fields import clean_text
from rules.viewer import Viewer

LISTS = ("service_request_id", "service_code", "status")
MOST_PARAMETERS = 300


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks about which community.

    Attributes:
        viewer: Whom the key speaks for; None without one.
        public: True where anybody may read the community's requests.
    """

    viewer: Viewer | None
    community_id: str
    public: bool


def one_of_each(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return cleaned parameters; empty ones count as absent, lists may be repeated.

    Raises:
        Open311Refused: 400 where there are more than any client sends.
    """
    if len(pairs) > MOST_PARAMETERS:
        raise Open311Refused(400, f"at most {MOST_PARAMETERS} parameters")
    found: dict[str, str] = {}
    for name, value in pairs:
        words = clean_text(value)
        if words is None:
            continue
        if name in LISTS and name in found:
            found[name] += f",{words}"
        else:
            found.setdefault(name, words)
    return found


def caller(request: Request, fields: dict[str, str]) -> Caller:
    """Return who asks.

    Raises:
        Open311Refused: 403 for a bad key, or none where one is needed; 404 for a community that
            does not exist for the caller; 400 where one of several has to be named.
    """
    viewer = _viewer(request, fields.get("api_key", ""))
    public = services(request).settings.open311.communities
    wanted = fields.get("jurisdiction_id", "")
    known = sorted({*public, *(viewer.community_ids if viewer else ())})
    if not known:
        raise Open311Refused(403, "api_key: this server answers to keys only")
    if wanted:
        if wanted not in known:
            raise Open311Refused(404, "jurisdiction_id was not found")
        return Caller(viewer, wanted, wanted in public)
    own = sorted(viewer.community_ids) if viewer else known
    if len(own) != 1:
        raise Open311Refused(400, "jurisdiction_id was not provided")
    return Caller(viewer, own[0], own[0] in public)


def seen(request: Request, asked: Caller) -> Seen:
    """Return which requests the caller may read.

    Raises:
        Open311Refused: 403 where the key's role reads none.
    """
    if asked.public:
        return Seen(asked.community_id)
    if asked.viewer is None or not may(asked.viewer.role, "case.read"):
        raise Open311Refused(403, "api_key: this key reads no requests")
    return seen_by(services(request).store, asked.viewer, asked.community_id)


def reporter(request: Request, fields: dict[str, str]) -> tuple[Caller, Viewer]:
    """Return who reports.

    Raises:
        Open311Refused: As `caller`; 403 without a key, or with one whose role reports no cases.
    """
    viewer = _viewer(request, fields.get("api_key", ""))
    if viewer is None:
        raise Open311Refused(403, "api_key was not provided")
    if scope_of(viewer.role, "case.write") not in ("community", "own_source"):
        raise Open311Refused(403, "api_key: this key reports nothing")
    asked = caller(request, fields)
    if asked.community_id not in viewer.community_ids:  # public, but not this key's
        raise Open311Refused(403, "api_key: this key is of another jurisdiction")
    return asked, viewer


def _viewer(request: Request, key: str) -> Viewer | None:
    if key:
        found = services(request).sessions.key(key)
        if found is None:
            raise Open311Refused(403, "api_key is not valid")
        return found
    shown = asking(request).viewer
    if shown is None and request.headers.get("authorization"):
        raise Open311Refused(403, "the key is not valid")
    return shown if shown is not None and shown.kind == "key" else None
