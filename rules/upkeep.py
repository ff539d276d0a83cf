"""Decides what the people who run the installation must be warned of, and when a backup is due.

Facts come in, warnings come out; actions/upkeep/state.py reads the facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

Severity = Literal["alarm", "warning"]

LOW_DISK_SHARE = 0.10
LOW_DISK_BYTES = 2 * 1024**3
# The write-ahead log alone may take half a gigabyte (docs/operations.md): now it is urgent.
FULL_DISK_BYTES = 512 * 1024**2
CERTIFICATE_NOTICE = timedelta(days=21)
BACKUP_AGE = timedelta(hours=26)  # one night, and two hours for a long one
RETRY_BACKUP = timedelta(hours=1)
AUDIT_CHECK_EVERY = timedelta(days=1)
OUTBOX_LATE = timedelta(minutes=10)
OUTBOX_EXPIRED_SHOWN = timedelta(days=7)
CLOCK_STEP = timedelta(seconds=60)
STEP_SHOWN = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class UpkeepWarning:
    """One thing somebody has to see to.

    Attributes:
        code: `components/wording/warnings.py` has its sentence under `warning.<code>`.
        severity: "alarm" where it fails now or already has, "warning" where it will.
        fields: The values of the sentence; times are aware UTC.
    """

    code: str
    severity: Severity
    fields: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Volume:
    """A file system we write to: the folder on it, its free and all its bytes."""

    folder: str
    free: int
    total: int


@dataclass(frozen=True, slots=True)
class BackupState:
    """What is known of the nightly backups.

    Attributes:
        since: When they began to be expected here.
        tried_at: The last attempt, good or not.
        good_at: The last that was taken and checked.
        error: Code of what went wrong at the last attempt, None where it was good.
        folder: Where the last good one is.
        bytes: How large it is.
    """

    since: datetime
    tried_at: datetime | None = None
    good_at: datetime | None = None
    error: str | None = None
    folder: str | None = None
    bytes: int | None = None


@dataclass(frozen=True, slots=True)
class AuditState:
    """What is known of the audit chain.

    Attributes:
        checked_at: When all of it was last checked; None before the first check.
        fault_at: Number of the first line at fault, None where all were in order.
        anchor_failed: Its end cannot be written down beside the keys.
    """

    checked_at: datetime | None = None
    fault_at: int | None = None
    anchor_failed: bool = False


@dataclass(frozen=True, slots=True)
class OutboxState:
    """What is known of notices and events on their way out.

    Attributes:
        late: How many have waited longer than `OUTBOX_LATE`.
        oldest_at: Since when the oldest of them waits, UTC; None where none does.
        error: Why its last try failed, a code of actions/notify/posting.py.
        expired: How many were given up lately because they waited too long.
    """

    late: int = 0
    oldest_at: datetime | None = None
    error: str | None = None
    expired: int = 0


@dataclass(frozen=True, slots=True)
class UpkeepFacts:
    """What was found out about the machine; None where it cannot be known.

    Attributes:
        now: The machine's own clock, aware UTC.
        last_event_at: Time of the newest event of the store, as its id says.
        clock_step: How far the clock jumped lately, and when, against a clock that cannot.
        clock_synchronised: Whether the system keeps its clock by a time server.
        volumes: The file systems of data and backups, each once.
        certificate: From when and until when the certificate is valid; None without one.
        insecure_http: Listening beyond this machine without HTTPS.
        keys_in_backup: The folder of keys is copied into the backups, or holds them.
        backup: None where nightly backups are turned off.
        backup_at: Local time of day at which one is taken, hh:mm.
        audit: The audit chain.
        outbox: Notices and events on their way out.
        detector: Why the operator's model of the cameras is not used, a code; empty otherwise.
    """

    now: datetime
    last_event_at: datetime | None = None
    clock_step: tuple[datetime, timedelta] | None = None
    clock_synchronised: bool | None = None
    volumes: tuple[Volume, ...] = ()
    certificate: tuple[datetime, datetime] | None = None
    insecure_http: bool = False
    keys_in_backup: bool = False
    backup: BackupState | None = None
    backup_at: str = ""
    audit: AuditState = AuditState()
    outbox: OutboxState = OutboxState()
    detector: str = ""


def warnings_of(facts: UpkeepFacts) -> list[UpkeepWarning]:
    """Return every warning, the urgent ones first."""
    found = [
        *_disk(facts),
        *_clock(facts),
        *_certificate(facts),
        *_backup(facts),
        *_exposure(facts),
        *_audit(facts),
        *_outbox(facts),
        *_detector(facts),
    ]
    return sorted(found, key=lambda warning: warning.severity != "alarm")


def backup_due(state: BackupState, now: datetime, at: str) -> bool:
    """Say whether the nightly backup has to be taken now.

    One is due from `at` on, once; a night that was missed is made up for as soon as the app runs;
    a failed one is tried again every hour.

    Args:
        state: What is known of the earlier ones.
        now: The moment in the machine's local time, aware.
        at: Local time of day, hh:mm.
    """
    hour, _, minute = at.partition(":")
    turn = now.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    if turn > now:
        turn -= timedelta(days=1)
    if state.error is not None and state.tried_at is not None:
        return now - state.tried_at >= RETRY_BACKUP
    return (state.tried_at or state.since) < turn


def audit_check_due(state: AuditState, now: datetime) -> bool:
    """Say whether the whole chain has to be checked now: once a day, and after a start."""
    return state.checked_at is None or now - state.checked_at >= AUDIT_CHECK_EVERY


def _disk(facts: UpkeepFacts) -> Iterator[UpkeepWarning]:
    for volume in facts.volumes:
        share = volume.free / volume.total if volume.total else 0.0
        if share < LOW_DISK_SHARE or volume.free < LOW_DISK_BYTES:
            yield UpkeepWarning(
                "disk_low",
                "alarm" if volume.free < FULL_DISK_BYTES else "warning",
                {
                    "folder": volume.folder,
                    "free_gb": f"{volume.free / 1024**3:.1f}",
                    "percent": f"{share * 100:.0f}",
                },
            )


def _clock(facts: UpkeepFacts) -> Iterator[UpkeepWarning]:
    last = facts.last_event_at
    if last is not None and facts.now < last - CLOCK_STEP:
        yield UpkeepWarning("clock_behind", "alarm", {"last": last, "now": facts.now})
    if facts.clock_step is not None and facts.now - facts.clock_step[0] < STEP_SHOWN:
        at, step = facts.clock_step
        yield UpkeepWarning(
            "clock_jumped", "warning", {"at": at, "seconds": f"{step.total_seconds():+.0f}"}
        )
    if facts.clock_synchronised is False:
        yield UpkeepWarning("clock_not_synchronised", "warning")


def _certificate(facts: UpkeepFacts) -> Iterator[UpkeepWarning]:
    if facts.certificate is None:
        return
    begins, ends = facts.certificate
    if facts.now > ends:
        yield UpkeepWarning("certificate_expired", "alarm", {"until": ends})
    elif facts.now < begins:
        yield UpkeepWarning("certificate_not_yet_valid", "alarm", {"from": begins})
    elif ends - facts.now < CERTIFICATE_NOTICE:
        yield UpkeepWarning(
            "certificate_expires", "warning", {"until": ends, "days": (ends - facts.now).days}
        )


def _backup(facts: UpkeepFacts) -> Iterator[UpkeepWarning]:
    state = facts.backup
    if state is None:
        yield UpkeepWarning("backup_off", "warning")
        return
    if state.error is not None:
        yield UpkeepWarning("backup_failed", "alarm", {"at": state.tried_at, "error": state.error})
    if state.good_at is None:
        if facts.now - state.since > BACKUP_AGE:
            yield UpkeepWarning("backup_none", "alarm", {"since": state.since})
    elif facts.now - state.good_at > BACKUP_AGE:
        yield UpkeepWarning("backup_old", "warning", {"at": state.good_at})


def _exposure(facts: UpkeepFacts) -> Iterator[UpkeepWarning]:
    if facts.insecure_http:
        yield UpkeepWarning("insecure_http", "alarm")
    if facts.keys_in_backup:
        yield UpkeepWarning("keys_in_backup", "alarm")


def _audit(facts: UpkeepFacts) -> Iterator[UpkeepWarning]:
    if facts.audit.fault_at is not None:
        found = {"line": facts.audit.fault_at, "at": facts.audit.checked_at}
        yield UpkeepWarning("audit_broken", "alarm", found)
    if facts.audit.anchor_failed:
        yield UpkeepWarning("audit_anchor_failed", "alarm")


def _outbox(facts: UpkeepFacts) -> Iterator[UpkeepWarning]:
    state = facts.outbox
    if state.late:
        told = {"n": state.late, "since": state.oldest_at, "delivery_error": state.error}
        yield UpkeepWarning("outbox_late", "alarm", told)
    if state.expired:
        yield UpkeepWarning("outbox_expired", "warning", {"n": state.expired})


def _detector(facts: UpkeepFacts) -> Iterator[UpkeepWarning]:
    if facts.detector:  # only a name beside detections is missing; the scenes go on
        yield UpkeepWarning("detector_off", "warning", {"detector": facts.detector})
