"""Reads a posted batch: UTF-8 JSON (RFC 8259), one list of case objects, row by row."""

from __future__ import annotations

import json
import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

from actions.intake.received import BodyRefused, TooManyRows
from actions.intake.recording import RowError
from rules.errors import RowRejected
from rules.records import CaseRecord, parse_record

# What a poster may say; everything else of a CaseRecord is for sources we configure ourselves.
FIELDS = frozenset(
    {
        "source_id",
        "category",
        "title",
        "description",
        "lon",
        "lat",
        "crs",
        "address",
        "place_id",
        "reported_at",
        "deadline_at",
        "channel",
        "version",
    }
)
REQUIRED_TEXT = ("source_id", "category", "title")


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """One row of a batch: the record, or why there is none.

    Attributes:
        source_id: As far as it can be told; empty where the row has none.
        raw: The row as received, as JSON; empty for a good row.
    """

    source_id: str
    record: CaseRecord | None
    error: RowError | None
    raw: str


def parse_cases(body: bytes, max_rows: int) -> list[ParsedRow]:
    """Read a batch.

    Returns:
        One ParsedRow per element of the list, in order.

    Raises:
        BodyRefused: Not UTF-8, not JSON, not a list, repeated names, numbers JSON does not have.
        TooManyRows: The list is longer than `max_rows`.
    """
    rows = _decode(body)
    if not isinstance(rows, list):
        raise BodyRefused("not_a_list", "The body must be a JSON list of cases.")
    if len(rows) > max_rows:
        raise TooManyRows(
            "too_many_rows", f"{len(rows)} rows in one batch; send at most {max_rows}."
        )
    return [_parse_row(row) for row in rows]


def _decode(body: bytes) -> Any:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise BodyRefused("not_utf8", f"Byte {fault.start} of the body is not UTF-8.") from None
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_object,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except json.JSONDecodeError as fault:
        where = f"line {fault.lineno}, column {fault.colno}"
        raise BodyRefused("json_invalid", f"Not JSON at {where}: {fault.msg}.") from None
    except RecursionError:
        raise BodyRefused("json_too_deep", "The JSON is nested too deeply.") from None
    except ValueError:  # a whole number longer than Python agrees to convert
        raise BodyRefused("json_number", "A number has too many digits.") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = Counter(name for name, _ in pairs)
        repeated = names.most_common(1)[0][0]
        raise BodyRefused("json_repeated_name", f"An object names {repeated[:80]!r} twice.")
    return made


def _no_constant(name: str) -> float:
    raise BodyRefused("json_number", f"{name} is not a JSON number.")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise BodyRefused("json_number", f"The number {text[:40]} is too large.")
    return value


def _parse_row(row: Any) -> ParsedRow:
    try:
        if not isinstance(row, dict):
            raise RowRejected("row_not_object", None, "is not a JSON object")
        for name in row:
            if name not in FIELDS:
                raise RowRejected("field_unknown", name[:80], "is not a field of a case")
        for name in REQUIRED_TEXT:
            _require_text(row, name)
        record = parse_record("cases", row)
    except RowRejected as refusal:
        given = row.get("source_id") if isinstance(row, dict) else None
        source_id = _sendable(given)[:200] if isinstance(given, str) else ""
        field = _sendable(refusal.field) if refusal.field else None
        error = RowError(refusal.code, field, refusal.message)
        return ParsedRow(source_id, None, error, _raw(row))
    assert isinstance(record, CaseRecord)
    return ParsedRow(record.source_id, record, None, "")


def _require_text(row: dict[str, Any], name: str) -> None:
    value = row.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        raise RowRejected("field_missing", name, "Field required")
    if not isinstance(value, str):
        raise RowRejected("field_invalid", name, "Input should be a valid string")


def _sendable(text: str) -> str:
    """Replace lone surrogates, which JSON can spell and UTF-8 cannot carry back."""
    return text.encode("utf-8", "replace").decode()


def _raw(row: Any) -> str:
    try:
        return json.dumps(row, ensure_ascii=True)
    except RecursionError:
        return "(a row nested too deeply to be kept)"
