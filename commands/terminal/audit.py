"""`audit verify`: what a person types about the audit."""

from __future__ import annotations

import typer

from commands.terminal.calling import do

group = typer.Typer(help="The audit log.", no_args_is_help=True)


@group.callback()
def _group() -> None:
    """Keep `verify` a command of its own while it is the only one."""


@group.command("verify")
def audit_verify() -> None:
    """Prove that no line was changed, removed or cut off; exits with 1 and the first fault else."""
    do("audit verify")
