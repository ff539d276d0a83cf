"""Eight weeks of case history before `now`: every report with its whole life, as log rows."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

import pandas as pd

from data.calendars import work_calendar
from data.demo.cases import CASE_ACCURACY_M, Report, draw_report
from data.demo.lifecycle import Life, live
from data.demo.plan import to_degrees
from data.demo.rhythm import WEEKS, ZONE, rainy_day, report_times
from data.demo.spots import VERSION, grid_ids
from rules.clocks import deadline, yellow_at
from rules.vocabulary import CATEGORIES, FINISHED_STATUSES

OPEN_TARGET = 40
OVERDUE_TARGET = 2
DUE_SOON_TARGET = 3
_MAX_OVERDUE = 3
_JUST_BEFORE = timedelta(minutes=4)


@dataclass(frozen=True, slots=True)
class PastCase:
    """A report of the history with its deadline and its planned life."""

    source_id: str
    report: Report
    deadline_at: datetime
    yellow_at: datetime
    life: Life

    @property
    def reported_at(self) -> datetime:
        """Return when it was reported."""
        return self.life.steps[0].at

    def is_open(self, now: datetime) -> bool:
        """Tell whether it is unfinished at `now`."""
        return self.life.ends_at > now

    def is_due_soon(self, now: datetime) -> bool:
        """Tell whether its light would be yellow at `now`."""
        return self.yellow_at <= now < self.deadline_at

    def ending_at(self, end: datetime) -> PastCase:
        """Return the same case finished at `end`, at the earliest minutes after its report."""
        return replace(self, life=self.life.ending_at(max(end, self.reported_at + _JUST_BEFORE)))


def past_cases(seed: int, now: datetime) -> list[PastCase]:
    """Return the cases of the eight weeks before `now` in order of report.

    About `OPEN_TARGET` of them are unfinished at `now`, a few of those overdue.
    """
    today = now.astimezone(ZONE).date()
    rain = rainy_day(seed, today)
    calendar = work_calendar(str(ZONE))
    found: list[PastCase] = []
    for back in range(WEEKS * 7, -1, -1):
        day = today - timedelta(days=back)
        chance = Random(f"demo/{seed}/cases/{day.isoformat()}")
        for n, at in enumerate(report_times(chance, day, rain=day == rain), start=1):
            report = draw_report(chance, rain=day == rain)
            category = CATEGORIES[report.category]
            due = deadline(at, category.limit_value, category.limit_kind, calendar).at
            life = live(chance, report.category, at, due)
            if now - timedelta(weeks=WEEKS) <= at < now:
                yellow = yellow_at(at, due, category.limit_kind, calendar) if due > now else due
                found.append(PastCase(f"case-{day:%Y%m%d}-{n:02d}", report, due, yellow, life))
    return _steer(found, now)


def _steer(cases: list[PastCase], now: datetime) -> list[PastCase]:
    """Bring the unfinished cases to about the target, a few of them overdue or due soon."""
    lives = {case.source_id: case for case in cases}
    _steer_overdue(lives, now)
    _steer_due_soon(lives, now)
    unfinished = [c for c in lives.values() if c.is_open(now)]
    surplus = len(unfinished) - OPEN_TARGET
    if surplus > 0:
        calm = [c for c in unfinished if c.deadline_at > now and not c.is_due_soon(now)]
        old = [c for c in calm if now - c.reported_at > timedelta(hours=2)]
        for case in old[:surplus]:
            lives[case.source_id] = case.ending_at(now - _JUST_BEFORE)
    else:
        done = [c for c in lives.values() if not c.is_open(now) and c.deadline_at > now]
        _keep_open(lives, done, -surplus, now)
    return list(lives.values())


def _steer_overdue(lives: dict[str, PastCase], now: datetime) -> None:
    overdue = [c for c in lives.values() if c.is_open(now) and c.deadline_at <= now]
    for case in overdue[:-_MAX_OVERDUE]:
        lives[case.source_id] = case.ending_at(case.deadline_at - _JUST_BEFORE)
    missing = OVERDUE_TARGET - len(overdue)
    done = [c for c in lives.values() if not c.is_open(now) and c.deadline_at <= now]
    short = [c for c in done if c.deadline_at - c.reported_at < timedelta(days=4)]
    short.sort(key=lambda c: (c.deadline_at, c.source_id))
    for case in short[len(short) - max(0, missing) :]:
        lives[case.source_id] = case.ending_at(now + timedelta(hours=2))


def _steer_due_soon(lives: dict[str, PastCase], now: datetime) -> None:
    soon = [c for c in lives.values() if c.is_due_soon(now)]
    missing = DUE_SOON_TARGET - sum(c.is_open(now) for c in soon)
    _keep_open(lives, [c for c in soon if not c.is_open(now)], missing, now)


def _keep_open(lives: dict[str, PastCase], done: list[PastCase], count: int, now: datetime) -> None:
    """Let the last finished of these cases still be unfinished, but end before they are due."""
    done.sort(key=lambda c: (c.life.ends_at, c.source_id))
    for case in done[len(done) - max(0, count) :]:
        end = now + (case.deadline_at - now) * 0.8 + timedelta(seconds=1)
        lives[case.source_id] = case.ending_at(end)


def history(seed: int, now: datetime) -> pd.DataFrame:
    """Return the log rows of the eight weeks, for `actions.cases.history.append_history`.

    Args:
        seed: Decides everything; the same seed and `now` give the same frame.
        now: End of the history, aware.

    Returns:
        Columns of case_event that the recorder does not make itself, plus title, description
        and address; one row per event, ordered by case and time.
    """
    cases = past_cases(seed, now)
    grids = grid_ids([case.report.point for case in cases])
    rows = [row for case, grid in zip(cases, grids, strict=True) for row in _rows(case, grid, now)]
    return pd.DataFrame(rows, dtype=object)  # one type per value: nothing to convert back


def _rows(case: PastCase, grid: str | None, now: datetime) -> Sequence[dict[str, object]]:
    shared = _facts(case, grid)
    rows: list[dict[str, object]] = []
    for step in case.life.until(now).steps:
        finished = step.status in FINISHED_STATUSES
        rows.append(
            {
                **shared,
                "event_kind": "status" if rows else "reported",
                "happened_at": step.at,
                "status": step.status,
                "closed_at": step.at if finished else None,
                "outcome": step.outcome if finished else None,
            }
        )
    return rows


def _facts(case: PastCase, grid: str | None) -> dict[str, object]:
    report, category = case.report, CATEGORIES[case.report.category]
    lon, lat = to_degrees(report.point)
    return {
        "source_id": case.source_id,
        "category": report.category,
        "urgency": category.urgency,
        "channel": report.channel,
        "place_id": report.place_id,
        "area_id": grid,
        "locality": report.locality,
        "lon": lon,
        "lat": lat,
        "source_crs": "WGS84",
        "raw_x": lon,
        "raw_y": lat,
        "accuracy_m": CASE_ACCURACY_M,
        "location_flag": None,
        "reported_at": case.reported_at,
        "deadline_at": case.deadline_at,
        "limit_value": category.limit_value,
        "limit_kind": category.limit_kind,
        "source_flag": None,
        "source_version": VERSION,
        "content_hash": hashlib.blake2b(
            f"{case.source_id}/{report.title}".encode(), digest_size=16
        ).hexdigest(),
        "title": report.title,
        "description": report.description,
        "address": None,
    }
