"""Files with a fingerprint come from memory the second time; nothing else does."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from api import kept_files
from api.kept_files import KeptFiles

SUITE = "/_dash-component-suites/dash/a.v1m2.js"
FOR_EVER = {"cache-control": "public, max-age=31536000"}


class Site:
    """A site that counts how often each path reached it and answers as told."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: dict[str, Any] = {"content": b"x" * 2_000, "headers": FOR_EVER}
        route = Route("/{path:path}", self._answer, methods=["GET", "POST"])
        self.client = TestClient(KeptFiles(GZipMiddleware(Starlette(routes=[route]))))

    def _answer(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        return Response(**self.answer)

    def times(self, path: str, **headers: str) -> int:
        """Ask twice and return how often the site itself was asked."""
        self.asked.clear()
        answers = [self.client.get(path, headers=headers) for _ in range(2)]
        assert answers[0].content == answers[1].content
        assert answers[0].headers == answers[1].headers
        return len(self.asked)


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.mark.parametrize("path", [SUITE, "/assets/a.js?m=17.5"])
def test_a_file_with_its_fingerprint_is_read_once(site: Site, path: str) -> None:
    assert site.times(path) == 1


def test_packed_and_plain_are_kept_apart(site: Site) -> None:
    packed = site.client.get(SUITE, headers={"accept-encoding": "gzip"})
    plain = site.client.get(SUITE, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/assets/a.js", {}),
        ("/assets/a.js?x=1", {}),
        ("/api/v1/cases?m=1", {}),
        ("/", {}),
        (SUITE, {"range": "bytes=0-9"}),
        (SUITE, {"if-none-match": '"1"'}),
    ],
)
def test_what_may_differ_is_asked_for_each_time(
    site: Site, path: str, headers: dict[str, str]
) -> None:
    assert site.times(path, **headers) == 2


@pytest.mark.parametrize(
    "answer",
    [
        {"status_code": 404, "headers": FOR_EVER},
        {"content": b"library", "headers": {"cache-control": "no-cache"}},
        {"content": b"library", "headers": {**FOR_EVER, "set-cookie": "a=b"}},
    ],
    ids=["missing", "may_change", "personal"],
)
def test_what_is_not_the_file_for_everybody_is_not_kept(site: Site, answer: dict[str, Any]) -> None:
    site.answer = answer
    assert site.times(SUITE) == 2


def test_another_method_is_passed_on(site: Site) -> None:
    site.client.get(SUITE)
    site.client.post(SUITE)
    assert len(site.asked) == 2


def test_the_memory_is_bounded(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_files, "MOST_BYTES", 5_000)
    for number in range(4):  # two fit
        site.client.get(f"/assets/{number}.js?m=1", headers={"accept-encoding": "identity"})
    assert site.times("/assets/0.js?m=1", **{"accept-encoding": "identity"}) == 1
    assert len(site.asked) == 1
