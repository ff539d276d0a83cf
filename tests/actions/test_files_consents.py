"""Consents: given, withdrawn with all that rests on them, never given again by an old file."""

from __future__ import annotations

from datetime import date

import pytest

from actions.access import NotAllowed, NotThere
from actions.files.consent_desk import ConsentSheet, give_consent, withdraw_consent
from actions.files.consent_recording import record_consents
from actions.files.consulting import values_of_subjects
from rules.errors import RowRejected
from rules.residents import ConsentRecord
from tests.files_stage import ID_WANG, NOW, TODAY, FilesStage

CARED = {
    "care_category": "living_alone",
    "care_need": "hearing",
    "care_consent_on": date(2026, 1, 5),
}
SHEET = ConsentSheet("care_service", "self", "paper", "2026-11-01", "2026-0034")


def values(files: FilesStage, person_id: str) -> dict[str, str]:
    return values_of_subjects(files.store, files.vault.keyring, [person_id]).get(person_id, {})


def test_withdrawing_removes_what_rests_on_the_consent_and_ends_care(files: FilesStage) -> None:
    person = files.wang(**CARED)
    editor = files.editor(files.become("secretary"))
    gone = withdraw_consent(editor, person, "care_service")
    assert gone == ["care_category", "care_need"]
    left = values(files, person)
    assert "care_category" not in left and left["phone"] == "19900000001"
    care = files.sql("select event_kind, removed_at is not null from care_recipient_now")
    assert care == [("removed", True)]
    event = files.sql(
        "select event_kind, fields_changed, actor from person_event order by event_id"
    )
    assert event[-1] == ("changed", ["care_category", "care_need"], "account:secretary-1")
    assert files.audit()[-1][:4] == ("consent.withdraw", "done", "secretary", person)


def test_a_guardians_withdrawal_takes_every_value_of_the_child(files: FilesStage) -> None:
    child = files.child()
    withdraw_consent(files.editor(files.become("secretary")), child, "minor_file")
    assert values(files, child) == {}
    assert files.sql("select completeness < 0.3 from person_now") == [(True,)]


def test_importing_the_old_sheet_again_does_not_give_the_consent_again(files: FilesStage) -> None:
    person = files.wang(**CARED)
    withdraw_consent(files.editor(files.become("secretary")), person, "care_service")
    row = {"source_id": "登记王", "name": "王演禾", "phone": "19900000005", **CARED}
    (result,) = files.record([row])
    assert result.error is not None and result.error.code == "consent_missing"
    (renewed,) = files.record([{**row, "care_consent_on": TODAY}])
    assert renewed.error is not None  # not later than the withdrawal of today either
    assert "care_category" not in values(files, person)


def test_a_consent_from_a_page_opens_the_way(files: FilesStage) -> None:
    person = files.wang()
    editor = files.editor(files.become("secretary"))
    give_consent(editor, person, SHEET)
    (result,) = files.record(
        [{"source_id": "登记王", "name": "王演禾", "care_category": "low_income"}]
    )
    assert result.result == "changed"
    assert files.audit()[-1][6] == "care_service"
    held = files.sql("select source, paper_ref, given_on from consent_now")
    assert held == [("manual", "2026-0034", date(2026, 11, 1))]


BAD_SHEETS = [
    (ConsentSheet("marketing", "self", "paper", "2026-11-01"), "field_invalid"),
    (ConsentSheet("care_service", "neighbour", "paper", "2026-11-01"), "field_invalid"),
    (ConsentSheet("minor_file", "self", "paper", "2026-11-01"), "field_invalid"),
    (ConsentSheet("care_service", "self", "paper", "2026-11-23"), "day_invalid"),
    (ConsentSheet("care_service", "self", "paper", "tomorrow"), "day_invalid"),
    (ConsentSheet("care_service", "self", "paper", "2026-11-01", "<b>x</b>"), "field_invalid"),
]


@pytest.mark.parametrize(("sheet", "code"), BAD_SHEETS)
def test_a_bad_consent_is_refused_by_code(
    files: FilesStage, sheet: ConsentSheet, code: str
) -> None:
    person = files.wang()
    with pytest.raises(RowRejected) as refusal:
        give_consent(files.editor(files.become("secretary")), person, sheet)
    assert refusal.value.code == code
    assert files.sql("select count(*) from consent_event") == [(0,)]


def test_who_may_not_write_gives_and_withdraws_nothing(files: FilesStage) -> None:
    person = files.wang(**CARED)
    for role, error in (("duty_officer", NotAllowed), ("subdistrict", NotAllowed)):
        editor = files.editor(files.become(role))
        with pytest.raises(error):
            give_consent(editor, person, SHEET)
        with pytest.raises(error):
            withdraw_consent(editor, person, "care_service")
    outside = files.editor(files.become("secretary", "other"))
    elsewhere = files.editor(files.become("grid_worker", areas=[files.area(2)]))
    for editor in (outside, elsewhere):
        with pytest.raises(NotThere):
            withdraw_consent(editor, person, "care_service")
    assert values(files, person)["care_category"] == "living_alone"


def test_an_imported_withdrawal_leaves_what_a_newer_consent_allows(files: FilesStage) -> None:
    person = files.wang(**CARED)
    base = {"person_id": "登记王", "purpose": "care_service"}
    rows = [
        ConsentRecord(source_id="2", given_on=date(2026, 6, 1), **base),
        ConsentRecord(
            source_id="1", given_on=date(2025, 1, 1), withdrawn_on=date(2025, 6, 1), **base
        ),
    ]
    results = record_consents(files.store, "demo", "t", rows, now=NOW)
    assert [r.result for r in results] == ["new", "new"]
    assert "care_category" in values(files, person)


def test_consents_find_people_by_number_and_nobody_else(files: FilesStage) -> None:
    person = files.wang()
    row = ConsentRecord(
        source_id="1", person_id=ID_WANG, purpose="contact", given_on=date(2026, 1, 1)
    )
    stranger = row.model_copy(update={"source_id": "2", "person_id": "nobody"})
    found, lost = record_consents(files.store, "demo", "t", [row, stranger], now=NOW)
    assert found.result == "new"
    assert lost.error is not None and lost.error.code == "reference_unknown"
    assert files.sql("select person_id from consent_now") == [(person,)]
    again = record_consents(files.store, "demo", "t", [row], now=NOW)
    assert again[0].result == "unchanged"
    other = record_consents(files.store, "other", "t", [row], now=NOW)
    assert other[0].error is not None
