"""`catalogue recompute`: what a person types to have open deadlines reckoned anew."""

from __future__ import annotations

import typer

from commands.terminal.calling import Community, do

group = typer.Typer(help="The catalogue of categories.", no_args_is_help=True)


@group.callback()
def catalogue() -> None:
    """The catalogue of categories."""


@group.command("recompute")
def catalogue_recompute(community: Community) -> None:
    """Reckon the deadlines of open cases anew, by the catalogue and calendar as they are now."""
    do("catalogue recompute", community_id=community)
