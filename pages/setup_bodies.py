"""Reads and builds the bodies of the set-up pages with forms: checklist, workers, contacts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from actions.access import viewer
from actions.catalogue.reading import categories
from actions.setup.facts import limits_reviewed, open_setup_checks, setup_facts
from actions.setup.reading import (
    areas_of,
    community_of,
    contacts_of,
    numbers_of,
    organisations_of,
    overwritten_of,
    workers_of,
)
from actions.setup.step import SetupDesk
from actions.setup.undo import MOST_CHANGES, last_changes
from components import ids
from components.setup_changes import change_section
from components.setup_checklist import (
    checklist,
    facts_form,
    limits_review,
    overwritten_list,
    setup_strip,
)
from components.setup_directory import contact_editor, directory, organisation_editor
from components.setup_frame import section
from components.setup_register import leader_register, worker_register
from components.wording import text
from data.calendars import work_calendar
from pages.callbacks import now, services
from rules.contact_hours import part_now
from rules.privacy import may, scope_of
from rules.setup_checks import setup_checks
from rules.viewer import Viewer

Opened = tuple[str, str] | None


def checklist_body(desk: SetupDesk, _opened: Opened = None) -> list[Any]:
    """What is missing, the community's facts, the time limits and the last changes."""
    community = community_of(desk)
    zone = ZoneInfo(community["timezone"])
    checks = setup_checks(setup_facts(desk.store, desk.community_id, backup_at()))
    return [
        checklist(checks, desk.community_id, may(desk.viewer.role, "account.manage")),
        facts_form(community),
        limits_review(
            limits_reviewed(desk.store, desk.community_id),
            zone,
            categories(desk.store, desk.community_id),
        ),
        overwritten_list(overwritten_of(desk), zone),
        change_section(last_changes(desk), zone, MOST_CHANGES),
    ]


def workers_body(desk: SetupDesk, opened: Opened = None) -> list[Any]:
    """The register of workers and the leaders."""
    workers, areas, units = workers_of(desk), areas_of(desk), organisations_of(desk)
    register = worker_register(workers, areas, units, opened)
    return [register, leader_register(areas, workers, opened)]


def contacts_body(desk: SetupDesk, opened: Opened = None) -> list[Any]:
    """The directory, and the contacts and organisations to change."""
    organisations = organisations_of(desk)
    return [
        directory_section(desk, may_see_numbers(desk.viewer)),
        contact_editor(contacts_of(desk), organisations, opened),
        organisation_editor(organisations, opened),
    ]


def directory_section(desk: SetupDesk, may_show: bool) -> html.Section:
    """The directory under its heading, without numbers."""
    table = html.Div(directory_body(desk, may_show), id=ids.CONTACT_DIRECTORY)
    return section("contacts.directory", table, hint=text("contacts.hint"))


def directory_body(desk: SetupDesk, may_show: bool, show: bool = False) -> list[Any]:
    """The directory, with its numbers where they were asked for."""
    community = community_of(desk)
    calendar = work_calendar(community["timezone"])
    local = now().astimezone(ZoneInfo(community["timezone"]))

    def part_of(row: Mapping[str, Any]) -> str:
        is_workday = calendar.is_workday(local.date())
        hours = (row["work_days"], row["work_from"], row["work_until"])
        return part_now(local, is_workday, *hours)

    numbers = numbers_of(desk, services().keyring) if show else None
    return directory(contacts_of(desk), numbers, part_of, may_show)


def desk_strip(community_id: str) -> Any:
    """The desk's line about an unfinished set-up, for those who may finish it; None for others."""
    asking = viewer()
    if community_id not in asking.community_ids or not may(asking.role, "config.write"):
        return None
    n = open_setup_checks(services().store, community_id, backup_at())
    return setup_strip(n, community_id)


def may_see_numbers(viewer: Viewer) -> bool:
    """Numbers are for those who keep the directory and those on duty for the whole community."""
    return may(viewer.role, "config.write") or scope_of(viewer.role, "person.read") == "community"


def backup_at() -> datetime | None:
    """When the last good backup was taken, as the installation knows it; None before the first."""
    facts = services().upkeep.facts()
    return facts.backup.good_at if facts is not None and facts.backup is not None else None


BODIES = {"checklist": checklist_body, "workers": workers_body, "contacts": contacts_body}
