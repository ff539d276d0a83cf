"""GET /api/v1/requests.csv: by right, page by page, nothing in it that runs or names anybody."""

from __future__ import annotations

import csv
import io

import pytest
from starlette.testclient import TestClient

from actions.open311 import requests
from api.requests_csv import COLUMNS
from tests.api.given import row

PATH = "/api/v1/requests.csv"


@pytest.fixture
def given(client: TestClient, key) -> dict[str, str]:
    """A source's header; it has posted five cases, another one."""
    mine, rows = key("source"), [row(f"r-{n}", lon=-71.05, lat=42.36) for n in range(4)]
    rows.append(row("evil", category="=cmd|'/C calc'!A0", title="王小明", description="301室"))
    assert client.post("/api/v1/cases", json=rows, headers=mine).status_code == 201
    client.post("/api/v1/cases", json=[row("other")], headers=key("source"))
    return mine


def read(client: TestClient, header: dict[str, str], **asked: str) -> list[dict[str, str]]:
    answer = client.get(PATH, params=asked, headers=header)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))


def test_every_request_is_in_it_over_many_pages(
    client: TestClient, key, given, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "MOST_ROWS", 2)
    found = read(client, key("duty_officer"))
    assert len(found) == len({each["service_request_id"] for each in found}) == 6
    assert tuple(found[0]) == COLUMNS
    assert {each["long"] for each in found} == {"-71.05", ""}
    assert all(each["description"] == "" for each in found)
    assert "王小明" not in str(found) and "301" not in str(found)
    (evil,) = [each for each in found if "cmd" in each["service_code"]]
    assert evil["service_code"].startswith("'=")
    assert evil["service_name"].startswith("'=")


def test_filters_and_rights(client: TestClient, key, given) -> None:
    assert len(read(client, given)) == 5  # the source's own
    assert read(client, given, status="closed") == []
    assert len(read(client, given, status="open,closed", service_code="noise")) == 4
    assert read(client, given, end_date="2020-01-01T00:00:00Z") == []
    assert len(read(client, given, start_date="2001-01-01T00:00:00Z")) == 5  # any span
    assert read(client, key("source")) == []
    assert read(client, key("property")) == []
    assert client.get(PATH).status_code == 401
    assert client.get(PATH, headers=key("wall")).status_code == 403
    assert client.get(PATH, params={"community": "other"}, headers=given).status_code == 404
    for wrong in ({"status": "x"}, {"start_date": "x"}, {"end_date": "2026-01-01"}):
        answer = client.get(PATH, params=wrong, headers=given)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "parameter_invalid")
