"""One viewer's unsent messages, on the event loop; a viewer that cannot keep up is let go."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

BEAT_S = 2.0
# A viewer this many messages behind is not reading; a fresh snapshot is cheaper for both.
QUEUE_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Message:
    """One message, encoded once for all viewers.

    Attributes:
        kind: hello, view, patch or beat.
        seq: Position in the feed's sequence; resuming starts behind it.
        text: The JSON.
    """

    kind: str
    seq: int
    text: str


def hello(epoch: str, seq: int, now: datetime, build: str | None, *, resumed: bool) -> Message:
    """Return the first message of a connection.

    Args:
        epoch: The serving process.
        seq: The feed's number at this moment; what is fetched later is at least as new.
        build: Version of the pages this process serves, so that an open page can reload.
        resumed: False tells the viewer to drop what it had, fetched map objects included.
    """
    tail = f',"build":"{build}"' if build else ""
    return Message(
        "hello",
        seq,
        f'{{"t":"hello","epoch":"{epoch}","seq":{seq},'
        f'"now":"{now.isoformat(timespec="milliseconds")}",'
        f'"beat_s":{BEAT_S:g},"resumed":{"true" if resumed else "false"}{tail}}}',
    )


def beat(seq: int, now: datetime, failing: list[str]) -> Message:
    """Return a sign of life; `failing` names views whose data are older than they should be."""
    names = ",".join(f'"{name}"' for name in failing)
    tail = f',"failing":[{names}]' if failing else ""
    moment = now.isoformat(timespec="milliseconds")
    return Message("beat", seq, f'{{"t":"beat","now":"{moment}","seq":{seq}{tail}}}')


class Subscription:
    """What is still to be sent to one viewer of one community.

    Attributes:
        held: Names of the views whose present state the viewer has, or has queued.
        lost: Set when the queue overflowed: close the connection, do not wait for it.
    """

    def __init__(self, community_id: str) -> None:
        self.community_id = community_id
        self.held: set[str] = set()
        self.lost = asyncio.Event()
        self._queue: asyncio.Queue[Message] = asyncio.Queue(QUEUE_LIMIT)

    def put(self, message: Message) -> None:
        """Queue a message, or mark the viewer lost where it is too far behind."""
        try:
            self._queue.put_nowait(message)
        except asyncio.QueueFull:
            self.lost.set()

    async def next(self) -> Message:
        """Return the next message to send; waits for one."""
        return await self._queue.get()
