"""Says which scenes the hub has to watch, how each is watched now, and what stands before a camera.

Whoever draws a scene needs to see where the lane lies, not who walks on it: the picture drawn on is
the ground of the camera, small, grey and without those who pass, and each is audited (ADR 0030).
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any, cast

from actions.access import NotAllowed, NotThere
from actions.auditing import line_for
from actions.cameras.glimpse import HubMissing, ground_of, lent_hub
from cameras.model import CameraError, CameraScenes, CameraUnknown, SceneState
from data.audit import AuditChain
from data.store import Store
from data.writer import Commit
from rules.errors import RuleViolation
from rules.privacy import may
from rules.scenes import Direction, Scene, SceneKind, points_of
from rules.viewer import Viewer

log = logging.getLogger(__name__)
_NOUNS = frozenset({"scene", "camera", "device", "community"})


class GroundMissing(RuleViolation):
    """The camera gives no picture now, or too few of them; look at its record or wait."""

    code = "scene_ground_missing"


def watched_scenes(store: Store) -> dict[str, CameraScenes]:
    """Return the scenes of all cameras in use, by device id."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in store.rows("scene/watched"):
        found.setdefault(row["device_id"], []).append(row)
    return {
        device_id: CameraScenes(rows[0]["community_id"], rows[0]["timezone"], _scenes(rows))
        for device_id, rows in found.items()
    }


def touches_scenes(commit: Commit) -> bool:
    """Tell whether a commit may have changed what `watched_scenes` returns, or its cameras."""
    return any(noun in _NOUNS for noun, _ in commit.touched)


def scene_states(store: Store, scene_ids: Iterable[str]) -> dict[str, SceneState]:
    """Return how each scene is watched now; none where no cameras are read here."""
    try:
        scenes = lent_hub(store).scenes
    except HubMissing:
        return {}
    return {scene_id: scenes.state(scene_id) for scene_id in scene_ids}


def detector_trouble(store: Store) -> str:
    """Return why the operator's model is not used, a code; empty where nothing is wrong."""
    try:
        return lent_hub(store).detector.trouble
    except HubMissing:
        return ""


def scene_ground(store: Store, audit: AuditChain, asking: Viewer, camera_id: str) -> bytes:
    """Return the ground of a camera for drawing on it: a JPEG; blocks for some seconds.

    Raises:
        NotThere, NotAllowed: It is not the viewer's, or the role keeps no records.
        GroundMissing: It gives no pictures, or no cameras are read here.
    """
    rows = store.rows("camera/device", device_id=camera_id)
    if not rows or rows[0]["community_id"] not in asking.community_ids:
        raise NotThere(camera=camera_id)
    if not may(asking.role, "config.write"):
        raise NotAllowed(role=asking.role, action="config.write")
    try:
        ground = ground_of(store, camera_id)
    except (HubMissing, CameraError, TimeoutError) as missing:
        code = "no_source" if isinstance(missing, CameraUnknown) else "no_frame"
        raise GroundMissing(reason=code) from None
    here = rows[0]["community_id"]
    line = line_for(asking, "scene.look", here, subject_kind="camera", subject_id=camera_id)
    audit.record(line).result()
    return ground


def _scenes(rows: list[dict[str, Any]]) -> tuple[Scene, ...]:
    drawn = []
    for row in rows:
        first, last = row["open_minute"], row["close_minute"]
        try:
            drawn.append(
                Scene(
                    row["scene_id"],
                    row["device_id"],
                    cast(SceneKind, row["kind"]),
                    points_of(row["points"]),
                    cast(Direction, row["direction"]),
                    None if first is None or last is None else (first, last),
                    row["seconds"],
                    row["sensitivity"],
                )
            )
        except RuleViolation as wrong:  # drawn under rules of another version
            log.error("the scene %s cannot be watched: %s", row["scene_id"], wrong.code)
    return tuple(drawn)
