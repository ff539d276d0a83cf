"""Holds an emergency plan as a versioned document: steps with roles and timers, contacts, cameras.

REFERENCE §8. The texts are the plan's own, in both languages; nothing here is worded by a rule. A
version is never changed once it was activated: a correction is the next version.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from rules.errors import RuleViolation
from rules.plan_vocabulary import EMERGENCY_KINDS, PLAN_ROLES
from rules.record_fields import Record, SourceKey, Word, one_of
from rules.vocabulary import CATEGORIES, DEVICE_KINDS, SERVICES

LONGEST_STEP_S = 7 * 24 * 3_600  # ours: what takes longer is a project, not an emergency

Text = Annotated[str, Field(min_length=1, max_length=400)]
Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Seconds = Annotated[int, Field(strict=True, ge=0, le=LONGEST_STEP_S)]


class PlanInvalid(RuleViolation):
    """A plan document that cannot be followed; `field` names the first place at fault."""

    code = "plan_invalid"


class PlanTrigger(Record):
    """What suggests starting the plan; a person starts it. One of the two."""

    alarm_kind: Annotated[str, one_of(*DEVICE_KINDS, "fire", "fall", "manual")] | None = None
    category: Annotated[str, one_of(*CATEGORIES)] | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> PlanTrigger:
        if (self.alarm_kind is None) == (self.category is None):
            raise ValueError("names an alarm_kind or a category, one of them")
        return self


class PlanContact(Record):
    """Somebody outside to call, by service or by the id of a registered contact.

    Attributes:
        contact_id: Id within the plan.
        service: A code of SERVICES; whoever offers it can be called.
        registered_id: Id of a contact of the community, where it must be that one.
    """

    contact_id: Code
    service: Annotated[str, one_of(*SERVICES)]
    registered_id: SourceKey | None = None


class PlanStep(Record):
    """One thing to do.

    Attributes:
        step_id: Id within the plan; steps are shown in the order of the document.
        title_zh: What to do, in Chinese.
        title_en: The same in English.
        role: Who does it, a code of PLAN_ROLES.
        people: How many of that role are needed.
        due_s: Seconds from activation until it should be done.
        after: Steps that must be settled before it can start.
        required: True where the plan cannot end while it is open.
        contact_ids: Contacts to call for it, ids within the plan.
        camera_ids: Cameras to look at meanwhile.
    """

    step_id: Code
    title_zh: Text
    title_en: Text
    role: Annotated[str, one_of(*PLAN_ROLES)]
    people: Annotated[int, Field(strict=True, ge=1, le=200)] = 1
    due_s: Seconds
    after: tuple[Code, ...] = ()
    required: bool = True
    contact_ids: tuple[Code, ...] = ()
    camera_ids: tuple[SourceKey, ...] = ()


class Plan(Record):
    """An emergency plan in one of its versions.

    Attributes:
        plan_id: The plan, the same in all versions.
        version: 1 and up.
        kind: A code of EMERGENCY_KINDS.
        title_zh: Name in Chinese.
        title_en: Name in English.
        triggers: What suggests starting it.
        steps: In the order they are shown.
        contacts: Who may have to be called.
        area_ids: Areas it covers; empty for the whole community.
        camera_ids: Cameras of the plan board.
        review_by: Date by which it is to be looked through again; None where nobody set one.
    """

    plan_id: Code
    version: Annotated[int, Field(strict=True, ge=1, le=100_000)]
    kind: Annotated[str, one_of(*EMERGENCY_KINDS)]
    title_zh: Word
    title_en: Word
    triggers: tuple[PlanTrigger, ...] = ()
    steps: Annotated[tuple[PlanStep, ...], Field(min_length=1, max_length=100)]
    contacts: tuple[PlanContact, ...] = ()
    area_ids: tuple[SourceKey, ...] = ()
    camera_ids: tuple[SourceKey, ...] = ()
    review_by: date | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Plan:
        contacts = [contact.contact_id for contact in self.contacts]
        if len(set(contacts)) < len(contacts):
            raise ValueError("contacts: two have the same contact_id")
        due_of: dict[str, int] = {}
        for step in self.steps:
            if step.step_id in due_of:
                raise ValueError(f"steps: {step.step_id} is there twice")
            # Only steps further up can come first, which also rules out circles.
            for earlier in step.after:
                if earlier not in due_of:
                    raise ValueError(f"steps: {step.step_id} waits for {earlier}, not above it")
                if due_of[earlier] > step.due_s:
                    raise ValueError(f"steps: {step.step_id} is due before {earlier}")
            if not set(step.contact_ids) <= set(contacts):
                raise ValueError(f"steps: {step.step_id} calls a contact the plan has not")
            due_of[step.step_id] = step.due_s
        return self


def parse_plan(document: object) -> Plan:
    """Check a plan document as decoded from JSON or TOML.

    Raises:
        PlanInvalid: Naming the first place at fault and what is wrong, in plain English.
    """
    try:
        return Plan.model_validate(document)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "plan"
        raise PlanInvalid(field=place, message=first["msg"]) from None


def check_next_version(known: Plan, new: Plan) -> None:
    """Hold that a document follows its predecessor: same plan, next version.

    Raises:
        PlanInvalid: It is another plan, or skips or repeats a version.
    """
    if new.plan_id != known.plan_id:
        raise PlanInvalid(field="plan_id", message="is another plan")
    if new.version != known.version + 1:
        raise PlanInvalid(field="version", message=f"must be {known.version + 1}")


def suggested(plans: tuple[Plan, ...], alarm_kind: str | None, category: str | None) -> list[Plan]:
    """Return the plans an alarm or a case suggests, in the order given; a person starts one."""
    return [
        plan
        for plan in plans
        if any(
            (trigger.alarm_kind is not None and trigger.alarm_kind == alarm_kind)
            or (trigger.category is not None and trigger.category == category)
            for trigger in plan.triggers
        )
    ]
