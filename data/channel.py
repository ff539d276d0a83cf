"""The state of every view of one community: what was sent last, and what of it changed.

Computing, comparing and encoding run on worker threads (`prepare`); numbering and queueing run
on the event loop (`publish`), so that all viewers see one order.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data.subscription import Message, Subscription
from data.views.view import Row, View

# Changes kept for viewers that come back: about an hour of busy map objects.
REPLAY_CHARS = 4_000_000
# From this share of changed rows on, the whole view is the smaller message.
WHOLE_FROM_SHARE = 0.5


def encode(value: Any) -> str:
    """Return compact JSON; NaN is an error, because browsers cannot read it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


@dataclass(slots=True)
class Prepared:
    """What a worker thread found: the new state, and the change as JSON where there is one."""

    at: datetime
    rows: dict[str, Row] | None
    body: str
    patch: str | None
    changed: bool


@dataclass(slots=True)
class ViewState:
    """One view of one community.

    Attributes:
        dirty: True while the store may hold something newer than what was computed.
        seq: Sequence number of its last message.
        computed_at: When the state was computed; None until the first time.
        rows: Last rows of a keyed view by id.
        body: Last state as JSON; of a keyed view only from when somebody needs it whole.
        error: Name of the last failure; None while well.
        waiting: Callers that wait for a computed state.
        replay: Recent patches as (seq, text); `replay_floor` is the newest that was dropped.
    """

    view: View
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    dirty: bool = True
    seq: int = 0
    computed_at: datetime | None = None
    took_ms: float | None = None
    rows: dict[str, Row] | None = None
    body: str = ""
    error: str | None = None
    waiting: list[asyncio.Future[ViewState]] = field(default_factory=list)
    replay: deque[Message] = field(default_factory=deque)
    replay_chars: int = 0
    replay_floor: int = 0

    def whole(self) -> Message:
        """Return the message that carries the whole view."""
        if not self.body and self.rows is not None:
            self.body = f'{{"rows":{encode(list(self.rows.values()))}}}'
        return self.message("view", f'"data":{self.body}')

    def message(self, kind: str, content: str) -> Message:
        """Return a numbered message of this view; `content` is the inside of a JSON object."""
        at = self.computed_at.isoformat(timespec="milliseconds") if self.computed_at else ""
        head = f'"t":"{kind}","view":"{self.view.name}","seq":{self.seq},"at":"{at}"'
        return Message(kind, self.seq, f"{{{head},{content}}}")

    def since(self, seq: int) -> list[Message] | None:
        """Return the patches after `seq`, or None where they are no longer all kept."""
        if seq < self.replay_floor:
            return None
        return [message for message in self.replay if message.seq > seq]

    def remember(self, message: Message) -> None:
        """Keep a patch for viewers that come back, dropping the oldest beyond the bound."""
        self.replay.append(message)
        self.replay_chars += len(message.text)
        while self.replay_chars > REPLAY_CHARS:
            dropped = self.replay.popleft()
            self.replay_chars -= len(dropped.text)
            self.replay_floor = dropped.seq


def prepare(state: ViewState, data: Any, at: datetime) -> Prepared:
    """Compare newly computed data with the last state; runs on a worker thread."""
    if not state.view.keyed:
        body = encode(data)
        return Prepared(at, None, body, None, body != state.body)
    rows: dict[str, Row] = {row["id"]: row for row in data}
    before = state.rows
    if before is None:
        return Prepared(at, rows, "", None, True)
    changed = [row for key, row in rows.items() if before.get(key) != row]
    removed = [key for key in before if key not in rows]
    if not changed and not removed:
        return Prepared(at, before, state.body, None, False)
    if state.view.on_connect and len(changed) > WHOLE_FROM_SHARE * len(rows):
        return Prepared(at, rows, "", None, True)
    patch = f'"set":{encode(changed)},"remove":{encode(removed)}'
    return Prepared(at, rows, "", patch, True)


class Channel:
    """All views and all viewers of one community; used on the event loop only.

    Args:
        next_seq: Takes the next number of the feed's sequence.
    """

    def __init__(
        self,
        community_id: str,
        timezone: str,
        views: tuple[View, ...],
        next_seq: Callable[[], int],
    ) -> None:
        self.community_id = community_id
        self.timezone = timezone
        self.states = {view.name: ViewState(view) for view in views}
        self.subscriptions: set[Subscription] = set()
        self.tasks: list[asyncio.Task[None]] = []
        self.urgent_done = asyncio.Event()
        self.urgent_done.set()
        self._next_seq = next_seq

    def touched(self, nouns: frozenset[str]) -> Iterator[ViewState]:
        """Mark and yield the views that depend on one of the nouns."""
        for state in self.states.values():
            if state.view.nouns & nouns:
                state.dirty = True
                yield state

    def wanted(self, state: ViewState) -> bool:
        """Tell whether anyone waits for this view to be computed or sent."""
        if state.waiting:
            return True
        return bool(self.subscriptions) and (state.dirty or bool(self._lacking(state)))

    def publish(self, state: ViewState, prepared: Prepared) -> None:
        """Number a computed view, queue what changed to all viewers, answer those who wait."""
        first = state.computed_at is None
        state.computed_at, state.rows, state.body = prepared.at, prepared.rows, prepared.body
        state.error = None
        if prepared.changed:
            state.seq = self._next_seq()
            if prepared.patch is not None:
                self._send_patch(state, prepared.patch)
            elif not first:
                self._forget_holders(state)
        self.complete(state)
        for waiter in state.waiting:
            if not waiter.done():
                waiter.set_result(state)
        state.waiting.clear()

    def complete(self, state: ViewState) -> None:
        """Queue the whole view to every viewer that does not hold it."""
        lacking = self._lacking(state)
        if lacking and state.computed_at is not None:
            message = state.whole()
            for subscription in lacking:
                subscription.put(message)
                subscription.held.add(state.view.name)

    def fail(self, state: ViewState, failure: Exception) -> None:
        """Record a failure and pass it to those who wait."""
        state.error = type(failure).__name__
        for waiter in state.waiting:
            if not waiter.done():
                waiter.set_exception(failure)
        state.waiting.clear()

    def failing(self) -> list[str]:
        """Return the names of the views that could not be computed last time."""
        return [state.view.name for state in self.states.values() if state.error]

    def _lacking(self, state: ViewState) -> list[Subscription]:
        if not state.view.on_connect:
            return []
        return [each for each in self.subscriptions if state.view.name not in each.held]

    def _forget_holders(self, state: ViewState) -> None:
        for subscription in self.subscriptions:
            subscription.held.discard(state.view.name)

    def _send_patch(self, state: ViewState, patch: str) -> None:
        message = state.message("patch", patch)
        if not state.view.on_connect:
            state.remember(message)
        for subscription in self.subscriptions:
            if not state.view.on_connect or state.view.name in subscription.held:
                subscription.put(message)
