"""POST /api/v1/cases/{id}/moves: new state or present state, by session and by key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from actions.intake.recording import record
from actions.users.session_state import csrf_token
from actions.users.sessions import Sessions
from bench.session import open_session
from data.store import Store
from rules.records import CaseRecord

Key = Callable[..., dict[str, str]]
REPORT = {"source_id": "r1", "category": "noise", "reported_at": "2026-03-10T02:00:00Z"}


@pytest.fixture
def case(store: Store, client: TestClient) -> Any:
    """A reported case."""
    made = record(store, "cases", "demo", "test", [CaseRecord.model_validate(REPORT)]).result()
    return store.rows("desk/case", case_id=made[0].id)[0]


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def send(
    client: TestClient, case: Any, headers: dict[str, str], action: str, **given: Any
) -> httpx.Response:
    body = {"action": action, "seen_version": case["event_id"], **given}
    address = f"/api/v1/cases/{case['case_id']}/moves"
    answer: httpx.Response = client.post(address, json=body, headers=headers)
    return answer


def test_a_move_is_answered_with_the_new_state(client: TestClient, case: Any, key: Key) -> None:
    answer = send(client, case, key(), "accept")
    assert answer.status_code == 201
    said = answer.json()
    assert (said["before"], said["status"], said["tasks"]) == ("reported", "accepted", [])
    assert said["undo_until"] > said["moved_at"]
    read = client.get(f"/api/v1/cases/{case['case_id']}", headers=key()).json()
    assert read["event_id"] == said["version"]
    assert [event["action"] for event in read["events"]] == [None, "accept"]
    back = send(client, {**case, "event_id": said["version"]}, key(), "undo")
    assert code(back) == (409, "undo_not_possible")  # another key is another actor


def test_the_second_is_told_what_the_case_is_now(client: TestClient, case: Any, key: Key) -> None:
    first = send(client, case, key(), "accept").json()
    answer = send(client, case, key(), "reject", text="不属于本社区")
    assert code(answer) == (409, "case_changed")
    assert answer.json()["case"]["status"] == "accepted"
    assert answer.json()["case"]["version"] == first["version"]


def test_a_browser_needs_its_word_beside_the_session(
    client: TestClient, case: Any, store: Store, sessions: Sessions
) -> None:
    cookies = open_session(store, sessions, "duty_officer", "demo")
    client.cookies.update(cookies)
    assert code(send(client, case, {}, "accept")) == (403, "csrf_failed")
    headers = {"X-CSRFToken": csrf_token(cookies["yiping_session"])}
    assert send(client, case, headers, "accept").status_code == 201


@pytest.mark.parametrize(
    ("action", "given", "answer", "field"),
    [
        ("close", {"text": "已办结"}, (409, "transition_not_allowed"), None),
        ("reject", {}, (422, "case_text_needed"), "text"),
        ("check_report", {}, (422, "move_incomplete"), "report_check"),
        ("check_report", {"report_check": "perhaps"}, (422, "move_incomplete"), "report_check"),
        ("fly", {}, (422, "move_incomplete"), "action"),
        ("supervise", {"text": "督办", "supervision": "leader"}, (403, "not_allowed"), None),
        ("accept", {"colour": "red"}, (400, "body_invalid"), "colour"),
        ("extend", {"deadline_at": "2026-03-12T02:00:00"}, (400, "body_invalid"), "deadline_at"),
    ],
)
def test_a_move_that_does_not_fit_says_why(
    client: TestClient,
    case: Any,
    key: Key,
    action: str,
    given: dict[str, Any],
    answer: tuple[int, str],
    field: str | None,
) -> None:
    refused = send(client, case, key(), action, **given)
    assert code(refused) == answer
    assert refused.json()["error"].get("field") == field
    assert len(client.get(f"/api/v1/cases/{case['case_id']}", headers=key()).json()["events"]) == 1


def test_somebody_unknown_cannot_be_sent(client: TestClient, case: Any, key: Key) -> None:
    for action in ("accept", "file"):
        case = {**case, "event_id": send(client, case, key(), action).json()["version"]}
    refused = send(client, case, key(), "dispatch", assignees=["nobody"])
    assert code(refused) == (422, "assignee_unknown")


@pytest.mark.parametrize("role", ["source", "grid_worker", "property"])
def test_a_case_out_of_reach_is_not_there(
    client: TestClient, case: Any, key: Key, role: str
) -> None:
    assert code(send(client, case, key(role), "accept")) == (404, "not_found")
    assert code(send(client, case, key("duty_officer", "other"), "accept")) == (404, "not_found")


def test_a_move_needs_a_key(client: TestClient, case: Any) -> None:
    assert code(send(client, case, {}, "accept")) == (401, "key_required")
