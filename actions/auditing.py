"""Makes the lines of the audit: who, in which role and from where, beside what was done."""

from __future__ import annotations

from typing import Literal

from actions.access import current_origin
from data.audit import AuditLine
from rules.viewer import Viewer


def line_for(
    viewer: Viewer,
    action: str,
    community_id: str,
    *,
    result: Literal["done", "refused", "failed"] = "done",
    subject_kind: str | None = None,
    subject_id: str | None = None,
    field: str | None = None,
    case_id: str | None = None,
    purpose: str | None = None,
    reason: str | None = None,
    detail: str | None = None,
) -> AuditLine:
    """Return the line of one event, with the viewer's role and the address it came from.

    Args:
        viewer: Who did it or tried to.
        action: What, e.g. `person.unmask`; components/wording/audit.py has the words.
        community_id: Whose records.
        result: Whether it was done, refused or failed.
        subject_kind: Kind of the thing or person it was done to.
        subject_id: Its id.
        field: The one field, where it was one.
        case_id: The case it was done for.
        purpose: Purpose code.
        reason: Reason in the officer's words.
        detail: Further facts without personal values.
    """
    return AuditLine(
        action=action,
        result=result,
        actor=viewer.actor,
        role=viewer.role,
        community_id=community_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        field=field,
        case_id=case_id,
        purpose=purpose,
        reason=reason,
        origin=current_origin.get(),
        detail=detail,
    )
