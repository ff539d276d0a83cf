"""Takes the nightly backup, proves it, and only then removes old ones; remembers how it went.

A backup becomes `<folder>/<date>` when it has been checked, never before: whatever stands there
under a date is whole.
"""

from __future__ import annotations

import json
import logging
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from data.backup import back_up, check_backup
from data.errors import BackupBroken, StoreError
from data.store import Store
from rules.upkeep import BackupState

log = logging.getLogger(__name__)

STATE_FILE = "backup.json"
UNFINISHED = ".unfinished-"
_NIGHT = re.compile(r"^(\d{4}-\d{2}-\d{2})(-\d+)?$")
_TIMES = ("since", "tried_at", "good_at")


def read_state(var: Path, now: datetime) -> BackupState:
    """Return what is known of the nightly backups; begins to expect them where nothing is."""
    try:
        told: dict[str, Any] = json.loads((var / STATE_FILE).read_text(encoding="utf-8"))
        return BackupState(
            _time(told.get("since")) or now,
            _time(told.get("tried_at")),
            _time(told.get("good_at")),
            told.get("error"),
            told.get("folder"),
            told.get("bytes"),
        )
    except (OSError, ValueError, TypeError, AttributeError):
        state = BackupState(now)
        _write_state(var, state)
        return state


def take_backup(
    store: Store,
    var: Path,
    settings_file: Path | None,
    folder: Path,
    keep_days: int,
    now: datetime,
    erasures: Path | None = None,
) -> BackupState:
    """Take, check and keep one backup, remove those that are too old; returns the new state.

    Never raises for what can go wrong with disks: the error is in the state, and the app goes on.

    Args:
        store: The open store; writers go on meanwhile.
        var: Data folder, whose photos and mappings are copied as well.
        settings_file: Copied where it exists.
        folder: Where the nights are, one folder each.
        keep_days: Days after which an older backup goes, once this one is good.
        now: The moment in local time, aware; names the folder.
        erasures: The erasure journal of the keys folder; goes along where it exists.
    """
    before = read_state(var, now)
    unfinished = folder / f"{UNFINISHED}{now:%Y-%m-%d}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left, ignore_errors=True)
        # They hold what residents wrote: for the account of the app alone.
        unfinished.mkdir(mode=0o700)
        summary = back_up(store, var, settings_file, unfinished, erasures)
        check_backup(unfinished)
        kept = _free_name(folder, f"{now:%Y-%m-%d}")
        unfinished.rename(kept)
    except (BackupBroken, StoreError, OSError) as failure:
        log.error("the nightly backup failed: %s", failure)
        shutil.rmtree(unfinished, ignore_errors=True)
        state = replace(before, tried_at=now.astimezone(UTC), error=_code(failure))
        _write_state(var, state)
        return state
    at = now.astimezone(UTC)
    state = BackupState(before.since, at, at, None, str(kept), summary.bytes)
    _write_state(var, state)
    for old in _old(folder, now.date(), keep_days, kept):
        log.info("removing the backup %s, older than %s days", old, keep_days)
        shutil.rmtree(old, ignore_errors=True)
    return state


def _old(folder: Path, today: date, keep_days: int, kept: Path) -> Iterator[Path]:
    """Yield whole backups of nights too long ago; never anything else that lies there."""
    for each in sorted(folder.iterdir()):
        night = _NIGHT.match(each.name)
        if (
            night is None
            or each == kept
            or each.is_symlink()
            or not (each / "manifest.json").exists()
        ):
            continue
        try:
            taken = date.fromisoformat(night.group(1))
        except ValueError:
            continue
        if today - taken > timedelta(days=keep_days):
            yield each


def _free_name(folder: Path, name: str) -> Path:
    number = 1
    found = folder / name
    while found.exists():
        number += 1
        found = folder / f"{name}-{number}"
    return found


def _code(failure: Exception) -> str:
    if isinstance(failure, OSError):
        return {28: "disk_full", 13: "no_permission", 30: "read_only"}.get(
            failure.errno or 0, "disk_error"
        )
    reason = failure.fields.get("reason") if isinstance(failure, StoreError) else None
    return str(reason or getattr(failure, "code", "failed"))


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def _write_state(var: Path, state: BackupState) -> None:
    told = {name: getattr(state, name) for name in BackupState.__slots__}
    for name in _TIMES:
        told[name] = told[name].astimezone(UTC).isoformat() if told[name] else None
    staged = var / f"{STATE_FILE}.new"
    try:
        var.mkdir(parents=True, exist_ok=True)
        staged.write_text(json.dumps(told), encoding="utf-8")
        staged.replace(var / STATE_FILE)
    except OSError as failure:
        log.error("the state of the backups cannot be written: %s", failure)
