"""The pages of channels and outbox: secrets go in and never come out, and every step is audited."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from dash import no_update

from actions.access import NotAllowed
from actions.intake.recording import record_community
from actions.notify.outbox import tell
from actions.notify.posting import Guard, Outcome
from actions.notify.sender import Sender
from components.wording import Language, text
from data.store import Store
from rules.privacy import ROLES, may
from rules.records import CommunityRecord
from rules.viewer import Viewer
from tests.far_end import until

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=aaaabbbb-0000-1111-2222-ccccdddd"
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def community(store: Store) -> None:
    record_community(store, CommunityRecord(community_id="demo", name_zh="社区")).result()


@pytest.fixture
def channels(
    page: Page, as_viewer: Callable[..., Viewer], monkeypatch: pytest.MonkeyPatch
) -> ModuleType:
    """The page; every name leads to a public address, and nothing is connected to."""
    as_viewer("admin")
    module = page("channels")
    guard = Guard(resolve=lambda host, port: ["93.184.216.34"])
    monkeypatch.setattr(module, "guard_of", lambda running: guard)
    return module


def press(page: ModuleType, action: str, object_id: str = "", **values: Any) -> tuple[Any, Any]:
    wish = {"action": action, "id": object_id, "values": {"community": "demo", **values}}
    name = page.__name__.rpartition(".")[2]
    answer: tuple[Any, Any] = getattr(page, f"answer_{name}")(wish)
    return answer


def sql(store: Store, query: str) -> list[tuple[Any, ...]]:
    cursor = store.cursor()
    rows: list[tuple[Any, ...]] = cursor.execute(query).fetchall()
    cursor.close()
    return rows


def audited(vault: Any, store: Store, action: str) -> list[str]:
    vault.audit.close()  # to be asked at the end: refusals that come later are not written
    rows = sql(store, f"select result from audit_event where action = '{action}' order by seq")
    return [row[0] for row in rows]


def add_channel(page: ModuleType, code: str = "duty", **values: str) -> tuple[Any, Any]:
    given = {"code": code, "kind": "wecom", "address": ROBOT, "language": "zh-CN", **values}
    return press(page, "add_channel", **given)


def test_a_channel_is_made_and_its_address_is_nowhere_in_clear(
    channels: ModuleType, store: Store, vault: Any, render: Render, language: Language
) -> None:
    notice, body = add_channel(channels)
    assert text("channels.done") in render(notice) and "duty" in render(body)
    assert "aaaabbbb" not in render(channels.layout(community="demo"))
    tables = ("outgoing_secret", "notify_channel_event", "audit_event")
    assert not any("aaaabbbb" in str(sql(store, f"select * from {name}")) for name in tables)
    assert audited(vault, store, "channel.create") == ["done"]


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("wecom", "https://evil.example/cgi-bin/webhook/send?key=aaaabbbbcccc"),
        ("wecom", "https://qyapi.weixin.qq.com@evil.example/cgi-bin/webhook/send?key=aaaabbbb"),
        ("wecom", "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=aaaabbbbcccc"),
        ("dingtalk", "https://oapi.dingtalk.com/robot/send?access_token=a%2Fb"),
        ("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/../../x"),
        ("email", "mailto://mail.example/?from=a@b.example"),  # no receiver
        ("email", "mailto://mail.example:6379/?from=a@b.example&to=c@d.example"),  # a database
        ("email", "mailtos://10.0.0.1/?from=a@b.example&to=c@d.example"),
        ("webhook", "http://169.254.169.254/latest"),
        ("webhook", "https://user:secret@hooks.example/"),
        ("pager", "https://hooks.example/"),
    ],
)
def test_an_address_of_another_form_or_that_leads_inwards_is_refused(
    channels: ModuleType, store: Store, kind: str, address: str
) -> None:
    _notice, body = add_channel(channels, kind=kind, address=address)
    assert body is no_update and sql(store, "select * from notify_channel_now") == []


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (
            "dingtalk",
            "https://oapi.dingtalk.com/robot/send?access_token=abcdef0123&secret=SECabc123",
        ),
        ("feishu", "https://open.feishu.cn/open-apis/bot/v2/hook/abcdef01-2345"),
        ("email", "mailtos://duty:p%40ss@mail.example:465/?from=a@b.example&to=c@d.example"),
        ("webhook", "https://hooks.example/in?token=1"),
    ],
)
def test_addresses_as_their_pages_show_them_are_taken(
    channels: ModuleType, store: Store, kind: str, address: str
) -> None:
    add_channel(channels, kind=kind, address=address)
    assert sql(store, "select kind from notify_channel_now") == [(kind,)]


def test_a_short_name_is_used_once_and_comes_free_with_its_channel(
    channels: ModuleType, store: Store
) -> None:
    add_channel(channels)
    assert add_channel(channels)[1] is no_update
    ((channel_id,),) = sql(store, "select channel_id from notify_channel_now")
    press(channels, "remove_channel", channel_id)
    assert sql(store, "select * from outgoing_secret") == []
    assert add_channel(channels)[1] is not no_update


def test_a_route_brings_messages_to_its_channel_until_it_is_removed(
    channels: ModuleType, store: Store, render: Render
) -> None:
    add_channel(channels)
    ((channel_id,),) = sql(store, "select channel_id from notify_channel_now")
    _, body = press(channels, "add_route", recipient="role:duty_officer", channel=channel_id)
    assert text("role.duty_officer") in render(body)
    press(channels, "add_route", recipient="role:duty_officer", channel=channel_id)  # once
    ((route_id,),) = sql(store, "select route_id from notify_route_now")
    tell_somebody(store, "1")
    press(channels, "remove_route", route_id)
    tell_somebody(store, "2")
    assert sql(store, "select count(*) from delivery_now") == [(1,)]
    assert press(channels, "add_route", recipient="person:1", channel=channel_id)[1] is no_update


def test_a_webhooks_secret_is_shown_once(
    channels: ModuleType, store: Store, render: Render, language: Language
) -> None:
    types = ["case.created", "case.closed", "person.made"]
    notice, _ = press(channels, "add_webhook", label=HOSTILE, address="https://x.example/",
                      types=types)  # fmt: skip
    assert "whsec_" in render(notice)
    shown = render(channels.layout(community="demo"))
    assert "whsec_" not in shown and text("event.case.closed") in shown
    ((webhook_id, kept),) = sql(store, "select webhook_id, event_types from webhook_now")
    assert "person" not in kept
    again, _ = press(channels, "rotate_webhook", webhook_id)
    assert "whsec_" in render(again) and render(again) != render(notice)
    press(channels, "remove_webhook", webhook_id)
    assert sql(store, "select * from outgoing_secret") == []
    assert press(channels, "add_webhook", label="x", address="https://x.example/")[1] is no_update


@pytest.mark.parametrize("role", ROLES)
def test_who_may_see_and_who_may_manage(
    page: Page, channels: ModuleType, as_viewer: Callable[..., Viewer], role: str
) -> None:
    as_viewer(role)
    if may(role, "config.write"):
        assert add_channel(channels)[1] is not no_update
    else:
        with pytest.raises(NotAllowed):
            add_channel(channels)
        if may(role, "health.read"):
            assert press(page("outbox"), "retry", "demo:none")[1] is no_update


def tell_somebody(store: Store, key: str) -> None:
    facts = {"category": "noise"}
    store.write(
        lambda tx: tell(
            tx, community_id="demo", kind="case_reminded", to="role:duty_officer", subject_id="c1",
            facts=facts, key=key,
        )
    ).result()  # fmt: skip


def test_what_does_not_arrive_shows_why_and_is_retried_or_given_up_with_a_reason(
    channels: ModuleType, page: Page, store: Store, vault: Any, render: Render, language: Language
) -> None:
    add_channel(channels)
    ((channel_id,),) = sql(store, "select channel_id from notify_channel_now")
    press(channels, "add_route", recipient="role:duty_officer", channel=channel_id)
    outbox = page("outbox")
    assert text("outbox.none_title") in render(outbox.layout(community="demo"))
    tell_somebody(store, "1")
    sender = Sender(store, lambda row, at: Outcome("timeout"))
    sender.start()
    until(lambda: sql(store, "select attempts from delivery_now") == [(1,)])
    sender.stop()
    shown = render(outbox.layout(community="demo"))
    for words in (text("delivery_error.timeout"), text("role.duty_officer"), "duty"):
        assert words in shown
    ((delivery_id,),) = sql(store, "select delivery_id from delivery_now")
    target = f"demo:{delivery_id}"
    assert press(outbox, "give_up", target, reason=" ")[1] is no_update
    press(outbox, "give_up", target, reason="改为电话通知")
    assert sql(store, "select state, next_at from delivery_now") == [("given_up", None)]
    press(outbox, "retry", target)
    assert sql(store, "select state from delivery_now") == [("waiting",)]
    assert press(outbox, "retry", f"other:{delivery_id}")[1] is no_update
    assert sorted(audited(vault, store, "delivery.give_up")) == ["done", "refused"]
    assert "改为电话通知" in str(sql(store, "select reason from audit_event"))
    assert "改为电话通知" not in str(sql(store, "select * from delivery_event"))
