"""Single fields written by hand: checked like an import, within reach, audited, old ones unseen."""

from __future__ import annotations

from datetime import date

import pytest

from actions.access import NotAllowed, NotThere
from actions.files.buildings import write_building_fact
from actions.files.consulting import values_of_subjects
from actions.files.edit import write_field
from actions.files.moving import leave, register_person, set_cadence
from rules.errors import RowRejected
from rules.fields import ConsentMissing
from tests.files_stage import ID_WANG, TODAY, FilesStage, everything


def values(files: FilesStage, person_id: str) -> dict[str, str]:
    return values_of_subjects(files.store, files.vault.keyring, [person_id]).get(person_id, {})


def test_one_field_is_written_with_its_audit_line(files: FilesStage) -> None:
    person = files.wang()
    editor = files.editor(files.become("secretary"))
    assert write_field(editor, person, "phone", " 199 0000 0077 ")
    assert values(files, person)["phone"] == "19900000077"
    assert files.audit() == [
        ("person.write", "done", "secretary", person, "phone", None, None, None)
    ]
    assert files.sql("select fields_changed from person_now") == [(["phone"],)]
    assert "19900000077" not in everything(files)


def test_the_same_again_changes_and_audits_nothing(files: FilesStage) -> None:
    person = files.wang()
    editor = files.editor(files.become("secretary"))
    assert not write_field(editor, person, "phone", "19900000001")
    assert not write_field(editor, person, "employer", "  ")
    assert files.audit() == []
    assert files.sql("select count(*) from person_event") == [(1,)]


def test_an_empty_value_removes_the_field(files: FilesStage) -> None:
    person = files.wang()
    editor = files.editor(files.become("secretary"))
    assert write_field(editor, person, "door", "")
    assert "door" not in values(files, person)
    assert files.sql("select completeness from person_now") == [(0.9,)]
    with pytest.raises(RowRejected):
        write_field(editor, person, "name", " ")


BAD = [
    ("phone", "12", "phone_invalid"),
    ("id_number", "110105194912310021", "id_number_invalid"),
    ("birth_date", "1949-12-30", "id_number_disagrees"),
    ("sex", "male", "id_number_disagrees"),
    ("birth_date", "2999-01-01", "field_invalid"),
    ("relation", "boss", "field_invalid"),
    ("care_category", "重点人员", "field_invalid"),
    ("name", "长" * 61, "field_invalid"),
    ("door", "x" * 10_000, "field_invalid"),
    ("person_id", "x", "field_unknown"),
    ("community_id", "other", "field_unknown"),
    ("household_id", "x", "field_unknown"),
    ("tags", "x", "field_unknown"),
    ("'; drop table person_now; --", "x", "field_unknown"),
]


@pytest.mark.parametrize(("field", "text", "code"), BAD)
def test_a_bad_value_is_refused_and_nothing_written(files, field, text, code) -> None:
    person = files.wang()
    with pytest.raises(RowRejected) as refusal:
        write_field(files.editor(files.become("secretary")), person, field, text)
    assert refusal.value.code == code
    assert text not in refusal.value.message or len(text) < 3
    assert files.sql("select count(*) from person_event") == [(1,)]


def test_a_birth_date_in_the_future_is_refused(files: FilesStage) -> None:
    person = files.person()
    with pytest.raises(RowRejected) as refusal:
        write_field(files.editor(files.become("secretary")), person, "birth_date", "2026-11-23")
    assert refusal.value.code == "day_invalid"


def test_an_identity_number_fills_in_what_it_says(files: FilesStage) -> None:
    person = files.person()
    write_field(files.editor(files.become("secretary")), person, "id_number", ID_WANG.lower())
    held = values(files, person)
    assert (held["birth_date"], held["sex"]) == ("1949-12-31", "female")


def test_sensitive_fields_need_their_consent_and_children_a_guardians(files: FilesStage) -> None:
    person = files.wang()
    editor = files.editor(files.become("secretary"))
    with pytest.raises(ConsentMissing) as refusal:
        write_field(editor, person, "care_category", "living_alone")
    assert refusal.value.fields["purpose"] == "care_service"
    with pytest.raises(ConsentMissing) as refusal:
        write_field(editor, files.person("2"), "birth_date", "2020-01-01")
    assert refusal.value.fields["purpose"] == "minor_file"
    assert write_field(editor, files.child(), "phone", "19900000003")


def test_writing_and_removing_a_care_category_keeps_the_care_register_in_step(files) -> None:
    person = files.wang(care_category="bereaved", care_consent_on=TODAY, visit_every_days=14)
    editor = files.editor(files.become("secretary"))
    set_cadence(editor, person, 30)
    assert files.sql("select visit_every_days from care_recipient_now") == [(30,)]
    write_field(editor, person, "care_category", "")
    assert files.sql("select event_kind from care_recipient_now") == [("removed",)]
    write_field(editor, person, "care_category", "low_income")
    live = "select visit_every_days from care_recipient_now where removed_at is null"
    assert files.sql(live) == [(90,)]
    with pytest.raises(RowRejected):
        set_cadence(editor, person, 3)


def test_each_role_writes_within_its_reach_and_nowhere_else(files: FilesStage) -> None:
    person = files.wang()  # lives in grid 1
    grids = [files.area(1), files.area(2)]
    may = [("secretary", ()), ("grid_worker", grids[:1])]
    may_not = [
        ("grid_worker", grids[1:], NotThere),
        ("grid_worker", (), NotThere),  # without a grid
        ("duty_officer", (), NotAllowed),
        ("privacy", (), NotAllowed),
        ("admin", (), NotAllowed),
        ("subdistrict", (), NotAllowed),
        ("property", (), NotAllowed),
        ("wall", (), NotAllowed),
    ]
    for n, (role, areas) in enumerate(may):
        editor = files.editor(files.become(role, areas=areas))
        assert write_field(editor, person, "door", str(600 + n))
    for role, areas, error in may_not:
        with pytest.raises(error):
            write_field(files.editor(files.become(role, areas=areas)), person, "door", "1")
    with pytest.raises(NotThere):
        write_field(files.editor(files.become("secretary", "other")), person, "door", "1")
    with pytest.raises(NotThere):
        write_field(files.editor(files.become("secretary")), "no-such-id", "door", "1")
    assert values(files, person)["door"] == "601"


def test_a_person_registered_by_hand_is_audited_and_bound_to_reach(files: FilesStage) -> None:
    building = "select place_id from place_now where community_id='demo' and source_id="
    ours = files.sql(f"{building}'b1'")[0][0]
    theirs = files.sql(f"{building}'b2'")[0][0]
    editor = files.editor(files.become("grid_worker", areas=[files.area(1)]))
    made, code, _ = register_person(editor, "demo", {"name": "赵演云", "place_id": ours})
    assert made and code is None
    assert files.audit()[-1][:3] == ("person.register", "done", "grid_worker")
    for place in (theirs, "nowhere", None):
        row = {"name": "赵演云"} | ({"place_id": place} if place else {})
        with pytest.raises(NotThere):
            register_person(editor, "demo", row)
    with pytest.raises(NotThere):
        register_person(editor, "other", {"name": "赵演云", "place_id": ours})
    secretary = files.editor(files.become("secretary"))
    with pytest.raises(RowRejected):
        register_person(secretary, "demo", {"name": ""})
    again, _, _ = register_person(secretary, "demo", {"name": "赵演云", "place_id": theirs})
    assert again != made


def test_moving_out_ends_care_and_coming_back_undoes_it(files: FilesStage) -> None:
    person = files.wang(care_category="bereaved", care_consent_on=date(2026, 1, 1))
    editor = files.editor(files.become("secretary"))
    leave(editor, person)
    now = "select event_kind, removed_at is not null from person_now"
    assert files.sql(now) == [("moved_out", True)]
    assert files.sql("select removed_at is not null from care_recipient_now") == [(True,)]
    assert values(files, person)["phone"] == "19900000001"  # retention decides, not the click
    leave(editor, person, back=True)
    assert files.sql(now) == [("changed", False)]


def test_facts_of_a_building_are_written_one_by_one(files: FilesStage) -> None:
    place = files.sql("select place_id from place_now where community_id='demo' and source_id='b1'")
    place_id = place[0][0]
    editor = files.editor(files.become("secretary"))
    assert write_building_fact(editor, "demo", place_id, "built_year", "1994")
    assert write_building_fact(editor, "demo", place_id, "structure", "frame")
    assert not write_building_fact(editor, "demo", place_id, "structure", "frame")
    assert files.sql(
        "select count(distinct building_file_id), count(*) from building_file_event"
    ) == [(1, 2)]
    assert files.sql("select built_year, structure from building_file_now") == [(1994, "frame")]
    for field, text in (("built_year", "old"), ("structure", "straw"), ("place_id", "x")):
        with pytest.raises(RowRejected):
            write_building_fact(editor, "demo", place_id, field, text)
    with pytest.raises(NotThere):
        write_building_fact(editor, "other", place_id, "lifts", "1")
    worker = files.editor(files.become("grid_worker", areas=[files.area(2)]))
    with pytest.raises(NotThere):
        write_building_fact(worker, "demo", place_id, "lifts", "1")
