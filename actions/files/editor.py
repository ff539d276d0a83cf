"""Who edits files by hand: what they may write, and the line each change leaves in the audit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.access import NotAllowed, NotThere, reach
from actions.auditing import line_for
from actions.files.consulting import care_of
from data.audit import AuditChain
from data.store import Store
from data.transaction import Transaction
from rules.privacy import Action, may
from rules.viewer import Viewer

ACTION: Action = "person.write"


@dataclass(frozen=True, slots=True)
class Editor:
    """Who edits, with what, and when."""

    store: Store
    audit: AuditChain
    viewer: Viewer
    now: datetime

    def subject(self, subject_id: str) -> dict[str, Any]:
        """Return the whole current state of a file the viewer may write, with its kind.

        Raises:
            NotAllowed: The role writes no files.
            NotThere: No such file within reach.
        """
        viewer = self.viewer
        if not may(viewer.role, ACTION):
            raise NotAllowed(role=viewer.role, action=ACTION)
        rows = self.store.rows("files/subject", subject_id=subject_id)
        if not rows or rows[0]["community_id"] not in viewer.community_ids:
            raise NotThere()
        areas = reach(self.store, viewer, ACTION, rows[0]["community_id"])
        if areas is not None and rows[0]["area_id"] not in areas:
            raise NotThere()
        kind = rows[0]["kind"]
        return {**self.store.rows(f"{kind}/current", ids=[subject_id])[0], "kind": kind}

    def noting(
        self,
        action: str,
        community_id: str,
        kind: str,
        subject_id: str,
        field: str | None = None,
        purpose: str | None = None,
    ) -> Callable[[Transaction], None]:
        """Return what writes the audit line inside the unit that makes the change."""
        line = line_for(
            self.viewer,
            action,
            community_id,
            subject_kind=kind,
            subject_id=subject_id,
            field=field,
            purpose=purpose,
        )
        return lambda tx: self.audit.note(tx, line)

    def care(self, person_id: str) -> list[dict[str, Any]]:
        """Return the care register's row of a person, where there is one."""
        return list(care_of(self.store, [person_id]).values())
