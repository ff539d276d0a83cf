"""Who is believed about client, scheme and host; whose pages may act."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from api.guarded_app import behind_proxy_only
from api.proxy import read_address
from settings import Settings
from tests.api.real_server import client

PROXY, STRANGER = "10.0.0.2", "203.0.113.9"
FORGED = {
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "X-Real-IP": "127.0.0.1",
    "Forwarded": "for=127.0.0.1;proto=https",
}


def behind_proxy(peer: str = PROXY, **more: Any) -> TestClient:
    return client(
        peer,
        trusted_proxies=(PROXY, "fd00::/8", "10.0.1.0/24"),
        public_url="https://wall.example",
        **more,
    )


def test_nobody_but_a_trusted_proxy_is_believed() -> None:
    seen = client(STRANGER).get("/hello", headers=FORGED).json()
    assert (seen["client"], seen["scheme"], seen["host"]) == (STRANGER, "http", "127.0.0.1:8050")
    assert not {name.lower() for name in FORGED} & set(seen["headers"])
    loopback = client("127.0.0.1").get("/hello", headers=FORGED).json()
    # not "this machine" either: it may be a proxy that nobody has named
    assert (loopback["client"], loopback["scheme"]) == ("unknown", "http")


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("127.0.0.1, 203.0.113.9", "203.0.113.9"),  # what stands left anybody can write
        ("203.0.113.9, 10.0.1.7", "203.0.113.9"),  # through two of our proxies
        ("203.0.113.9, 10.9.9.9", "10.9.9.9"),
        ("10.0.1.7, 10.0.1.8", "10.0.1.7"),  # a proxy of ours asks itself
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8::9]:4711", "2001:db8::9"),
        ("2001:db8::9", "2001:db8::9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unknown", PROXY),
        ("203.0.113.9, unknown, 10.0.1.7", "10.0.1.7"),
        ("<script>", PROXY),
        ("", PROXY),
        (", ,", PROXY),
    ],
)
def test_the_client_is_the_hop_before_our_own_proxies(forwarded: str, expected: str) -> None:
    headers = {"X-Forwarded-For": forwarded, "X-Forwarded-Host": "wall.example"}
    assert behind_proxy().get("/hello", headers=headers).json()["client"] == expected


def test_scheme_and_host_come_from_the_proxy() -> None:
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "wall.example"}
    answer = behind_proxy().get("/hello", headers=told)
    assert (answer.json()["scheme"], answer.json()["host"]) == ("https", "wall.example")
    assert "strict-transport-security" in answer.headers
    odd = behind_proxy().get("/hello", headers={**told, "X-Forwarded-Proto": "gopher"})
    assert odd.json()["scheme"] == "http"
    foreign = behind_proxy().get("/hello", headers={**told, "X-Forwarded-Host": "evil.example"})
    assert (foreign.status_code, foreign.json()["error"]["code"]) == (400, "host_not_trusted")


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, False),
        ({"host": "0.0.0.0", "trusted_proxies": (PROXY,)}, True),
        ({"host": "127.0.0.1", "trusted_proxies": (PROXY,)}, False),
        ({"host": "0.0.0.0", "trusted_proxies": (PROXY,), "insecure_http": True}, False),
        (
            {"host": "0.0.0.0", "trusted_proxies": (PROXY,), "tls_cert": "c", "tls_key": "k"},
            False,
        ),
    ],
)
def test_whoever_comes_past_the_proxy_without_https_is_turned_away(
    more: dict[str, Any], expected: bool
) -> None:
    assert behind_proxy_only(Settings(**more)) is expected
    answer = client(STRANGER, **more).get("/hello")
    assert (answer.status_code == 403) is expected
    if expected:
        assert answer.json()["error"]["code"] == "proxy_required"
        assert client("127.0.0.1", **more).get("/hello").status_code == 200
        assert client(PROXY, **more).get("/hello").status_code == 200


def test_addresses_are_read_with_and_without_port() -> None:
    assert str(read_address("10.0.0.1:99")) == "10.0.0.1"
    assert str(read_address("[::1]:99")) == "::1"
    assert str(read_address("fe80::1%eth0")) == "fe80::1"
    assert read_address("testclient") is None
    assert read_address("") is None


@pytest.mark.parametrize(
    ("host", "more", "status"),
    [
        ("wall.example", {"public_url": "http://wall.example:8050"}, 200),
        ("wall.example:9", {"public_url": "http://wall.example:8050"}, 200),
        ("192.168.1.9", {"host": "192.168.1.9", "insecure_http": True}, 200),
        ("192.168.1.9", {"host": "0.0.0.0", "insecure_http": True}, 400),
        ("0.0.0.0", {"host": "0.0.0.0", "insecure_http": True}, 400),
        ("evil.example", {"host": "0.0.0.0", "insecure_http": True}, 400),
        ("127.0.0.1\t", {}, 400),
        ("127.0.0.1/evil", {}, 400),
        ("127.0.0.1?x", {}, 400),
        ("127.0.0.1#x", {}, 400),
        ("127.0.0.1,evil.example", {}, 400),
        ("localhost.evil.example", {}, 400),
    ],
)
def test_only_our_own_names_are_answered(host: str, more: dict[str, Any], status: int) -> None:
    assert client(**more).get("/hello", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://127.0.0.1:8050"}, 200),
        ({"Origin": "http://127.0.0.1:8050", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://127.0.0.1:8050"}, 403),  # another scheme is another origin
        ({"Origin": "http://127.0.0.1"}, 403),
        ({"Origin": "http://127.0.0.1:8051"}, 403),
        ({"Origin": "http://localhost:8050"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:8050@evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:8050.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "http://127.0.0.1:8050, http://evil.example"}, 403),
        ({"Origin": "file://"}, 403),
    ],
)
def test_only_our_own_pages_may_act(headers: dict[str, str], status: int) -> None:
    assert client().post("/echo", headers=headers).status_code == status
    assert client().get("/hello", headers=headers).status_code == 200  # reading is CORS's matter
    if status == 403:
        with pytest.raises(WebSocketDisconnect), client().websocket_connect("/ws", headers=headers):
            pass


def test_two_origins_are_not_better_than_one() -> None:
    twice = [("Origin", "http://127.0.0.1:8050"), ("Origin", "http://evil.example")]
    assert client().post("/echo", headers=twice).status_code == 403


def test_pages_of_the_public_address_may_act_whatever_host_the_proxy_sends() -> None:
    origin = {"Origin": "https://wall.example"}
    assert behind_proxy().post("/echo", headers=origin).status_code == 200
    assert (
        behind_proxy().post("/echo", headers={"Origin": "http://wall.example"}).status_code == 403
    )
    https = client(
        url="https://wall.example", tls_cert="c", tls_key="k", public_url="https://wall.example"
    )
    assert https.post("/echo", headers={"Origin": "https://wall.example:443"}).status_code == 200
    assert https.post("/echo", headers={"Origin": "http://wall.example"}).status_code == 403
