"""`qr`: what a person types for the sheets with QR codes of places."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from commands.terminal.calling import do


def qr(
    file: Annotated[Path, typer.Argument(help="Where to write it, e.g. sheets.pdf.")],
    community: Annotated[
        str | None, typer.Option(help="Id of the community; may be left out where there is one.")
    ] = None,
    place: Annotated[
        str | None, typer.Option(help="Only places with this in their name; all when left out.")
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="Address phones reach, in place of the setting public_url.")
    ] = None,
) -> None:
    """Write sheets with QR codes for places, one A4 page each, as PDF: scan and report."""
    do("qr", file=str(file.absolute()), community_id=community, place=place, url=url)
