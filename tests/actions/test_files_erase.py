"""The end of a file: a tombstone, no values, counts that stay right, no way back by import."""

from __future__ import annotations

import pytest

from actions.files.erase import SubjectUnknown, personal_fields_of, remove_people, remove_person
from data.rebuild import rebuild
from tests.files_stage import TODAY, FilesStage, everything


def erase(files: FilesStage, *people: str) -> None:
    files.index().forget(people)
    files.vault.keyring.erase(people)
    files.store.write(lambda tx: remove_people(tx, people, actor="account:p")).result()


def test_every_value_is_there_for_the_persons_own_copy(files: FilesStage) -> None:
    person = files.wang()
    copy = personal_fields_of(files.store, files.vault.keyring, person)
    assert copy["name"] == "王演禾" and copy["door"] == "五〇一" and len(copy) == 8


def test_an_erased_file_is_a_tombstone_without_values(files: FilesStage) -> None:
    person, other = files.wang(care_category="bereaved", care_consent_on=TODAY), files.person("2")
    erase(files, person)
    assert personal_fields_of(files.store, files.vault.keyring, person) == {}
    rows = files.sql(
        "select event_kind, household_id, place_id, residence, removed_at is not null, area_id is "
        f"not null from person_now where person_id = '{person}'"
    )
    assert rows == [("erased", None, None, None, True, True)]
    care = files.sql("select event_kind, person_id, removed_at is not null from care_recipient_now")
    assert care == [("removed", None, True)]
    assert personal_fields_of(files.store, files.vault.keyring, other)["name"] == "李演松"
    assert files.store.rows("files/subject", subject_id=person) == []


def test_erasing_twice_changes_nothing_and_strangers_stop_the_unit(files: FilesStage) -> None:
    person, other = files.wang(), files.person("2")
    erase(files, person)
    events = "select count(*) from person_event"
    before = files.sql(events)
    files.store.write(lambda tx: remove_person(tx, person, actor="cli")).result()
    assert files.sql(events) == before
    with pytest.raises(SubjectUnknown):
        files.store.write(lambda tx: remove_people(tx, [other, "nobody"], actor="cli")).result()
    assert personal_fields_of(files.store, files.vault.keyring, other)


def test_counts_stay_right(files: FilesStage) -> None:
    people = [files.person(str(n), phone=f"1990000{n:04d}") for n in range(12)]
    erase(files, *people[:4])
    counted = files.store.rows("files/counts", community_id="demo", reach=None)
    assert [row["people"] for row in counted] == [8]
    reader_rows = files.sql("select count(*) from personal_field")
    assert reader_rows == [(16,)]
    assert [table.table for table in rebuild(files.store) if not table.same] == []


def test_the_same_sheet_does_not_bring_an_erased_person_back(files: FilesStage) -> None:
    person = files.wang()
    erase(files, person)
    (again,) = files.record([{"source_id": "登记王", "name": "王演禾", "version": 9}])
    assert again.error is not None and again.error.code == "subject_erased"
    left = files.sql("select distinct subject_kind from personal_field")
    assert left == [("household",)]  # the door stays with the home, which others may live in
    assert "王演禾" not in everything(files)
