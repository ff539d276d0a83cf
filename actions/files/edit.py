"""Writes single fields of files by hand: checked like an import, audited in the same unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from actions.files.consents import missing_consent, needed_purposes
from actions.files.consulting import consents_of, local_day, values_of_subjects
from actions.files.drafts import PLAIN_FACTS, present, values_of
from actions.files.editor import Editor
from actions.files.enrolment import append_care, cadence_event, ending_event
from actions.files.keys import keyring_of, writing
from actions.files.writing import FileWrite, append_files, seal_values
from data.records import NOUNS
from data.transaction import Transaction
from rules.care import default_cadence
from rules.errors import RowRejected
from rules.fields import ConsentMissing, completeness, field_of
from rules.masking import is_guarded
from rules.record_fields import SourceRecord, clean_text
from rules.records import parse_record

# Fields that say the same thing twice; one is checked against the others.
_TOGETHER = ("id_number", "birth_date", "sex")
_NEVER_EMPTY = {("person", "name")}


def write_field(editor: Editor, subject_id: str, field: str, text: str) -> bool:
    """Write one field of a file, or remove it where the text is empty.

    Args:
        editor: Who, and on what.
        subject_id: Id of a person, household or enterprise.
        field: A registered field that is sealed, or a plain fact of the row.
        text: The new value as typed.

    Returns:
        False where the file says so already.

    Raises:
        NotAllowed, NotThere: See `Editor.subject`.
        RowRejected: The value is not one; `code` and `field` say what is wrong.
        ConsentMissing: It needs a separate consent first.
    """
    with writing(editor.store):
        state = editor.subject(subject_id)
        kind = state["kind"]
        known = field_of(kind, field)
        if known is None or not (known.sealed or field in PLAIN_FACTS[kind]):
            raise RowRejected("field_unknown", field[:40], "is no field of this file")
        keyring = keyring_of(editor.store)
        old = values_of_subjects(editor.store, keyring, [subject_id]).get(subject_id, {})
        values, facts = _checked(kind, field, clean_text(text), old)
        if kind == "person":
            today = local_day(editor.store, state["community_id"], editor.now)
            _check_person(editor, subject_id, {**old, **values}, values, today)
        change = _Change(
            {name: value for name, value in values.items() if old.get(name) != value},
            [field] if known.sealed and field not in values and field in old else [],
            {name: value for name, value in facts.items() if state.get(name) != value},
            {*old, *values},
        )
        if not change.names:
            return False
        care = _care_events(editor, state, subject_id, field, values.get(field))
        _write(editor, state, subject_id, field, change, care)
        return True


@dataclass(frozen=True, slots=True)
class _Change:
    """What differs: values written and dropped, facts; and every value there was or is."""

    written: dict[str, str]
    dropped: list[str]
    facts: dict[str, Any]
    values: set[str]

    @property
    def names(self) -> list[str]:
        return sorted({*self.written, *self.dropped, *self.facts})


def _write(
    editor: Editor,
    state: dict[str, Any],
    subject_id: str,
    field: str,
    change: _Change,
    care: list[dict[str, Any]],
) -> None:
    kind = state["kind"]
    after = present({**_facts(state), **change.facts}, change.values - set(change.dropped))
    write = FileWrite(kind)
    write.events = [
        {
            **{name: value for name, value in state.items() if name != "kind"},
            **change.facts,
            "happened_at": editor.now,
            "event_kind": "changed",
            "actor": editor.viewer.actor,
            "fields_changed": change.names,
            "completeness": completeness(kind, after),
        }
    ]
    sealed = seal_values(keyring_of(editor.store), kind, {subject_id: change.written})
    write.values = sealed
    write.dropped = [(subject_id, name) for name in change.dropped]
    note = editor.noting("person.write", state["community_id"], kind, subject_id, field)

    def unit(tx: Transaction) -> None:
        append_files(tx, write)
        append_care(tx, care)
        note(tx)

    editor.store.write(unit).result()


def _checked(
    kind: str, field: str, text: str | None, old: dict[str, str]
) -> tuple[dict[str, str], dict[str, Any]]:
    """Return (sealed values, plain facts) one field becomes; both empty where it is removed."""
    plain = field in PLAIN_FACTS[kind]
    if text is None:
        if (kind, field) in _NEVER_EMPTY:
            raise RowRejected("field_missing", field, "cannot be empty")
        return {}, {field: None} if plain else {}
    row: dict[str, object] = {"source_id": "-", field: text}
    if kind == "person":
        row.setdefault("name", "-")
        if field in _TOGETHER:
            row = {**{name: old[name] for name in _TOGETHER if name in old}, **row}
    record = parse_record(NOUNS[kind].kind or "", row)
    assert isinstance(record, SourceRecord)
    if plain:
        return {}, {field: getattr(record, field)}
    values = values_of(kind, record)
    derived = {n: v for n, v in values.items() if n in _TOGETHER and n not in old}
    return {**derived, field: values[field]} if field in _TOGETHER else {field: values[field]}, {}


def _check_person(
    editor: Editor, person_id: str, after: dict[str, str], values: dict[str, str], today: date
) -> None:
    born = after.get("birth_date")
    if born is not None and born > today.isoformat():
        raise RowRejected("day_invalid", "birth_date", "lies in the future")
    needed = needed_purposes("person", set(values), is_guarded(born, today))
    consents = consents_of(editor.store, [person_id])
    unmet = missing_consent(person_id, needed, {}, consents)
    if unmet is not None:
        purpose = next(p for p, name in needed.items() if name == unmet)
        raise ConsentMissing(field=unmet, purpose=purpose)


def _care_events(
    editor: Editor, state: dict[str, Any], subject_id: str, field: str, value: str | None
) -> list[dict[str, Any]]:
    """Enter or end care where the care category was written or removed."""
    if state["kind"] != "person" or field != "care_category":
        return []
    held = editor.care(subject_id)
    if value is None:
        return [ending_event(row, editor.viewer.actor) for row in held]
    if held or state["place_id"] is None:
        return []
    return [cadence_event(state, default_cadence(value), editor.viewer.actor)]


def _facts(state: dict[str, Any]) -> dict[str, Any]:
    names = ("household_id", "place_id", "residence", "name_zh", "credit_code", "industry")
    return {name: state.get(name) for name in names}
