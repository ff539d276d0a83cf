"""`retention`: what a person types to look at what is due, or to delete it."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.terminal.calling import do


def retention(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only count what is past its purpose.")
    ] = False,
    community: Annotated[str | None, typer.Option(help="Id of the community.")] = None,
    only: Annotated[
        list[str] | None, typer.Option("--class", help="Only this class; may be repeated.")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why, for the audit.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete what is due.")] = False,
) -> None:
    """Count what is past its purpose, and with --yes delete it in small batches."""
    do(
        "retention",
        community_id=community,
        dry_run=dry_run,
        classes=list(only or ()),
        reason=reason,
        yes=yes,
    )
