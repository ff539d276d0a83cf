"""Writes the lines of the call register of cameras, with the reason sealed apart from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from actions.approvals import Approvals, Wish
from actions.auditing import line_for
from actions.cameras.watchable import Watchable
from actions.files.sealed_notes import keep_note, seal_note
from data.store import Store
from data.transaction import Transaction
from rules.approvals import reason_text
from rules.camera_glances import Glances
from rules.cameras import (
    VIEW_PURPOSES,
    ViewPurposeNeeded,
    needs_second_person,
    still_covered,
)
from rules.viewer import Viewer

Row = dict[str, Any]
NOTE_OWNER = "camera_viewing"


@dataclass(frozen=True, slots=True)
class Why:
    """Why somebody watches one camera: a code of rules/cameras.VIEW_PURPOSES, and own words."""

    purpose: str
    reason: str


@dataclass(frozen=True, slots=True)
class Single:
    """One camera watched by itself, as its line says."""

    viewing_id: str
    community_id: str
    device_id: str
    viewer: str
    viewer_role: str
    purpose: str
    started_at: datetime
    approval_id: str | None = None
    ended_at: datetime | None = None
    outcome: str | None = None

    def ended(self, now: datetime, outcome: str) -> Single:
        """Return it with its end."""
        return replace(self, ended_at=now, outcome=outcome)

    def row(self) -> Row:
        """Return what its event says."""
        ended = self.ended_at
        return {
            "viewing_id": self.viewing_id,
            "community_id": self.community_id,
            "device_id": self.device_id,
            "mode": "single",
            "viewer": self.viewer,
            "viewer_role": self.viewer_role,
            "purpose": self.purpose,
            "approval_id": self.approval_id,
            "started_at": self.started_at,
            "ended_at": ended,
            "seconds": (ended - self.started_at).total_seconds() if ended else None,
            "glances": 1,
            "outcome": self.outcome,
        }


@dataclass(slots=True)
class Glance:
    """One camera in a viewer's mosaics within an hour.

    Attributes:
        viewing_id: Its line; empty until it is written.
    """

    asking: Viewer
    community_id: str
    device_id: str
    hours: Glances
    viewing_id: str = ""

    @property
    def written(self) -> bool:
        """Whether its line is on disk."""
        return bool(self.viewing_id)

    def row(self, now: datetime | None = None) -> Row:
        """Return what its event says: so far where `now` is given, else all of the hour."""
        over = now is None
        return {
            "viewing_id": self.viewing_id,
            "community_id": self.community_id,
            "device_id": self.device_id,
            "mode": "wall",
            "viewer": self.asking.actor,
            "viewer_role": self.asking.role,
            "started_at": self.hours.started_at,
            "ended_at": self.hours.last_at if over else None,
            "seconds": self.hours.seconds if over else None,
            "glances": self.hours.count,
            "outcome": "closed" if over else None,
        }


def begin_single(approvals: Approvals, asking: Viewer, camera: Watchable, why: Why) -> Single:
    """Write down that somebody begins to watch a camera, and ask the second person where needed.

    Raises:
        ViewPurposeNeeded, ReasonNeeded: Purpose or reason are missing.
    """
    if why.purpose not in VIEW_PURPOSES:
        raise ViewPurposeNeeded()
    reason, now = reason_text(why.reason), approvals.now()
    viewing_id: str = approvals.store.write(lambda tx: tx.ids(1)[0]).result()
    note = seal_note(
        approvals.keyring, NOTE_OWNER, viewing_id, "reason", camera.community_id, None, reason
    )
    single = Single(
        viewing_id,
        camera.community_id,
        camera.camera_id,
        asking.actor,
        asking.role,
        why.purpose,
        now,
        _covering(approvals.store, asking, camera, now),
    )
    line = line_for(
        asking,
        "camera.view",
        camera.community_id,
        subject_kind="camera",
        subject_id=camera.camera_id,
        purpose=why.purpose,
        reason=reason,
        detail=f"{camera.legal_class or 'unclassified'} {viewing_id}",
    )

    def unit(tx: Transaction, approval_id: str | None = single.approval_id) -> None:
        _append(tx, "begun", asking.actor, now, replace(single, approval_id=approval_id).row())
        keep_note(tx, note, now)
        approvals.audit.note(tx, line)

    if single.approval_id or not needs_second_person(camera.legal_class, "single"):
        approvals.store.write(unit).result()
        return single
    detail = {"camera": camera.name_zh, "legal_class": camera.legal_class or ""}
    wish = Wish(
        "live_view", camera.community_id, NOTE_OWNER, viewing_id, why.purpose, reason, detail
    )
    return replace(single, approval_id=approvals.ask(asking, wish, unit))


def write_changes(
    store: Store,
    ended: Sequence[Single],
    over: Sequence[Glance],
    begun: Sequence[tuple[Glance, Row]],
) -> None:
    """Write what has changed as one unit of work.

    Args:
        ended: Single viewings with their ends.
        over: Mosaics' hours that are over.
        begun: Mosaics' hours that have no line yet, as they were when looked at.
    """
    if not (ended or over or begun):
        return

    def unit(tx: Transaction) -> list[str]:
        ids = tx.ids(len(begun))
        first = [each for each in over if not each.written]
        late = dict(zip(map(id, first), tx.ids(len(first)), strict=True))
        rows = [
            {**_stamp("begun", glance.asking.actor, tx.now), **row, "viewing_id": viewing_id}
            for (glance, row), viewing_id in zip(begun, ids, strict=True)
        ]
        for each in over:
            viewing_id = each.viewing_id or late[id(each)]
            stamp = _stamp("ended", each.asking.actor, tx.now)
            rows.append({**stamp, **each.row(), "viewing_id": viewing_id})
        rows += [{**_stamp("ended", each.viewer, tx.now), **each.row()} for each in ended]
        tx.append(NOTE_OWNER, rows)
        return ids

    for (glance, _), viewing_id in zip(begun, store.write(unit).result(), strict=True):
        glance.viewing_id = viewing_id


def close_left_open(store: Store) -> None:
    """Write down as lost what was open when the program stopped; how long it was is unknown."""
    if not store.rows("camera_viewing/unended"):
        return

    def unit(tx: Transaction) -> None:
        stamp = {**_stamp("ended", "system", tx.now), "ended_at": tx.now, "outcome": "lost"}
        tx.append(NOTE_OWNER, [{**row, **stamp} for row in tx.rows("camera_viewing/unended")])

    store.write(unit).result()


def _covering(store: Store, asking: Viewer, camera: Watchable, now: datetime) -> str | None:
    """Return the confirmation of a viewing just before, where it still covers this one."""
    if not needs_second_person(camera.legal_class, "single"):
        return None
    rows = store.rows("camera_viewing/covering", viewer=asking.actor, device_id=camera.camera_id)
    if rows and still_covered(rows[0]["asked_at"], rows[0]["state"], now):
        return str(rows[0]["approval_id"])
    return None


def _append(tx: Transaction, event_kind: str, actor: str, at: datetime, row: Row) -> None:
    tx.append(NOTE_OWNER, [{**_stamp(event_kind, actor, at), **row}])


def _stamp(event_kind: str, actor: str, at: datetime) -> Row:
    return {"event_kind": event_kind, "actor": actor, "happened_at": at}
