"""Keeps the call register of cameras: who watched which, when, how long and why (DOMAIN R11).

One camera by itself: a line on disk with purpose and reason before the first picture is shown, and
a second person's word afterwards where the law asks for it. A mosaic: one line for each viewer,
camera and hour, written soon after and closed when the hour is over (ADR 0029).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from actions.access import NotAllowed
from actions.approvals import Approvals
from actions.cameras.viewing_rows import (
    Glance,
    Row,
    Single,
    Why,
    begin_single,
    close_left_open,
    write_changes,
)
from actions.cameras.watchable import may_watch
from data.errors import StoreError
from data.writer import Commit
from rules.camera_glances import Glances
from rules.cameras import ViewMode
from rules.viewer import Viewer

log = logging.getLogger(__name__)

FLUSH_S = 20.0  # ours: how late a mosaic's line may be on disk
Cut = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Viewing:
    """One hold of a viewer on a camera, to be ended with `Viewings.end`.

    Attributes:
        mode: single, or wall for a glance of a mosaic.
        viewing_id: Its line of the register; empty for a glance.
        approval_id: The second person's confirmation it needs; None where it needs none.
    """

    camera_id: str
    mode: ViewMode
    viewer: str
    viewing_id: str = ""
    approval_id: str | None = None


@dataclass(slots=True)
class _Open:
    """A single viewing that lasts, and how to end it from here."""

    single: Single
    cut: Cut | None = field(repr=False)


class Viewings:
    """The open viewings of one process; `start` it once, `stop` it before the store closes.

    Every method may be called from any thread. `glance` and `end` only touch memory.

    Args:
        approvals: The approvals of the open store; their clock is used.
        flush_s: Seconds between two looks.
    """

    def __init__(self, approvals: Approvals, flush_s: float = FLUSH_S) -> None:
        self._approvals = approvals
        self._store = approvals.store
        self._flush_s = flush_s
        self._lock = threading.Lock()
        self._flushing = threading.Lock()
        self._singles: dict[str, _Open] = {}
        self._ended: list[Single] = []
        self._glances: dict[tuple[str, str], Glance] = {}
        self._over: list[Glance] = []
        self._wake, self._stopping = threading.Event(), False
        self._thread = threading.Thread(target=self._run, name="viewings", daemon=True)
        self._store.on_commit(self._on_commit)

    def start(self) -> None:
        """End as lost what was open when the program stopped, and begin to write down."""
        close_left_open(self._store)
        self._thread.start()

    def stop(self) -> None:
        """End every viewing and write it down."""
        self._stopping = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()
        now = self._approvals.now()
        with self._lock:
            self._ended += [each.single.ended(now, "closed") for each in self._singles.values()]
            self._singles.clear()
            for glance in self._glances.values():
                while glance.hours.held:
                    glance.hours.hide(now)
            self._over += self._glances.values()
            self._glances.clear()
        try:
            self.flush()
        except StoreError:  # the store is closing under us; the next start ends these as lost
            log.exception("the call register of the cameras could not be closed")

    def begin(self, asking: Viewer, camera_id: str, why: Why, cut: Cut | None = None) -> Viewing:
        """Begin to watch one camera; its line is on disk when this returns, so not on a loop.

        Args:
            asking: Who; a signed-in account, for a wall has nobody who could say why.
            camera_id: Which.
            why: Purpose and reason.
            cut: Called, on a thread of ours, when the second person refuses: stop the pictures.

        Raises:
            NotThere, NotAllowed: The camera or the role is not the viewer's.
            ViewPurposeNeeded, ReasonNeeded: Purpose or reason are missing.
        """
        camera = may_watch(self._store, asking, camera_id)
        if asking.kind != "account":
            raise NotAllowed(role=asking.role, action="video.view")
        single = begin_single(self._approvals, asking, camera, why)
        with self._lock:
            self._singles[single.viewing_id] = _Open(single, cut)
        return Viewing(camera_id, "single", asking.actor, single.viewing_id, single.approval_id)

    def glance(self, asking: Viewer, community_id: str, camera_id: str) -> Viewing:
        """Note that a mosaic shows a camera to a viewer who may watch it (actions/watchable)."""
        now = self._approvals.now()
        with self._lock:
            held = self._current(asking.actor, camera_id, now)
            if held is None:
                made = Glance(asking, community_id, camera_id, Glances.begun(now))
                self._glances[asking.actor, camera_id] = made
            else:
                held.hours.show(now)
        return Viewing(camera_id, "wall", asking.actor)

    def end(self, viewing: Viewing) -> None:
        """End a viewing; harmless when done twice for a single one."""
        now = self._approvals.now()
        with self._lock:
            if viewing.mode == "single":
                gone = self._singles.pop(viewing.viewing_id, None)
                if gone is not None:
                    self._ended.append(gone.single.ended(now, "closed"))
            else:
                held = self._current(viewing.viewer, viewing.camera_id, now)
                if held is not None:
                    held.hours.hide(now)

    def open_now(self, community_id: str) -> list[Row]:
        """Return what is watched now: device_id, viewer, viewer_role, mode, purpose, started_at.

        The caller has checked the reader.
        """
        now = self._approvals.now()
        with self._lock:
            rows = [each.single.row() for each in self._singles.values()]
            rows += [each.row(now) for each in self._glances.values() if each.hours.held]
        mine = [row for row in rows if row["community_id"] == community_id]
        return sorted(mine, key=lambda row: (row["mode"], row["started_at"]))

    def flush(self) -> None:
        """Write down what has begun and ended; what a failing store refuses is tried again."""
        now = self._approvals.now()
        with self._flushing:
            with self._lock:
                for key in list(self._glances):
                    self._current(*key, now)
                ended, over = list(self._ended), list(self._over)
                fresh = [each for each in self._glances.values() if not each.written]
                begun = [(each, each.row(now)) for each in fresh]
            write_changes(self._store, ended, over, begun)
            with self._lock:
                self._ended = self._ended[len(ended) :]
                self._over = self._over[len(over) :]

    def look(self) -> None:
        """Cut off what a second person refused, then write down."""
        with self._lock:
            asked = {
                each.single.viewing_id: each.single.approval_id
                for each in self._singles.values()
                if each.single.approval_id
            }
        if asked:
            approval_ids = sorted(set(asked.values()))
            rows = self._store.rows("camera_viewing/refused", approval_ids=approval_ids)
            refused = {row["approval_id"] for row in rows}
            for viewing_id, approval_id in asked.items():
                if approval_id in refused:
                    self._refuse(viewing_id)
        self.flush()

    def _refuse(self, viewing_id: str) -> None:
        with self._lock:
            gone = self._singles.pop(viewing_id, None)
            if gone is None:
                return
            self._ended.append(gone.single.ended(self._approvals.now(), "refused"))
        if gone.cut is not None:
            gone.cut()

    def _current(self, actor: str, camera_id: str, now: datetime) -> Glance | None:
        """Return what is added up in the present hour, with the hours before it laid aside."""
        held = self._glances.get((actor, camera_id))
        if held is None or not held.hours.over(now):
            return held
        del self._glances[actor, camera_id]
        for after in held.hours.roll(now):
            self._over.append(held)
            held = Glance(held.asking, held.community_id, camera_id, after)
        if held.hours.over(now):
            self._over.append(held)
            return None
        self._glances[actor, camera_id] = held
        return held

    def _on_commit(self, commit: Commit) -> None:
        if any(noun == "approval" for noun, _ in commit.touched):
            self._wake.set()

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(self._flush_s)
            self._wake.clear()
            try:
                self.look()
            except Exception:  # the thread's top level: the next look tries again
                log.exception("the call register of the cameras could not be written")
