"""Every error of GeoReport v2: its status, and one shape in both formats."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from actions.intake.received import IntakeClosed
from actions.open311.services import Service
from api import open311, open311_posting
from data.errors import StoreError
from rules.catalogue import default_catalogue
from rules.open311 import Question
from tests.api.open311_stage import GOOD, V2, Keys, keys, publish, told, tree

__all__ = ["keys"]
NO_ID = "0193a0a0-0000-7000-8000-000000000000"
QUESTIONS = (
    Question("lamp", "singlevaluelist", True, "哪盏灯？", (("a", "左"), ("b", "右"))),
    Question("since", "datetime", False, "从何时起？"),
    Question("poles", "number", False, "几根？"),
    Question("which", "multivaluelist", False, "哪些？", (("x", "甲"), ("y", "乙"))),
    Question("hint", "text", False, "请勿触碰灯杆", variable=False),
)


@pytest.fixture(autouse=True)
def public(app: FastAPI) -> None:
    publish(app, "demo")


def get(client: TestClient, path: str, **asked: str) -> tuple[int, str]:
    return told(client.get(f"{V2}/{path}.json", params=asked))


def post(client: TestClient, **fields: Any) -> tuple[int, str]:
    kept = {name: value for name, value in {**GOOD, **fields}.items() if value is not None}
    return told(client.post(f"{V2}/requests.json", data=kept))


def test_an_error_is_an_array_of_code_and_description_in_both_formats(client: TestClient) -> None:
    answer = client.get(f"{V2}/services/none.xml")
    assert answer.status_code == 404
    root = tree(answer)
    assert root.tag == "errors"
    assert [(e.findtext("code"), e.findtext("description")) for e in root.findall("error")] == [
        ("404", "service_code was not found")
    ]
    listed = client.get(f"{V2}/services/none.json")
    assert listed.headers["content-type"] == "application/json; charset=utf-8"
    assert told(listed) == (404, "service_code was not found")


@pytest.mark.parametrize(
    "path", ["services", "services/noise", "requests", f"requests/{NO_ID}", "tokens/x"]
)
def test_an_unknown_jurisdiction_is_404_everywhere(client: TestClient, path: str) -> None:
    for unknown in ("nowhere", "other"):  # other exists, but not for everybody
        status, words = get(client, path, jurisdiction_id=unknown)
        assert (status, words) == (404, "jurisdiction_id was not found")


@pytest.mark.parametrize("path", ["services", "services/noise", "requests", "tokens/x"])
def test_one_of_several_jurisdictions_must_be_named(
    client: TestClient, app: FastAPI, keys: Keys, path: str
) -> None:
    publish(app, "demo", "other")
    assert get(client, path) == (400, "jurisdiction_id was not provided")
    assert get(client, path, jurisdiction_id="")[0] == 400  # an empty parameter counts as absent
    assert client.get(f"{V2}/services.json?jurisdiction_id=other").status_code == 200
    # A key of one community is enough to know which.
    assert client.get(f"{V2}/services.json?api_key={keys()}").status_code == 200


def test_without_a_public_community_every_question_needs_a_key(
    client: TestClient, app: FastAPI, keys: Keys
) -> None:
    publish(app)
    for path in ("services", "services/noise", "requests", f"requests/{NO_ID}", "tokens/x"):
        assert get(client, path)[0] == 403
    assert get(client, "requests", api_key="yp_0000_0000") == (403, "api_key is not valid")
    assert get(client, "requests", api_key=keys("wall")) == (
        403,
        "api_key: this key reads no requests",
    )
    refused = client.get(f"{V2}/services.json", headers={"Authorization": "Bearer yp_0_0"})
    assert told(refused) == (403, "the key is not valid")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("services/none", "service_code was not found"),
        (f"requests/{NO_ID}", "service_request_id was not found"),
        (f"requests/{NO_ID},x", "service_request_id was not found"),
        ("tokens/none", "token was not found"),
        ("requests/a/b", "there is no such address or method"),
        ("nothing", "there is no such address or method"),
    ],
)
def test_what_does_not_exist_is_404(client: TestClient, path: str, words: str) -> None:
    assert get(client, path) == (404, words)


def test_other_methods_and_formats_are_refused_in_the_same_shape(client: TestClient) -> None:
    assert told(client.put(f"{V2}/requests.json")) == (404, "there is no such address or method")
    answer = client.get(f"{V2}/services.yaml")
    assert answer.status_code == 400
    assert tree(answer).findtext("error/description") == "format: this server speaks xml and json"
    assert client.get(f"{V2}/services").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "named"),
    [
        ({"service_code": "none"}, 404, "service_code"),
        ({"service_code": "noise,none"}, 404, "service_code"),
        ({"status": "opened"}, 400, "status"),
        ({"start_date": "yesterday"}, 400, "start_date"),
        ({"start_date": "2026-01-01"}, 400, "start_date"),  # no zone
        ({"start_date": "2026-01-01T00:00:00"}, 400, "start_date"),
        ({"end_date": "9999-12-31T23:59:59Z"}, 400, "end_date"),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-01T00:00:01Z"}, 400, "90"),
        ({"start_date": "2026-02-01T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, 400, "end"),
        ({"page": "0"}, 400, "page"),
        ({"page": "²"}, 400, "page"),
        ({"page_size": "1001"}, 400, "page_size"),
        ({"service_request_id": ",".join(map(str, range(201)))}, 400, "service_request_id"),
    ],
)
def test_a_question_that_cannot_be_answered(
    client: TestClient, asked: dict[str, str], status: int, named: str
) -> None:
    found, words = get(client, "requests", **asked)
    assert found == status
    assert named in words


def test_a_question_that_can(client: TestClient) -> None:
    for asked in (
        {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-01T00:00:00Z"},
        {"start_date": "2026-01-01T00:00:00+08:00"},
        {"end_date": "2026-01-01T00:00:00-05:00"},
        {"start_date": "2199-01-01T00:00:00Z"},
    ):
        assert client.get(f"{V2}/requests.json", params=asked).status_code == 200


def test_reporting_needs_a_key_that_may_report(client: TestClient, keys: Keys) -> None:
    assert post(client) == (403, "api_key was not provided")
    assert post(client, api_key="") == (403, "api_key was not provided")
    assert post(client, api_key="yp_1_2") == (403, "api_key is not valid")
    for role in ("wall", "subdistrict", "property"):
        assert post(client, api_key=keys(role)) == (403, "api_key: this key reports nothing")
    strange = post(client, api_key=keys("source", "other"), jurisdiction_id="demo")
    assert strange == (403, "api_key: this key is of another jurisdiction")
    assert post(client, api_key=keys(), jurisdiction_id="nowhere")[0] == 404


@pytest.mark.parametrize(
    ("fields", "status", "named"),
    [
        ({"service_code": None}, 400, "service_code was not provided"),
        ({"service_code": ""}, 400, "service_code was not provided"),
        ({"service_code": "none"}, 404, "service_code was not found"),
        ({"lat": None, "long": None}, 400, "location"),
        ({"lat": None}, 400, "lat and long go together"),
        ({"lat": "91"}, 400, "lat and long"),
        ({"long": "nan"}, 400, "lat and long"),
        ({"lat": "1e999"}, 400, "lat and long"),
        ({"address_id": NO_ID}, 404, "address_id"),
        ({"description": "长" * 4001}, 400, "description"),
        ({"address_string": "x" * 1001}, 400, "address_string"),
        ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
        ({"attribute[none]": "x"}, 400, "attribute"),
    ],
)
def test_a_report_that_cannot_be_taken(
    client: TestClient, keys: Keys, fields: dict[str, Any], status: int, named: str
) -> None:
    found, words = post(client, api_key=keys(), **fields)
    assert (found, named in words) == (status, True), words


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({}, "attribute[lamp] is required"),
        ({"attribute[lamp]": "c"}, "attribute[lamp]"),
        ({"attribute[lamp]": ["a", "b"]}, "attribute[lamp]: takes one answer"),
        ({"attribute[lamp]": "a", "attribute[since]": "gestern"}, "attribute[since]"),
        ({"attribute[lamp]": "a", "attribute[poles]": "two"}, "attribute[poles]"),
        ({"attribute[lamp]": "a", "attribute[which][]": ["x", "z"]}, "attribute[which]"),
        ({"attribute[lamp]": "a", "attribute[hint]": "x"}, "attribute"),
    ],
)
def test_answers_are_held_against_the_questions_of_the_service(
    client: TestClient,
    keys: Keys,
    monkeypatch: pytest.MonkeyPatch,
    answers: dict[str, Any],
    named: str,
) -> None:
    ask(monkeypatch)
    status, words = post(client, api_key=keys(), **answers)
    assert (status, named in words) == (400, True), words


def test_good_answers_stand_with_the_report(
    client: TestClient, keys: Keys, monkeypatch: pytest.MonkeyPatch, app: FastAPI
) -> None:
    ask(monkeypatch)
    definition = client.get(f"{V2}/services/street_light.json").json()
    assert [each["order"] for each in definition["attributes"]] == [1, 2, 3, 4, 5]
    assert definition["attributes"][0]["values"][1] == {"key": "b", "name": "右"}
    good = {"attribute[lamp]": "b", "attribute[which][]": ["x", "y"]}
    answer = client.post(f"{V2}/requests.json", data={**GOOD, **good, "api_key": keys()})
    case_id = answer.json()[0]["service_request_id"]
    (kept,) = app.state.services.store.rows("desk/case", case_id=case_id)
    assert kept["description"].splitlines()[1:] == ["哪盏灯？：右", "哪些？：甲、乙"]


def ask(monkeypatch: pytest.MonkeyPatch) -> None:
    service = Service(default_catalogue()["street_light"], QUESTIONS)

    def offered(*_: Any) -> dict[str, Service]:
        return {service.entry.code: service}

    monkeypatch.setattr(open311, "offered", offered)
    monkeypatch.setattr(open311_posting, "offered", offered)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{}", "application/json"),
        (b"service_code=noise&description=%ff", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"a=1&" * 400, "application/x-www-form-urlencoded"),
        (b"description=" + b"x" * 70_000, "application/x-www-form-urlencoded"),
    ],
)
def test_a_body_that_is_no_form(client: TestClient, body: bytes, kind: str) -> None:
    answer = client.post(f"{V2}/requests.json", content=body, headers={"Content-Type": kind})
    assert told(answer)[0] == 400


@pytest.mark.parametrize("failure", [IntakeClosed("http"), StoreError(reason="closed")])
def test_a_general_service_error_is_400_and_says_that_nothing_was_recorded(
    client: TestClient, app: FastAPI, keys: Keys, failure: Exception
) -> None:
    def closed(*_: Any) -> Any:
        raise failure

    app.state.services = dataclasses.replace(app.state.services, receive=closed)
    status, words = post(client, api_key=keys())
    assert (status, "nothing was recorded" in words) == (400, True)


def test_a_signed_in_browser_counts_for_nothing_here(client: TestClient, app: FastAPI) -> None:
    publish(app)
    client.cookies.set("yiping_session", "whatever")
    assert post(client)[0] == 403
