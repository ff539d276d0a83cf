"""`keyring status | rotate | export | import`: what a person types about the keys."""

from __future__ import annotations

import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from commands.terminal.calling import do, fail

group = typer.Typer(help="Keys of sealed values and of the audit.", no_args_is_help=True)

ExportFile = Annotated[Path, typer.Argument(help="File of an export.")]


@group.command("status")
def keyring_status() -> None:
    """Tell where the keys lie, how many there are, and whether any is missing."""
    do("keyring status")


@group.command("rotate")
def keyring_rotate() -> None:
    """Wrap every key under a new master key and destroy the old one."""
    do("keyring rotate")


@group.command("export")
def keyring_export(file: ExportFile) -> None:
    """Write all keys into a new file for a safe; the passphrase is asked for or read from stdin."""
    do("keyring export", file=str(file.absolute()), passphrase=_passphrase(twice=True))


@group.command("import")
def keyring_import(file: ExportFile) -> None:
    """Take an export in; people erased since stay erased. Stop the app to replace a lost folder."""
    do("keyring import", file=str(file.absolute()), passphrase=_passphrase(twice=False))


def _passphrase(*, twice: bool) -> str:
    """Never an argument: those are seen by every user of the machine and kept by the shell."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass("Passphrase: ")
    if twice and getpass("Once more: ") != first:
        fail("The two differ; nothing was done.", 2)
    return first
