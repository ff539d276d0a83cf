"""The list of accounts, and the panel in which one is made or changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.door_form import (
    action_button,
    choice_field,
    door_form,
    line_field,
    many_field,
    moment,
    sheet,
    table,
)
from components.navigation import nothing
from components.wording import local_name, named, text
from rules.privacy import ACCOUNT_ROLES

Row = dict[str, Any]
# Buildings are too many to switch on one by one; an importer's larger areas cover them.
AREA_LEVELS = ("community", "zone", "grid", "estate")
LONGEST_SUBJECT = 600


@dataclass(frozen=True, slots=True)
class Choices:
    """What an account can be given: communities by id, areas and workers as rows."""

    communities: dict[str, str]
    areas: list[Row]
    workers: list[Row]


def account_list(rows: Sequence[Row], choices: Choices, zone: ZoneInfo, now: datetime) -> list[Any]:
    """All accounts in a table, open ones first, below the heading and the way to a new one."""
    heads = ("accounts.login", "accounts.role", "accounts.communities", "accounts.areas")
    headings = [text(code) for code in (*heads, "accounts.last", "door.state")]
    lines = [_line(row, choices, zone, now) for row in rows]
    shown = (
        table([*headings, ""], lines, text("accounts.title"))
        if lines
        else nothing(text("accounts.none_title"), text("accounts.none_hint"))
    )
    new = html.A(text("accounts.new"), href="/accounts?account=new", className="door-button main")
    head = html.Div(
        [html.H1(text("accounts.title"), className="page-title"), new], className="door-head"
    )
    return [
        head,
        html.P(text("accounts.hint"), className="door-hint"),
        html.Section(shown, className="sheet"),
    ]


def account_panel(row: Row | None, choices: Choices) -> html.Section:
    """The form of one account, or of a new one where `row` is None."""
    account_id = row["account_id"] if row else "new"
    title = text("accounts.change_title", login=row["login"]) if row else text("accounts.new")
    back = html.A(text("accounts.back"), href="/accounts", className="back")
    words = text("accounts.save" if row else "accounts.create")
    form = door_form(
        _fields(row, choices),
        action_button("save", words, main=True),
        object_id=account_id,
        key=f"{account_id}-{row['removed_at'] if row else ''}",
    )
    more = _more(row) if row else []
    return sheet(title, form, *more, aside=back)


def _fields(row: Row | None, choices: Choices) -> list[Any]:
    known: Row = row or {}
    login = [] if row else [line_field("login", text("accounts.login"), longest=40)]
    roles = [(role, named("role", role)) for role in ACCOUNT_ROLES]
    areas = [(area["area_id"], _area_name(area)) for area in choices.areas if _offered(area, known)]
    workers = [("", text("accounts.no_worker"))]
    workers += [(each["worker_id"], each["callsign"]) for each in choices.workers]
    communities = list(choices.communities.items())
    also = [
        many_field("also", text("accounts.also"), communities, known.get("also_communities") or ())
    ]
    chosen_areas = known.get("area_ids") or ()
    hint = text("accounts.areas_hint")
    return [
        *login,
        choice_field("role", text("accounts.role"), roles, known.get("role", "duty_officer")),
        choice_field(
            "community",
            text("accounts.first_community"),
            communities,
            known.get("community_id", ""),
        ),
        choice_field("worker", text("accounts.worker"), workers, str(known.get("worker_id") or "")),
        line_field(
            "subject",
            text("accounts.subject"),
            str(known.get("oidc_subject") or ""),
            text("accounts.subject_hint"),
            LONGEST_SUBJECT,
        ),
        *(also if len(communities) > 1 else []),
        *(
            [many_field("areas", text("accounts.areas"), areas, chosen_areas, hint)]
            if areas
            else []
        ),
    ]


def _more(row: Row) -> list[Any]:
    """What can be done to an account that is there, besides saving it."""

    def sure(action: str) -> html.Button:
        confirm = text(f"accounts.{action}_sure")
        return action_button(action, text(f"accounts.{action}"), confirm=confirm)

    closed = row["removed_at"] is not None
    buttons = [sure("set_password")]
    if row["totp"]:
        buttons.append(sure("reset_factor"))
    if row["locked_until"] is not None:
        buttons.append(action_button("unlock", text("accounts.unlock")))
    if row["sessions"]:
        buttons.append(action_button("end_sessions", text("accounts.end_sessions")))
    if closed:
        buttons = [action_button("reopen", text("accounts.reopen"))]
    else:
        buttons.append(sure("close"))
    return [
        html.P(text("accounts.save_hint"), className="door-hint"),
        html.H3(text("accounts.more")),
        door_form([], *buttons, object_id=row["account_id"], style="inline", key="more"),
    ]


def _line(row: Row, choices: Choices, zone: ZoneInfo, now: datetime) -> html.Tr:
    also = [row["community_id"], *row["also_communities"]]
    names = text("list.comma").join(choices.communities.get(each, each) for each in also)
    last = row["signed_in_at"]
    change = html.A(
        text("accounts.change"),
        href=f"/accounts?account={row['account_id']}",
        className="door-button",
    )
    return html.Tr(
        [
            html.Th(row["login"], scope="row"),
            html.Td(named("role", row["role"])),
            html.Td(names),
            html.Td(_areas(row, choices)),
            html.Td(moment(last, zone) if last else text("accounts.never")),
            html.Td(html.Div(_marks(row, zone, now), className="door-marks")),
            html.Td(change),
        ],
        className="closed" if row["removed_at"] else "",
    )


def _marks(row: Row, zone: ZoneInfo, now: datetime) -> list[Any]:
    if row["removed_at"] is not None:
        return [_tag(text("accounts.closed"))]
    marks = []
    if row["must_change"]:
        marks.append(text("accounts.must_change"))
    if not row["has_password"]:
        marks.append(text("accounts.no_password"))
    if row["totp"]:
        marks.append(text("accounts.factor"))
    if row["locked_until"] is not None and row["locked_until"] > now:
        marks.append(text("accounts.paused", at=moment(row["locked_until"], zone)[-5:]))
    if row["sessions"]:
        marks.append(text("accounts.sessions", n=row["sessions"]))
    return [_tag(words) for words in marks or [text("accounts.open")]]


def _areas(row: Row, choices: Choices) -> str:
    if not row["area_ids"]:
        code = "accounts.no_area" if row["role"] == "grid_worker" else "accounts.whole"
        return text(code)
    names = {area["area_id"]: _area_name(area) for area in choices.areas}
    return text("list.comma").join(names.get(area_id, area_id) for area_id in row["area_ids"])


def _offered(area: Row, known: Row) -> bool:
    return area["level"] in AREA_LEVELS or area["area_id"] in (known.get("area_ids") or ())


def _area_name(area: Row) -> str:
    return local_name(area) or str(area["area_id"])


def _tag(words: str) -> html.Span:
    return html.Span(words, className="tag")
