"""Takes and restores backups: a consistent copy made while the app runs, counted and hashed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from data.errors import BackupBroken
from data.queries import sql
from data.store import Store

DATABASE = "yiping.duckdb"
MANIFEST = "manifest.json"
FILES = "files"
KEPT_FOLDERS = ("photos", "mappings")  # of the data folder, beside the database


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """What a backup holds."""

    folder: Path
    tables: int
    rows: int
    bytes: int


def back_up(
    store: Store,
    var: Path,
    settings_file: Path | None,
    folder: Path,
    erasures: Path | None = None,
) -> BackupSummary:
    """Copy database, photos, mappings and settings into `folder`, which must be empty or new.

    The copy and its counts come from one snapshot, so writers go on meanwhile. The keys stay where
    they are; the erasure journal goes along, because a machine that is lost takes its own with it.

    Args:
        store: The open store.
        var: The data folder.
        settings_file: The settings file, where there is one.
        folder: Where the backup goes.
        erasures: The erasure journal of the keys folder; opaque ids, signed.

    Raises:
        BackupBroken: The folder holds something already, or the copy differs from the snapshot.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BackupBroken(reason="folder_not_empty", folder=str(folder))
    copy = folder / DATABASE
    expected = _copy_database(store, copy)
    found = fingerprint(copy)
    if found != expected:
        raise BackupBroken(reason="copy_differs", folder=str(folder))
    _copy_files(var, (settings_file, erasures), folder / FILES)
    kept = {name: _fingerprint_of_files(folder / FILES / name) for name in KEPT_FOLDERS}
    manifest = {
        "taken_at": datetime.now(UTC).isoformat(),
        "duckdb": duckdb.__version__,
        "sha256": _sha256(copy),
        "tables": expected,
        "files": kept,
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    rows = sum(table["n"] or 0 for table in expected.values())
    return BackupSummary(folder, len(expected), rows, copy.stat().st_size)


def check_backup(folder: Path) -> dict[str, Any]:
    """Return a backup's manifest after proving that the copy matches it.

    Raises:
        BackupBroken: A file is missing, changed or cut off.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        digest = _sha256(folder / DATABASE)
    except (OSError, ValueError) as fault:
        raise BackupBroken(reason="unreadable", folder=str(folder), detail=str(fault)) from None
    if digest != manifest.get("sha256"):
        raise BackupBroken(reason="file_changed", folder=str(folder))
    same_version = manifest.get("duckdb") == duckdb.__version__  # hash() may differ otherwise
    if same_version:
        found, expected = fingerprint(folder / DATABASE), manifest["tables"]
        # What an older version's manifest does not list, the digest of the file covers.
        if {name: found.get(name) for name in expected} != expected:
            raise BackupBroken(reason="rows_differ", folder=str(folder))
    for name, found_files in (manifest.get("files") or {}).items():  # older ones list none
        if name in KEPT_FOLDERS and _fingerprint_of_files(folder / FILES / name) != found_files:
            raise BackupBroken(reason="files_differ", folder=str(folder / FILES / name))
    return manifest


def restore(
    folder: Path,
    database: Path,
    var: Path,
    prepare: Callable[[Path], None] | None = None,
) -> Path | None:
    """Put a checked backup in the place of the database; the app must be stopped.

    Args:
        folder: The backup.
        database: The place it goes to.
        var: The data folder.
        prepare: Called with the staged copy before it takes the place; what it raises leaves
            everything as it was.

    Returns:
        Where the database that stood there before was moved to, or None.

    Raises:
        BackupBroken: The backup does not match its manifest; nothing was changed.
    """
    check_backup(folder)
    database.parent.mkdir(parents=True, exist_ok=True)
    staged = database.with_name(database.name + ".restoring")
    _remove_staged(staged)
    shutil.copy2(folder / DATABASE, staged)
    try:
        if prepare is not None:
            prepare(staged)
    except BaseException:
        _remove_staged(staged)
        raise
    moved = _move_aside(database)
    staged.replace(database)
    for name in KEPT_FOLDERS:
        source = folder / FILES / name
        if source.is_dir():
            shutil.copytree(source, var / name, dirs_exist_ok=True)
    return moved


def fingerprint(database: Path) -> dict[str, dict[str, int | None]]:
    """Return count and hash of every table of a database file nobody else has open."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return _fingerprint(connection)


def _fingerprint(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, int | None]]:
    """Every table there is, so that a backup of an older version can be checked as well."""
    found = {}
    for (name,) in connection.execute(sql("store/table_names")).fetchall():
        row = connection.execute(sql("store/table_fingerprint"), {"table_name": name}).fetchall()[0]
        found[name] = {"n": row[0], "hash": row[1]}
    return found


def _copy_database(store: Store, copy: Path) -> dict[str, dict[str, int | None]]:
    connection = store.cursor()
    source = store.rows("store/database_name")[0]["name"]
    attach = sql("store/attach_backup").replace("{path}'", str(copy).replace("'", "''") + "'")
    copy_all = sql("store/copy_to_backup").replace(
        '"{source}"', '"' + source.replace('"', '""') + '"'
    )
    try:
        connection.execute(attach)
        connection.begin()
        connection.execute(copy_all)
        expected = _fingerprint(connection)
        connection.commit()
    finally:
        connection.execute(sql("store/detach_backup"))
        connection.close()
    return expected


def _copy_files(var: Path, single: Iterable[Path | None], folder: Path) -> None:
    folder.mkdir()
    for name in KEPT_FOLDERS:
        if (var / name).is_dir():
            _copy_tree(var / name, folder / name)
    for file in single:
        if file is not None and file.is_file():
            shutil.copy2(file, folder / file.name)


def _copy_tree(source: Path, target: Path) -> None:
    """Copy a folder that is in use: what is still being written is left out, as is what is deleted
    meanwhile; the rows of such pictures are not in the copy, or retention has them next."""
    for path in sorted(source.rglob("*")):
        if not path.is_file() or path.suffix == ".part":
            continue
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copy2(path, copy)
        except FileNotFoundError:
            copy.unlink(missing_ok=True)


def _fingerprint_of_files(folder: Path) -> dict[str, int | str]:
    """Return how many files a folder of a backup holds, their bytes, and a hash over them all."""
    digest, count, size = hashlib.sha256(), 0, 0
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder).as_posix()} {_sha256(path)}\n".encode())
            count, size = count + 1, size + path.stat().st_size
    return {"n": count, "bytes": size, "sha256": digest.hexdigest()}


def _remove_staged(staged: Path) -> None:
    staged.unlink(missing_ok=True)
    staged.with_name(staged.name + ".wal").unlink(missing_ok=True)


def _move_aside(database: Path) -> Path | None:
    if not database.exists():
        return None
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    moved = database.with_name(f"{database.name}.before-restore-{stamp}")
    wal = database.with_name(database.name + ".wal")
    if wal.exists():
        wal.rename(moved.with_name(moved.name + ".wal"))
    database.rename(moved)
    return moved


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
