"""A small guarded application on the real server, and clients that speak to it byte by byte."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import Request, WebSocket
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from api import errors
from api.guarded_app import GuardedApp
from api.server import TlsFiles, web_server
from settings import Settings

HEAD = b"Host: 127.0.0.1\r\n"


def small_app(settings: Settings) -> GuardedApp:
    """An application that says what it was asked."""
    app = GuardedApp(settings, docs_url=None, redoc_url=None, openapi_url=None)
    errors.install(app)

    @app.get("/hello")
    async def hello(request: Request) -> JSONResponse:
        return JSONResponse(
            {
                "client": request.client.host if request.client else None,
                "scheme": request.url.scheme,
                "host": request.headers["host"],
                "headers": sorted(request.headers),
            }
        )

    @app.get("/page")
    async def page() -> HTMLResponse:
        return HTMLResponse("<p>hello</p>")

    @app.post("/{rest:path}")
    async def echo(request: Request, rest: str) -> JSONResponse:
        return JSONResponse({"bytes": len(await request.body())})

    @app.get("/boom")
    async def boom() -> None:
        raise RuntimeError("a secret of the inside")

    @app.websocket("/ws")
    async def ws(socket: WebSocket) -> None:
        await socket.accept()
        with contextlib.suppress(WebSocketDisconnect):
            while True:
                await socket.send_text(str(len(await socket.receive_text())))

    return app


@contextlib.contextmanager
def serving(app: Any, settings: Settings, tls: TlsFiles | None = None) -> Iterator[int]:
    """Serve an application on a free port of this machine; yields the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = web_server(app, settings, tls)
    server.config.log_config = None
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.005)
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()


def connect(port: int) -> socket.socket:
    """A bare connection that waits for 10 s at most."""
    return socket.create_connection(("127.0.0.1", port), 10)


def read_all(link: socket.socket) -> bytes:
    """Read until the server closes."""
    parts = []
    with contextlib.suppress(ConnectionError):
        while part := link.recv(65_536):
            parts.append(part)
    return b"".join(parts)


def read_answer(link: socket.socket) -> tuple[int, dict[str, str], Any]:
    """Read one answer with a Content-Length: status, headers and JSON (or bytes)."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = link.recv(65_536)
        if not part:
            raise AssertionError(f"closed in the head: {data!r}")
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        part = link.recv(65_536)
        if not part:
            break
        body += part
    with contextlib.suppress(ValueError):
        return int(lines[0].split()[1]), headers, json.loads(body)
    return int(lines[0].split()[1]), headers, body


def told(link: socket.socket) -> tuple[int, str]:
    """Read an error: status and code."""
    status, _, body = read_answer(link)
    return status, body["error"]["code"]


def client(peer: str = "127.0.0.1", url: str = "http://127.0.0.1:8050", **more: Any) -> TestClient:
    """A client in process, coming from `peer`; `more` are settings."""
    settings = Settings(var=Path("nowhere"), **more)
    return TestClient(
        small_app(settings), base_url=url, client=(peer, 5000), raise_server_exceptions=False
    )
