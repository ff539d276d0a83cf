"""A plan and what is there to carry it out, for the tests of plans."""

from datetime import UTC, date, datetime
from typing import Any

from rules.plan_runs import Activation, activate
from rules.plan_shortfalls import Resources
from rules.plans import parse_plan

T0 = datetime(2026, 7, 12, 8, 30, tzinfo=UTC)
TODAY = date(2026, 7, 12)


def step(step_id: str, role: str, due_s: int, **more: Any) -> dict[str, Any]:
    words = {"title_zh": f"步骤 {step_id}", "title_en": f"Step {step_id}"}
    return {"step_id": step_id, "role": role, "due_s": due_s, **words, **more}


FLOODING: dict[str, Any] = {
    "plan_id": "flooding",
    "version": 3,
    "kind": "urban_flooding",
    "title_zh": "城市内涝应急预案",
    "title_en": "Urban flooding",
    "triggers": [{"alarm_kind": "water_level"}, {"category": "sewage_overflow"}],
    "contacts": [
        {"contact_id": "drains", "service": "drainage"},
        {"contact_id": "power", "service": "power", "registered_id": "contact-7"},
    ],
    "area_ids": ["estate-1"],
    "camera_ids": ["cam-1"],
    "review_by": "2026-12-31",
    "steps": [
        step("look", "grid_worker", 300, camera_ids=["cam-1", "cam-2"]),
        step("cordon", "patrol", 600, people=2, after=["look"]),
        step("pump", "property", 900, after=["look"], contact_ids=["drains"]),
        step("cut-power", "property", 900, after=["look"], contact_ids=["power"]),
        step("tell", "duty_officer", 1_200, required=False),
        step("report", "commander", 3_600, after=["pump", "cordon"]),
    ],
}
PLAN = parse_plan(FLOODING)
ENOUGH = Resources(
    on_duty={
        "grid_worker": ["g-1"],
        "patrol": ["r-1", "r-2"],
        "property": ["p-1"],
        "duty_officer": ["d-1"],
        "commander": ["c-1"],
    },
    reachable_services=frozenset({"drainage"}),
    contacts={"contact-7": True},
    cameras={"cam-1": True, "cam-2": True},
    area_ids=frozenset({"estate-1"}),
)


def started(drill: bool = False) -> Activation:
    return activate(PLAN, ENOUGH, T0, "officer", "w-1", today=TODAY, drill=drill)
