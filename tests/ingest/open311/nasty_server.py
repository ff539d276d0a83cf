"""A server on this machine that answers whatever a test wants, also what no server should."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Asked = dict[str, str]
# What to answer: status, body; or a function that writes to the connection itself.
Answer = tuple[int, bytes] | Callable[[BaseHTTPRequestHandler], None]


class NastyServer:
    """Answers with `answer(asked)`; keeps what it was asked."""

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        self.asked: list[Asked] = []
        self.answer = answer
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = dict(parse_qsl(urlsplit(self.path).query))
                outer.asked.append(asked)
                made = outer.answer(asked)
                with contextlib.suppress(OSError):  # the client may leave before the end
                    if callable(made):
                        made(self)
                        return
                    self.send_response(made[0])
                    self.send_header("Content-Length", str(len(made[1])))
                    self.end_headers()
                    self.wfile.write(made[1])

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Its endpoint."""
        return f"http://127.0.0.1:{self.port}/open311/v2"

    def close(self) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()


@contextlib.contextmanager
def nasty(answer: Callable[[Asked], Answer]) -> Iterator[NastyServer]:
    """Run a server as long as the test needs it."""
    server = NastyServer(answer)
    try:
        yield server
    finally:
        server.close()


def rows(*entries: Any) -> Answer:
    """A proper answer."""
    return 200, json.dumps(list(entries)).encode()


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send one byte after another, without end."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


def endless(handler: BaseHTTPRequestHandler) -> None:
    """Send more than anybody wants."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(64):
        handler.wfile.write(b'"' + b"x" * 1_000_000)


def cut(handler: BaseHTTPRequestHandler) -> None:
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"[{")


def astray(handler: BaseHTTPRequestHandler) -> None:
    """Lead on to the keys of a cloud's machine."""
    handler.send_response(302)
    handler.send_header("Location", "http://169.254.169.254/latest/meta-data/")
    handler.end_headers()
