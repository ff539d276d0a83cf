"""`plan list`, `plan export`, `plan import`, `plan defaults`: emergency plans as JSON files."""

from __future__ import annotations

import json

from actions.access import CLI
from actions.auditing import line_for
from actions.plans.documents import (
    adopt_defaults,
    document_text,
    keep_version,
    plan_of,
    plans_of,
    read_document,
)
from commands.context import Context
from data.transaction import Transaction
from rules.errors import RuleViolation


def run_plan_list(context: Context, community_id: str) -> int:
    """Print one JSON line per plan in use: code, kind, version, whether it is still a default."""
    for row in plans_of(context.store, community_id):
        shown = {name: row[name] for name in ("code", "kind", "version", "title_zh", "is_default")}
        context.out(json.dumps(shown, ensure_ascii=False))
    return 0


def run_plan_export(context: Context, community_id: str, code: str) -> int:
    """Print the newest version of a plan as JSON."""
    try:
        row = plan_of(context.store, community_id, code)
    except RuleViolation:
        context.err(f"{community_id} has no plan {code}; see plan list")
        return 1
    context.out(document_text(row["plan"]).rstrip("\n"))
    return 0


def run_plan_import(context: Context, community_id: str, text: str) -> int:
    """Save a plan document: a new plan, or the next version of a known one; audited."""

    def unit(tx: Transaction) -> str:
        plan = read_document(text)
        row = keep_version(tx, community_id, plan, CLI.actor)
        line = line_for(
            CLI,
            "plan.change",
            community_id,
            subject_kind="plan",
            subject_id=row["plan_id"],
            detail=f"{plan.plan_id} v{plan.version}",
        )
        context.vault.audit.note(tx, line)
        return f"{plan.plan_id} version {plan.version} saved"

    known = [row["community_id"] for row in context.store.rows("view/community")]
    if community_id not in known:
        context.err(f"there is no community {community_id}")
        return 1
    try:
        context.out(context.store.write(unit).result())
    except RuleViolation as refusal:
        context.err(f"{refusal.code}: {refusal.fields}")
        return 1
    return 0


def run_plan_defaults(context: Context, community_id: str) -> int:
    """Load what a community lacks of the default set."""
    known = [row["community_id"] for row in context.store.rows("view/community")]
    if community_id not in known:
        context.err(f"there is no community {community_id}")
        return 1
    n = adopt_defaults(context.store, community_id, CLI.actor)
    context.out(f"{n} plans loaded; adapt them to the place")
    return 0
