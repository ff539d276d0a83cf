"""What is warned of and when, and when a backup is due: tables with both directions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from rules.upkeep import (
    AuditState,
    BackupState,
    UpkeepFacts,
    Volume,
    audit_check_due,
    backup_due,
    warnings_of,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
GB = 1024**3
GOOD = BackupState(NOW - timedelta(days=30), NOW - timedelta(hours=6), NOW - timedelta(hours=6))
LONG_AGO = NOW - timedelta(days=400)


def found(**facts: object) -> list[tuple[str, str]]:
    given = {"now": NOW, "backup": GOOD, **facts}
    return [(each.code, each.severity) for each in warnings_of(UpkeepFacts(**given))]  # type: ignore[arg-type]


def test_a_machine_that_does_well_has_no_warning() -> None:
    assert (
        found(
            volumes=(Volume("var", 50 * GB, 100 * GB),),
            last_event_at=NOW - timedelta(seconds=1),
            clock_synchronised=True,
            certificate=(LONG_AGO, NOW + timedelta(days=60)),
        )
        == []
    )


def test_what_cannot_be_known_is_no_warning() -> None:
    assert found(last_event_at=None, clock_synchronised=None, volumes=()) == []


@pytest.mark.parametrize(
    ("free", "total", "severity"),
    [
        (50 * GB, 100 * GB, None),
        (10 * GB, 100 * GB, None),  # a tenth is enough
        (10 * GB - 1, 100 * GB, "warning"),
        (3 * GB, 4 * GB, None),
        (2 * GB - 1, 4 * GB, "warning"),  # half of it, but less than 2 GB
        (600 * 1024**2, 100 * GB, "warning"),
        (511 * 1024**2, 100 * GB, "alarm"),
        (0, 100 * GB, "alarm"),
        (0, 0, "alarm"),
    ],
)
def test_a_full_disk_is_told_before_it_is_full(free: int, total: int, severity: str | None) -> None:
    expected = [("disk_low", severity)] if severity else []
    assert found(volumes=(Volume("var", free, total),)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"last_event_at": NOW + timedelta(seconds=59)}, []),
        ({"last_event_at": NOW + timedelta(seconds=61)}, [("clock_behind", "alarm")]),
        (
            {"clock_step": (NOW - timedelta(hours=23), timedelta(hours=-1))},
            [("clock_jumped", "warning")],
        ),
        ({"clock_step": (NOW - timedelta(hours=25), timedelta(hours=-1))}, []),
        ({"clock_synchronised": False}, [("clock_not_synchronised", "warning")]),
        ({"certificate": (LONG_AGO, NOW + timedelta(days=22))}, []),
        (
            {"certificate": (LONG_AGO, NOW + timedelta(days=20))},
            [("certificate_expires", "warning")],
        ),
        (
            {"certificate": (LONG_AGO, NOW - timedelta(seconds=1))},
            [("certificate_expired", "alarm")],
        ),
        (
            {"certificate": (NOW + timedelta(hours=1), NOW + timedelta(days=90))},
            [("certificate_not_yet_valid", "alarm")],
        ),
        ({"insecure_http": True}, [("insecure_http", "alarm")]),
        ({"keys_in_backup": True}, [("keys_in_backup", "alarm")]),
        ({"audit": AuditState(NOW)}, []),
        ({"audit": AuditState(NOW, fault_at=7)}, [("audit_broken", "alarm")]),
        ({"audit": AuditState(anchor_failed=True)}, [("audit_anchor_failed", "alarm")]),
        ({"backup": None}, [("backup_off", "warning")]),
        ({"backup": BackupState(NOW - timedelta(hours=25))}, []),  # not a night yet
        ({"backup": BackupState(NOW - timedelta(hours=27))}, [("backup_none", "alarm")]),
        ({"backup": BackupState(LONG_AGO, NOW, NOW - timedelta(hours=25))}, []),
        (
            {"backup": BackupState(LONG_AGO, NOW, NOW - timedelta(hours=27))},
            [("backup_old", "warning")],
        ),
        (
            {"backup": BackupState(LONG_AGO, NOW, NOW - timedelta(hours=1), "disk_full")},
            [("backup_failed", "alarm")],
        ),
        (
            {"backup": BackupState(LONG_AGO, NOW, NOW - timedelta(hours=50), "disk_full")},
            [("backup_failed", "alarm"), ("backup_old", "warning")],
        ),
    ],
)
def test_each_warning_comes_when_it_should_and_only_then(
    facts: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert found(**facts) == expected


def test_the_urgent_ones_come_first() -> None:
    severities = [
        severity
        for _, severity in found(
            volumes=(Volume("var", 1 * GB, 100 * GB),),
            clock_synchronised=False,
            insecure_http=True,
            certificate=(LONG_AGO, LONG_AGO),
        )
    ]
    assert severities == ["alarm", "alarm", "warning", "warning"]


CHINA = timezone(timedelta(hours=8))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("state", "now", "due"),
    [
        (BackupState(at("21T10:00")), "21T23:59", False),  # installed today: the first night comes
        (BackupState(at("21T10:00")), "22T03:29", False),
        (BackupState(at("21T10:00")), "22T03:30", True),
        (BackupState(at("21T10:00")), "25T12:00", True),  # was off for days: made up for
        (BackupState(at("01T10:00"), at("22T03:30"), at("22T03:30")), "22T03:31", False),
        (BackupState(at("01T10:00"), at("22T03:30"), at("22T03:30")), "23T03:29", False),
        (BackupState(at("01T10:00"), at("22T03:30"), at("22T03:30")), "23T03:30", True),
        # a failed one is tried again every hour, not every minute
        (BackupState(at("01T10:00"), at("22T03:30"), None, "disk_full"), "22T04:29", False),
        (BackupState(at("01T10:00"), at("22T03:30"), None, "disk_full"), "22T04:30", True),
        # one taken by day does not stand for the night
        (BackupState(at("01T10:00"), at("21T15:00"), at("21T15:00")), "22T03:30", True),
    ],
)
def test_a_backup_is_due_once_a_night(state: BackupState, now: str, due: bool) -> None:
    assert backup_due(state, at(now), "03:30") is due


def test_times_of_other_zones_are_the_same_moments() -> None:
    state = BackupState(at("01T10:00"), at("22T03:30").astimezone(UTC))
    assert not backup_due(state, at("22T12:00"), "03:30")


@pytest.mark.parametrize(
    ("checked_at", "due"),
    [(None, True), (NOW - timedelta(hours=23), False), (NOW - timedelta(hours=24), True)],
)
def test_the_audit_is_checked_once_a_day(checked_at: datetime | None, due: bool) -> None:
    assert audit_check_due(AuditState(checked_at), NOW) is due


def test_a_model_that_is_not_used_is_told_and_never_urgent() -> None:
    assert found(detector="detector_missing") == [("detector_off", "warning")]
    assert found(detector="") == []
