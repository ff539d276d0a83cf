"""`camera list | test`: what a person types about cameras."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.terminal.calling import Community, do

group = typer.Typer(help="Cameras on record.", no_args_is_help=True)


@group.command("list")
def camera_list(community: Community) -> None:
    """List the cameras, one JSON object a line; never their addresses."""
    do("camera list", community_id=community)


@group.command("test")
def camera_test(camera_id: Annotated[str, typer.Argument(help="Id of the camera.")]) -> None:
    """Look at a camera once, in the running app, and say why where it does not answer."""
    do("camera test", camera_id=camera_id)
