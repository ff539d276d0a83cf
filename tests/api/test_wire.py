"""What a connection may do, tried with bare sockets against the real server."""

from __future__ import annotations

import base64
import contextlib
import socket
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from api.proxy import ProxyTrust
from api.wire import MOST_HEAD_BYTES, MOST_HEADERS, Sockets
from settings import Settings
from settings.sections import LimitSettings
from tests.api.real_server import HEAD, connect, read_all, read_answer, serving, small_app, told

HEADER_S, BODY_S, PER_ADDRESS = 0.5, 0.7, 8
Link = Callable[[], socket.socket]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The real server with short times."""
    limits = LimitSettings(
        header_s=HEADER_S, body_s=BODY_S, sockets=16, sockets_per_address=PER_ADDRESS
    )
    settings = Settings(var=Path("nowhere"), limits=limits)
    with serving(small_app(settings), settings) as found:
        yield found


@pytest.fixture
def link(port: int) -> Iterator[Link]:
    """Open connections that are closed when the test ends, before the next one counts them."""
    with contextlib.ExitStack() as opened:
        yield lambda: opened.enter_context(connect(port))
    time.sleep(0.05)


def test_good_requests_are_answered_one_after_another(link: Link) -> None:
    one = link()
    for _ in range(3):
        one.sendall(b"GET /hello HTTP/1.1\r\n" + HEAD + b"\r\n")
        assert read_answer(one)[0] == 200
        one.sendall(b"POST /echo HTTP/1.1\r\n" + HEAD + b"Content-Length: 5\r\n\r\nhello")
        assert read_answer(one)[2] == {"bytes": 5}


def test_a_connection_that_says_nothing_is_closed(link: Link) -> None:
    started = time.monotonic()
    assert read_all(link()) == b""
    assert HEADER_S / 2 < time.monotonic() - started < HEADER_S + 2


@pytest.mark.parametrize(
    "begun", [b"GET /", b"GET /hello HTTP/1.1\r\nHost: 127", b"GET /" + b"a" * 99]
)
def test_a_head_that_comes_too_slowly_is_408(link: Link, begun: bytes) -> None:
    slow = link()
    slow.sendall(begun)
    started = time.monotonic()
    with contextlib.suppress(OSError):
        while time.monotonic() - started < HEADER_S * 0.8:
            slow.sendall(b"a")
            time.sleep(0.1)
    assert told(slow) == (408, "head_too_slow")
    assert read_all(slow) == b""


def test_a_second_request_has_its_own_time(link: Link) -> None:
    slow = link()
    slow.sendall(b"GET /hello HTTP/1.1\r\n" + HEAD + b"\r\n")
    assert read_answer(slow)[0] == 200
    time.sleep(HEADER_S * 1.3)  # a connection at rest is not a slow head
    slow.sendall(b"GET /he")
    assert told(slow) == (408, "head_too_slow")


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(b"X-A: " + b"a" * (MOST_HEAD_BYTES + 1), id="one long header"),
        pytest.param(b"X-A: " + b"a" * 5_000_000, id="one endless header"),
        pytest.param(b"\r\n".join([b"X-A: b"] * (MOST_HEADERS + 1)), id="many headers"),
        pytest.param(b"\r\n".join([b"X-A: " + b"b" * 900] * 60), id="many long headers"),
    ],
)
def test_a_head_that_is_too_large_is_431(link: Link, head: bytes) -> None:
    large = link()
    with contextlib.suppress(ConnectionError):  # closed while we are still sending
        large.sendall(b"GET /hello HTTP/1.1\r\n" + HEAD + head + b"\r\n\r\n")
    answer = read_all(large)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 431 ")
    if len(head) < 200_000:
        assert b"head_too_large" in answer


def test_a_long_address_is_431(link: Link) -> None:
    large = link()
    large.sendall(b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n" + HEAD + b"\r\n")
    assert told(large) == (431, "head_too_large")


@pytest.mark.parametrize(
    "request_",
    [
        b"hello\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # HTTPS spoken to HTTP
        b"GET /hello HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n",
        b"GET /hello HTTP/1.1\r\n Host: 127.0.0.1\r\n\r\n",
        b"POST /e HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1e3\r\n\r\n",
        b"GET /hello HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET http://[::1 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\x00b\r\n\r\n",
    ],
    ids=range(11),
)
def test_what_is_no_http_is_400_and_closed(link: Link, request_: bytes) -> None:
    wrong = link()
    wrong.sendall(request_)
    assert told(wrong) == (400, "request_malformed")
    assert read_all(wrong) == b""


def test_headers_behind_a_body_are_dropped(link: Link) -> None:
    one = link()
    one.sendall(
        b"POST /echo HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
        b"5\r\nhello\r\n0\r\nOrigin: http://evil.example\r\n\r\n"
    )
    assert read_answer(one)[2] == {"bytes": 5}


def test_an_announced_body_beyond_the_limit_is_413_before_it_is_sent(link: Link) -> None:
    large = link()
    large.sendall(b"POST /echo HTTP/1.1\r\n" + HEAD + b"Content-Length: 99999999999\r\n\r\n")
    status, headers, body = read_answer(large)
    assert (status, body["error"]["code"]) == (413, "body_too_large")
    assert headers["connection"] == "close"
    assert read_all(large) == b""


@pytest.mark.parametrize(
    ("path", "most"),
    [(b"/echo", 1_048_576), (b"/login", 65_536), (b"/_dash-x", 8_388_608)],
)
def test_a_body_in_pieces_is_413_where_it_passes_the_limit(
    link: Link, path: bytes, most: int
) -> None:
    def post(size: int) -> int:
        one = link()
        one.sendall(
            b"POST " + path + b" HTTP/1.1\r\n" + HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
        )
        with contextlib.suppress(ConnectionError):
            for start in range(0, size, 32_768):
                part = b"x" * min(32_768, size - start)
                one.sendall(b"%x\r\n%s\r\n" % (len(part), part))
            one.sendall(b"0\r\n\r\n")
        status = read_answer(one)[0]
        one.close()
        return status

    assert post(most) == 200
    assert post(most + 1) == 413


def test_a_slow_body_is_408(link: Link) -> None:
    slow = link()
    slow.sendall(b"POST /echo HTTP/1.1\r\n" + HEAD + b"Content-Length: 1000\r\n\r\n")
    started = time.monotonic()
    with contextlib.suppress(OSError):
        while time.monotonic() - started < BODY_S * 0.9:
            slow.sendall(b"x")
            time.sleep(0.05)
    assert told(slow) == (408, "body_too_slow")
    assert time.monotonic() - started < BODY_S + 2


def test_a_body_nobody_reads_is_cut_off_as_well(link: Link) -> None:
    slow = link()
    slow.sendall(b"GET /hello HTTP/1.1\r\n" + HEAD + b"Content-Length: 1000\r\n\r\n")
    assert read_answer(slow)[0] == 200
    started = time.monotonic()
    with contextlib.suppress(OSError):
        while time.monotonic() - started < BODY_S + 6:
            slow.sendall(b"x")
            time.sleep(0.1)
    assert time.monotonic() - started < BODY_S + 5


def test_too_many_connections_of_one_address_are_503_until_some_close(link: Link) -> None:
    held = [link() for _ in range(PER_ADDRESS)]
    for one in held:  # each is in use, none at rest
        one.sendall(b"GET /hello HTTP/1.1\r\n" + HEAD + b"\r\n")
        assert read_answer(one)[0] == 200
    assert told(link()) == (503, "too_many_connections")
    held[0].close()
    time.sleep(0.1)
    again = link()
    again.sendall(b"GET /hello HTTP/1.1\r\n" + HEAD + b"\r\n")
    assert read_answer(again)[0] == 200


def upgrade(link: Link) -> socket.socket:
    """Open a websocket by hand."""
    opened = link()
    key = base64.b64encode(b"0123456789abcdef")
    opened.sendall(
        b"GET /ws HTTP/1.1\r\n" + HEAD + b"Upgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key + b"\r\n\r\n"
    )
    assert opened.recv(4096).startswith(b"HTTP/1.1 101 ")
    return opened


def frame(size: int, opcode: int = 0x81) -> bytes:
    """A masked frame of `size` letters; the mask is zero."""
    length = struct.pack("!BBQ", opcode, 0xFF, size)
    return length + b"\x00" * 4 + b"x" * size


def test_websockets_stay_counted_and_are_not_cut_off_for_silence(link: Link) -> None:
    held = [upgrade(link) for _ in range(PER_ADDRESS)]
    time.sleep(HEADER_S + 0.3)
    assert told(link()) == (503, "too_many_connections")
    held[0].sendall(frame(5))
    assert held[0].recv(100) == b"\x81\x015"
    for one in held:
        one.close()
    time.sleep(0.2)
    assert upgrade(link)


@pytest.mark.parametrize("frames", [[frame(70_000)], [frame(40_000, 0x01), frame(40_000, 0x80)]])
def test_a_long_websocket_message_closes_it_with_1009(link: Link, frames: list[bytes]) -> None:
    one = upgrade(link)
    with contextlib.suppress(ConnectionError):
        for each in frames:
            one.sendall(each)
    answer = read_all(one)
    assert answer[:1] == b"\x88"
    assert struct.unpack("!H", answer[2:4])[0] == 1009


def test_sockets_are_counted_by_address_and_proxies_in_all_only() -> None:
    sockets = Sockets(6, 2, ProxyTrust(["10.0.0.1"]))
    assert sockets.enter(1, "192.0.2.1")
    assert sockets.enter(2, "::ffff:192.0.2.1")  # the same one in IPv6 dress
    assert not sockets.enter(3, "192.0.2.1")
    assert all(sockets.enter(key, "10.0.0.1") for key in (4, 5, 6))
    assert sockets.enter(7, "192.0.2.2")
    assert not sockets.enter(8, "192.0.2.3")  # six in all
    assert not sockets.enter(9, "10.0.0.1")
    sockets.leave(1)
    sockets.leave(1)
    sockets.leave(99)
    assert len(sockets) == 5
    assert sockets.enter(10, "192.0.2.1")
