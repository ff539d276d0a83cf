"""Reads and answers what the case page has about its reporter and its video calls."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from actions.access import viewer
from actions.reporting.contacts import numbers_kept, show_numbers
from actions.reporting.messages import ask_reporter, messages_of
from actions.video.register import calls_of
from components.case_reporter import ASK, SHOW_NUMBER, calls_panel, reporter_panel
from components.door_form import done
from components.wording import text
from pages.callbacks import services
from pages.door_request import DoorRequest
from pages.second_person import names_of
from rules.privacy import may

Row = dict[str, Any]


def reporter_panels(case: Row, zone: ZoneInfo) -> list[html.Section]:
    """Return the panels there is something in, for who may read what was reported."""
    asking, store = viewer(), services().store
    case_id = case["case_id"]
    panels = [calls_panel(calls_of(store, case_id), zone)]
    if may(asking.role, "case.read_text"):
        messages = messages_of(store, case_id)
        panels.append(
            reporter_panel(
                store.rows("case_link/of_case", case_id=case_id),
                messages,
                numbers_kept(store, case_id),
                zone,
                names_of({row["actor"] for row in messages}),
                may_write=may(asking.role, "case.write"),
            )
        )
    return [panel for panel in panels if panel is not None]


def is_to_reporter(request: DoorRequest) -> bool:
    """Tell whether a form of the case page is one of these."""
    return request.action in (ASK, SHOW_NUMBER)


def answer_to_reporter(case_id: str, request: DoorRequest) -> list[Any]:
    """Ask the reporter, or open the number; returns what is said then.

    Raises:
        RuleViolation: What actions/reporting objects to.
    """
    running = services()
    if request.action == ASK:
        ask_reporter(running.store, viewer(), case_id, request.value("text"))
        return [done(text("reporter.asked"))]
    reason = request.value("reason")
    numbers = show_numbers(running.store, running.keyring, running.audit, case_id, reason)
    said = [done(text("reporter.number_is", number=number)) for number in numbers]
    return said or [done(text("reporter.no_number"))]
