"""Periods come from the registry; every period in it has a class; holds end within a year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules import retention
from rules.fields import FIELDS, Keep
from rules.fields_elsewhere import ELSEWHERE
from rules.retention import (
    CLASSES,
    HoldInvalid,
    before,
    check_hold,
    ids_hash,
    needs_second_person,
    rule_version,
)

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
# Which class carries out the period of which registered fields.
CARRIED_OUT = {
    ("person", "moved_out"): "person_moved_out",
    ("person", "care_ended"): "care_ended",
    ("household", "left"): "household_left",
    ("enterprise", "left"): "enterprise_left",
    ("consent", "ended"): "consent_proof",
    ("care_recipient", "care_ended"): "care_ended",  # the register's own link ends with the care
}


def test_every_period_of_the_registry_is_carried_out_by_a_class_with_that_period() -> None:
    for field in FIELDS.values():
        if field.keep is not None:
            code = CARRIED_OUT[field.subject, field.keep.after]
            assert CLASSES[code].keep == field.keep, (field.subject, field.name)


# Tables that are no file: the class that carries their period out, or who does instead.
ELSEWHERE_CLASS = {
    "case_text": "case_text",
    "quarantine": "quarantine",
    "worker_position": "worker_position",
    "session": "session",
    "sealed_note": "officer_note",
    "case_message": "case_text",
    "case_photo": "case_photo",
    "alarm_strip": "alarm_strip",
    "case_contact": "case_contact",
    "detection": "detection",
}
NOT_BY_RETENTION = {
    "audit": "never shortened: the chain needs every line",
    "contact_number": "forgotten with the step that replaced it (actions/setup/directory.py)",
    "plan_run_person": "goes with the end of the run (actions/plans/ending.py)",
    "outgoing_secret": "goes with its channel, webhook or gate",
    "camera_secret": "goes with its camera's record, its key with it",
    "credential": "goes with the account's closing",
    "recovery_code": "goes with its use and with the account's closing",
    "account": "a post's login stays in the log of accounts",
    "worker": "a callsign is a post",
}


def test_every_other_registered_period_has_its_class_or_its_reason() -> None:
    for field in ELSEWHERE.values():
        code = ELSEWHERE_CLASS.get(field.subject)
        if code is None:
            assert field.subject in NOT_BY_RETENTION, field.subject
        else:
            assert CLASSES[code].keep == field.keep


def test_only_what_nobody_can_want_back_goes_by_itself() -> None:
    assert {code for code, each in CLASSES.items() if each.by_itself} == {
        "consent_withdrawn",
        "quarantine",
        "worker_position",
        "session",
        "camera_viewing",
        "gate_call",
        "alarm_strip",
        "camera_day",
        "detection",
    }
    assert not [c for c, each in CLASSES.items() if each.by_itself and each.deed == "erase"]


@pytest.mark.parametrize("code", CLASSES)
def test_what_concerns_people_or_cases_can_be_held(code: str) -> None:
    held = {"person", "household", "enterprise", "case", None}
    assert CLASSES[code].subject in held
    if CLASSES[code].people:
        assert CLASSES[code].subject == "person"


def test_the_audit_is_kept_three_years_and_has_no_class() -> None:
    assert retention.AUDIT_DAYS >= 183
    assert not [code for code in CLASSES if "audit" in code]


def test_a_period_counts_back_from_the_moment() -> None:
    assert before(Keep(180, "moved_out"), NOW) == NOW - timedelta(days=180)
    assert before(Keep(0, "ended"), NOW) == NOW


@pytest.mark.parametrize(("people", "needed"), [(0, False), (1_000, False), (1_001, True)])
def test_more_than_a_thousand_people_need_a_second_person(people: int, needed: bool) -> None:
    assert needs_second_person(people) is needed


@pytest.mark.parametrize("days", [1, 180, 366])
def test_a_hold_may_last_up_to_a_year(days: int) -> None:
    check_hold(NOW + timedelta(days=days), NOW)


@pytest.mark.parametrize("days", [-1, 0, 367, 4_000])
def test_a_hold_ends_after_now_and_within_a_year(days: int) -> None:
    with pytest.raises(HoldInvalid):
        check_hold(NOW + timedelta(days=days), NOW)


def test_the_hash_of_a_proof_does_not_depend_on_the_order() -> None:
    assert ids_hash(["b", "a"]) == ids_hash(["a", "b"]) != ids_hash(["a"])


def test_the_version_changes_with_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    old = rule_version()
    assert rule_version() == old
    monkeypatch.setattr(retention, "_CLASSES", retention._CLASSES[:-1])
    assert rule_version() != old
