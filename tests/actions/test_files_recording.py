"""Rows about people: new, changed, unchanged or rejected; values sealed, logs without any."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from actions.files.consulting import values_of_subjects
from actions.files.drafts import file_draft
from actions.files.keys import KeyringMissing
from actions.files.recording import record_files
from actions.intake.recording import record
from data.rebuild import rebuild
from data.store import Store
from rules.records import CareRecipientRecord
from rules.residents import EnterpriseRecord, HouseholdRecord, PersonRecord
from tests.files_stage import ID_WANG, NOW, TODAY, VALUES, FilesStage, everything


def test_a_row_is_new_then_unchanged_then_changed(files: FilesStage) -> None:
    row = {"source_id": "1", "name": "王演禾", "phone": "19900000001"}
    (first,) = files.record([row])
    (again,) = files.record([row])
    (other,) = files.record([{**row, "phone": "19900000002"}])
    assert [first.result, again.result, other.result] == ["new", "unchanged", "changed"]
    assert first.id == again.id == other.id
    events = files.sql("select event_kind, fields_changed from person_event order by event_id")
    assert events == [("registered", ["name", "phone"]), ("changed", ["phone"])]


def test_versions_decide_where_a_source_keeps_them(files: FilesStage) -> None:
    row = {"source_id": "1", "name": "王演禾", "version": 2}
    files.record([row])
    older = {**row, "name": "王演松", "version": 1}
    newer = {**row, "name": "王演松", "version": 3}
    assert [r.result for r in files.record([older, newer])] == ["unchanged", "changed"]


def test_two_rows_of_one_id_in_one_batch_follow_each_other(files: FilesStage) -> None:
    row = {"source_id": "1", "name": "王演禾"}
    results = files.record([row, row, {**row, "phone": "19900000001"}])
    assert [r.result for r in results] == ["new", "unchanged", "changed"]
    assert len({r.id for r in results}) == 1


def test_logs_and_tables_hold_no_value_and_no_id_of_the_source(files: FilesStage) -> None:
    files.wang()
    files.person(
        "2", name="李演松", emergency_name="张演竹", employer="演示公司", address="一路一号"
    )
    # content_hash and source_id are keyed: without the key nobody can try numbers against them
    text = everything(files)
    for value in (*VALUES, ID_WANG, "演示公司", "一路一号", "登记王"):
        assert value not in text
    held = files.sql("select count(*), count(distinct sealed) from personal_field")
    assert held[0][0] == held[0][1] > 10


def test_a_hash_of_one_installation_says_nothing_in_another(files: FilesStage, tmp_path) -> None:
    from data.keyring import Keyring

    row = PersonRecord(source_id=ID_WANG, name="王演禾")
    other = Keyring.open(tmp_path / "others")
    ours = file_draft("person", row, files.vault.keyring)
    theirs = file_draft("person", row, other)
    assert ours.key != theirs.key and ours.content_hash != theirs.content_hash
    other.close()


def test_values_open_again_under_the_right_key(files: FilesStage) -> None:
    person = files.wang()
    values = values_of_subjects(files.store, files.vault.keyring, [person])[person]
    assert values["birth_date"] == "1949-12-31"  # from the identity number
    assert values["sex"] == "female"
    assert (values["name"], values["door"]) == ("王演禾", "五〇一")


def test_a_row_leaves_alone_what_it_does_not_carry(files: FilesStage) -> None:
    person = files.wang()
    files.record([{"source_id": "登记王", "name": "王演禾", "phone": "19900000009"}])
    values = values_of_subjects(files.store, files.vault.keyring, [person])[person]
    assert (values["phone"], values["door"]) == ("19900000009", "五〇一")
    now = files.sql("select residence, place_id is not null, completeness from person_now")
    assert now == [("own", True, 1.0)]


def test_a_building_is_found_by_id_by_source_id_or_by_name(files: FilesStage) -> None:
    place = files.sql("select place_id from place_now where community_id='demo' and source_id='b1'")
    rows = [
        {"source_id": "1", "name": "甲", "place_id": place[0][0]},
        {"source_id": "2", "name": "乙", "place_id": "b1"},
        {"source_id": "3", "name": "丙", "building": "石榴苑１号楼"},
        {"source_id": "4", "name": "丁", "building": "石榴苑 9号楼"},
        {"source_id": "5", "name": "戊", "place_id": "b1", "household_id": "h"},
    ]
    results = files.record(rows)
    assert [r.result for r in results] == ["new", "new", "new", "rejected", "new"]
    assert results[3].error is not None and results[3].error.code == "reference_unknown"
    placed = files.sql("select distinct place_id, area_id is not null from person_now")
    assert placed == [(place[0][0], True)]


def test_a_building_of_another_community_does_not_exist(files: FilesStage) -> None:
    there = files.sql("select place_id from place_now where community_id = 'other' limit 1")[0][0]
    (result,) = files.record([{"source_id": "1", "name": "甲", "place_id": there}])
    assert result.error is not None and result.error.code == "reference_unknown"


def test_people_register_the_household_they_name(files: FilesStage) -> None:
    rows = [
        {"source_id": str(n), "name": "甲", "place_id": "b1", "door": "501", "household_id": "5-1"}
        for n in (1, 2)
    ]
    files.record(rows)
    homes = files.sql("select count(*), min(event_kind) from household_event")
    assert homes == [(1, "registered")]
    members = files.sql("select count(distinct household_id), count(*) from person_now")
    assert members == [(1, 2)]
    again = record_files(
        files.store, "households", "demo", "t", [HouseholdRecord(source_id="5-1", door="502")]
    )
    assert again[0].result == "changed"


def test_a_row_from_the_future_is_rejected(files: FilesStage) -> None:
    rows = [
        {"source_id": "1", "name": "甲", "birth_date": TODAY + timedelta(days=1)},
        {"source_id": "2", "name": "乙", "care_consent_on": TODAY + timedelta(days=1)},
    ]
    codes = [r.error.code for r in files.record(rows) if r.error]
    assert codes == ["day_invalid", "day_invalid"]


# Row of a person, the field refused for want of a consent (None: taken).
CONSENTS = [
    ({"care_category": "living_alone"}, "care_category"),
    ({"care_category": "living_alone", "care_consent_on": TODAY}, None),
    ({"care_need": "hearing"}, "care_need"),
    ({"birth_date": date(2020, 1, 1)}, "birth_date"),
    ({"birth_date": date(2020, 1, 1), "guardian_consent_on": TODAY}, None),
    ({"birth_date": date(2012, 11, 22)}, None),  # fourteen today
    (
        {
            "birth_date": date(2020, 1, 1),
            "guardian_consent_on": TODAY,
            "care_category": "low_income",
        },
        "care_category",
    ),
]


@pytest.mark.parametrize(("fields", "refused"), CONSENTS)
def test_sensitive_values_and_children_need_a_consent_first(files, fields, refused) -> None:
    (result,) = files.record([{"source_id": "1", "name": "甲", "place_id": "b1", **fields}])
    if refused is None:
        assert result.result == "new"
        return
    assert (result.error.code, result.error.field) == ("consent_missing", refused)
    assert files.sql("select count(*) from personal_field") == [(0,)]


def test_a_consent_once_on_record_serves_later_rows(files: FilesStage) -> None:
    row = {"source_id": "1", "name": "甲", "care_category": "bereaved", "place_id": "b1"}
    files.record([{**row, "care_consent_on": TODAY}])
    (later,) = files.record([{**row, "care_category": "low_income"}])
    assert later.result == "changed"
    assert files.sql("select count(*) from consent_event") == [(1,)]


def test_care_is_entered_with_the_categorys_own_interval(files: FilesStage) -> None:
    base = {"name": "甲", "place_id": "b1", "care_consent_on": TODAY}
    files.record(
        [
            {**base, "source_id": "1", "care_category": "bereaved"},
            {**base, "source_id": "2", "care_category": "bereaved", "visit_every_days": 14},
            {**base, "source_id": "3", "care_category": "bereaved", "place_id": None},
        ]
    )
    days = files.sql("select visit_every_days from care_recipient_now order by 1")
    assert days == [(7,), (14,)]
    text = str(files.sql("from care_recipient_event"))
    assert "bereaved" not in text  # the category itself stays sealed


def test_enterprises_keep_what_is_public_in_the_log_and_their_contact_sealed(files) -> None:
    row = EnterpriseRecord(
        source_id="e1",
        name_zh="演示五金店",
        credit_code="91350100M000100Y43",
        building="石榴苑 1号楼",
        contact_name="孙演四",
        contact_phone="19900009004",
        address="一路一号",
    )
    (result,) = record_files(files.store, "enterprises", "demo", "t", [row], now=NOW)
    assert result.result == "new"
    assert files.sql("select name_zh, credit_code from enterprise_now") == [
        ("演示五金店", "91350100M000100Y43")
    ]
    text = everything(files)
    assert "孙演四" not in text and "19900009004" not in text and "一路一号" not in text


def test_rebuilt_is_live_for_files_too(files: FilesStage) -> None:
    files.wang()
    files.child()
    files.record([{"source_id": "登记王", "name": "王演松"}])
    assert [table.table for table in rebuild(files.store) if not table.same] == []


def test_without_a_keyring_nothing_about_people_is_taken(store: Store) -> None:
    with pytest.raises(KeyringMissing):
        record_files(store, "persons", "demo", "t", [PersonRecord(source_id="1", name="甲")])
    assert store.rows("personal_field/of", subject_ids=["1"]) == []


def test_a_care_recipient_links_to_a_file_of_its_own_community_only(files: FilesStage) -> None:
    person = files.wang()
    row = CareRecipientRecord(source_id="c1", place_id="b1", visit_every_days=7, person_id=person)
    (linked,) = record(files.store, "care_recipients", "demo", "t", [row]).result()
    (refused,) = record(files.store, "care_recipients", "other", "t", [row]).result()
    assert linked.result == "new"
    assert refused.error is not None and refused.error.field == "person_id"
