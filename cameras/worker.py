"""The process that parses and decodes what cameras send: `python -m cameras.worker <fd>`.

Started by the hub with one end of a socket pair, ends when that is closed (ADR 0027). Addresses and
passwords come over that socket only.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import resource
import socket
import sys
from pathlib import Path
from typing import Any, cast

import uvloop

from cameras import messages
from cameras.detector_file import DetectorFile
from cameras.keeper import Keeper
from cameras.look_desk import LookDesk
from cameras.model import CameraSource, Wish
from cameras.outbox import Outbox
from cameras.probe import probe
from cameras.scene_desk import SceneDesk
from cameras.timing import Timing, timing_of

log = logging.getLogger(__name__)
_NICE = 5  # pages and alarms go first


class Worker(asyncio.Protocol):
    """The hub's orders, carried out."""

    def __init__(self) -> None:
        self.over = asyncio.get_running_loop().create_future()
        self._reader, self._outbox = messages.MessageReader(), Outbox()
        self._keepers: dict[int, Keeper] = {}
        self._timing, self._folder = Timing(), None  # type: tuple[Timing, Path | None]
        self._desk = LookDesk(self._timing)
        self._scenes = SceneDesk(self._outbox)
        self._beat: asyncio.Task[None] | None = None
        self._probes: dict[int, asyncio.Task[None]] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to send."""
        self._outbox.open(cast(asyncio.WriteTransport, transport))
        self._beat = asyncio.create_task(self._beats())

    def connection_lost(self, exc: Exception | None) -> None:
        """End: the hub is gone."""
        self.over.set_result(None)

    def pause_writing(self) -> None:
        """Keep pictures back."""
        self._outbox.pause()

    def resume_writing(self) -> None:
        """Send on."""
        self._outbox.resume()

    def data_received(self, data: bytes) -> None:
        """Carry out every whole order."""
        for kind, body in self._reader.feed(data):
            if kind == messages.TOLD:
                self._order(messages.read_told(body))
            elif kind == messages.PUSHED:
                key, jpeg = messages.read_pushed(body)
                if key in self._keepers:
                    self._keepers[key].push(jpeg)

    def _order(self, order: dict[str, Any]) -> None:
        key = int(order.get("key", 0))
        match order["do"]:
            case "set":
                self._timing = timing_of(order["timing"])
                self._folder = Path(order["folder"]) if order["folder"] else None
                self._desk = LookDesk(self._timing)
            case "start":
                self._start(key, _source_of(order["source"]), Wish(**order["wish"]))
            case "change" if key in self._keepers:
                self._keepers[key].wish = Wish(**order["wish"])
            case "stop":
                self._stop(key)
            case "forget":
                self._stop(key)
                self._desk.forget(key)
            case "scenes" if key in self._keepers:
                self._scenes.watch(key, order["scenes"], str(order["timezone"]))
            case "detector":
                self._scenes.use(DetectorFile.of_message(order["detector"]))
            case "ground" if key in self._keepers:
                self._scenes.show_ground(key)
            case "relearn_scene":
                self._scenes.relearn(key, str(order["scene"]))
            case "probe" if key not in self._probes:
                probing = asyncio.create_task(self._probe(key, _source_of(order["source"])))
                self._probes[key] = probing

    def _start(self, key: int, source: CameraSource, wish: Wish) -> None:
        self._stop(key)
        self._keepers[key] = Keeper(
            *(key, source, wish, self._timing, self._folder),
            *(self._outbox, self._desk, self._scenes),
        )
        self._desk.watched = len(self._keepers)

    def _stop(self, key: int) -> None:
        keeper = self._keepers.pop(key, None)
        if keeper is not None:
            keeper.stop()
        self._scenes.forget(key)
        self._desk.watched = len(self._keepers)

    async def _probe(self, key: int, source: CameraSource) -> None:
        try:
            state, reason = await probe(key, source, self._timing, self._folder, self._desk)
        finally:
            del self._probes[key]
        self._outbox.tell({"is": "probed", "key": key, "state": state, "reason": reason})

    async def _beats(self) -> None:
        while True:
            self._outbox.tell({"is": "beat", "memory_mb": _memory_mb()})
            await asyncio.sleep(self._timing.beat_s)


def _source_of(told: dict[str, Any]) -> CameraSource:
    networks, ports = tuple(told["networks"]), tuple(told["ports"])
    return CameraSource(**{**told, "networks": networks, "ports": ports})


def _memory_mb() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 2**20


async def _serve(channel: socket.socket) -> None:
    _, worker = await asyncio.get_running_loop().create_unix_connection(Worker, sock=channel)
    await worker.over


def _yield_to_others() -> None:
    """Keep passwords out of core files, and be the first to go when memory or time is short."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(_NICE)
    with contextlib.suppress(OSError):  # not on every system; the hub watches our memory as well
        Path("/proc/self/oom_score_adj").write_text("800", encoding="ascii")


def main() -> None:
    """Serve the hub at the other end of the socket whose number is the only argument."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s cameras: %(message)s")
    _yield_to_others()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(socket.socket(fileno=int(sys.argv[1]))))
        # Decoder threads may hang in a dead network for seconds; nobody waits for them.
        os._exit(0)


if __name__ == "__main__":
    main()
