"""What group robots of WeCom, DingTalk and Feishu are sent, and what their answers mean.

They answer 200 also to what they refuse: whether a message was taken stands in the answer's body.
Sources: developer.work.weixin.qq.com path 91770; open.dingtalk.com custom robots; open.feishu.cn
custom bots (bot/v2/hook).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qs, quote_plus, urlsplit, urlunsplit

from actions.notify.posting import Outcome

MOST_BYTES = 2_000  # of a text; WeCom takes 2,048
# Too many messages in too short a time: nothing is wrong with the message or the robot.
BUSY_CODES = frozenset({45009, 90030, 130101, 11232})
CODE_NAMES = ("errcode", "code", "StatusCode")


def robot_call(kind: str, address: str, title: str, body: str, at_ms: int) -> tuple[str, bytes]:
    """Return where a message goes and what is posted there, UTF-8 JSON.

    Args:
        kind: wecom, dingtalk or feishu.
        address: The robot's address as its page shows it; DingTalk's may carry its `secret`.
        title: First line.
        body: What follows; cut where robots would refuse it.
        at_ms: Now, Unix milliseconds; DingTalk's signature holds for an hour.
    """
    text = _cut(f"{title}\n{body}")
    if kind == "feishu":
        return address, _json({"msg_type": "text", "content": {"text": text}})
    if kind == "dingtalk":
        address = _signed(address, at_ms)
    return address, _json({"msgtype": "text", "text": {"content": text}})


def robot_outcome(answer: bytes) -> Outcome:
    """Read the body of an answer with status 200; what is no answer of a robot took nothing."""
    try:
        said = json.loads(answer)
    except ValueError:  # UnicodeDecodeError among them
        return Outcome("not_accepted", 200)
    codes = [said[name] for name in CODE_NAMES if name in said] if isinstance(said, dict) else []
    if not codes:
        return Outcome("not_accepted", 200)
    if codes[0] == 0:
        return Outcome(None, 200)
    return Outcome("busy" if codes[0] in BUSY_CODES else "not_accepted", 200)


def _signed(address: str, at_ms: int) -> str:
    parts = urlsplit(address)
    asked = parse_qs(parts.query)
    query = f"access_token={quote_plus(asked['access_token'][0])}"
    if "secret" in asked:
        secret = asked["secret"][0]
        signature = hmac.digest(secret.encode(), f"{at_ms}\n{secret}".encode(), hashlib.sha256)
        sign = quote_plus(base64.b64encode(signature))
        query += f"&timestamp={at_ms}&sign={sign}"
    return urlunsplit(parts._replace(query=query))


def _cut(text: str) -> str:
    """Cut at a whole character."""
    whole = text.encode()
    if len(whole) <= MOST_BYTES:
        return text
    return whole[: MOST_BYTES - 3].decode(errors="ignore") + "…"


def _json(message: dict[str, Any]) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode()
