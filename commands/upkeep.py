"""`rebuild`, `backup` and `restore`."""

from __future__ import annotations

from pathlib import Path

from commands.context import Context
from data.backup import back_up, check_backup, restore
from data.errors import BackupBroken
from data.rebuild import rebuild
from settings import DEFAULT_FILE, Settings


def run_rebuild(context: Context) -> int:
    """Fold all current-state tables from their logs; returns 0."""
    for table in rebuild(context.store):
        verdict = "as before" if table.same else "was different and is right now"
        context.out(f"{table.table}: {table.rows} rows, {verdict}")
    return 0


def run_backup(context: Context, folder: Path) -> int:
    """Take a checked backup; returns 2 where the folder is not empty or the copy differs."""
    try:
        summary = back_up(context.store, context.settings.var, DEFAULT_FILE, folder)
    except (BackupBroken, OSError) as failure:
        context.err(f"No backup was taken: {failure}")
        return 2
    context.out(
        f"Backup in {summary.folder}: {summary.tables} tables, {summary.rows} rows, "
        f"{summary.bytes} bytes; counts and hashes agree."
    )
    return 0


def check_restore(context: Context, folder: Path) -> int:
    """Prove that a backup can be restored before the running app stops for it."""
    try:
        check_backup(folder)
    except BackupBroken as failure:
        context.err(f"Nothing was restored: {failure}")
        return 2
    context.out(f"The backup in {folder} is sound; the app restarts with it now.")
    return 0


def run_restore(settings: Settings, folder: Path) -> list[str]:
    """Put a backup in place while nothing has the store open; returns lines to print.

    Raises:
        BackupBroken: The backup does not match its manifest; nothing was changed.
    """
    database = Path(settings.store.removeprefix("duckdb:"))
    moved = restore(folder, database, settings.var)
    lines = [f"Restored {database} from {folder}; counts and hashes agree."]
    if moved is not None:
        lines.append(f"What stood there before is kept as {moved}.")
    return lines
