"""Rows about people as sheets write them: what is read, and what is refused with which code."""

from __future__ import annotations

from datetime import date

import pytest

from rules.errors import RowRejected
from rules.records import parse_record
from rules.residents import REFUSALS

GOOD_DAYS = [
    "1950-03-02",
    "1950/3/2",
    "1950.3.2",
    "1950年3月2日",
    "19500302",
    "1950-03-02 00:00:00",
]


@pytest.mark.parametrize("written", GOOD_DAYS)
def test_a_day_is_read_in_every_form_sheets_use(written: str) -> None:
    row = parse_record("persons", {"source_id": "1", "name": "王演", "birth_date": written})
    assert row.birth_date == date(1950, 3, 2)  # type: ignore[attr-defined]


# Fields given, code, field at fault.
BAD = [
    ({"birth_date": "1950-13-02"}, "day_invalid", "birth_date"),
    ({"birth_date": "1950312"}, "day_invalid", "birth_date"),
    ({"birth_date": "02/03/1950"}, "day_invalid", "birth_date"),
    ({"birth_date": "1950-03-02 14:00"}, "day_invalid", "birth_date"),
    ({"birth_date": "0001-01-01"}, "field_invalid", "birth_date"),
    ({"id_number": "110105194912310021"}, "id_number_invalid", "id_number"),
    ({"id_number": "11010519491231002X", "sex": "male"}, "id_number_disagrees", None),
    (
        {"id_number": "11010519491231002X", "birth_date": "1949-12-30"},
        "id_number_disagrees",
        None,
    ),
    ({"phone": "138001380001"}, "phone_invalid", "phone"),
    ({"phone": "<script>"}, "phone_invalid", "phone"),
    ({"phone": "1" * 41}, "field_invalid", "phone"),
    ({"sex": "unknown"}, "field_invalid", "sex"),
    ({"residence": "temporary"}, "field_invalid", "residence"),
    ({"care_category": "重点人员"}, "field_invalid", "care_category"),
    ({"care_category": "mental_illness"}, "field_invalid", "care_category"),
    ({"care_need": "takes pills"}, "field_invalid", "care_need"),
    ({"visit_every_days": 0}, "field_invalid", "visit_every_days"),
    ({"name": ""}, "field_invalid", "name"),
    ({"name": "长" * 61}, "field_invalid", "name"),
    ({"door": "9" * 21}, "field_invalid", "door"),
    ({"ethnicity": "x"}, "field_unknown", "ethnicity"),  # there is no such field, by any name
    ({"note": "x"}, "field_unknown", "note"),
    ({"tags": ["x"]}, "field_unknown", "tags"),
]


@pytest.mark.parametrize(("fields", "code", "field"), BAD)
def test_a_bad_row_is_refused_by_code_and_never_quoted(fields, code, field) -> None:
    with pytest.raises(RowRejected) as refusal:
        parse_record("persons", {"source_id": "1", "name": "王演", **fields})
    assert (refusal.value.code, refusal.value.field) == (code, field)
    if code in REFUSALS:
        assert not any(str(v) in refusal.value.message for v in fields.values())


def test_telephones_lose_their_country_and_spaces_and_nothing_else() -> None:
    def read(phone: str) -> str | None:
        row = parse_record("persons", {"source_id": "1", "name": "王演", "phone": phone})
        return row.phone  # type: ignore[attr-defined, no-any-return]

    assert read("+86 138 0013 8000") == "13800138000"
    assert read("199-0000-0001") == read("+86-199-0000-0001") == "19900000001"
    assert read("0311-8765 4321") == "0311-87654321"


def test_a_consent_is_given_before_it_is_withdrawn_and_for_a_child_by_a_guardian() -> None:
    base = {"source_id": "1", "person_id": "p", "given_on": "2026-01-02"}
    parse_record("consents", {**base, "purpose": "contact", "withdrawn_on": "2026-01-02"})
    for wrong in (
        {"purpose": "contact", "withdrawn_on": "2026-01-01"},
        {"purpose": "minor_file"},
        {"purpose": "marketing"},
        {"purpose": "contact", "paper_ref": "张三的同意书"},
        {"purpose": "contact", "paper_ref": "110105194912310"},  # could be somebody's number
    ):
        with pytest.raises(RowRejected):
            parse_record("consents", {**base, **wrong})
