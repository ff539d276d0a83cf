"""`export week`: what a person types for the spreadsheet of a week."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.terminal.calling import Community, do

group = typer.Typer(help="Files for people to read.", no_args_is_help=True)


@group.callback()
def export() -> None:
    """Files for people to read."""


@group.command("catalogue")
def export_catalogue(
    file: Annotated[Path, typer.Argument(help="Where to write it: .csv or .xlsx.")],
    community: Community,
) -> None:
    """Write the catalogue of categories, to be edited and imported again."""
    do("export catalogue", file=str(file.absolute()), community_id=community)


@group.command("week")
def export_week(
    file: Annotated[Path, typer.Argument(help="Where to write it, e.g. week.xlsx.")],
    week: Annotated[
        str | None, typer.Option(help="E.g. 2026-W47; the present week when left out.")
    ] = None,
    community: Annotated[
        str | None, typer.Option(help="Id of the community; may be left out where there is one.")
    ] = None,
    language: Annotated[str, typer.Option(help="zh-CN or en.")] = "zh-CN",
) -> None:
    """Write the week as XLSX: figures with n, open, overdue and why, every case, alarms."""
    do(
        "export week",
        file=str(file.absolute()),
        community_id=community,
        week=week,
        language=language,
    )
