"""`webhook create | list | rotate | remove`: the programs that are told of events."""

from __future__ import annotations

import json
from collections.abc import Callable

from actions.access import CLI
from actions.notify.posting import Guard
from actions.notify.subscriptions import NewWebhook, WebhookDesk
from actions.notify.webhooks import EVENT_TYPES
from commands.context import Context
from rules.errors import RuleViolation


def run_webhook_create(
    context: Context, community_id: str, label: str, url: str, events: str = ""
) -> int:
    """Subscribe a program; its secret is the only line of standard output.

    Args:
        events: Types apart by commas; all where left out.
    """
    types = [name.strip() for name in events.split(",") if name.strip()] or EVENT_TYPES
    unknown = sorted(set(types) - set(EVENT_TYPES))
    if unknown:
        context.err(f"There are no such events: {', '.join(unknown)}")
        return 2
    return _tell(context, lambda: _desk(context, community_id).add_webhook(label, url, types))


def run_webhook_list(context: Context, community_id: str) -> int:
    """Print one JSON line per webhook; never address or secret."""
    for row in _desk(context, community_id).webhooks():
        context.out(json.dumps(row, ensure_ascii=False, default=str))
    return 0


def run_webhook_rotate(context: Context, community_id: str, webhook_id: str) -> int:
    """Give a webhook a new secret; it is the only line of standard output."""
    return _tell(context, lambda: _desk(context, community_id).rotate_webhook(webhook_id))


def run_webhook_remove(context: Context, community_id: str, webhook_id: str) -> int:
    """End a subscription."""
    try:
        _desk(context, community_id).remove_webhook(webhook_id)
    except RuleViolation as refusal:
        context.err(f"Nothing was removed: {refusal}")
        return 2
    context.out(f"Webhook {webhook_id} is removed.")
    return 0


def _tell(context: Context, make: Callable[[], NewWebhook]) -> int:
    try:
        made = make()
    except RuleViolation as refusal:
        context.err(f"It could not be done: {refusal}")
        return 2
    context.err(f"Webhook {made.webhook_id}. Its signing secret is shown once:")
    context.out(made.secret)
    return 0


def _desk(context: Context, community_id: str) -> WebhookDesk:
    settings = context.settings
    guard = Guard(tuple(settings.outgoing_networks), tuple(settings.outgoing_ports))
    return WebhookDesk(context.store, context.audit, context.keyring, guard, CLI, community_id)
