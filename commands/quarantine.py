"""`quarantine`: lists the rows that could not be taken, with where they stood and why."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

from commands.context import Context
from rules.spreadsheets import safe_cell

COLUMNS = (
    "recorded_at",
    "community_id",
    "source",
    "kind",
    "file",
    "row_number",
    "code",
    "field",
    "message",
    "raw",
)
SHOWN_RAW_CHARS = 120


def run_quarantine(
    context: Context,
    community_id: str | None = None,
    source: str | None = None,
    since: str | None = None,
    as_csv: bool = False,
) -> int:
    """Print the listing, oldest first.

    Args:
        context: The open store and where the words go.
        community_id: Only this community.
        source: Only this source, e.g. "files:boston311", "files" or "boston311".
        since: Only rows set aside at or after this ISO 8601 time; UTC where it has no offset.
        as_csv: One CSV row per quarantined row, whole raw rows, header first.

    Returns:
        0, or 2 where `since` is no time.
    """
    try:
        moment = None if since is None else _utc(since)
    except ValueError:
        context.err(f"--since {since!r} is not a time like 2024-05-01T08:30+08:00")
        return 2
    rows = context.store.rows(
        "quarantine/listing", community_id=community_id, source=source, since=moment
    )
    if as_csv:
        context.out(_csv_line(COLUMNS))
        for row in rows:
            context.out(_csv_line([_cell(row[column]) for column in COLUMNS]))
        return 0
    for row in rows:
        context.out(_line(row))
    context.err(f"{len(rows)} rows.")
    return 0


def _utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _line(row: dict[str, Any]) -> str:
    place = f"{row['file'] or row['source']}:{row['row_number'] or '-'}"
    fault = f"{row['code']}" + (f" [{row['field']}]" if row["field"] else "")
    raw = _one_line(row["raw"])
    shown = raw if len(raw) <= SHOWN_RAW_CHARS else raw[: SHOWN_RAW_CHARS - 1] + "…"
    at = row["recorded_at"].strftime("%Y-%m-%dT%H:%M:%SZ")
    return f"{at} {row['community_id']} {place} {fault} {row['message']} | {shown}"


def _one_line(text: str) -> str:
    # Control characters of a hostile row must not reach a terminal.
    return "".join(c if c.isprintable() else " " for c in text)


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return safe_cell(value)


def _csv_line(cells: tuple[str, ...] | list[str]) -> str:
    buffer = io.StringIO()
    # A line end inside a cell is quoted only where it is the writer's own: unquoted, what stands
    # behind it would begin a row, and could begin it with a formula.
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n")
