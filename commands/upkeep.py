"""`rebuild`, `backup` and `restore`."""

from __future__ import annotations

from pathlib import Path

from actions.vault import Vault
from commands.context import Context
from data.audit import AuditLine
from data.backup import FILES, back_up, check_backup, restore
from data.errors import BackupBroken
from data.keyring import Keyring
from data.keyring_journal import FILE_NAME as JOURNAL
from data.rebuild import rebuild
from data.restoring import Brought, bring_up
from data.store import Store
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
        journal = context.settings.keys / JOURNAL
        summary = back_up(context.store, context.settings.var, DEFAULT_FILE, folder, journal)
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
        KeyringError: The keys cannot be opened, or the backup's erasure journal was altered;
            nothing was changed.
    """
    database = Path(settings.store.removeprefix("duckdb:"))
    brought: list[Brought] = []
    keyring = Keyring.open(settings.keys)
    try:
        journal = folder / FILES / JOURNAL
        moved = restore(
            folder,
            database,
            settings.var,
            lambda staged: brought.append(bring_up(staged, database, keyring, journal)),
        )
    finally:
        keyring.close()
    lines = [f"Restored {database} from {folder}; counts and hashes agree.", *_told(brought[0])]
    if moved is not None:
        lines.append(f"What stood there before is kept as {moved}.")
    _audit_restore(settings, brought[0])
    return lines


def _told(brought: Brought) -> list[str]:
    lines = ["Everybody has to sign in again; keys and device links are those of the backup."]
    if brought.values:
        lines.append(f"{brought.values} values of people erased since were removed again.")
    if brought.carried:
        lines.append(f"{brought.carried} lines of the audit made since were carried over.")
    if brought.lost:
        lines.append(
            f"{brought.lost} lines of the audit made since are not in this database; they may be "
            "in the one kept. `audit verify` notes it."
        )
    if brought.foreign:
        lines.append(
            "THE KEYS HERE DO NOT BELONG TO THIS BACKUP: sealed values cannot be opened. "
            "Stop the app and run `keyring import` with the export of its keys."
        )
    return lines


def _audit_restore(settings: Settings, brought: Brought) -> None:
    store = Store.open(settings.store)
    try:
        vault = Vault.open(settings.keys, store)
        try:
            detail = f"carried {brought.carried}, lost {brought.lost}, erased {brought.values}"
            vault.audit.record(AuditLine("store.restore", "done", "cli", detail=detail)).result()
        finally:
            vault.close()
    finally:
        store.close()
