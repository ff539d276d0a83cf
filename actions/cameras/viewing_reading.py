"""Reads the call register of cameras for those who audit, and writes down that they did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.access import NotAllowed, NotThere
from actions.auditing import line_for
from actions.cameras.viewing_rows import NOTE_OWNER
from actions.files.sealed_notes import notes_of
from data.audit import AuditChain
from data.keyring import Keyring
from data.store import Store
from rules.privacy import may
from rules.viewer import Viewer

Row = dict[str, Any]
BLOCK = 200


def read_viewings(
    store: Store,
    keyring: Keyring,
    audit: AuditChain,
    asking: Viewer,
    community_id: str,
    wanted: Mapping[str, Any],
) -> list[Row]:
    """Return lines of the call register, newest first, with their reasons.

    Args:
        store: The open store.
        keyring: Opens the reasons.
        audit: Takes a line saying that somebody reads.
        asking: Who; a role that may `audit.read`.
        community_id: Whose cameras.
        wanted: since, until, device_id, viewer, mode and before of camera_viewing/listing; what is
            missing asks for nothing.

    Raises:
        NotThere, NotAllowed: The community is not the viewer's, or the role may not audit.
    """
    if community_id not in asking.community_ids:
        raise NotThere(community=community_id)
    if not may(asking.role, "audit.read"):
        raise NotAllowed(role=asking.role, action="audit.read")
    names = ("since", "until", "device_id", "viewer", "mode", "before")
    used = [name for name in names if wanted.get(name)]
    audit.record(
        line_for(
            asking,
            "camera.viewings_read",
            community_id,
            subject_kind="camera" if wanted.get("device_id") else None,
            subject_id=wanted.get("device_id"),
            detail=f"filters {', '.join(used)}" if used else None,
        )
    ).result()
    parameters = {name: wanted.get(name) or None for name in names}
    rows = store.rows("camera_viewing/listing", community_id=community_id, most=BLOCK, **parameters)
    single = [row["viewing_id"] for row in rows if row["mode"] == "single"]
    reasons = notes_of(store, keyring, NOTE_OWNER, single)
    # Why kept pictures were looked at is what the second person read.
    asked = {row["viewing_id"]: row["approval_id"] for row in rows if row["mode"] == "kept"}
    words = notes_of(store, keyring, "approval", list(asked.values()))
    reasons |= {(each, "reason"): words.get((asked[each], "reason"), "") for each in asked}
    return [{**row, "reason": reasons.get((row["viewing_id"], "reason"))} for row in rows]
