"""`key create | list | revoke`: what a person types about the keys of other software."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.terminal.calling import Community, do

group = typer.Typer(help="Keys for other software.", no_args_is_help=True)


@group.command("create")
def key_create(
    role: Annotated[str, typer.Option(help="Role of the key, e.g. source or duty_officer.")],
    community: Community,
    label: Annotated[str | None, typer.Option(help="What the key is for.")] = None,
) -> None:
    """Make a key; it is printed once, alone on standard output."""
    do("key create", role=role, community_id=community, label=label)


@group.command("list")
def key_list(
    community: Annotated[str | None, typer.Option(help="Only this community.")] = None,
) -> None:
    """List the keys, one JSON object a line."""
    do("key list", community_id=community)


@group.command("revoke")
def key_revoke(key_id: Annotated[str, typer.Argument(help="Public part of the key.")]) -> None:
    """Close a key at once."""
    do("key revoke", api_key_id=key_id)
