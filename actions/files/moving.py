"""Registers people by hand, notes who moved out or came back, agrees on visits."""

from __future__ import annotations

import secrets

from actions.access import NotAllowed, NotThere, reach
from actions.auditing import line_for
from actions.files.editor import ACTION, Editor
from actions.files.enrolment import append_care, ending_event
from actions.files.keys import writing
from actions.files.recording import record_files
from data.store import Store
from data.transaction import Transaction
from rules.care import CADENCES_DAYS
from rules.errors import RowRejected
from rules.privacy import may
from rules.record_fields import SourceRecord
from rules.records import parse_record
from rules.residents import PersonRecord

MANUAL = "manual"  # source of what was entered on a page


def register_person(
    editor: Editor, community_id: str, row: dict[str, object]
) -> tuple[str | None, str | None, str | None]:
    """Register a person by hand.

    Args:
        editor: Who, and on what.
        community_id: Where.
        row: Fields of PersonRecord as typed, without `source_id`.

    Returns:
        (our id, None, None), or (None, code, field) of what is wrong.

    Raises:
        NotAllowed: The role writes no files here.
        NotThere: The building is not within reach.
        RowRejected: The row is none.
    """
    viewer = editor.viewer
    if community_id not in viewer.community_ids:
        raise NotThere()
    if not may(viewer.role, ACTION):
        raise NotAllowed(role=viewer.role, action=ACTION)
    record = parse_record("persons", {**row, "source_id": secrets.token_hex(16)})
    assert isinstance(record, PersonRecord)
    areas = reach(editor.store, viewer, ACTION, community_id)
    if areas is not None and _area_of(editor.store, record.place_id) not in areas:
        raise NotThere()
    line = line_for(viewer, "person.register", community_id, subject_kind="person")
    records: list[SourceRecord] = [record]
    result = record_files(
        editor.store,
        "persons",
        community_id,
        MANUAL,
        records,
        actor=viewer.actor,
        now=editor.now,
        note=lambda tx: editor.audit.note(tx, line),
    )[0]
    error = result.error
    return result.id, error.code if error else None, error.field if error else None


def leave(editor: Editor, subject_id: str, *, back: bool = False) -> None:
    """Note that a person moved out or a firm left, or with `back` that they are here again.

    Values are kept until retention removes them; care ends at once.

    Raises:
        NotAllowed, NotThere: See `Editor.subject`.
    """
    with writing(editor.store):
        state = editor.subject(subject_id)
        kind = state.pop("kind")
        word = "moved_out" if kind == "person" else "left"
        event = {
            **state,
            "actor": editor.viewer.actor,
            "fields_changed": [],
            "event_kind": "changed" if back else word,
            "happened_at": editor.now,
            "removed_at": None if back else editor.now,
        }
        ended = (
            []
            if back
            else [ending_event(row, editor.viewer.actor) for row in editor.care(subject_id)]
        )
        note = editor.noting("person.write", state["community_id"], kind, subject_id)

        def unit(tx: Transaction) -> None:
            tx.append(kind, [event])
            append_care(tx, ended)
            note(tx)

        editor.store.write(unit).result()


def set_cadence(editor: Editor, person_id: str, every_days: int) -> None:
    """Agree on another interval of visits.

    Raises:
        NotThere: The person is not in the care register, or not within reach.
        RowRejected: No such interval.
    """
    if every_days not in CADENCES_DAYS:
        raise RowRejected("field_invalid", "visit_every_days", "is no agreed interval")
    with writing(editor.store):
        state = editor.subject(person_id)
        held = editor.care(person_id)
        if not held:
            raise NotThere()
        actor = editor.viewer.actor
        changed = {"visit_every_days": every_days, "event_kind": "changed", "actor": actor}
        note = editor.noting("person.write", state["community_id"], "person", person_id, "cadence")

        def unit(tx: Transaction) -> None:
            append_care(tx, [{**held[0], **changed}])
            note(tx)

        editor.store.write(unit).result()


def _area_of(store: Store, place_id: str | None) -> str | None:
    rows = store.rows("files/place_area", place_id=place_id) if place_id else []
    return rows[0]["area_id"] if rows else None
