"""Each kind of request is answered as it must be: copy, correction, withdrawal, refusal."""

from __future__ import annotations

from datetime import date

import pytest

from actions.access import NotAllowed, NotThere
from actions.deciding import decide, let_time_pass, withdraw
from actions.files.consulting import values_of_subjects
from actions.files.sealed_notes import notes_of
from actions.rights.answers import ask_second_person, hand_over, refuse, take_back
from actions.rights.copies import copy_for, note_copy
from actions.rights.deeds import ValueInvalid, correct, withdraw_consent
from data.audit import AuditLine
from data.rebuild import rebuild
from rules.approvals import CodeUnknown, ReasonNeeded
from rules.fields import ConsentMissing
from rules.rights import ApprovalNeeded, RequestSettled
from rules.viewer import Viewer
from tests.rights_stage import ID_NUMBER, NAME, PHONE, Stage, officer

REASON = "虚构的理由：本人到场"
SECRETARY, PRIVACY = officer("secretary"), officer("privacy")


def values_of(register: Stage, person_id: str) -> dict[str, str]:
    return values_of_subjects(register.store, register.keyring, [person_id]).get(person_id, {})


def request_state(register: Stage, request_id: str) -> str:
    return str(register.desk().request(request_id)["state"])


@pytest.mark.parametrize("kind", ["view", "copy"])
def test_a_copy_is_handed_out_only_after_the_second_person(register: Stage, kind: str) -> None:
    person_id = register.cared()
    request_id = register.request(kind, person_id)
    with pytest.raises(ApprovalNeeded):
        copy_for(register.approvals, PRIVACY, request_id, "pdf")
    with pytest.raises(ApprovalNeeded):
        hand_over(register.desk(), request_id)
    approval_id = ask_second_person(register.desk(), request_id, REASON)
    with pytest.raises(ApprovalNeeded):
        copy_for(register.approvals, PRIVACY, request_id, "pdf")
    decide(register.approvals, SECRETARY, approval_id, True)
    desk, row, copy = copy_for(register.approvals, PRIVACY, request_id, "pdf")
    note_copy(desk, row, "pdf", "0" * 64)
    kept = {each.name: each.value for each in copy.values}
    assert (kept["name"], kept["phone"], kept["care_category"]) == (NAME, PHONE, "living_alone")
    assert [each.purpose for each in copy.consents] == ["care_service"]
    assert copy.visit_every_days == 30
    hand_over(register.desk(), request_id)
    with pytest.raises(RequestSettled):
        copy_for(register.approvals, PRIVACY, request_id, "pdf")
    assert [line[2] for line in register.audited("rights.copy")] == [person_id]


def test_who_asked_to_see_gets_no_file(register: Stage) -> None:
    request_id = register.request("view", register.person())
    decide(
        register.approvals, SECRETARY, ask_second_person(register.desk(), request_id, REASON), True
    )
    with pytest.raises(RequestSettled):
        copy_for(register.approvals, PRIVACY, request_id, "json")


def test_who_saw_my_data_names_roles_and_purposes_and_no_officer(register: Stage) -> None:
    person_id = register.person()
    line = AuditLine(
        "person.unmask", "done", "account:secret-officer", "secretary", "demo",
        subject_kind="person", subject_id=person_id, field="phone", purpose="care_visit",
        reason=f"给{NAME}打电话", origin="192.0.2.9",
    )  # fmt: skip
    register.audit.record(line).result()
    request_id = register.request("accesses", person_id)
    _, _, copy = copy_for(register.approvals, PRIVACY, request_id, "json")
    assert copy.values == () and copy.changes == ()
    access = next(each for each in copy.accesses if each.action == "person.unmask")
    assert (access.role, access.field, access.purpose) == ("secretary", "phone", "care_visit")
    assert not [w for w in ("secret-officer", "192.0.2.9", "打电话") if w in str(copy)]


def test_nobody_else_fetches_a_copy(register: Stage) -> None:
    request_id = register.request("accesses", register.person())
    for viewer, refusal in (
        (officer("secretary", 5), NotAllowed),
        (officer("privacy", 5, "other"), NotThere),
        (Viewer("kiosk", "k", "wall", frozenset({"demo"})), NotAllowed),
    ):
        with pytest.raises(refusal):
            copy_for(register.approvals, viewer, request_id, "pdf")
    with pytest.raises(NotThere):
        copy_for(register.approvals, PRIVACY, "no-such-request", "pdf")


@pytest.mark.parametrize(
    ("field", "value", "stored"),
    [
        ("phone", "+86 199 0000 0099", "19900000099"),
        ("name", " 王演示乙 ", "王演示乙"),
        ("door", "502", "502"),
        ("relation", "head", "head"),
        ("name", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
    ],
)
def test_a_correction_writes_the_one_field(
    register: Stage, field: str, value: str, stored: str
) -> None:
    person_id = register.person()
    before = values_of(register, person_id)
    request_id = register.request("correct", person_id, field=field)
    correct(register.desk(), request_id, value, "id_document")
    assert values_of(register, person_id) == {**before, field: stored}
    row = register.desk().request(request_id)
    assert (row["state"], row["proof"]) == ("done", "id_document")
    assert register.sql(
        "select fields_changed from person_event order by event_id desc limit 1"
    ) == [([field],)]
    with pytest.raises(RequestSettled):
        correct(register.desk(), request_id, value, "id_document")
    assert all(table.same for table in rebuild(register.store))


def test_a_corrected_phone_is_found_by_its_new_number_only(register: Stage) -> None:
    person_id = register.person()
    request_id = register.request("correct", person_id, field="phone")
    correct(register.desk(), request_id, "19900000099", "statement_signed")
    assert register.desk().find("phone", PHONE) == []
    assert [m.person_id for m in register.desk().find("phone", "19900000099")] == [person_id]


def test_a_corrected_identity_number_corrects_what_follows_from_it(register: Stage) -> None:
    person_id = register.person()
    request_id = register.request("correct", person_id, field="id_number")
    correct(register.desk(), request_id, "99999919610615002X", "id_document")
    kept = values_of(register, person_id)
    assert (kept["birth_date"], kept["sex"]) == ("1961-06-15", "female")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "call me"),
        ("id_number", ID_NUMBER[:-1] + "8"),
        ("birth_date", "1999-01-01"),  # the identity number says otherwise
        ("sex", "unknown"),
        ("care_category", "psychiatric"),
        ("name", ""),
        ("name", "x" * 61),
        ("door", "x" * 21),
    ],
)
def test_a_value_that_cannot_be_is_refused(register: Stage, field: str, value: str) -> None:
    person_id = register.cared()
    before = values_of(register, person_id)
    request_id = register.request("correct", person_id, field=field)
    with pytest.raises(ValueInvalid):
        correct(register.desk(), request_id, value, "id_document")
    assert values_of(register, person_id) == before
    assert request_state(register, request_id) == "open"


def test_what_needs_a_consent_is_not_written_without_it(register: Stage) -> None:
    request_id = register.request("correct", register.person(), field="care_category")
    with pytest.raises(ConsentMissing):
        correct(register.desk(), request_id, "bereaved", "statement_signed")


@pytest.mark.parametrize("proof", ["", "he said so"])
def test_a_correction_needs_its_proof(register: Stage, proof: str) -> None:
    request_id = register.request("correct", register.person(), field="door")
    with pytest.raises(CodeUnknown):
        correct(register.desk(), request_id, "502", proof)


def test_a_withdrawn_consent_takes_its_values_at_once(register: Stage) -> None:
    person_id = register.cared()
    request_id = register.request("withdraw_consent", person_id, consent_purpose="care_service")
    withdraw_consent(register.desk(), request_id)
    assert "care_category" not in values_of(register, person_id)
    assert values_of(register, person_id)["name"] == NAME
    assert register.store.rows("care_recipient/of_people", person_ids=[person_id]) == []
    assert register.sql("select withdrawn_on is not null from consent_now") == [(True,)]
    assert request_state(register, request_id) == "done"
    assert all(table.same for table in rebuild(register.store))


def test_contact_values_go_even_where_no_consent_was_written_down(register: Stage) -> None:
    person_id = register.person()
    request_id = register.request("withdraw_consent", person_id, consent_purpose="contact")
    withdraw_consent(register.desk(), request_id)
    assert "phone" not in values_of(register, person_id)


def test_where_nothing_rests_on_it_there_is_nothing_to_withdraw(register: Stage) -> None:
    person_id = register.person()
    request_id = register.request("withdraw_consent", person_id, consent_purpose="care_service")
    with pytest.raises(NotThere):
        withdraw_consent(register.desk(), request_id)


def test_a_refusal_gives_its_ground_and_keeps_the_words_sealed(register: Stage) -> None:
    person_id = register.person()
    request_id = register.request("delete", person_id)
    for code, words, refusal in (
        ("", REASON, CodeUnknown), ("legal_hold", "", ReasonNeeded), ("mood", REASON, CodeUnknown)
    ):  # fmt: skip
        with pytest.raises(refusal):
            refuse(register.desk(), request_id, code, words)
    refuse(register.desk(), request_id, "must_be_kept_by_law", REASON)
    row = register.desk().request(request_id)
    assert (row["state"], row["refusal"]) == ("refused", "must_be_kept_by_law")
    notes = notes_of(register.store, register.keyring, "rights_request", [request_id])
    assert notes == {(request_id, "answer"): REASON}
    with pytest.raises(RequestSettled):
        refuse(register.desk(), request_id, "nothing_wrong", REASON)


def test_a_request_about_nobody_is_answered_that_nothing_is_kept(register: Stage) -> None:
    request_id = register.request("copy", None)
    with pytest.raises(RequestSettled):
        ask_second_person(register.desk(), request_id, REASON)
    hand_over(register.desk(), request_id)
    assert request_state(register, request_id) == "done"


def test_a_request_can_be_taken_back_by_its_requester(register: Stage) -> None:
    request_id = register.request("delete", register.person())
    take_back(register.desk(), request_id)
    assert request_state(register, request_id) == "withdrawn"


@pytest.mark.parametrize("end", ["lapses", "is taken back"])
def test_when_the_asking_ends_without_an_answer_the_request_is_open_again(
    register: Stage, end: str
) -> None:
    request_id = register.request("delete", register.person())
    approval_id = ask_second_person(register.desk(), request_id, REASON)
    with pytest.raises(RequestSettled):
        refuse(register.desk(), request_id, "nothing_wrong", REASON)
    if end == "lapses":
        register.later(days=3)
        let_time_pass(register.approvals)
    else:
        withdraw(register.approvals, PRIVACY, approval_id)
    assert request_state(register, request_id) == "open"
    ask_second_person(register.desk(), request_id, REASON)


def test_every_step_is_in_the_audit_and_none_has_a_value(register: Stage) -> None:
    person_id = register.person()
    found = register.desk().find("phone", PHONE)[0].person_id
    request_id = register.request("correct", found, field="phone")
    correct(register.desk(), request_id, "19900000099", "statement_signed")
    register.audit.close()
    rows = register.sql("select action, subject_id, detail, field from audit_event order by seq")
    assert [row[0] for row in rows] == ["rights.find", "rights.receive", "rights.done"]
    assert {row[1] for row in rows} == {person_id}
    assert "1990" not in str(rows)


def test_the_day_of_a_withdrawal_never_lies_before_its_consent(register: Stage) -> None:
    person_id = register.cared()
    assert register.now.date() >= date(2026, 1, 5)
    request_id = register.request("withdraw_consent", person_id, consent_purpose="care_service")
    withdraw_consent(register.desk(), request_id)
    assert register.sql("select withdrawn_on >= given_on from consent_now") == [(True,)]
