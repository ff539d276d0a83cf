"""`kiosk create | list | revoke`: what a person types about the device links of walls."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.terminal.calling import Community, do

group = typer.Typer(help="Device links of walls.", no_args_is_help=True)


@group.command("create")
def kiosk_create(
    community: Community,
    label: Annotated[str, typer.Option(help="Where the wall is.")] = "",
) -> None:
    """Make a link; it is printed once, alone on standard output."""
    do("kiosk create", community_id=community, label=label)


@group.command("list")
def kiosk_list() -> None:
    """List the links, one JSON object a line; never their secrets."""
    do("kiosk list")


@group.command("revoke")
def kiosk_revoke(kiosk_id: Annotated[str, typer.Argument(help="Id of the link.")]) -> None:
    """Close a link at once; walls it opened stop."""
    do("kiosk revoke", kiosk_id=kiosk_id)
