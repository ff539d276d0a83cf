"""Bodies: bounded before anything reads them, JSON where a page calls back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.guarded_app import GuardedApp
from settings import Settings
from tests.api.real_server import client, small_app


def test_dash_s_middleware_stands_behind_the_guards() -> None:
    class Noted:
        """Looks like Dash's own: it reads the body before anybody has looked at it."""

        def __init__(self, app: Any) -> None:
            self._app = app

        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            met.append(scope["type"])
            await self._app(scope, receive, send)

    met: list[str] = []
    Noted.__module__ = "dash.backends._fastapi"
    app: GuardedApp = small_app(Settings(var=Path("nowhere")))
    app.add_middleware(Noted)
    asking = TestClient(app, base_url="http://127.0.0.1")
    assert asking.get("/hello", headers={"Host": "evil.example"}).status_code == 400
    assert met == []
    assert asking.get("/hello").status_code == 200
    assert met == ["http"]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut"),
        pytest.param(b"[]", id="no object"),
        pytest.param(b"{}", id="no call"),
        pytest.param(b'{"output":["x"]}', id="no output"),
        pytest.param(b'{"output":"x","inputs":"x"}', id="no inputs"),
        pytest.param(b"null", id="null"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(b"[" * 200_000, id="deep lists"),
        pytest.param(b'{"a":' * 100_000 + b"1" + b"}" * 100_000, id="deep objects"),
        pytest.param(b'{"a":' + b"9" * 100_000 + b"}", id="long number"),
    ],
)
def test_a_callback_of_a_page_takes_calls_only(body: bytes) -> None:
    header = {"Content-Type": "application/json"}
    answer = client().post("/_dash-update-component", content=body, headers=header)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "json_invalid")


def test_a_good_callback_arrives_whole() -> None:
    body = json.dumps({"output": "x", "inputs": ["x" * 100_000]}).encode()
    answer = client().post("/_dash-update-component", content=body)
    assert answer.json() == {"bytes": len(body)}
    assert re.match(r"^\d+$", str(answer.json()["bytes"]))


def test_a_refused_body_wins_over_whatever_its_reader_makes_of_it() -> None:
    app = small_app(Settings(var=Path("nowhere")))

    def parts() -> Any:
        for _ in range(40):
            yield b"x" * 32_768

    asking: Callable[..., Any] = TestClient(app, base_url="http://127.0.0.1").post
    answer = asking("/echo", content=parts())
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "body_too_large")
