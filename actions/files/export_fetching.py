"""Makes, hands out and deletes the files of bulk exports (DOMAIN R16).

They are made when the asker first fetches them, sealed under a key of their own, and deleted with
that key a day after they were allowed. Who never fetches, never made a copy.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock

from actions.access import NotAllowed, NotThere
from actions.approvals import BY_TIME, Approvals, Row
from actions.auditing import line_for
from actions.files.bulk_export import ExportWish, append_export, extent_of, registers_for
from actions.files.consulting import local_day
from actions.files.export_files import SealedFiles, key_of
from actions.files.export_rows import read_rows
from data.audit import AuditLine
from data.transaction import Transaction
from rules.approvals import ApprovalSettled, one_of
from rules.errors import RuleViolation
from rules.spreadsheets import SheetTable, Watermark
from rules.viewer import Viewer

FORMATS = ("csv", "xlsx")
_making = Lock()


class ExportGone(RuleViolation):
    """The export is not allowed, or its day is over; ask anew."""

    code = "export_gone"


Render = Callable[[SheetTable, Watermark, str], bytes]


def fetch(
    approvals: Approvals,
    files: SealedFiles,
    viewer: Viewer,
    export_id: str,
    kind: str,
    render: Render,
) -> tuple[bytes, Row]:
    """Return an export's file for whoever asked for it, making it at the first time.

    Args:
        files: Where the sealed files lie.
        kind: A word of FORMATS.
        render: Writes a table as a file of that kind; exports/register_table.py.

    Raises:
        NotThere: It is not the viewer's own, or there is none.
        ExportGone: It is not allowed, or its day is over.
    """
    one_of(kind, FORMATS, "format")
    row = _own(approvals, viewer, export_id)
    if row["state"] not in ("allowed", "made") or row["expires_at"] <= approvals.now():
        raise ExportGone(state=row["state"])
    if row["register"] not in registers_for(viewer.role):  # the role was changed since
        raise NotAllowed(role=viewer.role, action="export.request")
    if approvals.keyring.state_of(key_of(export_id)) == "erased":  # an older backup came back
        raise ExportGone(state="deleted")
    with _making:
        row = _own(approvals, viewer, export_id)
        if row["state"] == "allowed":
            row = _make(approvals, files, viewer, row, render)
    content = files.read(export_id, kind)
    if content is None:
        raise ExportGone(state="deleted")
    _note_fetched(approvals, viewer, row, kind)
    return content, row


def delete_over(approvals: Approvals, files: SealedFiles) -> int:
    """Delete the files of exports whose day is over, and their keys; returns how many."""
    rows = approvals.store.rows("export_file/over", now=approvals.now())
    for row in rows:
        files.delete(row["export_id"])
        approvals.keyring.erase([key_of(row["export_id"])])
        _note_deleted(approvals, row)
    return len(rows)


def _note_deleted(approvals: Approvals, row: Row) -> None:
    at = approvals.now()
    after = {**row, "state": "deleted", "deleted_at": at}
    line = AuditLine(
        "export.delete",
        "done",
        BY_TIME,
        community_id=row["community_id"],
        subject_kind="export",
        subject_id=row["export_id"],
    )

    def unit(tx: Transaction) -> None:
        append_export(tx, after, "deleted", BY_TIME, at)
        approvals.audit.note(tx, line)

    approvals.store.write(unit).result()


def _make(
    approvals: Approvals, files: SealedFiles, viewer: Viewer, row: Row, render: Render
) -> Row:
    approval = approvals.store.rows("approval/one", approval_id=row["approval_id"])[0]
    wish = ExportWish(
        row["register"], approval["purpose"], "", row["area_id"], row["since"], row["until"]
    )
    extent = extent_of(approvals, viewer, row["community_id"], wish)
    now = approvals.now()
    today = local_day(approvals.store, row["community_id"], now)
    table = read_rows(approvals.store, approvals.keyring, extent, today)
    mark = Watermark(
        viewer.label or viewer.actor,
        now.astimezone(extent.zone).strftime("%Y-%m-%d %H:%M %Z"),
        approval["purpose"],
        len(table.rows),
        table.content_hash(),
    )
    hashes = {
        kind: files.write(row["export_id"], kind, render(table, mark, kind)) for kind in FORMATS
    }
    made = {
        **row,
        "state": "made",
        "row_count": len(table.rows),
        "csv_sha256": hashes["csv"],
        "xlsx_sha256": hashes["xlsx"],
        "made_at": now,
    }

    def unit(tx: Transaction) -> None:
        append_export(tx, made, "made", viewer.actor, now)
        detail = f"{row['register']}: {len(table.rows)}"
        approvals.audit.note(tx, _line(viewer, "export.make", row, approval["purpose"], detail))

    approvals.store.write(unit).result()
    return made


def _note_fetched(approvals: Approvals, viewer: Viewer, row: Row, kind: str) -> None:
    at = approvals.now()

    def unit(tx: Transaction) -> None:
        now = tx.rows("export_file/one", export_id=row["export_id"], approval_id=None)[0]
        if now["state"] != "made":
            raise ApprovalSettled(state=now["state"], step="fetch")
        after = {**now, "fetched": now["fetched"] + 1}
        append_export(tx, after, "fetched", viewer.actor, at)
        digest = row[f"{kind}_sha256"]
        detail = f"{kind} {row['row_count']} sha256 {digest}"
        approvals.audit.note(tx, _line(viewer, "export.fetch", row, None, detail))

    approvals.store.write(unit).result()


def _own(approvals: Approvals, viewer: Viewer, export_id: str) -> Row:
    rows = approvals.store.rows("export_file/one", export_id=export_id, approval_id=None)
    if not rows or viewer.kind != "account" or rows[0]["asked_by"] != viewer.actor:
        raise NotThere()
    if rows[0]["community_id"] not in viewer.community_ids:
        raise NotThere()
    return rows[0]


def _line(viewer: Viewer, action: str, row: Row, purpose: str | None, detail: str) -> AuditLine:
    return line_for(
        viewer,
        action,
        row["community_id"],
        subject_kind="export",
        subject_id=row["export_id"],
        purpose=purpose,
        detail=detail,
    )
