"""Registers pages and their callbacks, each with the action a viewer's role must allow.

The one place through which every page and every callback passes: nothing is shown or changed
without a decision here (tests/pages/test_registration.py walks all of them). Which community and
which areas a call may reach is decided by actions/access.py inside it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import dash

from actions.access import (
    NotAllowed,
    NotThere,
    communities,
    current_viewer,
    viewer,
)
from actions.approvals import waiting_for
from components.frame import Library
from components.navigation import Group, frame, nothing
from components.warnings_panel import warning_strip
from components.wording import text
from pages.callbacks import services
from rules.privacy import Action, may

P = ParamSpec("P")
R = TypeVar("R")

DEFAULT_ZONE = "Asia/Shanghai"

# Action of every callback by its outputs, for the test that walks them.
CALLBACK_ACTIONS: dict[str, Action] = {}


def register_page(
    module: str,
    *,
    action: Action,
    layout: Callable[..., Any],
    libraries: tuple[Library, ...] = (),
    group: Group | None = None,
    **options: Any,
) -> None:
    """Register a page that only roles with `action` see.

    Args:
        module: Its module, `__name__`.
        action: What the viewer's role must allow.
        layout: Makes the page.
        libraries: Component libraries beside Dash's own that it shows something of: grid, map.
        group: Menu of the navigation that lists it; None for the bar itself.
        options: What dash.register_page takes.
    """

    @wraps(layout)
    def guarded(**query: Any) -> Any:
        asking = current_viewer.get()
        if asking is None or asking.kind == "key":
            return nothing(text("refusal.sign_in_title"), text("refusal.sign_in_hint"))
        if not may(asking.role, action):
            return page_frame("", str(query.get("community") or ""), refusal("refusal.not_allowed"))
        try:
            return layout(**query)
        except NotAllowed:
            return page_frame("", str(query.get("community") or ""), refusal("refusal.not_allowed"))
        except NotThere:
            return page_frame("", "", refusal("refusal.not_there"))

    dash.register_page(
        module, layout=guarded, action=action, libraries=libraries, group=group, **options
    )


def page_callback(
    *dependencies: Any, action: Action, **options: Any
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a synchronous function as a Dash callback that runs in a worker thread.

    Synchronous callbacks run on the event loop with Dash's FastAPI backend: one slow read would
    stop every other page and the live feed. The thread inherits the request's context (`dash.ctx`,
    the reader's language, the viewer). Takes what `dash.callback` takes. The function itself is
    returned unchanged, so that tests call it directly.

    Args:
        action: What the viewer's role must allow; others get nothing and the callback does not run.
    """

    def register(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        async def in_thread(*args: P.args, **kwargs: P.kwargs) -> R:
            if not may(viewer().role, action):
                raise NotAllowed(role=viewer().role, action=action)
            return await asyncio.to_thread(function, *args, **kwargs)

        dash.callback(*dependencies, **options)(in_thread)
        CALLBACK_ACTIONS[f"{function.__module__}.{function.__name__}"] = action
        setattr(in_thread, "action", action)  # noqa: B010 - read by the test that walks them
        return function

    return register


def page_frame(here: str, community_id: str, body: Any) -> Any:
    """A whole desk page around its body, for the current viewer.

    Args:
        here: Path of the page shown, as registered.
        community_id: The community shown, or empty.
        body: What the page itself shows.
    """
    rows = communities(services().store)
    asking = current_viewer.get()
    waiting = waiting_for(services().store, asking)[0] if asking is not None else 0
    pages = [
        {**page, "badge": waiting if page.get("name") == "approvals" else 0}
        for page in dash.page_registry.values()
        if asking is not None and may(asking.role, page.get("action", ""))
    ]
    zones = {row["community_id"]: str(row["timezone"]) for row in rows}
    strip = upkeep_strip(community_id, zones.get(community_id, ""))
    return frame(pages, here, rows, community_id, body, asking, strip)


def upkeep_strip(community_id: str, timezone: str) -> Any:
    """The strip of upkeep warnings for the current viewer; None where the role has no part in it.

    Args:
        community_id: The community shown, or empty.
        timezone: Zone in which times are shown, empty for the usual one.
    """
    asking = current_viewer.get()
    if asking is None or not may(asking.role, "health.read"):
        return None
    zone = ZoneInfo(timezone or DEFAULT_ZONE)
    return warning_strip(services().upkeep.warnings(), community_id, zone)


def opened_community(asked: str) -> str:
    """Return the community a page shows: the one asked for, or the viewer's first; '' for none.

    A community that is not the viewer's counts as none, as if it did not exist.
    """
    known = [row["community_id"] for row in communities(services().store)]
    if asked:
        return asked if asked in known else ""
    preferred = services().settings.community
    return str(preferred) if preferred in known else next(iter(known), "")


def refusal(code: str) -> Any:
    """What a page shows instead of its body: why not, and what to do."""
    return nothing(text(f"{code}_title"), text(f"{code}_hint"))
