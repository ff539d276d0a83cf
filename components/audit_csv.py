"""Lines of the audit as a CSV file that no spreadsheet takes for formulas.

OWASP, CSV Injection: a cell that begins like a formula gets an apostrophe in front. The first row
is a watermark: who took the copy, when and why.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from components.audit_table import actor_words, field_words
from components.case_history import local_time
from components.wording import named, text
from rules.spreadsheets import safe_cell

COLUMNS = (
    "seq", "event", "at", "action", "result", "actor", "actor_code", "subject_kind", "subject",
    "field", "case", "purpose", "why", "origin", "detail",
)  # fmt: skip


def audit_csv(rows: Sequence[Mapping[str, Any]], zone: ZoneInfo, watermark: str) -> str:
    """Return lines as CSV with a byte order mark, so that spreadsheets read Chinese.

    Reasons sealed under a person's key are left out: a file could not be forgotten with them.

    Args:
        rows: Rows of data/sql/audit/lines.sql; a sealed reason as None with `sealed` True.
        zone: Time zone times are written in.
        watermark: Who took the copy, when and why.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([safe_cell(watermark)])
    writer.writerow([safe_cell(text(f"audit.column_{name}")) for name in COLUMNS])
    for row in rows:
        writer.writerow([safe_cell(value) for value in _values(row, zone)])
    return "\ufeff" + file.getvalue()


def _values(row: Mapping[str, Any], zone: ZoneInfo) -> list[object]:
    return [
        row["seq"],
        row["event_id"],
        local_time(row["happened_at"], zone, seconds=True),
        named("audit.action", row["action"]),
        named("audit.result", row["result"]),
        actor_words(row),
        row["actor"],
        named("audit.subject", row["subject_kind"]) if row["subject_kind"] else "",
        row["subject_id"],
        field_words(row["field"]) if row["field"] else "",
        row["case_id"],
        named("purpose", row["purpose"]) if row["purpose"] else "",
        text("audit.reason_sealed") if row.get("sealed") else row["reason"],
        row["origin"],
        row["detail"],
    ]
