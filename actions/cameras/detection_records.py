"""Keeps what a scene found beside its alarm, and shows it to whoever sees the alarm (ADR 0030).

The picture is sealed under a key of its own, which goes after 30 days (actions/rights), and is for
who may watch cameras only; each look at it is audited.
"""

from __future__ import annotations

import base64
import json
import logging
import uuid
from collections.abc import Collection
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from actions.access import NotAllowed, NotThere
from actions.alarms.reading import alarm_in_reach
from actions.auditing import line_for
from data.audit import AuditChain
from data.keyring import Keyring
from data.keyring_errors import KeyringError
from data.store import Store
from data.transaction import Transaction
from rules.detections import Evidence
from rules.privacy import may
from rules.viewer import Viewer

log = logging.getLogger(__name__)
Row = dict[str, Any]
FIELD = "picture"
# Ours: who crosses a line all day fills no disk. The record itself is always kept.
PICTURE_EVERY = timedelta(minutes=1)
MOST_PICTURES = 100  # of one scene in one alarm
_NAMESPACE = uuid.UUID("5d0f8f5e-6f0c-4a51-9d5b-0b5a3a3f6a25")  # ours, of no meaning


@dataclass(frozen=True, slots=True)
class Found:
    """A detection whose alarm is on disk.

    Attributes:
        alarm_id: The alarm it raised or repeated.
        scene_id: The scene that found it.
        camera_id: Our id of the camera.
        finding: obstruction, crossing, motion or water.
        at: When it began, aware.
        evidence: What it was found by.
    """

    alarm_id: str
    community_id: str
    scene_id: str
    camera_id: str
    finding: str
    at: datetime
    evidence: Evidence

    @property
    def detection_id(self) -> str:
        """The same however often it is told."""
        name = f"{self.alarm_id}/{self.scene_id}/{self.at.timestamp():.3f}"
        return str(uuid.uuid5(_NAMESPACE, name))


def keep_detection(store: Store, keyring: Keyring, found: Found) -> Future[None]:
    """Put a detection on record, once; the alarm it belongs to is on disk already.

    Where a scene has told of the same alarm within PICTURE_EVERY, or MOST_PICTURES times, it is
    kept without its picture.

    Raises:
        StoreBusy: Tell it again.
    """
    known = bool(store.rows("detection/known", detection_id=found.detection_id))
    pictured = found.evidence.picture and not known and _picture_due(store, found)
    row = _row(found, _sealed(keyring, found) if pictured else None)

    def unit(tx: Transaction) -> None:
        if not tx.rows("detection/known", detection_id=row["detection_id"]):
            tx.insert("detection", [{**row, "recorded_at": tx.now}])
            tx.touch("alarm", found.community_id)

    return store.write(unit)


def detections_of(store: Store, alarm_ids: Collection[str]) -> dict[str, list[Row]]:
    """Return rows of detection/of_alarms by alarm; the caller has checked who reads the alarms.

    `parameters` is a dictionary here; no picture is among it.
    """
    found: dict[str, list[Row]] = {}
    if alarm_ids:
        for row in store.rows("detection/of_alarms", alarm_ids=sorted(alarm_ids)):
            parameters = json.loads(row["parameters"])
            found.setdefault(row["alarm_id"], []).append({**row, "parameters": parameters})
    return found


def detection_picture(
    store: Store,
    keyring: Keyring,
    audit: AuditChain,
    asking: Viewer,
    alarm_id: str,
    detection_id: str,
    now: datetime,
) -> bytes:
    """Return the grey JPEG of a detection; that it was looked at is on the audit by then.

    Raises:
        NotThere: There is no such alarm for this viewer, or no picture any more.
        NotAllowed: The role may not watch cameras.
    """
    here = alarm_in_reach(store, asking, alarm_id, now)
    if not may(asking.role, "video.view"):
        raise NotAllowed(role=asking.role, action="video.view")
    rows = store.rows("detection/picture", alarm_id=alarm_id, detection_id=detection_id)
    picture = keyring.open_sealed(detection_id, FIELD, rows[0]["sealed"]) if rows else None
    if picture is None:
        raise NotThere(detection=detection_id)
    line = line_for(
        asking,
        "detection.look",
        here["community_id"],
        subject_kind="alarm",
        subject_id=alarm_id,
        case_id=here["case_id"],
        detail=rows[0]["device_id"],
    )
    audit.record(line).result()
    return base64.b64decode(picture)


def _picture_due(store: Store, found: Found) -> bool:
    about = {"alarm_id": found.alarm_id, "scene_id": found.scene_id}
    (before,) = store.rows("detection/pictures", **about)
    last_at = before["last_at"]
    rested = last_at is None or found.at - last_at >= PICTURE_EVERY
    return bool(rested and before["n"] < MOST_PICTURES)


def _sealed(keyring: Keyring, found: Found) -> str | None:
    """Return the sealed picture; its key is durable by then, as a unit may be replayed."""
    clear = base64.b64encode(found.evidence.picture).decode()
    try:
        keyring.create([found.detection_id])
        return keyring.seal(found.detection_id, FIELD, clear)
    except KeyringError:
        log.exception("the picture of a detection could not be sealed and is not kept")
        return None


def _row(found: Found, sealed: str | None) -> Row:
    evidence = found.evidence
    return {
        "detection_id": found.detection_id,
        "community_id": found.community_id,
        "alarm_id": found.alarm_id,
        "scene_id": found.scene_id,
        "device_id": found.camera_id,
        "finding": found.finding,
        "found_at": found.at,
        "method": evidence.method,
        "parameters": json.dumps(dict(evidence.parameters), sort_keys=True),
        "confidence": evidence.confidence,
        "thing": evidence.thing,
        "thing_confidence": evidence.thing_confidence,
        "width": evidence.width if sealed else None,
        "height": evidence.height if sealed else None,
        "sealed": sealed,
    }
