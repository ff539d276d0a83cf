"""Reads the rows of a bulk export in clear, once it is allowed (DOMAIN R16).

Sensitive values never leave in bulk, and children under fourteen are left out: each access to them
needs its own word (DOMAIN R5). The audit goes without reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from actions.files.consulting import values_of_subjects
from data.keyring import Keyring
from data.store import Store
from rules.errors import RuleViolation
from rules.fields import sealed_fields
from rules.masking import is_guarded
from rules.spreadsheets import SheetTable

MOST_ROWS = 200_000
_CHUNK = 2_000
PERSON_VALUES = tuple(f.name for f in sealed_fields("person") if f.sensitivity != "sensitive")
_PERSON_FACTS = ("building", "grid", "residence")
_CASE_COLUMNS = (
    "case_id", "category", "urgency", "status", "channel", "reported_at", "closed_at", "locality",
    "title", "description", "address",
)  # fmt: skip
_AUDIT_COLUMNS = (
    "seq", "happened_at", "action", "result", "actor", "role", "subject_kind", "subject_id",
    "field", "case_id", "purpose", "origin", "detail",
)  # fmt: skip

_VIEWING_COLUMNS = (
    "viewing_id", "camera", "device_id", "legal_class", "mode", "viewer", "viewer_role", "purpose",
    "started_at", "ended_at", "seconds", "glances", "outcome", "approval_state",
)  # fmt: skip
_COLUMNS = {
    "cases": _CASE_COLUMNS,
    "audit": _AUDIT_COLUMNS,
    "camera_viewings": _VIEWING_COLUMNS,
}
_WHOLE = ("audit", "camera_viewings")  # of these no areas are chosen


class ExportTooLarge(RuleViolation):
    """More rows than one export may hold; choose a smaller area or a shorter time."""

    code = "export_too_large"


@dataclass(frozen=True, slots=True)
class Extent:
    """Which rows.

    Attributes:
        areas: Only these areas; None for the whole community.
        since: From this local day on; None for no limit.
        until: Up to and with this local day.
    """

    register: str
    community_id: str
    areas: list[str] | None
    since: date | None
    until: date | None
    zone: ZoneInfo


def read_rows(store: Store, keyring: Keyring, extent: Extent, today: date) -> SheetTable:
    """Return the table of an export.

    Raises:
        ExportTooLarge: More than `MOST_ROWS`.
    """
    if extent.register == "persons":
        return SheetTable(
            ("person_id", *_PERSON_FACTS, *PERSON_VALUES),
            list(_people(store, keyring, extent, today)),
        )
    rows = _found(store, extent)
    columns = _COLUMNS[extent.register]
    return SheetTable(columns, [[_text(row[c], extent.zone) for c in columns] for row in rows])


def count_rows(store: Store, extent: Extent) -> int:
    """Return how many rows there are now, for whoever has to say yes; children included.

    Raises:
        ExportTooLarge: More than `MOST_ROWS`.
    """
    return len(_found(store, extent))


def _found(store: Store, extent: Extent) -> list[dict[str, Any]]:
    parameters: dict[str, object] = {
        "community_id": extent.community_id,
        "most": MOST_ROWS + 1,
    }
    if extent.register != "persons":
        after = extent.until + timedelta(days=1) if extent.until else None
        parameters |= {"since": _start(extent.since, extent), "until": _start(after, extent)}
    if extent.register not in _WHOLE:
        parameters["areas"] = extent.areas
    rows = store.rows(f"export_file/{extent.register}", **parameters)
    if len(rows) > MOST_ROWS:
        raise ExportTooLarge(most=MOST_ROWS)
    return rows


def _people(store: Store, keyring: Keyring, extent: Extent, today: date) -> Iterator[Sequence[str]]:
    rows = _found(store, extent)
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        values = values_of_subjects(store, keyring, [row["person_id"] for row in part])
        for row in part:
            own = values.get(row["person_id"], {})
            if is_guarded(own.get("birth_date"), today):
                continue
            facts = [_text(row[name], extent.zone) for name in _PERSON_FACTS]
            yield [row["person_id"], *facts, *(own.get(name, "") for name in PERSON_VALUES)]


def _start(day: date | None, extent: Extent) -> datetime | None:
    return datetime.combine(day, time(), extent.zone) if day is not None else None


def _text(value: object, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    return "" if value is None else str(value)
