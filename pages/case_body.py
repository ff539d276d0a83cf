"""Reads and builds what the case page shows: facts, clocks, moves, responders, history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from actions.access import reach, viewer
from actions.cases.access import moves_open_to
from actions.cases.clock import clocks_of
from actions.cases.photos import photos_of
from components.case_detail import case_page
from components.case_history import history_steps, local_time
from components.case_moves import MoveChoices, moves_panel
from components.case_photos import photos_panel, pictures_link
from components.case_responders import followed_note, followers_panel, responders_panel
from components.door_form import Option
from components.wording import local_name, named, text
from data.calendars import work_calendar
from pages.callbacks import services
from pages.case_dispatch import offer_for
from pages.case_reporter import reporter_panels
from pages.reading import history_in_reach
from pages.second_person import names_of
from rules.duplicates import Report, possible_twins
from rules.privacy import may
from rules.vocabulary import OPEN_STATUSES

# How much later a deadline can be asked for, days; whatever was asked for is offered first.
LATER_DAYS = (1, 2, 3, 5, 7, 15, 30)
MOST_COMPARED = 500

Row = dict[str, Any]


def case_body(case: Row, at: datetime) -> html.Article:
    """Everything the page shows.

    Args:
        case: A case the viewer reaches (desk/case).
        at: The moment, aware UTC.
    """
    store, zone = services().store, ZoneInfo(case["timezone"])
    tasks = store.rows("task/shown", case_id=case["case_id"])
    events = history_in_reach(case)
    names = names_of({*(event["actor"] for event in events), case["asked_actor"] or ""})
    possible = moves_open_to(store, viewer(), case, tasks)
    followers = store.rows("case/merged_reports", case_id=case["case_id"])
    panels = [
        followed_note(case),
        offer_for(case, at),
        moves_panel(
            case, possible, _choices(case, possible, at, zone), _waiting(case, names, zone)
        ),
        responders_panel(tasks, zone),
        _photos(case, zone, at),
        _pictures(case),
        *reporter_panels(case, zone),
        followers_panel(followers, zone),
    ]
    clocks = clocks_of(case, work_calendar(case["timezone"]), at)
    steps = history_steps(events, zone, names)
    return case_page(case, steps, at, clocks, [panel for panel in panels if panel is not None])


def _pictures(case: Row) -> html.P | None:
    """The way to stills and covered copies, for who works on cases as they were reported."""
    role = viewer().role
    allowed = may(role, "case.write") and may(role, "case.read_text")
    return pictures_link(case["case_id"]) if allowed else None


def _photos(case: Row, zone: ZoneInfo, at: datetime) -> html.Section | None:
    """The photos, for who may read what was reported."""
    if not may(viewer().role, "case.read_text"):
        return None
    case_id = case["case_id"]
    return photos_panel(photos_of(services().store, viewer(), case_id), case_id, zone, at)


def _choices(case: Row, possible: tuple[str, ...], at: datetime, zone: ZoneInfo) -> MoveChoices:
    """Read only what a form that is shown can offer."""
    people: list[Row] = []
    if {"dispatch", "reinforce", "transfer"} & set(possible):
        people = services().store.rows(
            "case/responders", community_id=case["community_id"], area_id=case["area_id"]
        )
    units = [row for row in people if row["assignee_kind"] == "organisation"]
    return MoveChoices(
        assignees=[_assignee(row) for row in people],
        organisations=[_assignee(row) for row in units],
        twins=_twins(case, at, zone) if "merge" in possible else (),
        deadlines=_deadlines(case, at, zone) if {"ask_extend", "extend"} & set(possible) else (),
    )


def _assignee(row: Row) -> Option:
    name = local_name(row)
    on_duty = row["assignee_kind"] == "worker" and row["on_duty"]
    return row["assignee_id"], text("case_work.on_duty", name=name) if on_duty else name


def _twins(case: Row, at: datetime, zone: ZoneInfo) -> list[Option]:
    store = services().store
    rows = store.rows(
        "case/open_of_category",
        community_id=case["community_id"],
        category=case["category"],
        open_statuses=list(OPEN_STATUSES),
        reach=reach(store, viewer(), "case.read", case["community_id"]),
        most=MOST_COMPARED,
    )
    here = [Report(**row) for row in rows]
    mine = next((each for each in here if each.case_id == case["case_id"]), None)
    if mine is None:
        return []
    return [
        (
            twin.report.case_id,
            text(
                "case_work.twin",
                category=named("category", twin.report.category),
                at=local_time(twin.report.reported_at, zone),
            ),
        )
        for twin in possible_twins(mine, here)
    ]


def _deadlines(case: Row, at: datetime, zone: ZoneInfo) -> list[Option]:
    base = max(case["deadline_at"] or at, at)
    days = [(base + timedelta(days=days)).astimezone(UTC) for days in LATER_DAYS]
    later = [(day.isoformat(), local_time(day, zone)) for day in days]
    asked = case["asked_deadline_at"]
    if asked is None:
        return later
    words = text("case_work.asked_for", at=local_time(asked, zone))
    return [(asked.isoformat(), words), *later]


def _waiting(case: Row, names: dict[str, str], zone: ZoneInfo) -> list[str]:
    if case["asked_action"] is None:
        return []
    who = names.get(case["asked_actor"], case["asked_actor"])
    what = named("case_asked", case["asked_action"])
    said = [text("case_work.waiting", who=who, what=what)]
    if case["asked_deadline_at"] is not None:
        until = local_time(case["asked_deadline_at"], zone)
        said.append(text("case_work.waiting_until", at=until))
    return said
