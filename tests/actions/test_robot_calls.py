"""Group robots say in the body whether they took a message; each gets the form it knows."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from actions.notify.posting import Guard
from actions.notify.robot_calls import MOST_BYTES, robot_call, robot_outcome
from actions.notify.robots import ChannelAddressInvalid, Letter, check_address, send_letter
from actions.outgoing import AddressRefused
from tests.far_end import FarEnd

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123abcd-1111"
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef"
FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/0123abcd-1111"
LETTER = Letter("标题", "内容", "d1", "m1", "case_dispatched", "c1", "demo")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b'{"errcode":0,"errmsg":"ok"}', None),
        (b'{"StatusCode":0,"StatusMessage":"success","code":0,"msg":"success"}', None),
        (b'{"errcode":93000,"errmsg":"invalid webhook url"}', "not_accepted"),
        (b'{"errcode":310000,"errmsg":"keywords not in content"}', "not_accepted"),
        (b'{"code":19024,"msg":"Key Words Not Found"}', "not_accepted"),
        (b'{"errcode":45009,"errmsg":"api freq out of limit"}', "busy"),
        (b'{"errcode":130101,"errmsg":"send too fast"}', "busy"),
        (b'{"code":11232,"msg":"frequency limited"}', "busy"),
        (b"{}", "not_accepted"),
        (b"[0]", "not_accepted"),
        (b"<html>portal</html>", "not_accepted"),
        (b"\xff", "not_accepted"),
        (b"", "not_accepted"),
    ],
)
def test_an_answer_is_read_and_not_only_its_status(answer: bytes, error: str | None) -> None:
    assert robot_outcome(answer).error == error


def test_each_robot_gets_the_form_it_knows() -> None:
    url, body = robot_call("wecom", WECOM, "标题", "内容", 0)
    assert (url, json.loads(body)) == (
        WECOM,
        {"msgtype": "text", "text": {"content": "标题\n内容"}},
    )
    url, body = robot_call("feishu", FEISHU, "标题", "内容", 0)
    assert (url, json.loads(body)["content"]) == (FEISHU, {"text": "标题\n内容"})
    url, body = robot_call("dingtalk", DINGTALK, "标题", "内容", 0)
    assert url == DINGTALK and json.loads(body)["text"]["content"] == "标题\n内容"


def test_dingtalk_s_secret_signs_and_stays_at_home() -> None:
    url, _ = robot_call("dingtalk", f"{DINGTALK}&secret=SECabc123456", "a", "b", 1_700_000_000_000)
    asked = parse_qs(urlsplit(url).query)
    assert "SECabc123456" not in url
    assert asked["access_token"] == ["0123456789abcdef"]
    assert asked["timestamp"] == ["1700000000000"]
    # openssl dgst -sha256 -hmac SECabc123456 -binary | base64, of time, line end and secret
    assert asked["sign"] == ["3l+u8HBIzANiXPOypi6PEcUXOfBhGLPpkhOkHN8dinQ="]


def test_a_long_text_is_cut_at_a_whole_character() -> None:
    _, body = robot_call("wecom", WECOM, "标题", "长" * 2_000, 0)
    content = json.loads(body)["text"]["content"]
    assert content.endswith("长…") and len(content.encode()) <= MOST_BYTES


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("wecom", WECOM.replace("https", "http")),
        ("wecom", WECOM.replace("qyapi.weixin.qq.com", "qyapi.weixin.qq.com.evil.example")),
        ("wecom", WECOM.replace("key=", "nokey=")),
        ("dingtalk", f"{DINGTALK}&secret=no%0Aword"),
        ("dingtalk", WECOM),
        ("feishu", FEISHU + "/../../other"),
        ("pigeon", WECOM),
    ],
)
def test_only_a_robot_s_own_address_is_taken(kind: str, address: str) -> None:
    with pytest.raises(ChannelAddressInvalid):
        check_address(kind, address, Guard(resolve=lambda _host, _port: ["198.51.100.7"]))


def test_a_robot_s_name_that_leads_inside_is_refused() -> None:
    with pytest.raises(AddressRefused):
        send_letter("wecom", WECOM, LETTER, Guard(resolve=lambda _host, _port: ["127.0.0.1"]))


def test_the_body_of_an_answer_decides_over_the_wire(monkeypatch: pytest.MonkeyPatch) -> None:
    far_end = FarEnd()
    try:
        guard = Guard(networks=("127.0.0.0/8",), ports=(far_end.port,))
        far = lambda kind, address, title, body, at_ms: (far_end.url, b"{}")  # noqa: E731
        monkeypatch.setattr("actions.notify.robots.robot_call", far)
        monkeypatch.setattr("actions.notify.robots.check_address", lambda *_: None)
        far_end.body = b'{"errcode":310000}'
        assert send_letter("dingtalk", DINGTALK, LETTER, guard).error == "not_accepted"
        far_end.body = b'{"errcode":0}'
        assert send_letter("dingtalk", DINGTALK, LETTER, guard).sent
    finally:
        far_end.close()
