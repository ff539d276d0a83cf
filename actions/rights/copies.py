"""Hands out the copy a person on record asked for, once it is approved; each time in the audit.

The copy is collected anew whenever it is fetched and kept nowhere.
"""

from __future__ import annotations

from dataclasses import replace

from actions.access import NotThere
from actions.approvals import Approvals, Row
from actions.rights.requests import RightsDesk, request_line
from actions.rights.subject_copy import collect
from rules.approvals import one_of
from rules.rights import APPROVALS, ApprovalNeeded, RequestSettled
from rules.subject_copy import SubjectCopy
from rules.viewer import Viewer

FORMATS = ("pdf", "json")
HANDED_OUT = ("view", "copy", "accesses")


def copy_for(
    approvals: Approvals, viewer: Viewer, request_id: str, kind: str
) -> tuple[RightsDesk, Row, SubjectCopy]:
    """Return what a request may hand out now, with its desk and its row.

    Args:
        viewer: Who handles the request.
        kind: A word of FORMATS; who asked to see is shown paper, no file.

    Raises:
        NotThere: No such request in a community of the viewer, or nobody is meant, or erased.
        NotAllowed: The role does not handle requests.
        ApprovalNeeded: The second person has not said yes.
        RequestSettled: It is closed, or hands out nothing.
    """
    one_of(kind, FORMATS, "format")
    found = approvals.store.rows("rights_request/one", request_id=request_id, approval_id=None)
    if not found:
        raise NotThere()
    row = found[0]
    desk = RightsDesk.open(approvals, viewer, row["community_id"])
    if row["person_id"] is None:
        raise NotThere()
    if row["kind"] not in HANDED_OUT or (kind == "json" and row["kind"] == "view"):
        raise RequestSettled(state=row["state"], step="copy")
    needed = row["kind"] in APPROVALS
    if needed and row["state"] in ("open", "waiting"):
        raise ApprovalNeeded(kind=row["kind"])
    if row["state"] != ("granted" if needed else "open"):
        raise RequestSettled(state=row["state"], step="copy")
    copy = collect(
        approvals.store,
        approvals.keyring,
        row["community_id"],
        row["person_id"],
        approvals.now(),
    )
    if row["kind"] == "accesses":
        copy = replace(copy, values=(), consents=(), changes=(), visit_every_days=None)
    return desk, row, copy


def note_copy(desk: RightsDesk, row: Row, kind: str, digest: str) -> None:
    """Write down that a copy is handed out; on disk before anybody gets it."""
    line = request_line(
        desk.viewer,
        "rights.copy",
        row,
        detail=f"{row['kind']} {row['request_id']} {kind} sha256 {digest}",
    )
    desk.approvals.audit.record(line).result()
