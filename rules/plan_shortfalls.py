"""Decides what a plan asks for and does not find at the moment it is started."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rules.plans import Plan


@dataclass(frozen=True, slots=True)
class Resources:
    """What is there at the moment of starting.

    Attributes:
        on_duty: Workers on duty by plan role.
        reachable_services: Services somebody registered for can be called.
        contacts: Registered contacts, id → whether they can be called.
        cameras: Known cameras, id → whether they are online.
        area_ids: Known areas.
    """

    on_duty: Mapping[str, Sequence[str]]
    reachable_services: frozenset[str] = frozenset()
    contacts: Mapping[str, bool] = field(default_factory=dict)
    cameras: Mapping[str, bool] = field(default_factory=dict)
    area_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlanShortfall:
    """What the plan asks for and is not there.

    Attributes:
        code: A code of PLAN_SHORTFALLS.
        subject: Role, contact, camera or area it is about.
        step_id: The first step that needs it; None where the plan as a whole does.
        n: How many are missing.
    """

    code: str
    subject: str
    step_id: str | None = None
    n: int = 1


def shortfalls(plan: Plan, resources: Resources, today: date) -> tuple[PlanShortfall, ...]:
    """List what is missing; it hinders nothing, and is shown beside the tasks.

    Args:
        plan: The plan.
        resources: What is there.
        today: Local date of the community.

    Returns:
        People first, then contacts, cameras and areas, then a plan that was not looked through.
    """
    return (
        *_people(plan, resources),
        *_contacts(plan, resources),
        *_cameras(plan, resources),
        *(
            PlanShortfall("area_unknown", area)
            for area in plan.area_ids
            if area not in resources.area_ids
        ),
        *_review(plan, today),
    )


def _people(plan: Plan, resources: Resources) -> Iterator[PlanShortfall]:
    """A role is short by its largest step; two steps may be done by the same people in turn."""
    for role in dict.fromkeys(step.role for step in plan.steps):
        needed = max(step.people for step in plan.steps if step.role == role)
        there = len(set(resources.on_duty.get(role, ())))
        if there < needed:
            first = next(s.step_id for s in plan.steps if s.role == role and s.people > there)
            code = "too_few" if there else "nobody_on_duty"
            yield PlanShortfall(code, role, first, needed - there)


def _contacts(plan: Plan, resources: Resources) -> Iterator[PlanShortfall]:
    for contact in plan.contacts:
        step_id = next((s.step_id for s in plan.steps if contact.contact_id in s.contact_ids), None)
        if contact.registered_id is None:
            if contact.service not in resources.reachable_services:
                yield PlanShortfall("contact_unreachable", contact.contact_id, step_id)
        elif contact.registered_id not in resources.contacts:
            yield PlanShortfall("contact_unknown", contact.contact_id, step_id)
        elif not resources.contacts[contact.registered_id]:
            yield PlanShortfall("contact_unreachable", contact.contact_id, step_id)


def _cameras(plan: Plan, resources: Resources) -> Iterator[PlanShortfall]:
    asked: dict[str, str | None] = dict.fromkeys(plan.camera_ids)
    for step in plan.steps:
        for camera in step.camera_ids:
            asked.setdefault(camera, step.step_id)
    for camera, step_id in asked.items():
        if camera not in resources.cameras:
            yield PlanShortfall("camera_unknown", camera, step_id)
        elif not resources.cameras[camera]:
            yield PlanShortfall("camera_offline", camera, step_id)


def _review(plan: Plan, today: date) -> Iterator[PlanShortfall]:
    if plan.review_by is not None and today > plan.review_by:
        yield PlanShortfall("review_overdue", plan.plan_id)
