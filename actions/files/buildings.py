"""Writes single facts of a building's file by hand; there is nothing about people in it."""

from __future__ import annotations

from typing import Any

from actions.access import NotAllowed, NotThere, reach
from actions.auditing import line_for
from actions.files.editor import ACTION, Editor
from actions.files.keys import writing
from actions.files.moving import MANUAL
from data.transaction import Transaction
from rules.errors import RowRejected
from rules.fields import FIELDS
from rules.privacy import may
from rules.record_fields import clean_text
from rules.records import parse_record

BUILDING_FACTS = (
    "built_year",
    "floors_above",
    "floors_below",
    "lifts",
    "units",
    "structure",
    "property_company",
)
_CARRIED = (*BUILDING_FACTS, "source", "source_id", "source_version", "content_hash")


def write_building_fact(
    editor: Editor, community_id: str, place_id: str, field: str, text: str
) -> bool:
    """Write one fact of a building's file, making the file where there is none.

    Returns:
        False where the file says so already.

    Raises:
        NotAllowed: The role writes no files.
        NotThere: No such building within reach.
        RowRejected: The value is none.
    """
    viewer, store = editor.viewer, editor.store
    if community_id not in viewer.community_ids:
        raise NotThere()
    if not may(viewer.role, ACTION):
        raise NotAllowed(role=viewer.role, action=ACTION)
    with writing(store):
        return _write(editor, community_id, place_id, field, text)


def _write(editor: Editor, community_id: str, place_id: str, field: str, text: str) -> bool:
    viewer, store = editor.viewer, editor.store
    rows = store.rows("building_file/of_place", community_id=community_id, place_id=place_id)
    areas = reach(store, viewer, ACTION, community_id)
    if not rows or (areas is not None and rows[0]["area_id"] not in areas):
        raise NotThere()
    if field not in BUILDING_FACTS or ("building_file", field) not in FIELDS:
        raise RowRejected("field_unknown", field[:40], "is no fact of a building")
    value = _checked(field, clean_text(text))
    if rows[0][field] == value:
        return False
    line = line_for(
        viewer, ACTION, community_id, subject_kind="building", subject_id=place_id, field=field
    )
    known = rows[0]["building_file_id"]
    event: dict[str, Any] = {
        "source": MANUAL,
        "source_id": place_id,
        "content_hash": MANUAL,
        **({name: rows[0][name] for name in _CARRIED} if known else {}),
        field: value,
        "event_kind": "changed" if known else "registered",
        "happened_at": editor.now,
        "actor": viewer.actor,
        "community_id": community_id,
        "place_id": place_id,
    }

    def unit(tx: Transaction) -> None:
        tx.append("building_file", [{**event, "building_file_id": known or tx.ids(1)[0]}])
        editor.audit.note(tx, line)

    store.write(unit).result()
    return True


def _checked(field: str, text: str | None) -> Any:
    if text is None:
        return None
    value: object = text
    if field not in ("structure", "property_company"):
        if not text.isdecimal():
            raise RowRejected("field_invalid", field, "is no whole number")
        value = int(text)
    record = parse_record("building_files", {"source_id": "-", "place_id": "-", field: value})
    return getattr(record, field)
