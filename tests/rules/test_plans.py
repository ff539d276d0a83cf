"""A plan document fits together or is refused, naming the place at fault."""

import json
from typing import Any

import pytest

from rules.plan_vocabulary import EMERGENCY_KINDS
from rules.plans import PlanInvalid, check_next_version, parse_plan, suggested
from tests.rules.plan_stage import FLOODING, PLAN, step


def changed(**more: Any) -> dict[str, Any]:
    return {**FLOODING, **more}


def test_a_document_is_the_same_after_it_was_written_and_read() -> None:
    assert parse_plan(json.loads(PLAN.model_dump_json())) == PLAN


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (None, "plan"),
        ([], "plan"),
        ({}, "plan_id"),
        (changed(owner="me"), "owner"),  # an unknown key is refused, not dropped
        (changed(version=0), "version"),
        (changed(version="3"), "version"),
        (changed(version=True), "version"),
        (changed(kind="alien_landing"), "kind"),
        (changed(title_en=""), "title_en"),  # reads in both languages
        (changed(steps=[]), "steps"),
        (changed(triggers=[{}]), "triggers.0"),
        (changed(triggers=[{"alarm_kind": "smoke", "category": "noise"}]), "triggers.0"),
        (changed(triggers=[{"alarm_kind": "mood"}]), "triggers.0.alarm_kind"),
        (changed(contacts=[{"contact_id": "a", "service": "pizza"}]), "contacts.0.service"),
        (changed(steps=[step("a", "king", 60)]), "steps.0.role"),
        (changed(steps=[step("a", "patrol", -1)]), "steps.0.due_s"),
        (changed(steps=[step("a", "patrol", 604_801)]), "steps.0.due_s"),
        (changed(steps=[step("a", "patrol", 60, people=0)]), "steps.0.people"),
        (changed(steps=[step("A b", "patrol", 60)]), "steps.0.step_id"),
        # the parts must fit each other
        (changed(steps=[step("a", "patrol", 60), step("a", "patrol", 90)]), "plan"),
        (changed(steps=[step("a", "patrol", 60, after=["b"])]), "plan"),
        (changed(steps=[step("a", "patrol", 60, after=["a"])]), "plan"),  # waits for itself
        (
            changed(steps=[step("a", "patrol", 90), step("b", "patrol", 60, after=["a"])]),
            "plan",  # due before what it waits for
        ),
        (changed(steps=[step("a", "patrol", 60, contact_ids=["nobody"])]), "plan"),
        (changed(contacts=FLOODING["contacts"] * 2), "plan"),
    ],
)
def test_a_plan_nobody_could_follow_is_refused(document: object, field: str) -> None:
    with pytest.raises(PlanInvalid) as raised:
        parse_plan(document)
    assert raised.value.fields["field"] == field


def test_every_kind_of_emergency_can_have_a_plan() -> None:
    for kind in EMERGENCY_KINDS:
        assert parse_plan(changed(kind=kind)).kind == kind


def test_a_correction_is_the_next_version_of_the_same_plan() -> None:
    check_next_version(PLAN, parse_plan(changed(version=4)))
    for wrong in ({"version": 3}, {"version": 5}, {"version": 4, "plan_id": "other"}):
        with pytest.raises(PlanInvalid):
            check_next_version(PLAN, parse_plan(changed(**wrong)))


@pytest.mark.parametrize(
    ("alarm_kind", "category", "there"),
    [
        ("water_level", None, True),
        (None, "sewage_overflow", True),
        ("smoke", "noise", False),
        (None, None, False),  # nothing suggests nothing
    ],
)
def test_an_alarm_or_a_case_suggests_the_plans_that_name_it(
    alarm_kind: str | None, category: str | None, there: bool
) -> None:
    assert bool(suggested((PLAN,), alarm_kind, category)) == there
