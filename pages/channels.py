"""Channels to people, who is told by which, and the programs that are told of events."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

from dash import Input, Output, html, no_update

from actions.access import NotAllowed, SignInRequired, viewer
from actions.notify.channels import ChannelDesk
from actions.notify.robots import CHANNEL_KINDS
from actions.notify.subscriptions import NewWebhook, WebhookDesk
from actions.notify.webhooks import EVENT_TYPES
from components import ids
from components.door_form import (
    action_button,
    choice_field,
    done,
    door_form,
    door_page,
    line_field,
    many_field,
    moment,
    refused,
    sheet,
    shown_once,
    table,
)
from components.filters import filter_of
from components.told import recipient_words
from components.wording import local_name, named, text
from pages.callbacks import services
from pages.door_request import DoorRequest, read_door_request, zone_of_viewer
from pages.outgoing import guard_of
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.errors import RuleViolation

Row = dict[str, Any]
ROLES = ("duty_officer", "grid_worker", "secretary", "property", "subdistrict", "admin")
LONGEST_ADDRESS = 500


def layout(**query: object) -> Any:
    """Channels, routes and webhooks of the community shown."""
    community_id = opened_community(filter_of(query).community)
    shown = body(community_id) if community_id else []
    return page_frame("/channels", community_id, door_page("channels", ids.CHANNELS, shown))


register_page(
    __name__,
    path="/channels",
    name="channels",
    order=34,
    group="system",
    title=lambda: text("channels.title"),
    action="config.write",
    layout=layout,
)


@page_callback(
    Output(ids.CHANNELS[1], "children"),
    Output(ids.CHANNELS[2], "children"),
    Input(ids.CHANNELS[0], "data"),
    action="config.write",
    prevent_initial_call=True,
)
def answer_channels(data: object) -> tuple[Any, Any]:
    """Make or remove a channel, a route or a webhook, or give one a new secret."""
    try:
        request = read_door_request(data)
        community_id = opened_community(request.value("community"))
        notice = _carry_out(request, community_id)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update
    return notice, body(community_id)


def body(community_id: str) -> list[Any]:
    """The three tables with their forms."""
    channels, zone = _channels(community_id).channels(), zone_of_viewer()
    return [
        html.H1(text("channels.title"), className="page-title"),
        _channel_sheet(channels, community_id, zone),
        _route_sheet(channels, community_id),
        _webhook_sheet(community_id, zone),
    ]


def _channel_sheet(channels: list[Row], community_id: str, zone: ZoneInfo) -> html.Section:
    lines = [
        html.Tr(
            [
                html.Td(row["code"]),
                html.Td(named("channel_kind", row["kind"])),
                html.Td(_traffic(row, zone)),
                html.Td(_button("remove_channel", row["channel_id"], community_id)),
            ]
        )
        for row in channels
    ]
    form = door_form(
        [
            _community(community_id),
            line_field("code", text("channels.code"), hint=text("channels.code_hint"), longest=40),
            choice_field("kind", text("channels.kind"),
                         [(kind, named("channel_kind", kind)) for kind in CHANNEL_KINDS]),
            line_field("address", text("channels.address"), hint=text("channels.address_hint"),
                       longest=LONGEST_ADDRESS),
            choice_field("language", text("channels.language"),
                         [("zh-CN", "中文"), ("en", "English")]),
        ],
        action_button("add_channel", text("channels.add"), main=True),
        key=f"channel-{len(channels)}",
    )  # fmt: skip
    hint = html.P(text("channels.hint"), className="door-hint")
    return sheet(text("channels.channels"), hint, _table("code kind traffic", lines), form)


def _route_sheet(channels: list[Row], community_id: str) -> html.Section:
    routes = _channels(community_id).routes()
    lines = [
        html.Tr(
            [
                html.Td(recipient_words(row["recipient"], local_name(row))),
                html.Td(row["code"]),
                html.Td(_button("remove_route", row["route_id"], community_id)),
            ]
        )
        for row in routes
    ]
    hint = html.P(text("channels.routes_hint"), className="door-hint")
    shown: list[Any] = [hint, _table("recipient code", lines)]
    if channels:
        shown.append(_route_form(channels, community_id, len(routes)))
    return sheet(text("channels.routes"), *shown)


def _route_form(channels: list[Row], community_id: str, number: int) -> html.Form:
    workers = services().store.rows("notify_route/recipients", community_id=community_id)
    options = [
        *((f"role:{role}", recipient_words(f"role:{role}")) for role in ROLES),
        *((one, recipient_words(one)) for one in ("worker:*", "organisation:*")),
        *((r["recipient"], recipient_words(r["recipient"], local_name(r))) for r in workers),
    ]
    return door_form(
        [
            _community(community_id),
            choice_field("recipient", text("channels.recipient"), options),
            choice_field("channel", text("channels.code"),
                         [(row["channel_id"], row["code"]) for row in channels]),
        ],
        action_button("add_route", text("channels.add_route"), main=True),
        key=f"route-{number}",
    )  # fmt: skip


def _webhook_sheet(community_id: str, zone: ZoneInfo) -> html.Section:
    rows = _webhooks(community_id).webhooks()
    lines = [
        html.Tr(
            [
                html.Td(row["label"]),
                html.Td("、".join(text(f"event.{t}") for t in json.loads(row["event_types"]))),
                html.Td(moment(row["rotated_at"], zone)),
                html.Td(_traffic(row, zone)),
                html.Td(
                    [
                        _button("rotate_webhook", row["webhook_id"], community_id),
                        _button("remove_webhook", row["webhook_id"], community_id),
                    ]
                ),
            ]
        )
        for row in rows
    ]
    form = door_form(
        [
            _community(community_id),
            line_field("label", text("channels.label")),
            line_field("address", text("channels.url"), longest=LONGEST_ADDRESS),
            many_field("types", text("channels.types"),
                       [(name, text(f"event.{name}")) for name in EVENT_TYPES], EVENT_TYPES),
        ],
        action_button("add_webhook", text("channels.add_webhook"), main=True),
        key=f"webhook-{len(rows)}",
    )  # fmt: skip
    hint = html.P(text("channels.webhooks_hint"), className="door-hint")
    heads = "label types secret_since traffic"
    return sheet(text("channels.webhooks"), hint, _table(heads, lines), form)


def _table(heads: str, lines: list[Any]) -> Any:
    if not lines:
        return html.P(text("channels.none"), className="door-hint")
    headings = [text(f"channels.{head}") for head in heads.split()]
    return table([*headings, ""], lines, text("channels.title"))


def _traffic(row: Row, zone: ZoneInfo) -> str:
    if row["waiting"]:
        return text("channels.waiting", n=row["waiting"], since=moment(row["oldest_at"], zone))
    return text("channels.last_sent", at=moment(row["sent_at"], zone))


def _button(action: str, object_id: str, community_id: str) -> html.Form:
    sure = text(f"channels.{action}_sure")
    return door_form(
        [_community(community_id)],
        action_button(action, text(f"channels.{action}"), confirm=sure),
        object_id=object_id,
        style="inline",
        key=f"{action}-{object_id}",
    )


def _community(community_id: str) -> Any:
    return html.Div(choice_field("community", "", [(community_id, community_id)]), hidden=True)


def _carry_out(request: DoorRequest, community_id: str) -> Any:
    channels, webhooks = _channels(community_id), _webhooks(community_id)
    value, action = request.value, request.action
    if action == "add_channel":
        channels.add_channel(value("code"), value("kind"), value("address"), value("language"))
    elif action == "remove_channel":
        channels.remove_channel(request.object_id)
    elif action == "add_route":
        channels.add_route(value("recipient"), value("channel"))
    elif action == "remove_route":
        channels.remove_route(request.object_id)
    elif action == "add_webhook":
        types = request.chosen.get("types", ())
        return _secret(webhooks.add_webhook(value("label"), value("address"), types))
    elif action == "rotate_webhook":
        return _secret(webhooks.rotate_webhook(request.object_id))
    elif action == "remove_webhook":
        webhooks.remove_webhook(request.object_id)
    return done(text("channels.done"))


def _secret(made: NewWebhook) -> Any:
    return shown_once(text("channels.secret_once"), made.secret)


def _channels(community_id: str) -> ChannelDesk:
    running = services()
    return ChannelDesk(
        running.store, running.audit, running.keyring, guard_of(running), viewer(), community_id
    )


def _webhooks(community_id: str) -> WebhookDesk:
    running = services()
    return WebhookDesk(
        running.store, running.audit, running.keyring, guard_of(running), viewer(), community_id
    )
