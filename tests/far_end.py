"""A real HTTP server that takes notices and events, and can be away for a while."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Taken:
    """One request that arrived."""

    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """Its body, read."""
        return json.loads(self.body)


class FarEnd:
    """Listens on one port of this machine; `close` is the network cut, `open` its return."""

    def __init__(self) -> None:
        self.taken: list[Taken] = []
        self.status = 200
        self.body = b""
        self.hang_up = False
        self.answering = threading.Event()  # cleared: requests are taken and not answered
        self.answering.set()
        self._server: ThreadingHTTPServer | None = None
        self.port = 0
        self.open()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/hook"

    def open(self) -> None:
        """Listen, on the same port as before."""
        far_end = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {key.lower(): value for key, value in self.headers.items()}
                far_end.taken.append(Taken(headers, body))
                far_end.answering.wait(60)
                if far_end.hang_up:  # the answer is lost on its way
                    self.close_connection = True
                    return
                self.send_response(far_end.status)
                self.send_header("Content-Length", str(len(far_end.body)))
                self.end_headers()
                self.wfile.write(far_end.body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            allow_reuse_address = True

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        """Refuse every connection from now on."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


def until(true: Callable[[], bool], most_s: float = 30.0) -> None:
    """Wait for something that other threads bring about."""
    deadline = time.monotonic() + most_s
    while not true():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)
