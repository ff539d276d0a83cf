"""Says what an address of each kind of channel looks like, and sends a message by it.

Group robots of WeCom, DingTalk and Feishu and mailboxes go through apprise, web addresses through
our own pinned connection. An address is a secret: nothing here logs or returns one.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

from actions.notify.posting import Guard, Outcome, post_json
from rules.errors import RuleViolation

CHANNEL_KINDS = ("wecom", "dingtalk", "feishu", "email", "webhook")
# Group robots take twenty messages a minute (WeCom, DingTalk); beyond that they are dropped.
ROBOT_REST_S = 3.2
MAIL_PORTS = (25, 465, 587)
_DEFAULT_MAIL_PORT = {"mailto": 25, "mailtos": 587}
_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,128}")
_SECRET = re.compile(r"(?:SEC)?[A-Za-z0-9]{8,128}")
_DINGTALK = "oapi.dingtalk.com"
_FEISHU_PATH = "/open-apis/bot/v2/hook/"
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
        _robot(kind, address)
        guard.check(f"https://{urlsplit(address).hostname}/")


def send_letter(kind: str, address: str, letter: Letter, guard: Guard) -> Outcome:
    """Send one message; blocks until the far end answered or did not.

    Raises:
        ChannelAddressInvalid, AddressRefused: As `check_address`; names change where they lead.
    """
    if kind == "webhook":
        return _post(address, letter, guard)
    check_address(kind, address, guard)
    made = _mail(address) if kind == "email" else _robot(kind, address)
    outcome = _by_apprise(made, letter)
    return outcome if kind == "email" else replace(outcome, rest_s=ROBOT_REST_S)


def _post(address: str, letter: Letter, guard: Guard) -> Outcome:
    body = json.dumps(letter._asdict(), ensure_ascii=False, sort_keys=True).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": letter.delivery_id,
    }
    return post_json(guard.check(address), body, headers)


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


def _robot(kind: str, address: str) -> str:
    """Return apprise's form of a robot's web address as its page shows it."""
    parts = urlsplit(address.strip())
    asked = parse_qs(parts.query)
    makes: dict[str, Callable[[], str]] = {
        "wecom": lambda: "wecombot://" + _word(asked, "key"),
        "dingtalk": lambda: "dingtalk://" + _dingtalk(asked),
        "feishu": lambda: "feishu://" + _last(parts.path),
    }
    hosts = {
        "wecom": ("qyapi.weixin.qq.com", "/cgi-bin/webhook/send"),
        "dingtalk": (_DINGTALK, "/robot/send"),
        "feishu": ("open.feishu.cn", _FEISHU_PATH),
    }
    if kind not in makes:
        raise ChannelAddressInvalid()
    host, path = hosts[kind]
    if parts.scheme != "https" or parts.netloc != host or not parts.path.startswith(path):
        raise ChannelAddressInvalid()
    return makes[kind]() + "/?redirect=no&rto=10&cto=10"


def _word(asked: dict[str, list[str]], name: str, shape: re.Pattern[str] = _TOKEN) -> str:
    found = asked.get(name, [""])[0]
    if shape.fullmatch(found) is None:
        raise ChannelAddressInvalid()
    return found


def _dingtalk(asked: dict[str, list[str]]) -> str:
    token = _word(asked, "access_token")
    return f"{_word(asked, 'secret', _SECRET)}@{token}" if "secret" in asked else token


def _last(path: str) -> str:
    token = path.removeprefix(_FEISHU_PATH).strip("/")
    if _TOKEN.fullmatch(token) is None:
        raise ChannelAddressInvalid()
    return token


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
