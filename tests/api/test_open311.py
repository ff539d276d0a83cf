"""Open311 GeoReport v2: what services, requests and tokens say, in both formats."""

from __future__ import annotations

import dataclasses
from concurrent.futures import Future
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api import open311
from data.store import Store
from tests.api.open311_stage import GOOD, V2, Keys, keys, publish, tree

__all__ = ["keys"]
FIELDS = {
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
}
PERSON = {"first_name": "王", "last_name": "小明", "phone": "13800138000", "email": "w@example.org"}


@pytest.fixture(autouse=True)
def public(app: FastAPI) -> None:
    publish(app, "demo")


def post(client: TestClient, key: str, fmt: str = "json", **more: Any) -> Any:
    return client.post(f"{V2}/requests.{fmt}", data={**GOOD, "api_key": key, **more})


def test_discovery_names_the_endpoint_and_its_formats(client: TestClient) -> None:
    for path in ("/open311/discovery", f"{V2}/discovery"):
        found = client.get(f"{path}.json").json()
        assert found["contact"] == "desk@example.org"
        (endpoint,) = found["endpoints"]
        assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
        assert endpoint["url"] == "http://127.0.0.1:8050/open311/v2"
        assert endpoint["formats"] == ["text/xml", "application/json"]
        assert endpoint["type"] == "production"
    root = tree(client.get(f"{V2}/discovery.xml"))
    space = "{http://open311.org/spec/discovery}"
    assert root.tag == f"{space}discovery"
    formats = root.findall(f"{space}endpoints/{space}endpoint/{space}formats/{space}format")
    assert [each.text for each in formats] == ["text/xml", "application/json"]


def test_services_are_the_catalogue_in_the_language_asked_for(client: TestClient) -> None:
    found = {each["service_code"]: each for each in client.get(f"{V2}/services.json").json()}
    light = found["street_light"]
    assert light["service_name"] == "路灯不亮"
    assert light["type"] == "realtime"
    assert light["description"] == "办理时限：2 工作日"
    english = client.get(f"{V2}/services.json?lang=en").json()
    assert "Street light out" in [each["service_name"] for each in english]
    client.cookies.clear()
    root = tree(client.get(f"{V2}/services.xml"))
    assert root.tag == "services"
    listed = [each.findtext("service_code") for each in root.findall("service")]
    assert listed == list(found)
    assert root[0].findtext("metadata") in ("true", "false")


def test_a_service_definition_is_one_object_with_its_questions(client: TestClient) -> None:
    found = client.get(f"{V2}/services/street_light.json").json()
    assert found["service_code"] == "street_light"
    asked = found["attributes"]
    assert asked and {each["datatype"] for each in asked} == {"text"}
    root = tree(client.get(f"{V2}/services/street_light.xml"))
    assert root.tag == "service_definition"
    assert root.findtext("service_code") == "street_light"
    codes = [each.findtext("code") for each in root.findall("attributes/attribute")]
    assert codes == [each["code"] for each in asked]


def test_a_report_is_a_case_at_once_and_is_found_again(
    client: TestClient, keys: Keys, store: Store
) -> None:
    answer = post(client, keys(), **PERSON)
    assert answer.status_code == 201
    (made,) = answer.json()
    assert set(made) == {"service_request_id", "service_notice", "account_id"}
    case_id = made["service_request_id"]
    (found,) = client.get(f"{V2}/requests/{case_id}.json").json()
    assert set(found) == FIELDS
    assert (found["status"], found["service_code"]) == ("open", "street_light")
    assert (found["lat"], found["long"]) == (31.2304, 121.4737)  # about 10 m, not a door
    assert found["agency_responsible"] == "社区"
    assert found["requested_datetime"].endswith("Z")
    (kept,) = store.rows(
        "view/case_page", community_id="demo", case_id=case_id, source=None, reach=None,
        statuses=None, updated_after=None, after="", row_limit=1,
    )  # fmt: skip
    assert kept["description"] == GOOD["description"]
    assert kept["channel"] == "api"


def test_no_answer_says_what_was_written_or_by_whom(
    client: TestClient, keys: Keys, store: Store
) -> None:
    address = "幸福路8号2号楼301室"
    key = keys()
    case_id = post(client, key, address_string=address, **PERSON).json()[0]["service_request_id"]
    for role in (None, "source", "duty_officer"):
        shown = {"api_key": keys(role)} if role else {}
        for path in (f"requests/{case_id}", "requests"):
            for fmt in ("json", "xml"):
                asked = {**shown, "extensions": "true"}
                text = client.get(f"{V2}/{path}.{fmt}", params=asked).text
                assert case_id in text
                for secret in (GOOD["description"], address, "301", *PERSON.values()):
                    assert secret not in text
    # What a reporter says of himself is kept nowhere.
    texts = store.rows("desk/case", case_id=case_id)[0]
    assert not any(secret in str(texts) for secret in PERSON.values())


def test_xml_and_json_say_the_same(client: TestClient, keys: Keys) -> None:
    key = keys()
    for number in range(2):
        post(client, key, description=f'<第{number}件> & "引号"')
    rows = client.get(f"{V2}/requests.json").json()
    root = tree(client.get(f"{V2}/requests.xml"))
    assert root.tag == "service_requests"
    assert len(rows) == len(root.findall("request")) == 2
    for row, element in zip(rows, root.findall("request"), strict=True):
        for name, value in row.items():
            assert (element.findtext(name) or None) == (None if value is None else str(value))
    made = tree(post(client, key, fmt="xml"))
    assert made.tag == "service_requests"
    assert made.find("request/service_request_id") is not None


def test_requests_are_chosen_by_id_service_status_and_time(
    client: TestClient, keys: Keys, store: Store
) -> None:
    key = keys()
    light = post(client, key).json()[0]["service_request_id"]
    noise = post(client, key, service_code="noise").json()[0]["service_request_id"]

    def ids(**asked: str) -> set[str]:
        return {
            row["service_request_id"]
            for row in client.get(f"{V2}/requests.json", params=asked).json()
        }

    assert ids() == {light, noise}
    assert ids(service_code="noise") == {noise}
    assert ids(service_code="noise,street_light") == {noise, light}
    assert ids(status="open") == {light, noise}
    assert ids(status="closed") == set()
    assert ids(status="", service_code="", start_date="") == {light, noise}
    assert ids(service_request_id=light, status="closed", service_code="noise") == {light}
    assert ids(end_date="2020-01-01T00:00:00Z") == set()
    assert len(ids(page_size="1")) == 1
    assert ids(page_size="1") | ids(page_size="1", page="2") == {light, noise}
    twice = client.get(f"{V2}/requests.json?service_code=noise&service_code=street_light").json()
    assert len(twice) == 2


def test_extensions_tell_the_steps_of_a_case(client: TestClient, keys: Keys) -> None:
    case_id = post(client, keys()).json()[0]["service_request_id"]
    asked = {"extensions": "true"}
    (found,) = client.get(f"{V2}/requests/{case_id}.json", params=asked).json()
    assert set(found) == FIELDS | {"extended_attributes", "notes"}
    assert found["extended_attributes"]["status_detail"] == "reported"
    (note,) = found["notes"]
    assert (note["type"], note["description"]) == ("reported", "已上报")
    root = tree(client.get(f"{V2}/requests/{case_id}.xml", params=asked))
    assert root.findtext("request/notes/note/type") == "reported"


def test_a_late_report_gets_a_token_that_leads_to_its_id(
    client: TestClient, app: FastAPI, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts, held = app.state.services, []

    def slow(body: bytes, community_id: str, sender: str) -> Future[Any]:
        late: Future[Any] = Future()
        held.append((late, body, community_id, sender))
        return late

    monkeypatch.setattr(open311, "COMMIT_WAIT_S", 0.05)
    app.state.services = dataclasses.replace(parts, receive=slow)
    answer = post(client, keys())
    assert answer.status_code == 202
    token = answer.json()[0]["token"]
    assert client.get(f"{V2}/tokens/{token}.json").json() == [{"token": token}]
    (late, *batch) = held[0]
    late.set_result(parts.receive(*batch).result())
    (found,) = client.get(f"{V2}/tokens/{token}.json").json()
    assert found["token"] == token
    assert client.get(f"{V2}/requests/{found['service_request_id']}.json").status_code == 200
    assert client.get(f"{V2}/tokens/{token}x.json").status_code == 404


def test_the_key_of_a_source_reads_its_own_where_nothing_is_public(
    client: TestClient, app: FastAPI, keys: Keys
) -> None:
    publish(app)
    mine, other = keys(), keys()
    case_id = post(client, mine).json()[0]["service_request_id"]
    path = f"{V2}/requests/{case_id}.json"
    assert client.get(path, params={"api_key": mine}).status_code == 200
    assert client.get(path, headers={"Authorization": f"Bearer {mine}"}).status_code == 200
    assert client.get(path, params={"api_key": other}).status_code == 404
    assert client.get(path, params={"api_key": keys("duty_officer")}).status_code == 200
    assert client.get(path, params={"api_key": keys("source", "other")}).status_code == 404
    assert client.get(f"{V2}/requests.json", params={"api_key": other}).json() == []
