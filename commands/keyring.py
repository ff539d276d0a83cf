"""`keyring status | rotate | export | import`: the keys of sealed values and of the audit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from actions.vault import Vault
from commands.context import Context, Output
from data.audit import AuditLine
from data.errors import StoreError
from data.keyring_errors import ExportBroken, KeyringError
from data.keyring_transfer import Imported, export_keys, import_keys, merge, read_export
from data.store import Store
from settings import Settings

_REASONS = {
    "passphrase_short": "the passphrase must have at least 12 characters",
    "file_exists": "the file exists already; name a new one",
    "passphrase_or_content": "wrong passphrase, or the file was altered",
    "no_export": "the file is no export of keys",
    "too_large": "the file is too large to be an export of keys",
    "other_installation": "the keys here are of another installation and are in use; stop the app "
    "and move their folder away first if they are to be replaced",
}


def run_keyring_status(context: Context) -> int:
    """Tell where the keys lie, how many there are, and whether any is missing."""
    keyring = context.keyring
    sealed = {row["subject_id"] for row in context.store.rows("store/sealed_subjects")}
    missing = sum(keyring.state_of(subject_id) == "unknown" for subject_id in sealed)
    context.out(f"Folder: {keyring.folder}")
    context.out(f"Master key: {keyring.master_id()}")
    context.out(f"Subjects with a key: {keyring.count()}; erased: {len(keyring.erased())}")
    if missing:
        context.err(
            f"{missing} subjects have sealed values here but no key: import the latest export."
        )
        return 1
    return 0


def run_keyring_rotate(context: Context) -> int:
    """Wrap every key under a new master key; the old one is destroyed."""
    name = context.keyring.rotate_master()
    _audit(context, "keyring.rotate", f"master {name}")
    context.out(f"{context.keyring.count()} keys are wrapped under the new master key {name}.")
    context.out("Make a new export for the safe now, and destroy older ones when it is there.")
    return 0


def run_keyring_export(context: Context, file: Path, passphrase: str) -> int:
    """Write all keys into a new file, sealed with a passphrase; returns 2 where it is refused."""
    try:
        people = export_keys(context.keyring, file, passphrase)
    except ExportBroken as refusal:
        context.err(f"Nothing was exported: {_reason(refusal)}")
        return 2
    _audit(context, "keyring.export", f"subjects {people}")
    context.out(f"The keys of {people} subjects are in {file}. Keep it apart from the backups.")
    return 0


def run_keyring_import(context: Context, file: Path, passphrase: str) -> int:
    """Take what is missing from an export into the open keys; returns 2 where it is refused."""
    try:
        done = merge(context.keyring, read_export(file, passphrase))
    except KeyringError as refusal:
        context.err(f"Nothing was imported: {_reason(refusal)}")
        return 2
    _audit(context, "keyring.import", _counts(done))
    _tell(done, context.output)
    return 0


def import_offline(settings: Settings, arguments: dict[str, Any], output: Output) -> int:
    """Import while nothing has the keys open: also where their folder is lost, broken or new.

    Returns:
        0 done, 1 done but the store cannot be opened to write it down, 2 refused.
    """
    try:
        export = read_export(Path(arguments["file"]), str(arguments["passphrase"]))
        done = import_keys(settings.keys, export)
    except KeyringError as refusal:
        output.err(f"Nothing was imported: {_reason(refusal)}")
        return 2
    _tell(done, output)
    try:
        _write_down(settings, done)
    except StoreError as failure:
        output.err(f"The import is not in the audit, because the store cannot be opened: {failure}")
        return 1
    return 0


def _write_down(settings: Settings, done: Imported) -> None:
    store = Store.open(settings.store)
    try:
        vault = Vault.open(settings.keys, store)
        try:
            vault.audit.record(_line("keyring.import", _counts(done))).result()
        finally:
            vault.close()
    finally:
        store.close()


def _tell(done: Imported, output: Output) -> None:
    output.out(f"{done.added} keys were added; {done.erased} erased subjects of it stay erased.")
    if done.aside is not None:
        output.out(f"The folder that lay there before is kept as {done.aside}.")


def _audit(context: Context, action: str, detail: str) -> None:
    context.audit.record(_line(action, detail)).result()


def _line(action: str, detail: str) -> AuditLine:
    return AuditLine(action, "done", "cli", role="cli", detail=detail)


def _counts(done: Imported) -> str:
    return f"added {done.added}, stay erased {done.erased}"


def _reason(refusal: KeyringError) -> str:
    return _REASONS.get(str(refusal.fields.get("reason")), str(refusal))
