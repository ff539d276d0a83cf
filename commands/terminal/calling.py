"""Carries a typed command out: through the running app, or on the store where none runs."""

from __future__ import annotations

import sys
from typing import Annotated, Any, NoReturn

import typer

from settings import Settings, SettingsInvalid, load_settings

Community = Annotated[str, typer.Option("--community", help="Id of the community.")]


def settings_or_exit() -> Settings:
    """Return the settings; says what is wrong with them and exits with 2 otherwise."""
    try:
        return load_settings()
    except SettingsInvalid as invalid:
        fail("\n".join(map(str, invalid.problems)), 2)


def do(command: str, **arguments: Any) -> NoReturn:
    """Carry a command out and exit with its status.

    Args:
        command: A key of commands/registry.COMMANDS.
        arguments: Its arguments; paths as absolute text.
    """
    # Imported late: the remote path must start without loading the store.
    from commands.context import Terminal
    from commands.control import run_remotely, running_app

    settings = settings_or_exit()
    control = running_app(settings.var)
    if control is not None:
        sys.exit(run_remotely(control, command, arguments, Terminal()))
    from commands.offline import run_offline

    sys.exit(run_offline(settings, command, arguments, Terminal()))


def fail(text: str, status: int) -> NoReturn:
    """Say what went wrong on standard error and exit."""
    print(text, file=sys.stderr)
    sys.exit(status)
