"""Tests whether a camera answers, for whoever keeps the records; shows no picture."""

from __future__ import annotations

from dataclasses import dataclass

from actions.access import CLI, NotAllowed, NotThere
from actions.auditing import line_for
from actions.cameras.glimpse import WAIT_S, glimpse
from cameras.model import CameraUnknown, State
from data.audit import AuditChain
from data.store import Store
from rules.privacy import may
from rules.viewer import Viewer

NO_SOURCE = "no_source"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a test found.

    Attributes:
        answers: Whether a picture came.
        state: How the camera was then, a code of cameras/model.State.
        reason: Why it did not answer, a code of cameras/reasons or no_source; empty where it did.
        width: Pixels of the picture, 0 without one.
        height: Pixels.
        waited_s: How long it took.
    """

    answers: bool
    state: State
    reason: str
    width: int
    height: int
    waited_s: float


def try_camera(
    store: Store, audit: AuditChain, asking: Viewer, camera_id: str, wait_s: float = WAIT_S
) -> Verdict:
    """Look at a camera once and say how it was; blocks for some seconds.

    Raises:
        NotThere, NotAllowed: It is not the viewer's, or the role keeps no records.
        HubMissing: No cameras are read here.
    """
    rows = store.rows("camera/device", device_id=camera_id)
    if not rows:
        raise NotThere(camera=camera_id)
    if asking is not CLI:
        if rows[0]["community_id"] not in asking.community_ids:
            raise NotThere(camera=camera_id)
        if not may(asking.role, "config.write"):
            raise NotAllowed(role=asking.role, action="config.write")
    verdict = _verdict(store, camera_id, wait_s)
    line = line_for(
        asking,
        "camera.test",
        rows[0]["community_id"],
        result="done" if verdict.answers else "failed",
        subject_kind="camera",
        subject_id=camera_id,
        detail=verdict.reason or verdict.state,
    )
    audit.record(line).result()
    return verdict


def _verdict(store: Store, camera_id: str, wait_s: float) -> Verdict:
    try:
        seen = glimpse(store, camera_id, wait_s)
    except CameraUnknown:
        return Verdict(False, "unknown", NO_SOURCE, 0, 0, 0.0)
    frame, condition = seen.frame, seen.condition
    if frame is not None:
        return Verdict(True, condition.state, "", frame.width, frame.height, seen.waited_s)
    return Verdict(False, condition.state, condition.reason or "no_frame", 0, 0, seen.waited_s)
