"""Attaches a still picture of a camera to a case, once a second person has agreed (R15, ADR 0029).

The picture is taken when it is asked for, because the scene will not wait. Until it is agreed to,
it belongs to no case, and no page or route shows it; refused, withdrawn or lapsed, it is deleted.
"""

from __future__ import annotations

import hashlib
import json

from actions.access import NotAllowed
from actions.approvals import BY_TIME, Approvals, Row, Wish, append_approval
from actions.cameras.glimpse import glimpse
from actions.cameras.watchable import may_watch
from actions.cases.access import reached_case
from actions.cases.photo_files import photo_files
from actions.images import clean_image
from cameras.model import CameraUnknown
from data.transaction import Transaction
from rules.approvals import reason_text
from rules.cameras import CHOSEN_PURPOSES, ViewPurposeNeeded
from rules.errors import RuleViolation
from rules.privacy import may
from rules.viewer import Viewer

SUBJECT = "camera_still"
KIND = "camera"


class StillMissing(RuleViolation):
    """The camera gives no picture now; `reason` says why."""

    code = "still_missing"


def ask_still(
    approvals: Approvals, asking: Viewer, case_id: str, camera_id: str, purpose: str, reason: str
) -> str:
    """Take a picture and ask a second person to let it into the case; returns the approval's id.

    Blocks for some seconds while the camera answers: never call it on the event loop.

    Args:
        purpose: A code of rules/cameras.CHOSEN_PURPOSES.
        reason: Why, in the officer's words.

    Raises:
        NotThere, NotAllowed: The case or the camera is not the viewer's.
        ViewPurposeNeeded, ReasonNeeded: Purpose or reason are missing.
        StillMissing, HubMissing, ImageRefused: There is no picture.
    """
    store = approvals.store
    here, camera = reached_case(store, asking, case_id), may_watch(store, asking, camera_id)
    if not may(asking.role, "case.write") or here["community_id"] != camera.community_id:
        raise NotAllowed(role=asking.role, action="case.write")
    if purpose not in CHOSEN_PURPOSES:
        raise ViewPurposeNeeded()
    words = reason_text(reason)
    try:
        seen = glimpse(store, camera_id)
    except CameraUnknown:
        raise StillMissing(reason="no_source") from None
    if seen.frame is None:
        raise StillMissing(reason=seen.condition.reason or seen.condition.state)
    image = clean_image(seen.frame.jpeg)
    photo_id: str = store.write(lambda tx: tx.ids(1)[0]).result()
    detail = {
        "camera": camera.name_zh,
        "case": case_id,
        "source": camera_id,
        "width": image.width,
        "height": image.height,
        "size_bytes": len(image.jpeg),
        "sha256": hashlib.sha256(image.jpeg).hexdigest(),
    }
    photo_files(store).write(photo_id, image.jpeg)
    wish = Wish("camera_retrieval", camera.community_id, SUBJECT, photo_id, purpose, words, detail)
    try:
        return approvals.ask(asking, wish)
    except BaseException:
        photo_files(store).delete([photo_id])
        raise


def settled(tx: Transaction, row: Row) -> None:
    """Put the picture into its case where the second person agreed; in the unit that decides."""
    if row["state"] != "confirmed" or row["subject_kind"] != SUBJECT:
        return
    detail = json.loads(row["detail"] or "{}")
    photo = {
        "event_kind": "added",
        "happened_at": row["asked_at"],
        "actor": row["asked_by"],
        "photo_id": row["subject_id"],
        "case_id": detail["case"],
        "community_id": row["community_id"],
        "kind": KIND,
        "source_id": f"{detail['source']}/{row['subject_id']}",
        **{name: detail[name] for name in ("width", "height", "size_bytes", "sha256")},
    }
    tx.append("case_photo", [photo])


def drop_refused(approvals: Approvals) -> int:
    """Delete pictures nobody agreed to; returns how many. The clock does it every few seconds."""
    rows = approvals.store.rows("camera/stills_refused", kind=SUBJECT)
    for row in rows:
        photo_files(approvals.store).delete([row["subject_id"]])
        _note_dropped(approvals, row["approval_id"])
    return len(rows)


def _note_dropped(approvals: Approvals, approval_id: str) -> None:
    at = approvals.now()

    def unit(tx: Transaction) -> None:
        now = tx.rows("approval/one", approval_id=approval_id)[0]
        append_approval(tx, now, "carried_out", BY_TIME, at, carried_out_at=at)

    approvals.store.write(unit).result()
