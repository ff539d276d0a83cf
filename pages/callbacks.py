"""Lets page callbacks read the store without blocking the event loop, and finds the services.

Synchronous callbacks run on the event loop with Dash's FastAPI backend: one slow read would stop
every other page and the live feed. `page_callback` moves each to a worker thread; it is also the
one place through which every callback passes, so a check of the reader's role belongs here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

import dash

from data.store import Store
from data.views.view import SourceReport

P = ParamSpec("P")
R = TypeVar("R")


class Services(Protocol):
    """What pages need of the running application; app.py composes more than this."""

    @property
    def store(self) -> Store:
        """The open store; pages only read."""

    @property
    def runner_health(self) -> Callable[[], Sequence[SourceReport]]:
        """How the ingest sources do."""


def page_callback(*dependencies: Any, **options: Any) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a synchronous function as a Dash callback that runs in a worker thread.

    Takes what `dash.callback` takes. The thread inherits the request's context (`dash.ctx`, the
    reader's language). The function itself is returned unchanged, so that tests call it directly.
    """

    def register(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        async def in_thread(*args: P.args, **kwargs: P.kwargs) -> R:
            return await asyncio.to_thread(function, *args, **kwargs)

        dash.callback(*dependencies, **options)(in_thread)
        return function

    return register


def services() -> Services:
    """The services of the application that shows this page, kept on its web server."""
    return cast(Services, dash.get_app().server.state.services)


def now() -> datetime:
    """The time of this request, aware UTC; pages are edges and may read the clock."""
    return datetime.now(UTC)
