"""What the endpoints work with, composed once in `application.build`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

from starlette.requests import HTTPConnection

from actions.intake.received import Intake
from actions.upkeep.state import Unwatched, Upkeep
from actions.users.sessions import Sessions
from cameras.model import Hub
from data.audit import AuditChain
from data.cache import PayloadCache
from data.feed import Feed
from data.keyring import Keyring
from data.store import Store
from data.views.view import SourceReport
from settings import Settings

RunnerHealth = Callable[[], Sequence[SourceReport]]


@dataclass(frozen=True, slots=True)
class Services:
    """The parts of the running application an endpoint may need."""

    store: Store
    feed: Feed
    runner_health: RunnerHealth
    receive: Intake
    cache: PayloadCache
    sessions: Sessions
    keyring: Keyring
    audit: AuditChain
    settings: Settings
    upkeep: Upkeep = field(default_factory=Unwatched)
    hub: Hub | None = None  # None: this application shows no pictures of cameras


def services(connection: HTTPConnection) -> Services:
    """Return the services of the application that answers this request or websocket."""
    return cast(Services, connection.app.state.services)
