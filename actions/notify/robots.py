"""Says what an address of each kind of channel looks like, and sends a message by it.

Mailboxes go through apprise; group robots and web addresses through our own pinned connection, for
apprise takes a robot's refusal with status 200 for success. An address is a secret: nothing here
logs or returns one.
"""

from __future__ import annotations

import json
import logging
import re
import time
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

from actions.notify.posting import Guard, Outcome, post_json
from actions.notify.robot_calls import robot_call, robot_outcome
from rules.errors import RuleViolation

CHANNEL_KINDS = ("wecom", "dingtalk", "feishu", "email", "webhook")
# Group robots take twenty messages a minute (WeCom, DingTalk); beyond that they are dropped.
ROBOT_REST_S = 3.2
MAIL_PORTS = (25, 465, 587)
_DEFAULT_MAIL_PORT = {"mailto": 25, "mailtos": 587}
_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,128}")
_SECRET = re.compile(r"(?:SEC)?[A-Za-z0-9]{8,128}")
ROBOT_HOSTS = {
    "wecom": ("qyapi.weixin.qq.com", "/cgi-bin/webhook/send"),
    "dingtalk": ("oapi.dingtalk.com", "/robot/send"),
    "feishu": ("open.feishu.cn", "/open-apis/bot/v2/hook/"),
}
JSON = {"Content-Type": "application/json; charset=utf-8"}
_quiet = logging.getLogger("apprise")
_quiet.propagate = False  # it writes addresses into its lines
_quiet.addHandler(logging.NullHandler())


class ChannelAddressInvalid(RuleViolation):
    """Not an address of that kind; paste it as the robot's page shows it."""

    code = "channel_address_invalid"


class Letter(NamedTuple):
    """One message, worded, and the id a receiver knows a repetition by."""

    title: str
    body: str
    delivery_id: str
    message_id: str
    kind: str
    subject_id: str
    community_id: str


def check_address(kind: str, address: str, guard: Guard) -> None:
    """Hold that a message may be sent to an address; resolves its name.

    Raises:
        ChannelAddressInvalid: It is not an address of that kind.
        AddressRefused: It leads where nothing may be sent.
    """
    if kind == "webhook":
        guard.check(address)
    elif kind == "email":
        host, port = _mail_server(address)
        guard.check(f"smtp://{host}:{port}", schemes=("smtp",), ports=MAIL_PORTS)
    else:
        _check_robot(kind, address)
        guard.check(f"https://{urlsplit(address).hostname}/")


def send_letter(kind: str, address: str, letter: Letter, guard: Guard) -> Outcome:
    """Send one message; blocks until the far end answered or did not.

    Raises:
        ChannelAddressInvalid, AddressRefused: As `check_address`; names change where they lead.
    """
    if kind == "webhook":
        return _post(address, letter, guard)
    check_address(kind, address, guard)
    if kind == "email":
        return _by_apprise(_mail(address), letter)
    now_ms = time.time_ns() // 1_000_000
    url, body = robot_call(kind, address.strip(), letter.title, letter.body, now_ms)
    outcome = post_json(guard.check(url), body, JSON, robot_outcome)
    return replace(outcome, rest_s=ROBOT_REST_S)


def _post(address: str, letter: Letter, guard: Guard) -> Outcome:
    body = json.dumps(letter._asdict(), ensure_ascii=False, sort_keys=True).encode()
    return post_json(guard.check(address), body, JSON | {"Idempotency-Key": letter.delivery_id})


def _by_apprise(url: str, letter: Letter) -> Outcome:
    # Importing takes a third of a second and loads every service: only who sends pays for it.
    from apprise import Apprise, NotifyFormat

    sender = Apprise()
    if not sender.add(url):
        raise ChannelAddressInvalid()
    taken = sender.notify(
        title=letter.title, body=letter.body, body_format=NotifyFormat.TEXT, attach=None
    )
    return Outcome() if taken else Outcome("not_accepted")


def _check_robot(kind: str, address: str) -> None:
    """Hold that an address is one a robot's page shows."""
    parts = urlsplit(address.strip())
    asked = parse_qs(parts.query)
    host, path = ROBOT_HOSTS.get(kind, ("", ""))
    if parts.scheme != "https" or parts.netloc != host or not parts.path.startswith(path):
        raise ChannelAddressInvalid()
    if kind == "feishu":
        _shaped(parts.path.removeprefix(path).strip("/"))
        return
    _shaped(asked.get("key" if kind == "wecom" else "access_token", [""])[0])
    if kind == "dingtalk" and "secret" in asked:
        _shaped(asked["secret"][0], _SECRET)


def _shaped(word: str, shape: re.Pattern[str] = _TOKEN) -> None:
    if shape.fullmatch(word) is None:
        raise ChannelAddressInvalid()


def _mail_server(address: str) -> tuple[str, int]:
    """Return host and port of mailto(s)://user:password@server:port/?from=…&to=…."""
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ChannelAddressInvalid() from None
    asked = parse_qs(parts.query)
    known = {"from", "to", "mode"}
    whole = "@" in asked.get("from", [""])[0] and "@" in asked.get("to", [""])[0]
    if parts.scheme not in _DEFAULT_MAIL_PORT or not host or not whole or set(asked) - known:
        raise ChannelAddressInvalid()
    return host, port or _DEFAULT_MAIL_PORT[parts.scheme]


def _mail(address: str) -> str:
    """Return apprise's form: the server is named outright, so that none is guessed."""
    host, port = _mail_server(address)
    parts = urlsplit(address.strip())
    asked = parse_qs(parts.query)
    given = "&".join(f"{name}={quote(values[0], safe='@,')}" for name, values in asked.items())
    login = ""
    if parts.username:
        password = quote(unquote(parts.password or ""), safe="")
        login = f"{quote(unquote(parts.username), safe='')}:{password}@"
    return f"{parts.scheme}://{login}{host}:{port}/?smtp={host}&{given}&rto=10&cto=10"
