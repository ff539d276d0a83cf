"""`demo`: put the fictional demo community into the store, with accounts to look at it."""

from __future__ import annotations

from datetime import UTC, datetime

from actions.demo import load_demo
from commands.context import Context
from commands.demo_logins import demo_logins


def run_demo(context: Context, seed: int) -> int:
    """Load the demo community; a second time changes nothing. Returns 0."""
    counts = load_demo(
        context.store,
        seed,
        datetime.now(UTC),
        lambda kind, count: context.err(f"… {kind}: {count}"),
    )
    for kind, count in counts.items():
        context.out(f"{kind}: {count}")
    for line in demo_logins(context):
        context.out(line)
    return 0
