"""Keeps the seconds before an alarm of the cameras nearest to it, once per alarm (ADR 0032).

The alarm is on disk before anything here begins, and nothing here can undo or delay it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from actions.approvals import BY_TIME, SYSTEM
from actions.auditing import line_for
from actions.cameras.strip_files import StripFiles
from cameras.model import Frame
from data.audit import AuditChain
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from data.writer import Commit
from rules.pre_event import MOST_A_DAY, Stood, before_alarm, near

log = logging.getLogger(__name__)

Row = dict[str, Any]
Pictures = Mapping[str, Sequence[Frame]]
NOUN = "alarm_strip"
SUBJECT = "alarm_pictures"  # what audit and approvals call the pictures of one alarm, by its id
WITHIN = timedelta(minutes=1)  # longer than the longest ring: an older alarm has no seconds left
_DAY = timedelta(days=1)


class Keeping:
    """What keeps pictures for one open store.

    Args:
        store: The open store.
        keyring: Makes the keys of what is kept.
        audit: Takes a line for every alarm of which something is kept.
        seconds: How far back before an alarm pictures are kept.
    """

    def __init__(self, store: Store, keyring: Keyring, audit: AuditChain, seconds: int) -> None:
        self._store, self._audit, self._seconds = store, audit, seconds
        self._files = StripFiles(store, keyring)

    def named(self) -> frozenset[str]:
        """Return the cameras whose records name them for it."""
        return frozenset(row["device_id"] for row in self._store.rows("camera/pre_event"))

    def keep(self, held: Pictures, now: datetime) -> int:
        """Keep what is held for every new alarm that has a camera near; returns how many strips.

        Call it in a thread.

        Args:
            held: Pictures by camera, the oldest first.
            now: The moment.

        Raises:
            StoreBusy: Try again soon with the same pictures; what was kept is not kept twice.
        """
        alarms = self._store.rows("alarm_strip/wanting", since=now - WITHIN) if held else []
        if not alarms:
            return 0
        cameras = self._store.rows("alarm_strip/cameras", device_ids=sorted(held))
        kept = 0
        for alarm in alarms:
            strips = self._strips(alarm, cameras, held)
            if strips and self._room(alarm["community_id"], len(strips), now):
                kept += self._save(alarm, strips)
        return kept

    def _strips(self, alarm: Row, cameras: list[Row], held: Pictures) -> dict[str, list[Frame]]:
        """Choose the cameras of an alarm, and of each the pictures from before it."""
        mine = [
            Stood(row["device_id"], row["lon"], row["lat"])
            for row in cameras
            if row["community_id"] == alarm["community_id"]
        ]
        found = {}
        for camera_id in near(alarm["device_id"], alarm["lon"], alarm["lat"], mine):
            frames = held[camera_id]
            taken_ms = [frame.captured_ms for frame in frames]
            chosen = before_alarm(taken_ms, alarm["raised_at"], self._seconds)
            if chosen:
                found[camera_id] = [frames[index] for index in chosen]
        return found

    def _room(self, community_id: str, more: int, now: datetime) -> bool:
        since = now - _DAY
        rows = self._store.rows("alarm_strip/kept_since", community_id=community_id, since=since)
        if rows[0]["n"] + more <= MOST_A_DAY:
            return True
        log.error("community %s kept %d strips within a day: no more", community_id, rows[0]["n"])
        return False

    def _save(self, alarm: Row, strips: dict[str, list[Frame]]) -> int:
        ids: list[str] = self._store.write(lambda tx: list(tx.ids(len(strips)))).result()
        kept = False
        try:
            rows = []
            for strip_id, (camera_id, frames) in zip(ids, strips.items(), strict=True):
                sha256 = self._files.write(strip_id, [frame.jpeg for frame in frames])
                rows.append(_row(strip_id, alarm, camera_id, frames, sha256))
            kept = self._store.write(lambda tx: self._write(tx, alarm, rows)).result()
        finally:
            if not kept:
                self._files.delete(ids)
        return len(ids) if kept else 0

    def _write(self, tx: Transaction, alarm: Row, rows: list[Row]) -> bool:
        """Write all strips of an alarm; False where it has some already."""
        if tx.rows("alarm_strip/of_alarm", alarm_id=alarm["alarm_id"]):
            return False
        tx.append(NOUN, [{**row, "happened_at": tx.now} for row in rows])
        line = line_for(
            SYSTEM,
            "camera.keep",
            alarm["community_id"],
            subject_kind=SUBJECT,
            subject_id=alarm["alarm_id"],
            detail=", ".join(f"{row['device_id']}: {row['pictures']}" for row in rows),
        )
        self._audit.note(tx, replace(line, actor=BY_TIME))
        return True


def sweep_strips(store: Store, keyring: Keyring) -> None:
    """Destroy kept pictures that belong to nothing; call it at a start, in a thread."""
    kept = {row["strip_id"] for row in store.rows("alarm_strip/ids")}
    swept = StripFiles(store, keyring).sweep(kept)
    if swept:
        log.warning("%d strips of pictures belonged to no alarm and were destroyed", swept)


def touches_alarms(commit: Commit) -> bool:
    """Tell whether a commit may have raised an alarm."""
    return any(noun == "alarm" for noun, _ in commit.touched)


def _row(strip_id: str, alarm: Row, camera_id: str, frames: Sequence[Frame], sha256: str) -> Row:
    taken_ms = [frame.captured_ms for frame in frames]
    return {
        "event_kind": "kept",
        "actor": BY_TIME,
        "strip_id": strip_id,
        "alarm_id": alarm["alarm_id"],
        "community_id": alarm["community_id"],
        "device_id": camera_id,
        "first_at": _at(taken_ms[0]),
        "last_at": _at(taken_ms[-1]),
        "pictures": len(frames),
        "moments": json.dumps(taken_ms),
        "size_bytes": sum(len(frame.jpeg) for frame in frames),
        "sha256": sha256,
    }


def _at(unix_ms: int) -> datetime:
    return datetime.fromtimestamp(unix_ms / 1_000, UTC)
