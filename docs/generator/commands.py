"""Writes docs/cli.md from the commands of cli.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer.main

from cli import cli
from docs.generator.markdown import code, table

INTRODUCTION = """\
# Command line

Generated from `cli.py` by `make docs`; change it there.

While the app runs, a command that needs the store does its work inside the app and prints the same
([ADR 0005](adr/0005-local-control-channel.md)); while it is stopped, the command opens the store
itself. Exit status: 0 done, 1 failed, 2 refused (a wrong setting, value or file). Results go to
standard output, everything said about them to standard error.
"""


def commands_page() -> str:
    """Return the page, commands in the order `--help` shows them."""
    found = list(commands())
    lines = [INTRODUCTION]
    for name, command in found:
        lines += [f"## {name}\n", f"{command.help}\n", f"```sh\n{_usage(name, command)}\n```\n"]
        rows = [(code(_spelled(p)), _default(p), p.help or "") for p in _parameters(command)]
        if rows:
            lines += [table(["Argument", "Default", "Meaning"], rows), ""]
    return "\n".join(lines)


def commands() -> Iterator[tuple[str, Any]]:
    """Yield name and definition of every command, those of groups with the group's name before."""
    yield from _walk(typer.main.get_command(cli), "")


def _walk(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name, command
        return
    for word, each in inner.items():
        yield from _walk(each, f"{name} {word}".strip())


def _parameters(command: Any) -> list[Any]:
    """Return the parameters, arguments first, without --help."""
    own = [p for p in command.params if p.name != "help"]
    return sorted(own, key=lambda p: p.param_type_name != "argument")


def _spelled(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return str(parameter.name).upper()
    return ", ".join(parameter.opts)


def _default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    return (
        "none"
        if parameter.default is None
        else code(
            str(parameter.default).lower()
            if isinstance(parameter.default, bool)
            else str(parameter.default)
        )
    )


def _usage(name: str, command: Any) -> str:
    parts = [f"python cli.py {name}"]
    for parameter in _parameters(command):
        word = _spelled(parameter)
        if parameter.param_type_name != "argument" and not getattr(parameter, "is_flag", False):
            word = f"{parameter.opts[0]} {str(parameter.name).upper()}"
        parts.append(word if parameter.required else f"[{word}]")
    return " ".join(parts)
