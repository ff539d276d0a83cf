"""Starts a worker process, watches that it lives, and replaces it when it does not (ADR 0027)."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Protocol, cast

from cameras import messages
from cameras.timing import Timing

log = logging.getLogger(__name__)
ROOT = Path(__file__).parent.parent
_BUFFER = 1024 * 1024
_HIGH_WATER = 4 * 1024 * 1024
_LIVED_WELL_S = 60.0
# What a worker needs of our environment; secrets in our variables are none of its business.
_VARIABLES = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONPATH"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR"),
)


class Listener(Protocol):
    """Who hears what a worker says."""

    def came_up(self, index: int) -> None:
        """A new process is there and knows no camera."""

    def went_down(self, index: int) -> None:
        """It is gone; a new one follows."""

    def heard_frame(self, index: int, part: messages.FramePart) -> None:
        """A picture."""

    def heard(self, index: int, message: dict[str, Any]) -> None:
        """News other than a beat; a KeyError, TypeError or ValueError costs it its place."""


class WorkerProcess:
    """One worker process and its successors.

    Args:
        index: Its place among the workers.
        timing: How long to wait for what; told to the worker as well.
        folder: Where video files may lie.
        memory_mb: Above this it is replaced.
        listener: Hears what it says.
    """

    def __init__(
        self, index: int, timing: Timing, folder: Path | None, memory_mb: int, listener: Listener
    ) -> None:
        self._index, self._timing, self._folder = index, timing, folder
        self._memory_mb, self._listener = memory_mb, listener
        self._line: _Line | None = None
        self._task: asyncio.Task[None] | None = None
        self.pid: int | None = None

    @property
    def up(self) -> bool:
        """True while a process is there that can be told something."""
        return self._line is not None and not self._line.lost.done()

    def begin(self) -> None:
        """Start the process, unless that was done before."""
        if self._task is None:
            self._task = asyncio.create_task(self._keep())

    async def end(self) -> None:
        """End the process for good."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    def tell(self, message: dict[str, Any]) -> None:
        """Send an order; lost where no process is up, for a new one is told everything anew."""
        if self.up and self._line is not None:
            self._line.send(messages.told(message))

    def push(self, key: int, jpeg: bytes) -> None:
        """Send a phone's picture on, unless the worker is behind."""
        if self.up and self._line is not None and not self._line.paused:
            self._line.send(messages.pushed(key, jpeg))

    async def _keep(self) -> None:
        wait_s = self._timing.revive_s
        while True:
            begun = time.monotonic()
            try:
                await self._run_once()
            except OSError:
                log.exception("the camera process could not be started")
            if time.monotonic() - begun > _LIVED_WELL_S:
                wait_s = self._timing.revive_s
            await asyncio.sleep(wait_s)
            wait_s = min(2 * wait_s, self._timing.revive_most_s)

    async def _run_once(self) -> None:
        process, ours = await asyncio.to_thread(_spawned)
        self.pid = process.pid
        try:
            loop = asyncio.get_running_loop()
            _, line = await loop.create_unix_connection(
                lambda: _Line(self._index, self._timing, self._listener, self._memory_mb),
                sock=ours,
            )
            self._line = line
            folder = str(self._folder) if self._folder else ""
            self.tell({"do": "set", "timing": self._timing.as_message(), "folder": folder})
            self._listener.came_up(self._index)
            why = await self._until_lost(line)
            log.warning("the camera process is replaced: %s", why)
        finally:
            if self._line is not None:
                self._line.close()
            self._line = self.pid = None
            process.kill()
            await asyncio.shield(asyncio.to_thread(process.wait))
            self._listener.went_down(self._index)

    async def _until_lost(self, line: _Line) -> str:
        while not line.lost.done():
            await asyncio.wait([line.lost], timeout=self._timing.beat_s)
            if time.monotonic() - line.heard_at > self._timing.hang_s:
                return "silent"
        return line.lost.result()


class _Line(asyncio.Protocol):
    """Our end of the socket pair."""

    def __init__(self, index: int, timing: Timing, listener: Listener, memory_mb: int) -> None:
        self._index, self._listener, self._memory_mb = index, listener, memory_mb
        self._reader = messages.MessageReader()
        self._transport: asyncio.Transport | None = None
        self.lost: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.heard_at = time.monotonic() + timing.start_s - timing.hang_s
        self.paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(high=_HIGH_WATER)

    def connection_lost(self, exc: Exception | None) -> None:
        self._lose("ended")

    def pause_writing(self) -> None:
        self.paused = True

    def resume_writing(self) -> None:
        self.paused = False

    def data_received(self, data: bytes) -> None:
        # The process works on foreign bytes: what it says is taken as from a stranger.
        self.heard_at = time.monotonic()
        try:
            for kind, body in self._reader.feed(data):
                if kind == messages.FRAME:
                    self._listener.heard_frame(self._index, messages.read_frame(body))
                else:
                    self._news(messages.read_told(body))
        except (KeyError, TypeError, ValueError) as broken:
            self._lose(f"what it said was {type(broken).__name__}")

    def send(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)

    def close(self) -> None:
        self._lose("closed")
        if self._transport is not None:
            self._transport.abort()

    def _news(self, message: dict[str, Any]) -> None:
        if message["is"] != "beat":
            self._listener.heard(self._index, message)
        elif int(message["memory_mb"]) > self._memory_mb:
            self._lose(f"{message['memory_mb']} MB of memory")

    def _lose(self, why: str) -> None:
        if not self.lost.done():
            self.lost.set_result(why)


def _spawned() -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Return a new process and our end of the socket pair; blocks for some milliseconds."""
    ours, theirs = socket.socketpair()
    with theirs:
        for end in (ours, theirs):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
            end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "cameras.worker", str(theirs.fileno())],
                cwd=ROOT,
                env={name: os.environ[name] for name in _VARIABLES if name in os.environ},
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        except OSError:
            ours.close()
            raise
    ours.setblocking(False)
    return process, ours
