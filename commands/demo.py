"""`demo`: put the fictional demo community into the store."""

from __future__ import annotations

from datetime import UTC, datetime

from actions.demo import load_demo
from commands.context import Context


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
    return 0
