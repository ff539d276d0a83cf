"""Keeps the plans of a community: the default set, edits as next versions, import and export.

The default set lies in data/plans as one JSON file per plan, and is marked as such until somebody
adapts it to the place.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from actions.access import NotThere, allow
from actions.approvals import utc_now
from actions.auditing import line_for
from data.audit import AuditChain
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.plans import Plan, PlanInvalid, check_next_version, parse_plan
from rules.viewer import Viewer

Row = dict[str, Any]
DEFAULTS = Path(__file__).parents[2] / "data" / "plans"
LONGEST_DOCUMENT = 200_000


class PlanChanged(RuleViolation):
    """Somebody else has saved a version meanwhile; look at it and edit again."""

    code = "plan_changed"


@dataclass(frozen=True, slots=True)
class PlanDesk:
    """What deeds on plans need of the running application."""

    store: Store
    keyring: Keyring
    audit: AuditChain
    now: Callable[[], datetime] = utc_now


def default_plans() -> list[Plan]:
    """Return the default set, in the order of their file names."""
    return [parse_plan(json.loads(path.read_text("utf-8"))) for path in sorted(DEFAULTS.iterdir())]


def plans_of(store: Store, community_id: str) -> list[Row]:
    """Return the plans in use: the rows of plan/listed.sql with `plan`, the document as read."""
    rows = store.rows("plan/listed", community_id=community_id, code=None)
    return [{**row, "plan": parse_plan(json.loads(row["document"]))} for row in rows]


def plan_of(store: Store, community_id: str, code: str) -> Row:
    """Return one plan, as `plans_of` does.

    Raises:
        NotThere: The community has none of that code.
    """
    rows = store.rows("plan/listed", community_id=community_id, code=code)
    if not rows:
        raise NotThere()
    return {**rows[0], "plan": parse_plan(json.loads(rows[0]["document"]))}


def adopt_defaults(store: Store, community_id: str, actor: str) -> int:
    """Put the default set in place of what is missing of it; returns how many were.

    A plan the community has under that code, adapted or not, stays as it is.
    """
    plans = default_plans()

    def unit(tx: Transaction) -> int:
        known = {
            row["code"] for row in tx.rows("plan/listed", community_id=community_id, code=None)
        }
        fresh = [plan for plan in plans if plan.plan_id not in known]
        for plan, plan_id in zip(fresh, tx.ids(len(fresh)), strict=True):
            _append(tx, plan, plan_id, community_id, "adopted", actor, is_default=True)
        return len(fresh)

    return store.write(unit).result()


def read_document(text: str) -> Plan:
    """Read a plan from JSON text.

    Raises:
        PlanInvalid: It is too long, no JSON, or no plan that can be followed.
    """
    if len(text) > LONGEST_DOCUMENT:
        raise PlanInvalid(field="plan", message="is too long")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):  # not JSON, or nested a thousand deep
        raise PlanInvalid(field="plan", message="is not JSON") from None
    return parse_plan(document)


def document_text(plan: Plan) -> str:
    """Return a plan as JSON text, readable and in the order of its fields."""
    shown = plan.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(shown, ensure_ascii=False, indent=2) + "\n"


def save_plan(desk: PlanDesk, asking: Viewer, community_id: str, plan: Plan) -> Row:
    """Save a plan: a new one as version 1, a known one as its next version.

    Raises:
        NotThere, NotAllowed: The community or the deed is not the viewer's.
        PlanChanged: The version is not the one after the newest: somebody was first.
        PlanInvalid: A new plan does not begin with version 1.
    """
    allow("plan.write", community_id)

    def unit(tx: Transaction) -> Row:
        row = keep_version(tx, community_id, plan, asking.actor)
        desk.audit.note(
            tx,
            line_for(
                asking,
                "plan.change",
                community_id,
                subject_kind="plan",
                subject_id=row["plan_id"],
                detail=f"{plan.plan_id} v{plan.version}",
            ),
        )
        return row

    return desk.store.write(unit).result()


def keep_version(tx: Transaction, community_id: str, plan: Plan, actor: str) -> Row:
    """Append a version inside a unit of work.

    Raises:
        PlanChanged, PlanInvalid: As `save_plan`.
    """
    known = tx.rows("plan/listed", community_id=community_id, code=plan.plan_id)
    if not known:
        if plan.version != 1:
            raise PlanInvalid(field="version", message="must be 1")
        return _append(tx, plan, tx.ids(1)[0], community_id, "adopted", actor, is_default=False)
    newest = parse_plan(json.loads(known[0]["document"]))
    try:
        check_next_version(newest, plan)
    except PlanInvalid:
        raise PlanChanged(version=newest.version) from None
    plan_id = known[0]["plan_id"]
    return _append(tx, plan, plan_id, community_id, "changed", actor, is_default=False)


def _append(
    tx: Transaction,
    plan: Plan,
    plan_id: str,
    community_id: str,
    kind: str,
    actor: str,
    *,
    is_default: bool,
) -> Row:
    row = {
        "event_kind": kind,
        "happened_at": tx.now,
        "actor": actor,
        "plan_id": plan_id,
        "community_id": community_id,
        "code": plan.plan_id,
        "version": plan.version,
        "kind": plan.kind,
        "title_zh": plan.title_zh,
        "title_en": plan.title_en,
        "document": document_text(plan),
        "is_default": is_default,
    }
    tx.append("plan", [row])
    return row
