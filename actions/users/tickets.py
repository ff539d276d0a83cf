"""Holds sign-ins that are half done, in memory: between password, second factor and new password.

A ticket is a random word in the browser's cookie. It opens nothing by itself and is forgotten after
five minutes, or when the app restarts: the person begins again.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from actions.users.session_state import hash_of

T = TypeVar("T")

LIFETIME = timedelta(minutes=5)
MOST_TICKETS = 5_000


@dataclass(slots=True)
class _Held(Generic[T]):
    content: T
    until: datetime


class Tickets(Generic[T]):
    """Tickets of one kind.

    Args:
        now: Clock.
        lifetime: How long one is good.
    """

    def __init__(self, now: Callable[[], datetime], lifetime: timedelta = LIFETIME) -> None:
        self._now = now
        self._lifetime = lifetime
        self._lock = threading.Lock()
        self._held: OrderedDict[str, _Held[T]] = OrderedDict()

    def issue(self, content: T) -> str:
        """Return a new ticket for `content`."""
        ticket = secrets.token_urlsafe(32)
        with self._lock:
            self._held[hash_of(ticket)] = _Held(content, self._now() + self._lifetime)
            while len(self._held) > MOST_TICKETS:
                self._held.popitem(last=False)
        return ticket

    def find(self, ticket: str) -> T | None:
        """Return what a ticket stands for, None where it is unknown or over."""
        with self._lock:
            held = self._held.get(_key(ticket))
            return held.content if held and held.until > self._now() else None

    def take(self, ticket: str) -> T | None:
        """Return what a ticket stands for and tear it up."""
        with self._lock:
            held = self._held.pop(_key(ticket), None)
            return held.content if held and held.until > self._now() else None


def _key(ticket: str) -> str:
    return hash_of(ticket) if ticket.isascii() else ""
