"""Carries out a command on the store itself, while no app has it open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from actions.vault import Vault
from commands.context import Context, Output
from commands.control import running_app
from commands.keyring import import_offline
from commands.registry import run_command
from commands.upkeep import run_restore
from data.errors import BackupBroken, StoreError, StoreHeld
from data.keyring_errors import KeyringError
from data.store import Store
from settings import Settings


def run_offline(settings: Settings, command: str, arguments: dict[str, Any], output: Output) -> int:
    """Open the store, carry out the command, close the store; returns its exit status."""
    try:
        if command == "restore":
            return _restore(settings, Path(arguments["folder"]), output)
        if command == "keyring import":  # the keys may be what keeps everything else from opening
            return import_offline(settings, arguments, output)
        store = Store.open(settings.store)
    except StoreError as failure:
        output.err(store_line(failure, settings))
        return 1
    try:
        vault = Vault.open(settings.keys, store)
        try:
            return run_command(Context(store, settings, output, vault), command, arguments)
        finally:
            vault.close()
    except KeyringError as failure:
        output.err(f"The keys cannot be opened: {failure}")
        return 1
    finally:
        store.close()


def store_line(failure: Exception, settings: Settings) -> str:
    """Say in one line why the store cannot be opened, and what to do."""
    if isinstance(failure, StoreHeld) and running_app(settings.var) is not None:
        return f"The app runs already (process {failure.fields['pid']}) on this data folder."
    if isinstance(failure, StoreHeld):
        holder = f"process {failure.fields['pid']}" if failure.fields["pid"] else "another process"
        return (
            f"{failure.fields['path']} is held by {holder}, which does not answer on this data "
            "folder; stop it, or set YIPING_VAR to its data folder."
        )
    return f"The store cannot be opened: {failure}"


def _restore(settings: Settings, folder: Path, output: Output) -> int:
    try:
        for line in run_restore(settings, folder):
            output.out(line)
    except (BackupBroken, KeyringError) as failure:
        output.err(f"Nothing was restored: {failure}")
        return 2
    return 0
