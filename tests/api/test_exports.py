"""Downloads: an export for its asker alone, a copy for who handles the request, nothing else."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from httpx import Response
from starlette.testclient import TestClient

from actions.clock import Clock
from actions.deciding import decide
from actions.files.bulk_export import ExportWish, ask_export
from actions.rights.answers import ask_second_person
from actions.users.sessions import Sessions
from actions.vault import Vault
from api.access import SESSION_COOKIE
from components.wording import text
from data.store import Store
from rules.privacy import ACCOUNT_ROLES
from tests.rights_stage import NAME, PHONE, Stage, officer

Get = Callable[..., Response]


@pytest.fixture
def given(client: TestClient, store: Store, vault: Vault, tmp_path: Path) -> Stage:
    """People on record, and an account of each role: secretary-1, privacy-1, …"""
    stage = Stage(tmp_path, store, vault)
    rows = [
        {
            "event_kind": "created",
            "happened_at": stage.now,
            "actor": "cli",
            "account_id": f"{role}-{number}",
            "community_id": community_id,
            "login": f"{role}{number}",
            "role": role,
        }
        for role in ACCOUNT_ROLES
        for number, community_id in ((1, "demo"), (2, "demo"), (3, "other"))
    ]
    store.write(lambda tx: tx.append("account", rows)).result()
    return stage


@pytest.fixture
def get(client: TestClient, sessions: Sessions) -> Get:
    """Fetch an address as somebody signed in."""

    def _get(address: str, who: str = "") -> Response:
        client.cookies.clear()
        if who:
            client.cookies.set(SESSION_COOKIE, sessions.open_account(who, "password").token)
        return client.get(address, follow_redirects=False)

    return _get


def allowed_export(given: Stage) -> str:
    given.person()
    wish = ExportWish("persons", "data_check", "虚构的理由：核对")
    export_id = ask_export(given.approvals, officer("secretary"), "demo", wish)
    row = given.store.rows("export_file/one", export_id=export_id, approval_id=None)[0]
    decide(given.approvals, officer("privacy"), row["approval_id"], True)
    return export_id


def granted_copy(given: Stage, kind: str = "copy") -> str:
    request_id = given.request(kind, given.person())
    if kind != "accesses":
        approval_id = ask_second_person(given.desk(), request_id, "虚构的理由：本人到场")
        decide(given.approvals, officer("secretary"), approval_id, True)
    return request_id


def test_the_asker_fetches_both_kinds_of_file(given: Stage, get: Get) -> None:
    address = f"/exports/{allowed_export(given)}"
    answer = get(f"{address}?format=csv", "secretary-1")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="persons-demo-')
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert "secretary1" in rows[0][0] and text("purpose.data_check") in rows[0][0]
    assert NAME in rows[2]
    assert get(f"{address}?format=xlsx", "secretary-1").content[:2] == b"PK"


@pytest.mark.parametrize(
    "who", ["secretary-2", "secretary-3", "privacy-1", "duty_officer-1", "admin-1", "subdistrict-1"]
)
def test_for_everybody_else_there_is_no_such_export(given: Stage, get: Get, who: str) -> None:
    export_id = allowed_export(given)
    answer = get(f"/exports/{export_id}", who)
    assert answer.status_code == 404
    assert NAME not in answer.text and answer.headers["cache-control"] == "no-store"
    assert answer.text == get("/exports/no-such-export", who).text


def test_anonymous_and_keys_are_turned_away(
    given: Stage, get: Get, client: TestClient, key: Callable[..., dict[str, str]]
) -> None:
    for address in (f"/exports/{allowed_export(given)}", f"/rights/{granted_copy(given)}/copy"):
        assert get(address).status_code in (303, 401)
        client.cookies.clear()
        for role in ("secretary", "privacy", "source"):
            answer = client.get(address, headers=key(role), follow_redirects=False)
            assert answer.status_code in (403, 404)
            assert NAME not in answer.text


def test_a_revoked_session_fetches_nothing(
    given: Stage, get: Get, sessions: Sessions, client: TestClient
) -> None:
    export_id = allowed_export(given)
    assert get(f"/exports/{export_id}", "secretary-1").status_code == 200
    sessions.end_all("account", "secretary-1")
    answer = client.get(f"/exports/{export_id}", follow_redirects=False)
    assert answer.status_code in (303, 401)


@pytest.mark.parametrize(
    "address",
    [
        "/exports/..%2f..%2fkeys%2fmaster.key",
        "/exports/%2e%2e",
        "/exports/' or 1=1 --",
        "/rights/..%2f..%2fkeys/copy",
        "/rights/no-such-request/copy",
    ],
)
def test_odd_ids_lead_nowhere(given: Stage, get: Get, address: str) -> None:
    answer = get(address, "privacy-1")
    assert answer.status_code == 404


@pytest.mark.parametrize("kind", ["", "exe", "../csv", "CSV"])
def test_odd_formats_are_refused(given: Stage, get: Get, kind: str) -> None:
    export_id = allowed_export(given)
    answer = get(f"/exports/{export_id}?format={kind}", "secretary-1")
    assert answer.status_code == 409


def test_a_waiting_or_destroyed_export_says_so(given: Stage, get: Get, vault: Vault) -> None:
    wish = ExportWish("cases", "data_check", "虚构的理由：核对")
    waiting = ask_export(given.approvals, officer("secretary"), "demo", wish)
    assert get(f"/exports/{waiting}", "secretary-1").status_code == 409
    export_id = allowed_export(given)
    assert get(f"/exports/{export_id}", "secretary-1").status_code == 200
    late = given.now + timedelta(days=1, minutes=1)
    Clock(given.store, vault, given.folder, lambda: late).tick()
    answer = get(f"/exports/{export_id}", "secretary-1")
    assert answer.status_code == 409
    assert text("error.export_gone") in answer.text
    assert list((given.folder / "exports").iterdir()) == []


def test_the_handler_fetches_an_approved_copy_in_the_language_asked_for(
    given: Stage, get: Get
) -> None:
    address = f"/rights/{granted_copy(given)}/copy"
    for language in ("zh-CN", "en"):
        answer = get(f"{address}?format=pdf&lang={language}", "privacy-2")
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
        assert answer.headers["cache-control"] == "no-store"
    content = json.loads(get(f"{address}?format=json", "privacy-1").content)
    values = {each["name"]: each["value"] for each in content["values"]}
    assert (values["name"], values["phone"]) == (NAME, PHONE)
    lines = given.audited("rights.copy")
    assert [line[1] for line in lines] == ["account:privacy-2"] * 2 + ["account:privacy-1"]


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary-1", 403), ("duty_officer-1", 403), ("admin-1", 403), ("privacy-3", 404)],
)
def test_nobody_else_fetches_a_copy(given: Stage, get: Get, who: str, status: int) -> None:
    answer = get(f"/rights/{granted_copy(given)}/copy?format=json", who)
    assert answer.status_code == status
    assert NAME not in answer.text


def test_without_the_second_person_nothing_is_handed_out(given: Stage, get: Get) -> None:
    request_id = given.request("copy", given.person())
    answer = get(f"/rights/{request_id}/copy?format=json", "privacy-1")
    assert answer.status_code == 409
    assert text("error.approval_needed") in answer.text and NAME not in answer.text


def test_who_saw_my_data_holds_no_value(given: Stage, get: Get) -> None:
    answer = get(f"/rights/{granted_copy(given, 'accesses')}/copy?format=json", "privacy-1")
    assert answer.status_code == 200
    assert NAME not in answer.text and PHONE not in answer.text


def test_nothing_is_posted_here(client: TestClient, given: Stage, get: Get) -> None:
    export_id = allowed_export(given)
    get("/", "secretary-1")
    for method in ("POST", "PUT", "DELETE"):
        assert client.request(method, f"/exports/{export_id}").status_code in (403, 405)
