"""Brings callers and the command centre together: rings, hands signals on, ends. ADR 0025.

Everything here runs on the event loop; what is written down is done in threads. No picture passes:
the browsers send those to each other.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from actions.access import current_viewer
from actions.video.register import VideoCall, answer, end, may_answer, ring
from data.audit import AuditChain
from data.store import Store
from rules.errors import RuleViolation
from rules.viewer import Viewer

Message = dict[str, Any]
RING_S = 60.0


class CallOver(RuleViolation):
    """The call is over, or somebody else has taken it."""

    code = "video_call_over"


@dataclass(eq=False)
class Party:
    """One connected browser.

    Attributes:
        viewer: Who sits there.
        tell: Sends a message; never fails.
    """

    viewer: Viewer
    tell: Callable[[Message], Awaitable[None]]


@dataclass(eq=False)
class _Line:
    """A call under way."""

    call: VideoCall
    caller: Party
    answerer: Party | None = None
    timeout: asyncio.Task[None] | None = None
    taking: bool = False
    told: set[Party] = field(default_factory=set)


class VideoHub:
    """The calls of one process.

    Args:
        store: Where calls are written down.
        audit: Its audit.
        ice: What browsers may use beside the local network; nothing on a LAN.
        ring_s: How long a call rings.
    """

    def __init__(
        self, store: Store, audit: AuditChain, ice: list[Message], ring_s: float = RING_S
    ) -> None:
        self._store, self._audit = store, audit
        self._ice, self._ring_s = ice, ring_s
        self._parties: set[Party] = set()
        self._lines: dict[str, _Line] = {}

    async def join(self, party: Party) -> None:
        """Add a browser; at the command centre it learns what rings."""
        self._parties.add(party)
        for line in list(self._lines.values()):
            if line.answerer is None and may_answer(party.viewer, line.call.community_id):
                await self._ring(line, party)

    async def leave(self, party: Party) -> None:
        """Take a browser out; its calls are lost."""
        self._parties.discard(party)
        for line in list(self._lines.values()):
            if party in (line.caller, line.answerer):
                await self._end(line, "lost", party)

    async def call(self, party: Party, task_id: str, purpose: str) -> None:
        """Ring at the command centre.

        Raises:
            RuleViolation: What actions/video/register.py objects to.
        """
        if any(line.caller is party for line in self._lines.values()):
            return  # a second tap on the button
        call = await self._write(
            party, ring, self._store, self._audit, party.viewer, task_id, purpose
        )
        line = self._lines[call.call_id] = _Line(call, party)
        line.timeout = asyncio.create_task(self._give_up(line))
        await party.tell({"t": "calling", "call": call.call_id})
        for other in list(self._parties):
            if may_answer(other.viewer, call.community_id) and other is not party:
                await self._ring(line, other)

    async def answer(self, party: Party, call_id: str) -> None:
        """Connect whoever answers first.

        Raises:
            CallOver: It is over or taken.
            RuleViolation: The viewer may not answer it.
        """
        line = self._lines.get(call_id)
        if line is None or line.answerer is not None or line.taking:
            raise CallOver()
        line.taking = True
        try:
            taken = await self._write(
                party, answer, self._store, self._audit, party.viewer, line.call
            )
        finally:
            line.taking = False
        if call_id not in self._lines:  # the worker hung up in this moment
            await self._write(party, end, self._store, self._audit, taken, "hung_up", party.viewer)
            raise CallOver()
        line.call, line.answerer = taken, party
        if line.timeout is not None:
            line.timeout.cancel()
        for other in line.told - {party}:
            await other.tell({"t": "taken", "call": call_id})
        for one in (party, line.caller):
            await one.tell({"t": "answered", "call": call_id, "ice": self._ice})

    async def decline(self, party: Party, call_id: str) -> None:
        """Refuse a call for the whole command centre."""
        line = self._lines.get(call_id)
        if line is None or not may_answer(party.viewer, line.call.community_id):
            raise CallOver()
        if line.answerer is None:
            await self._end(line, "declined", party)

    async def hang_up(self, party: Party, call_id: str) -> None:
        """End a call from either side."""
        line = self._lines.get(call_id)
        if line is not None and party in (line.caller, line.answerer):
            await self._end(line, "hung_up", party)

    async def signal(self, party: Party, call_id: str, data: object) -> None:
        """Hand a description or candidate on to the other side of an answered call."""
        line = self._lines.get(call_id)
        if line is None or line.answerer is None or party not in (line.caller, line.answerer):
            return
        other = line.caller if party is line.answerer else line.answerer
        await other.tell({"t": "signal", "call": call_id, "data": data})

    async def close(self) -> None:
        """End what runs, at the stop of the program."""
        for line in list(self._lines.values()):
            await self._end(line, "lost", line.caller)

    async def _ring(self, line: _Line, party: Party) -> None:
        line.told.add(party)
        call = line.call
        await party.tell(
            {
                "t": "ringing",
                "call": call.call_id,
                "case": call.case_id,
                "callsign": call.callsign,
                "purpose": call.purpose,
            }
        )

    async def _give_up(self, line: _Line) -> None:
        await asyncio.sleep(self._ring_s)
        line.timeout = None
        await self._end(line, "missed", line.caller)

    async def _end(self, line: _Line, outcome: str, by: Party) -> None:
        if self._lines.pop(line.call.call_id, None) is None:
            return
        if line.timeout is not None:
            line.timeout.cancel()
        message = {"t": "ended", "call": line.call.call_id, "outcome": outcome}
        for party in {line.caller, *line.told, *([line.answerer] if line.answerer else [])}:
            await party.tell(message)
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.shield(
                self._write(by, end, self._store, self._audit, line.call, outcome, by.viewer)
            )

    async def _write(self, party: Party, work: Callable[..., Any], *given: Any) -> Any:
        token = current_viewer.set(party.viewer)
        try:
            return await asyncio.to_thread(work, *given)
        finally:
            current_viewer.reset(token)
