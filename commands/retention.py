"""`retention`: what is past its purpose, as a table, and deleting it after a plain yes."""

from __future__ import annotations

from collections.abc import Sequence

from actions.access import CLI
from actions.approvals import Approvals
from actions.rights.retention import progress_of, request_run
from actions.rights.retention_plan import plan
from commands.context import Context
from rules.errors import RuleViolation
from rules.retention import CLASSES


def run_retention(
    context: Context,
    community_id: str | None,
    dry_run: bool,
    classes: Sequence[str],
    reason: str | None,
    yes: bool,
) -> int:
    """Print what is due; delete it where that was asked for. Returns 2 where it was refused.

    Args:
        community_id: Only this community; without it all are looked through, and nothing deleted.
        dry_run: Look only.
        classes: Only these classes; all that need a person's word when empty.
        reason: Why it is run now.
        yes: It is meant.
    """
    approvals = Approvals(context.store, context.keyring, context.audit)
    known = [row["community_id"] for row in context.store.rows("view/community")]
    if community_id is not None and community_id not in known:
        context.err(f"There is no community {community_id!r}.")
        return 2
    for each in known if community_id is None else [community_id]:
        _print_plan(context, approvals, each)
    if dry_run:
        context.err("A dry run: nothing was deleted.")
        return 0
    if community_id is None or not reason or not yes:
        context.err("Nothing was deleted: say --community, --reason and --yes to delete.")
        return 2
    chosen = list(classes) or [each.code for each in CLASSES.values() if not each.by_itself]
    try:
        done_as = request_run(approvals, CLI, community_id, chosen, reason, wait=True)
    except RuleViolation as refusal:
        context.err(f"Nothing was deleted: {refusal}")
        return 2
    if done_as == "asked":
        context.err("More than 1,000 people: a secretary has to approve it on the page /approvals.")
        return 0
    progress = progress_of(context.store)
    if progress is None or progress.error:
        context.err(f"The run stopped: {progress.error if progress else 'unknown'}; run it again.")
        return 1
    context.out(f"Deleted {progress.done} in run {progress.run_id}; the proofs are in the store.")
    return 0


def _print_plan(context: Context, approvals: Approvals, community_id: str) -> None:
    context.out(f"{community_id}:")
    for each in plan(context.store, community_id, approvals.now()):
        rules = CLASSES[each.code]
        oldest = f", oldest {each.oldest_at:%Y-%m-%d}" if each.oldest_at else ""
        held = f", {each.held} on legal hold" if each.held else ""
        how = "by itself, nightly" if rules.by_itself else "on a person's word"
        period = f"{rules.keep.days} days after {rules.keep.after}"
        context.out(f"  {each.code:<18} {each.subjects:>8} due{oldest}{held}  ({period}; {how})")
