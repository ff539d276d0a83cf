"""The security headers of every answer, and the word by which a page knows its own scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.responses import FileResponse
from starlette.testclient import TestClient

from components.script_nonce import current_nonce, with_nonce
from settings import Settings
from tests.api.real_server import client, small_app

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/hello", {}, 200),
        ("GET", "/page", {}, 200),
        ("PUT", "/nothing", {}, 405),
        ("DELETE", "/hello", {}, 405),
        ("GET", "/boom", {}, 500),
        ("GET", "/hello", {"Host": "evil.example"}, 400),
        ("POST", "/echo", {"Origin": "http://evil.example"}, 403),
        ("POST", "/echo", {"Content-Length": "99999999"}, 413),
    ],
)
def test_every_answer_has_the_security_headers(
    method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = client().request(method, path, headers=headers)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert "camera=(self)" in answer.headers["permissions-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in answer.headers  # plain HTTP may not say so
    assert "server" not in answer.headers
    assert "secret of the inside" not in answer.text


def policy(answer: Any) -> dict[str, list[str]]:
    parts = answer.headers["content-security-policy"].split("; ")
    return {name: values for name, *values in (part.split() for part in parts)}


def test_a_page_runs_our_scripts_and_those_with_the_word_of_this_answer() -> None:
    first, second = (policy(client().get("/page")) for _ in range(2))
    (nonce,) = (word for word in first["script-src"] if word.startswith("'nonce-"))
    assert first["script-src"] == ["'self'", nonce]
    assert len(nonce) > 25 and nonce not in second["script-src"]
    for name in ("object-src", "base-uri", "frame-ancestors", "frame-src", "script-src-attr"):
        assert first[name] == ["'none'"]
    assert first["default-src"] == first["connect-src"] == first["form-action"] == ["'self'"]


def test_what_is_no_page_runs_nothing() -> None:
    assert policy(client().get("/hello"))["default-src"] == ["'none'"]


def test_only_script_tags_without_a_word_get_one() -> None:
    token = current_nonce.set("abc")
    try:
        assert with_nonce("<script>x</script>") == '<script nonce="abc">x</script>'
        assert (
            with_nonce('<script src="/a.js"></script>')
            == '<script nonce="abc" src="/a.js"></script>'
        )
        assert with_nonce('<script nonce="old">') == '<script nonce="old">'
        assert with_nonce("<scripture>") == "<scripture>"
    finally:
        current_nonce.reset(token)
    assert with_nonce("<script>") == "<script>"


def test_our_own_files_may_be_kept(tmp_path: Path) -> None:
    app = small_app(Settings(var=tmp_path))
    file = tmp_path / "a.js"
    file.write_text("1")

    async def give() -> FileResponse:
        return FileResponse(file)

    app.add_api_route("/assets/a.js", give)
    app.add_api_route("/assets/a.woff2", give)
    with TestClient(app, base_url="http://127.0.0.1") as asking:

        def kept(path: str) -> str:
            return str(asking.get(path).headers["cache-control"])

        assert kept("/assets/a.js?m=1") == "public, max-age=31536000"
        assert kept("/assets/a.js") == "no-cache"
        assert kept("/assets/a.woff2") == "public, max-age=604800"
