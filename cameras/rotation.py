"""Looks at every registered camera in turn, watched or not, and counts how each was found."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import get_args

from cameras.condition import IN_TIME
from cameras.demo_faults import fault_of
from cameras.model import Condition, State
from cameras.tally import SeenTally
from cameras.timing import Timing
from cameras.tracked import Tracked

STATES: frozenset[str] = frozenset(get_args(State))
_MOST_AT_ONCE = 16
_MOST_TICK_S = 0.25
_MOST_STEP_S = 5.0  # the loop stood still for longer: nobody looked meanwhile


class Rotation:
    """The turn of all cameras; the time since the look before counts as the camera was found.

    Args:
        timing: In how many seconds each camera has its turn.
        cameras: The cameras of the hub, by id.
        condition: How a camera is now.
        look: Has a camera looked at; `found` is called with the answer.
        tally: Is told for how long each was found how.
    """

    def __init__(
        self,
        timing: Timing,
        cameras: dict[str, Tracked],
        condition: Callable[[str], Condition],
        look: Callable[[Tracked], None],
        tally: SeenTally,
    ) -> None:
        self._timing, self._cameras = timing, cameras
        self._condition, self._look, self._tally = condition, look, tally
        self._turn: deque[str] = deque()
        self._under_way: dict[int, float] = {}
        self._budget = 0.0

    async def run(self) -> None:
        """Go on until the task is cancelled."""
        tick_s = min(_MOST_TICK_S, self._timing.probe_s / 20) or _MOST_TICK_S
        before = time.monotonic()
        while True:
            await asyncio.sleep(tick_s)
            now = time.monotonic()
            self.step(now, now - before, _unix_ms())
            before = now

    def step(self, now_s: float, passed_s: float, now_ms: int) -> None:
        """Do what is due after some seconds."""
        for camera in self._cameras.values():
            if camera.facts.watched:
                self._count(camera, min(passed_s, _MOST_STEP_S), now_ms)
                camera.looked_at = now_s
        if not self._timing.probe_s:
            return
        most_s = 2 * self._timing.probe_most_s
        lost = [key for key, begun_s in self._under_way.items() if now_s - begun_s > most_s]
        for key in lost:  # its worker process went down meanwhile
            del self._under_way[key]
        due = self._budget + len(self._cameras) * passed_s / self._timing.probe_s
        self._budget = min(due, float(_MOST_AT_ONCE))
        while self._budget >= 1 and len(self._under_way) < _MOST_AT_ONCE:
            self._budget -= 1
            if not self._turn:
                self._turn.extend(self._cameras)
            if not self._turn:
                return
            self._begin(self._turn.popleft(), now_s)

    def found(self, camera: Tracked, state: State, reason: str, now_s: float, now_ms: int) -> None:
        """Note how a camera nobody watches was found."""
        self._under_way.pop(camera.key, None)
        before = camera.facts.looked
        same = before is not None and (before.state, before.reason) == (state, reason)
        since_ms = before.since_ms if before is not None and same else now_ms
        picture = state in IN_TIME or state == "frozen"
        frame_ms = now_ms if picture else before.frame_ms if before is not None else None
        camera.facts.looked = Condition(state, since_ms, frame_ms, reason)
        if not camera.facts.watched and camera.looked_at:
            self._count(camera, min(now_s - camera.looked_at, 2 * self._timing.probe_s), now_ms)
        camera.looked_at = now_s

    def _begin(self, camera_id: str, now_s: float) -> None:
        camera = self._cameras.get(camera_id)
        if camera is None or camera.source is None or camera.facts.watched:
            return
        if camera.source.kind == "demo":
            # Nothing to connect to; drawing hundreds of scenes for nobody would only cost.
            fault = fault_of(camera.source.url)
            state: State = fault or "live"
            reason = "no_frame" if fault == "stalled" else ""
            self.found(camera, state, reason, now_s, _unix_ms())
        elif camera.source.kind != "phone" and camera.key not in self._under_way:
            self._under_way[camera.key] = now_s
            self._look(camera)

    def _count(self, camera: Tracked, seconds: float, until_ms: int) -> None:
        state = self._condition(camera.camera_id).state
        self._tally.add(camera.camera_id, state, seconds, until_ms)


def _unix_ms() -> int:
    return int(time.time() * 1_000)
