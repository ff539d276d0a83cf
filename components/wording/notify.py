"""Words of the outbox: what people are told, channels, deliveries, webhooks."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "error.recipient_unknown": (
        "没有这样的接收对象。",
        "There is no such recipient.",
    ),
    # What people are told: title and body by kind. No name, number or door of a person.
    "message.case_reminded.title": ("催办：{category}", "Reminder: {category}"),
    "message.case_reminded.body": (
        "{category}（{place}）尚未办结，现催办。办理时限：{deadline}。",
        "{category} ({place}) is not done yet; you are reminded. Due: {deadline}.",
    ),
    "message.case_supervised.title": ("督办：{category}", "Supervised: {category}"),
    "message.case_supervised.body": (
        "{category}（{place}）已列入督办，原因：{supervision}。办理时限：{deadline}。",
        "{category} ({place}) is now supervised: {supervision}. Due: {deadline}.",
    ),
}
