"""The outbox: what waits, since when and why, what arrived; try again, or give up with a reason."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from dash import Input, Output, html, no_update

from actions.access import NotAllowed, SignInRequired, viewer
from actions.notify.deliveries import DeliveryDesk
from components import ids
from components.attributes import dashed
from components.door_form import (
    action_button,
    done,
    door_form,
    door_page,
    line_field,
    moment,
    refused,
    sheet,
    table,
)
from components.filters import filter_of
from components.navigation import nothing
from components.told import recipient_words
from components.wording import knows, named, text
from pages.callbacks import services
from pages.door_request import DoorRequest, read_door_request, zone_of_viewer
from pages.outgoing import guard_of
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.errors import RuleViolation
from rules.privacy import may

Row = dict[str, Any]
HEADINGS = ("what", "to", "channel", "since", "state", "tries")


def layout(**query: object) -> Any:
    """Everything queued in the community shown."""
    community_id = opened_community(filter_of(query).community)
    shown = body(community_id) if community_id else []
    return page_frame("/outbox", community_id, door_page("outbox", ids.OUTBOX, shown))


register_page(
    __name__,
    path="/outbox",
    name="outbox",
    order=33,
    group="system",
    title=lambda: text("outbox.title"),
    action="health.read",
    layout=layout,
)


@page_callback(
    Output(ids.OUTBOX[1], "children"),
    Output(ids.OUTBOX[2], "children"),
    Input(ids.OUTBOX[0], "data"),
    action="health.read",
    prevent_initial_call=True,
)
def answer_outbox(data: object) -> tuple[Any, Any]:
    """Try again or give up; whether the role may is decided behind it."""
    try:
        request = read_door_request(data)
        community_id, delivery_id = _parts(request)
        _carry_out(request, community_id, delivery_id)
    except (NotAllowed, SignInRequired) as refusal:
        return refused(refusal), no_update
    except RuleViolation as refusal:
        return refused(refusal), no_update
    return done(text(f"outbox.done_{request.action}")), body(community_id)


def body(community_id: str) -> list[Any]:
    """The deliveries, those that have not arrived first."""
    rows, zone = _desk(community_id).deliveries(), zone_of_viewer()
    manage = may(viewer().role, "config.write")
    title = html.H1(text("outbox.title"), className="page-title")
    if not rows:
        return [title, nothing(text("outbox.none_title"), text("outbox.none_hint"))]
    headings = [text(f"outbox.{name}") for name in HEADINGS] + [""] * manage
    lines = [_line(row, zone, community_id, manage) for row in rows]
    shown = table(headings, lines, text("outbox.title"))
    return [title, sheet(text("outbox.list"), html.P(text("outbox.hint"), className="door-hint"),
                         shown)]  # fmt: skip


def _line(row: Row, zone: ZoneInfo, community_id: str, manage: bool) -> html.Tr:
    state = text(f"delivery_state.{row['state']}")
    if row["state"] != "sent" and row["error"]:
        state = text("outbox.because", state=state, why=named("delivery_error", row["error"]))
        if row["http_status"]:
            state += f" (HTTP {row['http_status']})"
    code = f"outbox_kind.{row['kind']}"
    cells: list[Any] = [
        text(code) if knows(code) else str(row["kind"]),
        recipient_words(row["recipient"]) if row["recipient"] else "—",
        str(row["target"]),
        moment(row["made_at"], zone),
        state,
        str(row["attempts"]),
    ]
    if manage:
        cells.append(_deeds(row, community_id) if row["state"] != "sent" else "")
    return html.Tr(
        [html.Td(cell) for cell in cells],
        className="" if row["state"] == "waiting" else "closed",
        **dashed(data_state=row["state"]),
    )


def _deeds(row: Row, community_id: str) -> list[Any]:
    target = f"{community_id}:{row['delivery_id']}"
    again = door_form([], action_button("retry", text("outbox.retry")), object_id=target,
                      style="inline", key=f"retry-{target}")  # fmt: skip
    if row["state"] != "waiting":
        return [again]
    give_up = door_form(
        [line_field("reason", text("outbox.reason"), longest=300)],
        action_button("give_up", text("outbox.give_up"), confirm=text("outbox.give_up_sure")),
        object_id=target,
        style="inline",
        key=f"give-up-{target}",
    )
    return [again, html.Details([html.Summary(text("outbox.give_up")), give_up])]


def _carry_out(request: DoorRequest, community_id: str, delivery_id: str) -> None:
    desk = _desk(community_id)
    if request.action == "give_up":
        desk.give_up(delivery_id, request.value("reason"))
    else:
        desk.retry(delivery_id)


def _parts(request: DoorRequest) -> tuple[str, str]:
    community_id, _, delivery_id = request.object_id.partition(":")
    return opened_community(community_id), delivery_id


def _desk(community_id: str) -> DeliveryDesk:
    running = services()
    return DeliveryDesk(
        running.store, running.audit, running.keyring, guard_of(running), viewer(), community_id
    )
