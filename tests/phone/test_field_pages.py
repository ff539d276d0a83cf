"""The worker's page: own tasks, photos, own grid, position only on duty, the same twice is once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from actions.intake.recording import record
from actions.users.sessions import Sessions
from api.access import SESSION_COOKIE
from data.store import Store
from rules.records import PlaceRecord
from tests.case_desk import CaseDesk
from tests.phone.test_report_pages import picture

ID = "c" * 32


class Phone:
    """A worker's telephone, signed in."""

    def __init__(self, client: TestClient, sessions: Sessions, login: str) -> None:
        opened = sessions.open_account(f"a-{login}", "password", "127.0.0.1")
        client.cookies.set(SESSION_COOKIE, opened.token)
        self.client = client
        self.page = client.get("/field").text
        found = re.search(r'name="csrf" value="([^"]+)"', self.page)
        found = found or re.search(r'data-csrf="([^"]+)"', self.page)
        self.word = found.group(1) if found else ""

    def post(self, path: str, photos: dict[str, bytes] | None = None, **given: Any) -> Any:
        fields = {"csrf": self.word, "id": ID, **{k: str(v) for k, v in given.items()}}
        files = [(name, (f"{name}.jpg", raw, "image/jpeg")) for name, raw in (photos or {}).items()]
        headers = {"Accept": "application/json"}
        return self.client.post(path, data=fields, files=files or None, headers=headers)


@pytest.fixture
def desk(client: TestClient, store: Store) -> CaseDesk:
    return CaseDesk(store).set_up()


@pytest.fixture
def sent(desk: CaseDesk) -> tuple[str, str]:
    """A case handed to worker w1; its id and the task's."""
    case_id = desk.report("f1", place_id=None)
    desk.to("dispatched", case_id)
    return case_id, desk.store.rows("task/of_case", case_id=case_id)[0]["task_id"]


@pytest.fixture
def phone(client: TestClient, sessions: Sessions, desk: CaseDesk) -> Phone:
    return Phone(client, sessions, "grid1")


def test_a_task_is_accepted_and_finished_with_photos_once(
    desk: CaseDesk, sent: tuple[str, str], client: TestClient, sessions: Sessions
) -> None:
    case_id, task_id = sent
    phone = Phone(client, sessions, "grid1")
    assert f'data-task="{task_id}"' in phone.page
    assert phone.post("/field/task", deed="accept", task=task_id).status_code == 200
    assert desk.tasks(case_id)[0][1] == "accepted"
    photos = {"before": picture("red"), "after": picture("green")}
    given = {"deed": "finish", "task": task_id, "words": "已疏通"}
    for _ in range(2):  # the answer to the first was lost
        assert phone.post("/field/task", photos, **given).status_code == 200
    assert desk.case(case_id)["status"] == "feedback"
    rows = desk.store.rows("case_photo/of_case", case_id=case_id)
    assert sorted(row["kind"] for row in rows) == ["after", "before"]
    history = desk.store.rows("desk/case_history", case_id=case_id)
    assert [event["action"] for event in history].count("feed_back") == 1
    again = client.get("/field").text
    assert f'data-task="{task_id}"' not in again and case_id in again  # under finished


def test_a_task_is_returned_with_a_reason(
    desk: CaseDesk, sent: tuple[str, str], client: TestClient, sessions: Sessions
) -> None:
    case_id, task_id = sent
    phone = Phone(client, sessions, "grid1")
    assert phone.post("/field/task", deed="return", task=task_id).status_code == 422
    done = phone.post("/field/task", deed="return", task=task_id, words="不在本网格")
    assert done.status_code == 200
    assert desk.case(case_id)["status"] == "returned"


def test_somebody_else_s_task_is_not_there(
    desk: CaseDesk, sent: tuple[str, str], client: TestClient, sessions: Sessions
) -> None:
    phone = Phone(client, sessions, "grid2")
    assert sent[1] not in phone.page
    for deed in ("accept", "finish", "return"):
        answer = phone.post("/field/task", deed=deed, task=sent[1], words="不是我的")
        assert answer.status_code == 404, deed
    assert phone.post("/field/task", deed="steal", task=sent[1]).status_code == 422


def test_a_worker_reports_in_the_own_grid_only(phone: Phone, desk: CaseDesk) -> None:
    cursor = desk.store.cursor()
    areas = dict(cursor.execute("select name_zh, area_id from area_now").fetchall())
    places = [
        PlaceRecord(source_id=grid, kind="building", name_zh=grid, area_id=areas[grid])
        for grid in ("网格1", "网格2")
    ]
    made = record(desk.store, "places", "demo", "t", places).result()
    inside, outside = (str(row.id) for row in made)
    given = {"category": "littering"}
    refused = phone.post("/field/report", p=outside, **given)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "not_your_grid")
    for _ in range(2):
        taken = phone.post("/field/report", {"photo": picture()}, p=inside, **given)
        assert taken.status_code == 200
    rows = cursor.execute(
        "select channel, category from case_now where source = 'report'"
    ).fetchall()
    assert rows == [("patrol", "littering")]


def test_only_the_last_position_is_kept_and_none_off_duty(phone: Phone, desk: CaseDesk) -> None:
    for lon in (113.1, 113.2):
        answer = phone.post("/field/position", lon=lon, lat=33.1, accuracy=8)
        assert answer.status_code == 200
    cursor = desk.store.cursor()
    rows = cursor.execute("select lon from worker_position").fetchall()
    assert rows == [(113.2,)]
    cursor.execute("update worker_now set on_duty = false")
    answer = phone.post("/field/position", lon=113.3, lat=33.1)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "off_duty")
    assert cursor.execute("select lon from worker_position").fetchall() == [(113.2,)]


def test_nobody_gets_in_without_signing_in_or_with_another_site_s_form(
    client: TestClient, sent: tuple[str, str], sessions: Sessions
) -> None:
    assert client.get("/field").headers["location"].startswith("/login")
    fields = {"deed": "accept", "task": sent[1], "id": ID}
    assert client.post("/field/task", data=fields).headers["location"].startswith("/login")
    phone = Phone(client, sessions, "grid1")
    phone.word = "0" * 64
    assert phone.post("/field/task", deed="accept", task=sent[1]).status_code == 409
    assert Phone(client, sessions, "officer").client.get("/field").status_code == 403
