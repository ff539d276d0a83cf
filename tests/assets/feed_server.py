"""A small server that speaks the live feed's protocol, so that tests decide when it fails."""

from __future__ import annotations

import asyncio
import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from api import words
from components.first_paint import html_of
from components.frame import Shell, demo_ribbon, index_html, live_state
from components.ticker import ticker

ASSETS = Path(__file__).parents[2] / "assets"
STYLES = ("tokens.css", "wall.css", "frame.css", "ticker.css")
SCRIPTS = ("00_words.js", "live.js", "one_map_cases.js", "frame.js", "ticker.js")
PROFILE = {"name_zh": "石榴社区", "name_en": "Shiliu", "timezone": "Asia/Shanghai", "is_demo": True}


class FeedServer:
    """Serves one page with the live scripts; `silent` stops its messages, `stop` the process."""

    def __init__(self, port: int, build: str = "b1") -> None:
        self.port, self.build = port, build
        self.silent = False
        self.connections: list[dict[str, str]] = []
        self.rows: list[dict[str, Any]] = []
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.pages_served = 0
        self._starts = 0

    def start(self) -> None:
        """Serve on the port until `stop`; may be started again afterwards."""
        self._starts += 1
        config = uvicorn.Config(self._site(), port=self.port, log_level="critical")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            threading.Event().wait(0.02)

    def stop(self) -> None:
        """End at once, like a killed process: open sockets are cut."""
        if self._server and self._thread:
            self._server.should_exit = self._server.force_exit = True
            self._thread.join(10)

    def _site(self) -> FastAPI:
        site = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        words.install(site)
        site.mount("/assets", StaticFiles(directory=ASSETS))
        site.add_api_websocket_route("/api/v1/live", self._live)
        site.add_api_route("/wall", self._page, response_class=HTMLResponse)
        return site

    def _page(self) -> str:
        self.pages_served += 1
        scripts = "\n".join(f'<script src="/assets/{name}"></script>' for name in SCRIPTS)
        body = html_of([demo_ribbon(), live_state(), ticker()])
        parts = dict.fromkeys(("favicon", "config", "renderer"), "")
        parts["css"] = "".join(f'<link rel="stylesheet" href="/assets/{name}">' for name in STYLES)
        room = "height: 900px; display: flex; flex-direction: column"
        page = f'<div id="page" style="{room}">{body}</div>'
        parts |= {"scripts": scripts, "app_entry": f'<div id="react-entry-point">{page}</div>'}
        return index_html(Shell(lambda: "demo", "b1"), "wall", "demo", parts)

    async def _live(self, socket: WebSocket) -> None:
        await socket.accept()
        self.connections.append(dict(socket.query_params))
        if socket.query_params["community"] != "demo":
            await socket.close(4404)
            return
        await socket.send_text(self._hello(socket.query_params.get("epoch")))
        await socket.send_text(_view("profile", PROFILE))
        await socket.send_text(_view("ticker", {"rows": self.rows}))
        try:
            while True:
                await asyncio.sleep(0.2)
                if not self.silent:
                    await socket.send_text(json.dumps({"t": "beat", "now": _now(), "seq": 7}))
        except (WebSocketDisconnect, RuntimeError):
            return

    def _hello(self, epoch: str | None) -> str:
        own = f"e{self._starts}"
        hello = {"t": "hello", "epoch": own, "seq": 0, "now": _now(), "build": self.build}
        return json.dumps(hello | {"resumed": epoch == own})


def _view(name: str, data: object) -> str:
    return json.dumps({"t": "view", "view": name, "seq": 5, "at": _now(), "data": data})


def _now() -> str:
    return datetime.now(UTC).isoformat()
