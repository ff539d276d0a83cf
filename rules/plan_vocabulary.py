"""The closed word lists of emergency plans: kinds, roles, states of a step, shortfalls, events.

`PLAN_KINDS` of rules/vocabulary.py is another thing: the shapes of a site plan.
"""

EMERGENCY_KINDS = (
    "high_rise_fire",
    "urban_flooding",
    "gas_leak",
    "lift_entrapment",
    "sewage_overflow",
    "power_failure",
    "typhoon",
    "missing_person",
    "other",
)
PLAN_ROLES = (
    "commander",
    "duty_officer",
    "grid_worker",
    "property",
    "patrol",
    "volunteer",
    "partner",
)
PLAN_STEP_STATES = ("waiting", "under_way", "done", "skipped", "unable")
PLAN_SHORTFALLS = (
    "nobody_on_duty",
    "too_few",
    "contact_unknown",
    "contact_unreachable",
    "camera_unknown",
    "camera_offline",
    "area_unknown",
    "review_overdue",
)
PLAN_EVENTS = (
    "activated",
    "confirmed",
    "refused",
    "escalated",
    "step_started",
    "step_done",
    "step_skipped",
    "step_unable",
    "note",
    "case_changed",
    "alarm_changed",
    "ended",
)
