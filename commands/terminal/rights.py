"""`rights list`: what a person types about requests of the people on record."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.terminal.calling import do

group = typer.Typer(help="Requests of the people on record.", no_args_is_help=True)


@group.callback()
def rights() -> None:
    """Requests of the people on record."""


@group.command("list")
def rights_list(
    community: Annotated[str | None, typer.Option(help="Only this community.")] = None,
) -> None:
    """List the requests with their clocks, one JSON object a line; ids and codes only."""
    do("rights list", community_id=community)
