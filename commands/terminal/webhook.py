"""`webhook …`: what a person types about programs that are told of events."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.terminal.calling import Community, do

group = typer.Typer(help="Programs that are told of events.", no_args_is_help=True)
WebhookId = Annotated[str, typer.Argument(help="Id of the webhook.")]


@group.command("create")
def webhook_create(
    community: Community,
    label: Annotated[str, typer.Option(help="What it is called here.")],
    url: Annotated[str, typer.Option(help="Where events are posted.")],
    events: Annotated[str, typer.Option(help="Types apart by commas; all when left out.")] = "",
) -> None:
    """Subscribe a program; its secret is printed once, alone on standard output."""
    do("webhook create", community_id=community, label=label, url=url, events=events)


@group.command("list")
def webhook_list(community: Community) -> None:
    """List webhooks, one JSON object a line; never addresses or secrets."""
    do("webhook list", community_id=community)


@group.command("rotate")
def webhook_rotate(webhook_id: WebhookId, community: Community) -> None:
    """Print a new secret; the former one stays valid for a day."""
    do("webhook rotate", community_id=community, webhook_id=webhook_id)


@group.command("remove")
def webhook_remove(webhook_id: WebhookId, community: Community) -> None:
    """End a subscription."""
    do("webhook remove", community_id=community, webhook_id=webhook_id)
