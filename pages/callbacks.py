"""Finds the services of the running application, and the time, for pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Protocol, cast

import dash

from actions.upkeep.state import Upkeep
from actions.users.sessions import Sessions
from data.audit import AuditChain
from data.feed import Feed
from data.keyring import Keyring
from data.store import Store
from data.views.view import SourceReport


class PageSettings(Protocol):
    """What pages read of the settings."""

    @property
    def community(self) -> str | None:
        """Community the pages open with."""

    @property
    def public_url(self) -> str | None:
        """Address under which others reach this installation."""

    @property
    def outgoing_networks(self) -> tuple[str, ...]:
        """Private networks that entered addresses may lead to."""

    @property
    def outgoing_ports(self) -> tuple[int, ...]:
        """Ports such addresses may have beside the usual ones."""


class Services(Protocol):
    """What pages need of the running application; app.py composes more than this."""

    @property
    def store(self) -> Store:
        """The open store."""

    @property
    def feed(self) -> Feed:
        """What pushes changes to the screens."""

    @property
    def runner_health(self) -> Callable[[], Sequence[SourceReport]]:
        """How the ingest sources do."""

    @property
    def sessions(self) -> Sessions:
        """Who is signed in."""

    @property
    def keyring(self) -> Keyring:
        """The keys of sealed values."""

    @property
    def audit(self) -> AuditChain:
        """The audit log."""

    @property
    def settings(self) -> PageSettings:
        """The installation's settings."""

    @property
    def upkeep(self) -> Upkeep:
        """How the machine does."""


def services() -> Services:
    """The services of the application that shows this page, kept on its web server."""
    return cast(Services, dash.get_app().server.state.services)


def now() -> datetime:
    """The time of this request, aware UTC; pages are edges and may read the clock."""
    return datetime.now(UTC)
