"""Brings gates and the command centre together: rings, hands signals on, opens once. ADR 0031.

Everything here runs on the event loop; what is written down or posted is done in threads. No voice
passes: the browsers send it to each other, as in a video call (ADR 0025).
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from actions.access import current_viewer
from actions.gates import calls
from actions.gates.calls import GateCall, may_answer
from actions.gates.opening import Opener
from actions.notify.posting import Outcome
from api.gate_line import Door, Line, Times, reason_of
from api.video_hub import Message, Party
from data.audit import AuditChain
from data.store import Store
from rules import gates as rules
from rules.errors import RuleViolation
from rules.gates import GateCallOver, GateConfirmationGone, GateOff

Row = dict[str, Any]


class GateHub:
    """The gate calls of one process.

    Args:
        store: Where calls are written down.
        audit: Its audit.
        opener: Opens gates.
        ice: What browsers may use beside the local network; nothing on a LAN.
        times: How long things may take.
    """

    def __init__(
        self,
        store: Store,
        audit: AuditChain,
        opener: Opener,
        ice: list[Message],
        times: Times | None = None,
    ) -> None:
        self._store, self._audit, self._opener, self._ice = store, audit, opener, ice
        self._times = times or Times()
        self._parties: set[Party] = set()
        self._lines: dict[str, Line] = {}
        self._calling: set[str] = set()  # gates, from the press to the end
        self._pressed: dict[str, deque[float]] = {}
        self._openings: set[asyncio.Task[None]] = set()

    def has(self, call_id: str) -> bool:
        """Tell whether a call under way is a gate's."""
        return call_id in self._lines

    async def join(self, party: Party) -> None:
        """Add a browser; at the command centre it learns what rings."""
        self._parties.add(party)
        for line in list(self._lines.values()):
            if line.answerer is None and may_answer(party.viewer, line.call.community_id):
                await self._ring(line, party)

    async def leave(self, party: Party) -> None:
        """Take a browser out; what it had answered ends, unless the gate is opening already."""
        self._parties.discard(party)
        for line in list(self._lines.values()):
            line.told.discard(party)
            if line.answerer is party:
                await self._end(line, "give_up", "officer_left")

    async def press(self, gate: Row | None, door: Door, request_key: str | None = None) -> GateCall:
        """Ring at the command centre.

        Args:
            gate: Row of gate/one, read just now; None where the link is closed.
            door: Who calls.
            request_key: Id of a door station's message; None for a tablet.

        Raises:
            GateOff, GateBusy: It may not ring now.
        """
        if gate is None:
            raise GateOff()
        gate_id, now = gate["gate_id"], time.monotonic()
        pressed = self._pressed.setdefault(gate_id, deque(maxlen=rules.MOST_CALLS))
        recent = sum(now - at < rules.CALLS_WITHIN.total_seconds() for at in pressed)
        rules.may_ring(gate["calls_on"], gate_id in self._calling, recent)
        pressed.append(now)
        self._calling.add(gate_id)
        try:
            call: GateCall = await asyncio.to_thread(
                calls.ring, self._store, self._audit, gate, request_key
            )
        except BaseException:
            self._calling.discard(gate_id)
            raise
        line = self._lines[call.call_id] = Line(call, gate, door)
        self._limit(line, self._times.ring_s, "nobody")
        await self._tell_door(line, {"t": "calling", "call": call.call_id})
        for party in list(self._parties):
            if may_answer(party.viewer, call.community_id):
                await self._ring(line, party)
        return call

    async def answer(self, party: Party, call_id: str) -> None:
        """Connect whoever answers first.

        Raises:
            GateCallOver: It is over or taken.
            RuleViolation: The viewer may not answer it.
        """
        line = self._line(call_id)
        if line.answerer is not None or line.busy:
            raise GateCallOver()
        line.busy = True
        try:
            given = (self._store, self._audit, party.viewer, line.call)
            line.call = await self._as(party, calls.answer, *given)
            line.answerer = party
        finally:
            line.busy = False
            if line.answerer is None and line.timeout is None:  # its minute was over meanwhile
                await self._end(line, "give_up", "nobody")
        self._limit(line, self._times.talk_s, "too_long")
        for other in line.told - {party}:
            await other.tell({"t": "taken", "call": call_id})
        talks = line.door.tell is not None
        said = {"t": "answered", "call": call_id, "ice": self._ice if talks else None}
        await party.tell(said)
        await self._tell_door(line, said)

    async def decline(self, party: Party, call_id: str) -> None:
        """Refuse a call: for the whole command centre while it rings, then who answered."""
        line = self._line(call_id)
        mine = line.answerer is party
        if not mine and not (
            line.answerer is None and may_answer(party.viewer, line.call.community_id)
        ):
            raise GateCallOver()
        await self._end(line, "refuse", "officer", party)

    async def hang_up(self, party: Party, call_id: str) -> None:
        """End an answered call without opening: the same as refusing it."""
        await self.decline(party, call_id)

    async def signal(self, side: Party | Door, call_id: str, data: object) -> None:
        """Hand a description or candidate on to the other side of an answered call."""
        line = self._lines.get(call_id)
        if line is None or line.answerer is None:
            return
        said = {"t": "signal", "call": call_id, "data": data}
        if side is line.door:
            await line.answerer.tell(said)
        elif side is line.answerer:
            await self._tell_door(line, said)

    async def open(self, party: Party, call_id: str, sure: str) -> None:
        """Open the gate for this once, at the second of two presses.

        Args:
            party: Who answered.
            call_id: The call.
            sure: What the answer to the first press brought; empty for the first press.

        Raises:
            GateCallOver, GateNotOpenable, GateConfirmationGone: Nothing was sent.
        """
        line = self._line(call_id)
        if line.answerer is not party or line.busy:
            raise GateCallOver()
        try:
            gate = await asyncio.to_thread(calls.gate_of, self._store, line.call.gate_id)
            rules.may_open(gate["kind"] if gate else "none", bool(gate and gate["opens_on"]))
            now = time.monotonic()
            if sure and (sure != line.sure or now > line.sure_until):
                raise GateConfirmationGone()
        except RuleViolation as refusal:
            self._audit.refused(line.refused(party, refusal))
            raise
        if self._lines.get(call_id) is not line or line.busy or gate is None:
            raise GateCallOver()  # it ended, or was pressed twice, while the gate was looked up
        if not sure:
            line.sure, line.sure_until = secrets.token_urlsafe(12), now + self._times.confirm_s
            within = {"sure": line.sure, "within_s": self._times.confirm_s}
            await party.tell({"t": "gate_sure", "call": call_id, **within})
            return
        line.busy, line.sure = True, ""
        # A task of its own: an officer who leaves now must not cut off what is sent.
        task = asyncio.create_task(self._open(line, gate, party))
        self._openings.add(task)
        task.add_done_callback(self._openings.discard)

    async def door_left(self, door: Door) -> None:
        """End the call of a tablet whose page is gone or that hung up."""
        for line in list(self._lines.values()):
            if line.door is door:
                await self._end(line, "give_up", "visitor_left")

    async def close(self) -> None:
        """End what runs, at the stop of the program."""
        await asyncio.gather(*self._openings, return_exceptions=True)
        for line in list(self._lines.values()):
            await self._end(line, "give_up", "stopped")

    async def _open(self, line: Line, gate: Row, party: Party) -> None:
        said = {"t": "gate_opening", "call": line.call.call_id}
        await party.tell(said)
        await self._tell_door(line, said)
        outcome = Outcome("server_error")
        try:
            ordered = (self._audit, party.viewer, line.call, gate)
            await self._as(party, calls.order_opening, *ordered)
            async with asyncio.timeout(self._times.open_s):
                outcome = await asyncio.to_thread(self._opener.open, gate, line.call)
        except TimeoutError:
            outcome = Outcome("timeout")
        finally:
            line.busy = False
            step: rules.CallStep = "open" if outcome.sent else "fail"
            reason = "officer" if outcome.sent else reason_of(outcome)
            await self._end(line, step, reason, party)

    async def _ring(self, line: Line, party: Party) -> None:
        line.told.add(party)
        await party.tell(line.ringing())

    def _limit(self, line: Line, after_s: float, reason: str) -> None:
        """End the call by itself after a while, unless it goes on to something else before."""

        async def over() -> None:
            await asyncio.sleep(after_s)
            line.timeout = None
            await self._end(line, "give_up", reason)

        if line.timeout is not None:
            line.timeout.cancel()
        line.timeout = asyncio.create_task(over())

    async def _end(
        self, line: Line, step: rules.CallStep, reason: str, by: Party | None = None
    ) -> None:
        if line.busy or self._lines.pop(line.call.call_id, None) is None:
            return
        self._calling.discard(line.call.gate_id)
        if line.timeout is not None:
            line.timeout.cancel()
        state = rules.call_step(line.call.state, step)
        said = {"t": "ended", "call": line.call.call_id, "outcome": state, "reason": reason}
        for party in {*line.told, *([line.answerer] if line.answerer else [])}:
            await party.tell(said)
        await self._tell_door(line, said)
        officer = by.viewer if by else None
        given = (self._store, self._audit, line.call, step, reason, officer)
        await asyncio.shield(asyncio.create_task(asyncio.to_thread(calls.end, *given)))

    def _line(self, call_id: str) -> Line:
        line = self._lines.get(call_id)
        if line is None:
            raise GateCallOver()
        return line

    async def _tell_door(self, line: Line, message: Message) -> None:
        if line.door.tell is not None:
            await line.door.tell(message)

    async def _as(self, party: Party, work: Callable[..., Any], *given: Any) -> Any:
        token = current_viewer.set(party.viewer)
        try:
            return await asyncio.to_thread(work, *given)
        finally:
            current_viewer.reset(token)
