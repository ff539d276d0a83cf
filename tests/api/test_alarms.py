"""Alarms over HTTP: raised, listed and moved by key, with good and hostile bodies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

Key = Callable[..., dict[str, str]]
AT = "2026-03-10T10:00:00+08:00"
SIGNAL = {"device": "post-7", "kind": "help_post", "at": AT}


def send(client: TestClient, headers: dict[str, str], *signals: Any) -> httpx.Response:
    answer: httpx.Response = client.post("/api/v1/alarms", json=list(signals), headers=headers)
    return answer


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def move(
    client: TestClient, headers: dict[str, str], alarm: dict[str, Any], action: str, **given: Any
) -> httpx.Response:
    body = {"action": action, "seen_version": alarm["version"], **given}
    address = f"/api/v1/alarms/{alarm['alarm_id']}/moves"
    answer: httpx.Response = client.post(address, json=body, headers=headers)
    return answer


def listed(client: TestClient, key: Key, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/alarms{query}", headers=key()).json()[
        "alarms"
    ]
    return found


def test_a_device_s_signal_is_an_alarm_at_once_and_once(client: TestClient, key: Key) -> None:
    source = key("source")
    first = send(client, source, SIGNAL)
    assert (first.status_code, first.json()[0]["result"]) == (201, "new")
    assert send(client, source, SIGNAL).json()[0]["result"] == "unchanged"
    later = send(client, source, {**SIGNAL, "at": "2026-03-10T02:00:09Z"})
    assert later.json()[0]["result"] == "repeated"
    (alarm,) = listed(client, key)
    assert alarm["alarm_id"] == first.json()[0]["alarm_id"] == later.json()[0]["alarm_id"]
    assert (alarm["state"], alarm["signals"], alarm["sounds"]) == ("active_unack", 2, True)
    assert alarm["device_id"].endswith("/post-7") and alarm["device_known"] is False


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({**SIGNAL, "kind": "magic"}, "kind"),
        ({**SIGNAL, "kind": "manual"}, "kind"),  # only a person raises by hand
        ({**SIGNAL, "at": "2026-03-10T10:00:00"}, "at"),
        ({**SIGNAL, "at": "2199-01-01T00:00:00Z"}, "at"),
        ({**SIGNAL, "at": None}, "at"),
        ({**SIGNAL, "urgency": "extreme"}, "urgency"),
        ({**SIGNAL, "state": "maybe"}, "state"),
        ({**SIGNAL, "device": ""}, "device"),
        ({**SIGNAL, "device": "x" * 121}, "device"),
        ({**SIGNAL, "device": "a\x00b"}, "device"),
        ({**SIGNAL, "colour": "red"}, "colour"),
        ({"kind": "smoke"}, "device"),
        ([], None),
        ("smoke", None),
        (None, None),
    ],
)
def test_one_bad_signal_is_named_and_the_good_one_is_taken(
    client: TestClient, key: Key, row: Any, field: str | None
) -> None:
    answer = send(client, key("source"), row, SIGNAL)
    assert answer.status_code == 207
    bad, good = answer.json()
    assert (bad["result"], bad["error"]["field"]) == ("rejected", field)
    assert good["result"] == "new"


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"{", 400, "json_invalid"),
        (b"[" * 20_000, 400, "json_invalid"),
        (b"\xff\xfe", 400, "json_invalid"),
        (b'{"device": "x"}', 400, "not_a_list"),
        (b"[" + b"1," * 1_000 + b"1]", 413, "too_many_rows"),
        (b'["' + b"x" * 1_100_000 + b'"]', 413, "body_too_large"),
    ],
)
def test_a_body_that_is_no_list_of_signals_is_refused_as_a_whole(
    client: TestClient, key: Key, body: bytes, status: int, said: str
) -> None:
    headers = {**key("source"), "Content-Type": "application/json"}
    assert code(client.post("/api/v1/alarms", content=body, headers=headers)) == (status, said)
    assert listed(client, key) == []


def test_half_a_letter_is_no_device(client: TestClient, key: Key) -> None:
    headers = {**key("source"), "Content-Type": "application/json"}
    body = b'[{"device": "\\ud83d", "kind": "smoke", "at": "2026-03-10T02:00:00Z"}]'
    answer = client.post("/api/v1/alarms", content=body, headers=headers)
    assert (answer.status_code, answer.json()[0]["error"]["field"]) == (207, "device")


def test_who_may_not_send_or_read_is_refused(client: TestClient, key: Key) -> None:
    assert code(send(client, {}, SIGNAL)) == (401, "key_required")
    assert code(send(client, key("privacy"), SIGNAL)) == (403, "not_allowed")
    assert code(client.get("/api/v1/alarms", headers=key("source"))) == (403, "not_allowed")
    assert code(client.get("/api/v1/alarms?community=other", headers=key())) == (404, "not_found")
    for query in ("?state=some", "?before=x", "?limit=0"):
        found = client.get(f"/api/v1/alarms{query}", headers=key())
        assert code(found) == (400, "parameter_invalid")


def test_an_alarm_of_another_community_does_not_exist(client: TestClient, key: Key) -> None:
    send(client, key("source", "other"), SIGNAL)
    assert listed(client, key) == []
    (theirs,) = client.get("/api/v1/alarms", headers=key("duty_officer", "other")).json()["alarms"]
    assert code(move(client, key(), theirs, "acknowledge")) == (404, "not_found")


def test_deeds_answer_with_the_new_state_and_refusals_with_the_present(
    client: TestClient, key: Key
) -> None:
    send(client, key("source"), SIGNAL)
    (seen,) = listed(client, key)
    taken = move(client, key(), seen, "acknowledge")
    assert (taken.status_code, taken.json()["state"]) == (201, "active_ack")
    second = move(client, key(), seen, "acknowledge")
    assert code(second) == (409, "alarm_changed")
    assert second.json()["alarm"]["version"] == taken.json()["version"]
    now = taken.json()
    for action, given, field in (
        ("close", {"verdict": "maybe"}, "verdict"),
        ("close", {}, "verdict"),
        ("shelve", {"minutes": 5}, "reason"),
        ("shelve", {"reason": "test"}, "minutes"),
        ("fly", {}, "action"),
    ):
        refused = move(client, key(), now, action, **given)
        assert (refused.status_code, refused.json()["error"]["field"]) == (422, field)
    assert code(move(client, key("subdistrict"), now, "reset"))[0] == 403
    assert code(move(client, key(), now, "close", verdict="real", who="me")) == (
        400,
        "body_invalid",
    )
    made = move(client, key(), now, "to_case").json()
    assert client.get(f"/api/v1/cases/{made['case_id']}", headers=key()).status_code == 200
    closed = move(client, key(), made, "close", verdict="real").json()
    assert (closed["verdict"], closed["case_id"]) == ("real", made["case_id"])
    assert code(move(client, key(), closed, "reset")) == (409, "alarm_closed")
    assert listed(client, key) == [] and len(listed(client, key, "?state=closed")) == 1


def test_pages_of_alarms_leave_none_out(client: TestClient, key: Key) -> None:
    signals = [{**SIGNAL, "device": f"d{n}"} for n in range(5)]
    sent = [row["alarm_id"] for row in send(client, key("source"), *signals).json()]
    found, before = [], ""
    while True:
        page = client.get(f"/api/v1/alarms?limit=2&before={before}", headers=key()).json()
        found += [alarm["alarm_id"] for alarm in page["alarms"]]
        before = page["next"]
        if not before:
            break
    assert found == sent[::-1]
