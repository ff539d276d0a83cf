"""The frame around the endpoints: unknown paths, methods, hosts, origins, language, OpenAPI."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, StreamingResponse
from starlette.testclient import TestClient

from api.access import RULES
from components.wording import current_language

Key = Callable[..., dict[str, str]]


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v1/nothing", "/api/v2/cases"])
def test_an_unknown_address_under_api_is_404_in_json(client: TestClient, path: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        answer = client.request(method, path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_a_wrong_method_is_405_and_names_the_right_ones(client: TestClient) -> None:
    answer = client.delete("/api/v1/cases")
    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, POST"


def test_the_openapi_document_describes_every_endpoint_with_its_models(
    client: TestClient,
) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert set(document["paths"]) == {
        "/api/v1/cases",
        "/api/v1/cases/{case_id}",
        "/api/v1/cases/{case_id}/moves",
        "/api/v1/cases/{case_id}/responders",
        "/api/v1/cases/{case_id}/dispatch",
        "/api/v1/cases/{case_id}/photos",
        "/api/v1/cases/{case_id}/photos/{photo_id}",
        "/api/v1/alarms",
        "/api/v1/alarms/{alarm_id}/moves",
        "/api/v1/gates/calls",
        "/api/v1/health",
        "/api/v1/requests.csv",
        "/api/v1/feed",
        "/api/v1/plan/{community}",
        "/api/v1/map/{community}",
        "/api/v1/map/{community}/{object_id}",
        "/api/v1/unmask",
    }
    post = document["paths"]["/api/v1/cases"]["post"]
    items = post["requestBody"]["content"]["application/json"]["schema"]["items"]
    assert set(items["required"]) == {"source_id", "category", "title", "reported_at"}
    assert {"201", "207", "400", "401", "403", "413", "415", "503"} <= set(post["responses"])
    assert post["security"] == [{"key": []}]
    assert {"CasePage", "CaseWithEvents", "HealthOut", "ErrorBody"} <= set(
        document["components"]["schemas"]
    )


def test_the_framework_s_own_pages_are_off(client: TestClient) -> None:
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8050", 200),
        ("127.8.8.8", 200),
        ("localhost:9", 200),
        ("LOCALHOST", 200),
        ("[::1]:8050", 200),
        ("wall.example", 200),  # in trusted_hosts
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("localhost@evil.example", 400),
        ("192.0.2.7", 400),
        ("", 400),
        ("[::1", 400),
        ("localhost:port", 400),
    ],
)
def test_pages_open_under_trusted_host_names_only(
    client: TestClient, host: str, status: int
) -> None:
    answer = client.get("/api/v1/openapi.json", headers={"Host": host})
    assert answer.status_code == status


def test_a_page_of_another_site_may_change_nothing(client: TestClient, key: Key) -> None:
    def post(origin: str) -> int:
        header = {**key(), "Origin": origin}
        return client.post("/api/v1/cases", json=[], headers=header).status_code

    assert post("http://127.0.0.1:8050") == 201
    for origin in ("http://evil.example", "null", "http://127.0.0.1:9999", "http://["):
        assert post(origin) == 403


def test_the_language_comes_from_the_address_then_the_cookie_then_the_settings(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def word(request: Request) -> PlainTextResponse:
        return PlainTextResponse(current_language.get())

    app.add_route("/word", word)
    monkeypatch.setitem(RULES, "/word", "open")

    def asked(query: str = "", cookie: str = "") -> str:
        client.cookies.clear()
        return client.get(f"/word{query}", headers={"Cookie": cookie}).text

    assert asked() == "zh-CN"
    assert asked(cookie="lang=en") == "en"
    assert asked("?lang=en") == "en"
    assert asked("?lang=zh-CN", cookie="lang=en") == "zh-CN"
    assert asked("?lang=tlh", cookie="lang=en") == "en"
    assert asked(cookie="lang=tlh; broken[") == "zh-CN"
    assert asked("?" + "&".join(f"a{n}=1" for n in range(200)), cookie="lang=en") == "en"


def test_a_language_asked_for_is_remembered_and_one_not_offered_is_not(
    client: TestClient,
) -> None:
    chosen = client.get("/api/v1/openapi.json?lang=en")
    assert chosen.headers["set-cookie"].startswith("lang=en; Path=/;")
    refused = client.get("/api/v1/openapi.json?lang=%0d%0aSet-Cookie:x")
    assert "set-cookie" not in refused.headers


def test_large_answers_are_compressed_and_streams_are_not(app: FastAPI, client: TestClient) -> None:
    async def pictures(request: Request) -> StreamingResponse:
        return StreamingResponse(
            iter([b"x" * 5_000]), media_type="multipart/x-mixed-replace; boundary=frame"
        )

    app.add_route("/pictures", pictures)
    header = {"Accept-Encoding": "gzip"}
    document = client.get("/api/v1/openapi.json", headers=header)
    assert document.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in client.get("/pictures", headers=header).headers
