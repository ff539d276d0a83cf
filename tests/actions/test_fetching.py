"""Fetching what a person entered: pinned, bounded, and every redirect checked anew."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from actions import fetching
from actions.fetching import Fetched, fetch_checked
from actions.outgoing import AddressRefused
from tests.pem import write_pair


class Handler(BaseHTTPRequestHandler):
    """Answers as its path says and notes what it was asked."""

    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        type(self).asked.append((self.path, dict(self.headers)))
        name, _, rest = self.path.lstrip("/").partition("/")
        getattr(self, f"give_{name}")(rest)

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def give_hello(self, rest: str) -> None:
        self.send(b"hello", content_type="text/plain")

    def give_bytes(self, rest: str) -> None:
        self.send(b"x" * int(rest))

    def give_endless(self, rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65_536)
        except OSError:
            self.close_connection = True

    def give_packed(self, rest: str) -> None:
        self.send(gzip.compress(b"\x00" * 10_000_000), content_encoding="gzip")

    def give_to(self, rest: str) -> None:
        self.send(b"", 302, location=rest)

    def give_round(self, rest: str) -> None:
        self.send(b"", 307, location="/round")

    def give_drip(self, rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def give_drip_head(self, rest: str) -> None:
        try:
            for byte in b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 200:
                self.wfile.write(bytes([byte]))
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def give_nonsense(self, rest: str) -> None:
        self.wfile.write(b"SSH-2.0-server\r\n")
        self.close_connection = True

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[tuple[int, list[tuple[str, dict[str, str]]]]]:
    """A server on this machine: its port and what it was asked."""
    handler = type("Asked", (Handler,), {"asked": []})
    made = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
    yield made.server_address[1], handler.asked
    made.shutdown()
    made.server_close()


@pytest.fixture
def fetch(server: tuple[int, object]) -> Callable[..., Fetched]:
    """Fetch a path of the server under the name `cams.example`, which only this test knows."""
    port = server[0]

    def resolve(host: str, _: int) -> list[str]:
        return ["127.0.0.1"] if host.endswith("cams.example") else ["10.9.9.9"]

    def _fetch(path: str, host: str = "cams.example", **more: object) -> Fetched:
        given = {"allowed_networks": ["127.0.0.1"], "allowed_ports": [port], **more}
        return fetch_checked(f"http://{host}:{port}{path}", resolve=resolve, **given)  # type: ignore[arg-type]

    return _fetch


def refused(fetch: Callable[..., Fetched], path: str, **more: object) -> str:
    with pytest.raises(AddressRefused) as refusal:
        fetch(path, **more)
    return refusal.value.code


def test_an_answer_comes_from_the_pinned_address_under_the_entered_name(
    fetch: Callable[..., Fetched], server: tuple[int, list[tuple[str, dict[str, str]]]]
) -> None:
    port, asked = server
    answer = fetch("/hello", headers={"X-Token": "t"})
    assert (answer.status, answer.content_type, answer.body) == (200, "text/plain", b"hello")
    assert answer.url == f"http://cams.example:{port}/hello"
    assert asked[0][1]["Host"] == f"cams.example:{port}"
    assert asked[0][1]["X-Token"] == "t"


def test_a_redirect_is_followed_and_checked_anew(
    fetch: Callable[..., Fetched], server: tuple[int, list[tuple[str, dict[str, str]]]]
) -> None:
    port, asked = server
    assert fetch("/to//hello", headers={"X-Token": "t"}).body == b"hello"
    assert asked[-1][1].get("X-Token") == "t"
    onward = f"/to/http://other.cams.example:{port}/hello"
    assert fetch(onward, headers={"X-Token": "t"}).body == b"hello"
    assert "X-Token" not in asked[-1][1]  # ours are for the first origin alone


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://169.254.169.254/latest/", "url_internal"),
        ("http://10.0.0.1/", "url_internal"),
        ("http://evil.example/", "url_internal"),
        ("http://127.0.0.2/", "url_internal"),
        ("http://[::1]/", "url_internal"),
        ("//2130706433/", "url_malformed"),
        ("http://127.0.0.1:22/", "url_port"),
        ("file:///etc/passwd", "url_scheme"),
        ("gopher://cams.example/", "url_scheme"),
        ("http://a:b@cams.example/", "url_credentials"),
    ],
)
def test_a_redirect_to_where_we_do_not_go_is_refused(
    fetch: Callable[..., Fetched], location: str, code: str
) -> None:
    assert refused(fetch, f"/to/{location}") == code


def test_redirects_end(fetch: Callable[..., Fetched]) -> None:
    assert refused(fetch, "/round") == "fetch_too_many_redirects"


def test_no_more_is_read_than_allowed(fetch: Callable[..., Fetched]) -> None:
    assert len(fetch("/bytes/1000", most_bytes=1000).body) == 1000
    assert refused(fetch, "/bytes/1001", most_bytes=1000) == "fetch_too_large"
    assert refused(fetch, "/endless", most_bytes=100_000) == "fetch_too_large"
    assert refused(fetch, "/packed") == "fetch_failed"


@pytest.mark.parametrize("path", ["/drip", "/drip_head"])
def test_a_slow_answer_is_given_up(fetch: Callable[..., Fetched], path: str) -> None:
    started = time.monotonic()
    assert refused(fetch, path, total_s=0.4) == "fetch_too_slow"
    assert time.monotonic() - started < 3


def test_what_is_no_answer_is_one_clear_refusal(fetch: Callable[..., Fetched]) -> None:
    assert refused(fetch, "/nonsense") == "fetch_failed"


def test_nobody_listening_is_one_clear_refusal() -> None:
    with pytest.raises(AddressRefused) as refusal:
        fetch_checked("http://127.0.0.1:9/", allowed_networks=["127.0.0.1"], allowed_ports=[9])
    assert refusal.value.code == "fetch_failed"
    assert "127.0.0.1" in str(refusal.value.fields["host"])


def test_https_is_checked_against_the_entered_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cert, key = write_pair(tmp_path, "cams.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    handler = type("Asked", (Handler,), {"asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    port = server.server_address[1]

    def get(host: str) -> bytes:
        return fetch_checked(
            f"https://{host}:{port}/hello",
            allowed_networks=["127.0.0.1"],
            allowed_ports=[port],
            resolve=lambda name, _: ["127.0.0.1"],
        ).body

    try:
        with pytest.raises(AddressRefused, match="fetch_failed"):
            get("cams.example")  # nobody we trust has signed it
        trusting = ssl.create_default_context(cafile=str(cert))
        monkeypatch.setattr(fetching, "_client", lambda: httpx.AsyncClient(verify=trusting))
        assert get("cams.example") == b"hello"
        with pytest.raises(AddressRefused, match="fetch_failed"):
            get("other.example")
    finally:
        server.shutdown()
        server.server_close()
