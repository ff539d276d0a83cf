"""Lists and single files as a viewer may see them: masked, within reach, and noted."""

from __future__ import annotations

import pytest

from actions.access import NotAllowed, NotThere
from actions.files.listing import FilesFilter
from actions.files.reading import open_building, open_file
from tests.files_stage import ID_WANG, TODAY, VALUES, FilesStage

EVERYONE = FilesFilter()


def test_a_list_is_masked_and_counted(files: FilesStage) -> None:
    files.wang()
    files.child()
    files.index()
    files.become("duty_officer")
    listed = files.reader().people(EVERYONE, 0)
    assert listed.total == 2 and listed.completeness is not None
    text = str(listed)
    for value in (*VALUES, ID_WANG):
        assert value not in text
    assert {p.name for p in listed.people} == {"王**", "****"}


def test_the_same_list_comes_from_the_store_and_from_memory(files: FilesStage) -> None:
    for n in range(7):
        files.person(str(n), place_id=f"b{n % 2 + 1}", phone=f"1990000{n:04d}")
    files.wang()
    files.become("secretary")
    building = files.sql(
        "select place_id from place_now where source_id='b1' and community_id='demo'"
    )
    filters = [
        EVERYONE,
        FilesFilter(areas=[files.area(1)]),
        FilesFilter(place_id=building[0][0]),
        FilesFilter(incomplete=True),
        FilesFilter(areas=[]),
    ]
    index = files.index()
    reader = files.reader()
    for wanted in filters:
        memory = reader.people(wanted, 0)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(index), "ready", lambda self, community: False)
            stored = reader.people(wanted, 0)
        assert memory.total == stored.total
        assert [p.facts for p in memory.people] == [p.facts for p in stored.people]
        assert memory.people == stored.people
        assert memory.completeness == pytest.approx(stored.completeness)


def test_search_is_noted_with_its_hits_and_never_with_its_text(files: FilesStage) -> None:
    files.wang()
    files.index()
    viewer = files.become("secretary")
    found = files.reader().search("王演", EVERYONE, 0)
    assert found is not None and found.total == 1
    line = files.audit()[-1]
    assert line[:3] == ("person.search", "done", viewer.role)
    assert line[7] == "hits=1 by=name from=0"
    assert "王演" not in str(files.sql("from audit_event"))


@pytest.mark.parametrize("typed", ["19900000001", "199 0000 0001", "+86 199-0000-0001", ID_WANG])
def test_a_whole_number_finds_its_owner_exactly(files: FilesStage, typed: str) -> None:
    person = files.wang()
    files.person("2", phone="19900000002")
    files.index()
    files.become("secretary")
    found = files.reader().search(typed, EVERYONE, 0)
    assert found is not None and [p.facts.person_id for p in found.people] == [person]
    assert files.audit()[-1][7] == "hits=1 by=number from=0"


@pytest.mark.parametrize("typed", ["1990000000", "19900000003", ID_WANG[:-1] + "0", "000000000"])
def test_a_piece_of_a_number_finds_nobody(files: FilesStage, typed: str) -> None:
    files.wang()
    files.index()
    files.become("secretary")
    found = files.reader().search(typed, EVERYONE, 0)
    assert found is not None and found.total == 0


def test_lists_and_searches_end_at_the_viewers_reach(files: FilesStage) -> None:
    here, there = files.wang(), files.person("2", place_id="b2", phone="19900000002")
    nowhere = files.person("3", place_id=None)
    files.index()
    files.become("grid_worker", areas=[files.area(1)])
    reader = files.reader()
    assert [p.facts.person_id for p in reader.people(EVERYONE, 0).people] == [here]
    for typed in ("演", "19900000002"):
        found = reader.search(typed, EVERYONE, 0)
        assert found is not None
        assert there not in [p.facts.person_id for p in found.people]
    wider = reader.people(FilesFilter(areas=[files.area(2)]), 0)
    assert wider.total == 0  # a filter never widens the reach
    for person in (there, nowhere):
        with pytest.raises(NotThere):
            open_file(reader, "person", person)
    assert open_file(reader, "person", here).subject_id == here


def test_only_roles_that_read_files_get_a_reader(files: FilesStage) -> None:
    files.wang()
    for role in ("property", "subdistrict", "privacy", "admin", "wall"):
        files.become(role)
        with pytest.raises(NotAllowed):
            files.reader()
    files.become("secretary")
    with pytest.raises(NotThere):
        files.reader("other")


def test_a_file_shows_masks_facts_history_and_leaves_a_line(files: FilesStage) -> None:
    person = files.wang()
    files.become("duty_officer")
    opened = open_file(files.reader(), "person", person)
    shown = {each.field.name: each.masked for each in opened.fields}
    assert shown["name"] == "王**" and shown["phone"] == "199****0001"
    assert shown["door"] == "****" and shown["birth_date"] == "70–79"
    assert shown["employer"] is None and shown["relation"] == "head"
    assert opened.may_unmask and not opened.may_write
    assert opened.history[0]["fields_changed"] and not opened.guarded
    assert files.audit()[-1][:4] == ("person.read", "done", "duty_officer", person)
    for value in VALUES:
        assert value not in str(opened)


def test_a_childs_file_shows_no_more_than_an_age(files: FilesStage) -> None:
    child = files.child(relation="child", phone="19900000003")
    files.become("duty_officer")
    opened = open_file(files.reader(), "person", child)
    shown = {e.field.name: e.masked for e in opened.fields if e.masked is not None}
    assert set(shown.values()) == {"****", "0–13"}
    assert opened.guarded and not opened.may_unmask
    files.become("secretary")
    assert open_file(files.reader(), "person", child).may_unmask


def test_households_and_buildings_open_with_what_is_in_them(files: FilesStage) -> None:
    files.wang(care_category="bereaved", care_consent_on=TODAY)
    files.become("secretary")
    reader = files.reader()
    home = files.sql("select household_id, place_id from household_now")[0]
    opened = open_file(reader, "household", home[0])
    assert {e.field.name: e.masked for e in opened.fields} == {"unit": "****", "door": "****"}
    ((person, relation),) = reader.members(home[0])
    assert (person.name, relation) == ("王**", "head")
    building = open_building(reader, home[1])
    assert building.counts == {"people": 1, "households": 1, "enterprises": 0, "care": 1}
    assert building.completeness == 0
    with pytest.raises(NotThere):
        open_file(reader, "enterprise", home[0])
    with pytest.raises(NotThere):
        open_building(reader, "nowhere")
