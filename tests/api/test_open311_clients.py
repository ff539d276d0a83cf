"""Two published Open311 clients of others, unchanged, against the application on a real port."""

from __future__ import annotations

import pytest
from civicbot.http import HttpError, HttpTransport, RateLimiter
from civicbot.open311 import Open311Client
from civicbot.registry import Endpoint
from fastapi import FastAPI
from georeport import GeoReport

from actions.users.keys import create_key
from data.store import Store
from tests.api.open311_stage import V2, publish

PLACE = {"lat": 31.230412, "lng": 121.473701}


@pytest.fixture
def civicbot(port: int, app: FastAPI) -> Open311Client:
    publish(app, "demo")
    endpoint = Endpoint("here", "Here", f"http://127.0.0.1:{port}{V2}", write=True)
    return Open311Client(endpoint, HttpTransport(rate_limiter=RateLimiter(0)), "demo")


def test_civicbot_reads_services_posts_a_request_and_finds_it_again(
    civicbot: Open311Client, store: Store
) -> None:
    services = civicbot.list_services()
    assert "street_light" in [each["service_code"] for each in services]
    assert civicbot.get_service_definition("street_light")["service_code"] == "street_light"
    sent = civicbot.create_request(
        "street_light",
        dry_run=False,
        confirm="SEND",
        api_key=create_key(store, "source", "demo"),
        validate_remote=True,
        description="2号楼门口路灯不亮",
        **PLACE,
    )
    case_id = sent.response[0]["service_request_id"]
    assert civicbot.get_request(case_id)["service_code"] == "street_light"
    for asked in ({"service_request_ids": [case_id]}, {"service_code": "street_light"}):
        (found,) = civicbot.list_requests(status="open", **asked)
        assert found["service_request_id"] == case_id


def test_civicbot_is_told_why_it_may_not(civicbot: Open311Client) -> None:
    with pytest.raises(HttpError) as refused:
        civicbot.create_request(
            "street_light", dry_run=False, confirm="SEND", api_key="yp_1_2", **PLACE
        )
    assert refused.value.status == 403
    assert "api_key is not valid" in refused.value.body


@pytest.mark.parametrize("fmt", ["xml", "json"])
def test_georeport_reads_what_civicbot_posted(
    civicbot: Open311Client, store: Store, port: int, fmt: str
) -> None:
    key = create_key(store, "source", "demo")
    send = {"dry_run": False, "confirm": "SEND", "api_key": key, **PLACE}
    ids = [
        civicbot.create_request(code, **send).response[0]["service_request_id"]
        for code in ("noise", "parking")
    ]
    client = GeoReport(f"http://127.0.0.1:{port}{V2}", "demo", output_format=fmt)
    services = [each["service_code"] for each in client.get_service_list()]
    assert {"noise", "parking"} <= set(services)
    assert client.get_service_definition("noise")["service_code"] == "noise"
    listed = client.get_service_requests(status="open")
    assert [each["service_request_id"] for each in listed] == ids[::-1]
    assert client.get_service_request(ids[0])["service_name"] == "噪声扰民"
