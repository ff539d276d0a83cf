"""`plan list|export|import|defaults`: what a person types about emergency plans."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.terminal.calling import do

group = typer.Typer(help="Emergency plans.", no_args_is_help=True)

Community = Annotated[str, typer.Option(help="Whose plans.")]


@group.callback()
def plan() -> None:
    """Emergency plans."""


@group.command("list")
def plan_list(community: Community) -> None:
    """List the plans in use, one JSON object a line."""
    do("plan list", community_id=community)


@group.command("export")
def plan_export(
    community: Community,
    code: Annotated[str, typer.Option(help="The plan, as plan list names it.")],
) -> None:
    """Print the newest version of a plan as JSON, to be kept or edited."""
    do("plan export", community_id=community, code=code)


@group.command("import")
def plan_import(
    file: Annotated[Path, typer.Argument(help="JSON file.", exists=True, dir_okay=False)],
    community: Community,
) -> None:
    """Save a plan from a JSON file: a new one as version 1, a known one as its next version."""
    try:
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        typer.echo(f"{file} is not text in UTF-8", err=True)
        raise typer.Exit(1) from None
    do("plan import", community_id=community, text=text)


@group.command("defaults")
def plan_defaults(community: Community) -> None:
    """Load what a community lacks of the default set; what it has stays as it is."""
    do("plan defaults", community_id=community)
