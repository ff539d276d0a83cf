"""Words of the outbox: what people are told, channels, deliveries, webhooks."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {
    "error.recipient_unknown": (
        "没有这样的接收对象。",
        "There is no such recipient.",
    ),
    # What people are told: title and body by kind. No name, number or door of a person.
    "message.other.title": ("一屏通知", "A notice from Yiping"),
    "message.other.body": ("请登录查看。", "Please sign in to read it."),
    "message.case_reminded.title": ("催办：{category}", "Reminder: {category}"),
    "message.case_reminded.body": (
        "{category}（{place}）尚未办结，请尽快处理。办理时限：{deadline_at}。",
        "{category} ({place}) is not done yet; please see to it. Due {deadline_at}.",
    ),
    "message.case_supervised.title": ("督办：{category}", "Under supervision: {category}"),
    "message.case_supervised.body": (
        "{category}（{place}）已列为督办件，原因：{supervision}。办理时限：{deadline_at}。",
        "{category} ({place}) is now under supervision: {supervision}. Due {deadline_at}.",
    ),
}
