"""What the web and a source agree on when a received body is handed over to be read.

The web must not know the sources (imports go one way); it gets a function of type `Intake`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeAlias

from actions.intake.recording import RowResult

# body, community_id, sender (the public part of the key) -> one result per row, once on disk
Intake: TypeAlias = Callable[[bytes, str, str], "Future[list[RowResult]]"]


def posted_source(sender: str) -> str:
    """Return the `source` of rows that a sender posted: ids of two senders never collide."""
    return f"http:{sender}"


class BodyRefused(Exception):
    """A received body that cannot be read as a whole; nothing of it was recorded.

    Attributes:
        code: Stable snake_case code.
        message: What is wrong, in plain English for the sender's log.
    """

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        self.message = message
        super().__init__(f"{code}: {message}")


class TooManyRows(BodyRefused):
    """The body holds more rows than one batch may; send it in parts."""


class IntakeClosed(Exception):
    """The source that reads such bodies does not run now; try again later."""

    def __init__(self, source: str) -> None:
        self.source = source
        super().__init__(source)
