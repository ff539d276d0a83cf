"""Finds out how the machine does: disks, clock, certificate, backups (rules/upkeep.py judges)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from data.audit import AuditChain
from data.backup import KEPT_FOLDERS
from data.ids import id_milliseconds
from data.store import Store
from rules.upkeep import (
    OUTBOX_EXPIRED_SHOWN,
    OUTBOX_LATE,
    AuditState,
    BackupState,
    OutboxState,
    UpkeepFacts,
    UpkeepWarning,
    Volume,
)

ASK_CLOCK_S = 2.0
Validity = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Installation:
    """What upkeep needs to know of the settings.

    Attributes:
        var: Data folder.
        keys: Folder of the keys.
        settings_file: Copied into backups where it exists.
        backup_folder: Where the nights are; None where nightly backups are turned off.
        backup_at: Local time of day, hh:mm.
        keep_days: Days a backup is kept.
        erasures: The erasure journal of the keys; goes along with every backup.
        insecure_http: Listening beyond this machine without HTTPS.
        certificate: Reads from when and until when the certificate is valid; None without one.
        detector: Says why the operator's model is not used; empty where nothing is wrong.
    """

    var: Path
    keys: Path
    settings_file: Path | None
    backup_folder: Path | None
    backup_at: str
    keep_days: int
    erasures: Path | None = None
    insecure_http: bool = False
    certificate: Callable[[], Validity | None] = lambda: None
    detector: Callable[[], str] = lambda: ""


class Upkeep(Protocol):
    """What screens and monitors ask."""

    def warnings(self) -> Sequence[UpkeepWarning]:
        """What somebody has to see to, as of the last minute."""

    def facts(self) -> UpkeepFacts | None:
        """What was found out at the last look; None before the first."""


class Unwatched:
    """Upkeep where nobody looks after the machine, as in commands and tests."""

    def warnings(self) -> Sequence[UpkeepWarning]:
        """Nothing is known."""
        return ()

    def facts(self) -> UpkeepFacts | None:
        """Nothing is known."""
        return None


class ClockWatch:
    """Notices steps of the system's clock by a clock that only goes forward.

    Args:
        now: The system's clock, aware UTC.
        steady: A clock in seconds that nobody can set.
    """

    def __init__(self, now: datetime, steady: float) -> None:
        self._now, self._steady = now, steady
        self.step: tuple[datetime, timedelta] | None = None

    def look(self, now: datetime, steady: float, least: timedelta) -> None:
        """Compare both clocks; a difference of `least` or more since the last look is a step."""
        step = (now - self._now) - timedelta(seconds=steady - self._steady)
        self._now, self._steady = now, steady
        if abs(step) >= least:
            self.step = (now, step)


def gather(
    store: Store,
    installation: Installation,
    now: datetime,
    backup: BackupState | None,
    clock_step: tuple[datetime, timedelta] | None,
    clock_synchronised: bool | None,
    audit: AuditState,
) -> UpkeepFacts:
    """Return what can be found out now; what cannot is left unknown."""
    folders = (installation.var, installation.backup_folder)
    return UpkeepFacts(
        now=now,
        last_event_at=last_event_at(store),
        clock_step=clock_step,
        clock_synchronised=clock_synchronised,
        volumes=volumes([folder for folder in folders if folder is not None]),
        certificate=installation.certificate(),
        insecure_http=installation.insecure_http,
        keys_in_backup=keys_in_backup(installation),
        backup=backup,
        backup_at=installation.backup_at,
        audit=audit,
        outbox=outbox_state(store, now),
        detector=installation.detector(),
    )


def audit_state(audit: AuditChain) -> AuditState:
    """Return what the last check of the audit chain found."""
    verdict = audit.verdict
    return AuditState(
        checked_at=verdict.checked_at if verdict else None,
        fault_at=verdict.fault.seq if verdict and verdict.fault else None,
        anchor_failed=audit.anchor_failed is not None,
    )


def outbox_state(store: Store, now: datetime) -> OutboxState:
    """Return what of the outbox has not arrived for a while, over all communities."""
    before, since = now - OUTBOX_LATE, now - OUTBOX_EXPIRED_SHOWN
    try:
        row = store.rows("delivery/stuck", before=before, since=since, community_id=None)[0]
    except Exception:  # noqa: BLE001 - a store that cannot be read must not hide a full disk
        return OutboxState()
    return OutboxState(row["late"], row["oldest_at"], row["error"], row["expired"])


def last_event_at(store: Store) -> datetime | None:
    """Return the time of the newest event, as its id says; None where the store has none."""
    try:
        rows = store.rows("store/last_event")
    except Exception:  # noqa: BLE001 - a store that cannot be read must not hide a full disk
        return None
    text = rows[0]["event_id"] if rows else None
    return datetime.fromtimestamp(id_milliseconds(text) / 1000, UTC) if text else None


def volumes(folders: Iterable[Path]) -> tuple[Volume, ...]:
    """Return each file system the folders lie on, once; one that cannot be read is left out."""
    found: dict[int, Volume] = {}
    for folder in folders:
        there = next((each for each in (folder, *folder.absolute().parents) if each.exists()), None)
        if there is None:
            continue
        try:
            usage, device = shutil.disk_usage(there), there.stat().st_dev
        except OSError:
            continue
        found.setdefault(device, Volume(str(folder), usage.free, usage.total))
    return tuple(found.values())


def keys_in_backup(installation: Installation) -> bool:
    """Say whether a copy of a backup would carry the keys that open what is sealed in it."""
    keys = installation.keys.resolve()
    copied = [(installation.var / name).resolve() for name in KEPT_FOLDERS]
    if installation.backup_folder is not None:
        copied.append(installation.backup_folder.resolve())
    return any(keys == folder or folder in keys.parents for folder in copied)


def clock_synchronised() -> bool | None:
    """Ask the system whether a time server keeps its clock; None where it does not say."""
    program = shutil.which("timedatectl")
    if program is None:
        return None
    try:
        told = subprocess.run(
            [program, "show", "--property=NTPSynchronized", "--value"],
            capture_output=True,
            text=True,
            timeout=ASK_CLOCK_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return {"yes": True, "no": False}.get(told.stdout.strip())
