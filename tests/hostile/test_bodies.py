"""Bodies too large, packed, nested or dripping, and pictures that are bombs: each route refuses."""

from __future__ import annotations

import contextlib
import dataclasses
import gzip
import struct
import time
import zlib
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.application import build
from data.feed import Feed
from data.store import Store
from settings.sections import LimitSettings
from tests.api.real_server import HEAD, connect, serving, told

Cookies = dict[str, str]
Headers = dict[str, str]
JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MB = 1024 * 1024
BODY_S = 0.6
BOMB = gzip.compress(b"[" * 20 * MB)
assert len(BOMB) < MB // 16  # no limit of the packed body refuses it
# Each route that takes a body: what it takes, and the longest in bytes (api/body.py).
ROUTES = {
    "/api/v1/cases": (JSON, 16 * MB),
    "/api/v1/unmask": (JSON, MB),
    "/_dash-update-component": (JSON, 8 * MB),
    "/login": (FORM, MB // 16),
    "/login/totp": (FORM, MB // 16),
    "/login/password": (FORM, MB // 16),
    "/logout": (FORM, MB // 16),
}


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int) -> bytes:
    """A small file that says it is a picture of so many pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\x00" * 200_000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + data


PICTURES = {
    "png bomb": png(60_000, 60_000),
    "png line": png(2**31 - 1, 1),
    "jpeg bomb": b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x11\x00\xff\xd9",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='window.__xss=1'/>",
    "svg laughs": b"<!DOCTYPE svg [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>",
    "gif and script": b"GIF89a/*" + b"\x00" * 30 + b"*/=1;window.__xss=1",
}


@pytest.fixture
def header(
    request: pytest.FixtureRequest,
    signed_in: Callable[..., Cookies],
    header_of: Callable[[Cookies], Headers],
) -> Headers:
    """Of a page of a secretary: whatever refuses these bodies, it is not the door.

    To sign out, its word would have to stand in the body.
    """
    made = header_of(signed_in("secretary"))
    if request.node.callspec.params["route"] == "/logout":
        del made["X-CSRFToken"]
    return made


def parts(size: int) -> Iterator[bytes]:
    for start in range(0, size, 65_536):
        yield b"x" * min(65_536, size - start)


@pytest.fixture(autouse=True)
def lives_on(client: TestClient) -> Iterator[None]:
    """After each attack somebody else is answered."""
    yield
    assert client.get("/api/v1/health").json()["status"] == "ok"


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("route", ROUTES)
def test_a_body_beyond_the_limit_is_413(
    client: TestClient, header: Headers, route: str, announced: bool
) -> None:
    kind, most = ROUTES[route]
    body = b"x" * (most + 1) if announced else parts(most + 1)
    answer = client.post(route, content=body, headers={**header, **kind})
    # A form that is longer than a form can be is refused as such before its limit is reached.
    assert answer.status_code in ((413,) if kind is JSON or announced else (413, 400))
    if answer.status_code == 413:
        assert answer.json()["error"]["code"] == "body_too_large"


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "gzip, gzip"])
@pytest.mark.parametrize("route", ROUTES)
def test_a_packed_body_is_not_unpacked(
    client: TestClient, header: Headers, route: str, packing: str
) -> None:
    packed = {**header, **ROUTES[route][0], "Content-Encoding": packing}
    started = time.monotonic()
    answer = client.post(route, content=BOMB, headers=packed, follow_redirects=False)
    assert answer.status_code in (400, 403, 415)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("route", ROUTES)
def test_no_route_takes_a_picture(
    client: TestClient, header: Headers, route: str, picture: str
) -> None:
    started = time.monotonic()
    for sent in (
        {"content": PICTURES[picture], "headers": {**header, "Content-Type": "image/png"}},
        {"files": {"file": ("a.png", PICTURES[picture], "image/png")}, "headers": header},
    ):
        answer = client.post(route, follow_redirects=False, **sent)
        assert answer.status_code in (400, 401, 403, 415)
        assert "__xss" not in answer.text
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("route", ["/api/v1/unmask", "/_dash-update-component"])
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 500_000,
        b'{"a":' * 150_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"inputs":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":' + b"9" * 500_000 + b"}",
        b'{"a":1e999999}',
        b'{"a":"\\ud800"}',
        b"\xff\xfe\x00\x00",
        b'{"__proto__":{"role":"admin"},"constructor":{}}',
        b"[]",
    ],
    ids=range(10),
)
def test_deep_json_is_refused_by_pages_too(
    client: TestClient, header: Headers, route: str, body: bytes
) -> None:
    started = time.monotonic()
    answer = client.post(route, content=body, headers={**header, **JSON})
    assert answer.status_code in range(400, 500), answer.text
    assert time.monotonic() - started < 5


@pytest.fixture(scope="module")
def port(app: FastAPI, store: Store) -> Iterator[int]:
    """The application on the real server, which waits for bodies for a moment only."""
    parts_of = app.state.services
    limits = LimitSettings(header_s=BODY_S, body_s=BODY_S)
    settings = parts_of.settings.model_copy(update={"limits": limits})
    with serving(
        build(dataclasses.replace(parts_of, settings=settings, feed=Feed(store))), settings
    ) as found:
        yield found


@pytest.mark.parametrize("route", ROUTES)
def test_a_dripping_body_is_408(port: int, header: Headers, route: str) -> None:
    sent = {**header, **ROUTES[route][0], "Content-Length": "1000"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    started = time.monotonic()
    with connect(port) as slow:
        slow.sendall(f"POST {route} HTTP/1.1\r\n{lines}".encode() + HEAD + b"\r\n")
        with contextlib.suppress(OSError):
            while time.monotonic() - started < BODY_S * 0.9:
                slow.sendall(b"x")
                time.sleep(0.05)
        assert told(slow) == (408, "body_too_slow")
    assert time.monotonic() - started < BODY_S + 5
