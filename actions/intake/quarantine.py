"""Sets rows aside that could not be taken, once each, with where they stood and why.

Of a row about people or cameras only the shape is kept, enough to find the mistake in the sender's
own sheet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

import pyarrow as pa

from data.store import Store
from data.transaction import Transaction
from rules.camera_record import REFUSALS as CAMERA_REFUSALS
from rules.records import WITHHELD_KINDS
from rules.residents import REFUSALS

# Refusals whose sentence never quotes the row.
SILENT_CODES = frozenset(
    {
        *REFUSALS,
        *CAMERA_REFUSALS,
        "consent_missing",
        "subject_erased",
        "reference_unknown",
        "field_missing",
    }
)
RAW_LIMIT = 2_000  # characters; a longer row is cut and ends in an ellipsis


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """One row set aside.

    Attributes:
        row_number: Row in the file or position in the batch, from 1; the header is row 1.
        code: Reason code, snake_case.
        field: Field at fault, or None where the row as a whole is.
        message: What is wrong, in English.
        raw: The row as received.
    """

    row_number: int | None
    code: str
    field: str | None
    message: str
    raw: str


def set_aside(
    store: Store,
    community_id: str,
    source: str,
    kind: str,
    file: str | None,
    rejected: Sequence[QuarantinedRow],
) -> Future[int]:
    """Put rows into quarantine; the same row of the same file is listed once.

    Rows of WITHHELD_KINDS are kept as shapes: digits as 0, letters as A, other characters as 字.

    Returns:
        A future with the number of rows that were not in quarantine before.
    """
    if kind in WITHHELD_KINDS:
        rejected = [_withheld(row) for row in rejected]
    rows: list[dict[str, object]] = [
        {
            "community_id": community_id,
            "source": source,
            "kind": kind,
            "file": file,
            "row_number": row.row_number,
            "code": row.code,
            "field": row.field,
            "message": row.message[:RAW_LIMIT],
            "row_hash": _row_hash(kind, file, row),
            "raw": row.raw if len(row.raw) <= RAW_LIMIT else row.raw[: RAW_LIMIT - 1] + "…",
        }
        for row in rejected
    ]
    return store.write(lambda transaction: _append(transaction, community_id, source, rows))


def shape_of(text: str) -> str:
    """Return what a text looks like without what it says: 138-0013 王 → 000-0000 字."""
    return "".join(_shape(c) for c in text)


def _shape(character: str) -> str:
    if character.isdecimal():
        return "0"
    if character.isalpha():
        return "A" if character.isascii() else "字"
    return character if character.isascii() or character.isspace() else "·"


def _withheld(row: QuarantinedRow) -> QuarantinedRow:
    said = row.message if row.code in SILENT_CODES else "see the code; the value is not kept"
    return replace(row, message=said, raw=shape_of(row.raw))


def _row_hash(kind: str, file: str | None, row: QuarantinedRow) -> str:
    text = "\x1f".join([kind, file or "", str(row.row_number), row.code, row.raw])
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _append(
    transaction: Transaction, community_id: str, source: str, rows: list[dict[str, object]]
) -> int:
    wanted = pa.table({"row_hash": pa.array([row["row_hash"] for row in rows], pa.string())})
    known = {
        row["row_hash"]
        for row in transaction.rows(
            "quarantine/known", {"incoming": wanted}, community_id=community_id, source=source
        )
    }
    fresh = list({row["row_hash"]: row for row in rows if row["row_hash"] not in known}.values())
    if not fresh:
        return 0
    stamped = [
        {**row, "quarantine_id": quarantine_id, "recorded_at": transaction.now}
        for row, quarantine_id in zip(fresh, transaction.ids(len(fresh)), strict=True)
    ]
    table = transaction.table("quarantine", stamped)
    transaction.run("quarantine/append", {"incoming": table})
    transaction.touch("quarantine", community_id)
    return len(stamped)
