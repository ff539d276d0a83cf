"""Decides whether the person behind a request may do what it asks, here and everywhere alike.

The rules are in rules/privacy.py; this knows who asks now (one ASGI middleware sets it) and which
areas lie below which. Whatever belongs to another community answers as if it did not exist.
"""

from __future__ import annotations

from collections.abc import Collection
from contextvars import ContextVar
from typing import Any

from data.store import Store
from rules.errors import RuleViolation
from rules.privacy import Action, may, scope_of
from rules.viewer import Viewer

# Set for each request and websocket by api/access.py, read wherever something is decided.
current_viewer: ContextVar[Viewer | None] = ContextVar("current_viewer", default=None)
# The network address a request came from, for the audit.
current_origin: ContextVar[str | None] = ContextVar("current_origin", default=None)
# The browser's session, so that one's own sessions can be ended but this one.
current_session: ContextVar[str | None] = ContextVar("current_session", default=None)

CLI = Viewer("cli", "cli", "cli", frozenset())


class SignInRequired(RuleViolation):
    """Nobody is signed in; sign in and try again."""

    code = "sign_in_required"


class NotAllowed(RuleViolation):
    """The role may not do this; ask someone whose role may."""

    code = "not_allowed"


class NotThere(RuleViolation):
    """There is no such thing, as far as this viewer is concerned."""

    code = "not_found"


def viewer() -> Viewer:
    """Return who asks.

    Raises:
        SignInRequired: Nobody is signed in.
    """
    found = current_viewer.get()
    if found is None:
        raise SignInRequired()
    return found


def allow(action: Action, community_id: str) -> Viewer:
    """Let pass who may take `action` in a community, within the scope that `reach` names.

    Raises:
        SignInRequired: Nobody is signed in.
        NotThere: The community is not one of the viewer's.
        NotAllowed: The viewer's role may not.
    """
    asking = viewer()
    if community_id not in asking.community_ids:
        raise NotThere(community=community_id)
    if not may(asking.role, action):
        raise NotAllowed(role=asking.role, action=action)
    return asking


def reach(store: Store, asking: Viewer, action: Action, community_id: str) -> list[str] | None:
    """Return the areas an action covers in a community: None for all, an empty list for none.

    Pass it to a query as `$reach`; a row without an area is reached only where the whole community
    is. "assigned", "own" and "own_source" cover no area as such: what they reach hangs on the row.
    """
    scope = scope_of(asking.role, action)
    if community_id not in asking.community_ids or scope in (None, "assigned", "own"):
        return []
    if not asking.area_ids:
        return [] if scope == "own_grid" else None
    return areas_below(store, community_id, asking.area_ids)


def areas_below(store: Store, community_id: str, roots: Collection[str]) -> list[str]:
    """Return areas of a community's register with everything below them."""
    rows = store.rows("area/below", community_id=community_id, roots=sorted(roots))
    return [row["area_id"] for row in rows]


def communities(store: Store) -> list[dict[str, Any]]:
    """Return the rows of view/community that the current viewer may open; none for nobody."""
    asking = current_viewer.get()
    if asking is None:
        return []
    rows = store.rows("view/community")
    return [row for row in rows if row["community_id"] in asking.community_ids]
