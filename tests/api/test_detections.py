"""The small picture of a detection over HTTP: for whom, how, and never kept on the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from starlette.testclient import TestClient

from actions.cameras.detection_records import Found, keep_detection
from actions.cameras.detections import report_detection
from actions.vault import Vault
from data.store import Store
from rules.detections import Evidence

Key = Callable[..., dict[str, str]]
CROP = b"\xff\xd8 small and grey \xff\xd9"


@pytest.fixture
def address(client: TestClient, store: Store, vault: Vault) -> str:
    """Where the picture of a detection is."""
    at = datetime.now(UTC) - timedelta(minutes=1)
    (result,) = report_detection(store, "demo", "cam-1", "obstruction", at, over=False).result()
    seen = Evidence("two-averages/1", {}, 0.8, picture=CROP, width=96, height=60)
    found = Found(str(result.alarm_id), "demo", "s", "cam-1", "obstruction", at, seen)
    keep_detection(store, vault.keyring, found).result()
    return f"/alarms/{found.alarm_id}/detections/{found.detection_id}.jpg"


def test_who_handles_alarms_and_watches_cameras_gets_the_picture(
    client: TestClient, address: str, key: Key
) -> None:
    answer = client.get(address, headers=key())
    assert (answer.status_code, answer.content) == (200, CROP)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    assert "nosniff" in answer.headers["x-content-type-options"]


@pytest.mark.parametrize(
    ("role", "community", "status"),
    [
        ("wall", "demo", 404),  # it may watch cameras, and knows no alarm by its id
        ("subdistrict", "demo", 403),
        ("secretary", "demo", 403),
        ("privacy", "demo", 403),
        ("source", "demo", 403),
        ("duty_officer", "other", 404),
    ],
)
def test_nobody_else_does(
    client: TestClient, address: str, key: Key, role: str, community: str, status: int
) -> None:
    assert client.get(address, headers=key(role, community)).status_code == status


def test_without_a_key_or_a_picture_there_is_none(
    client: TestClient, address: str, key: Key
) -> None:
    sent = {"Sec-Fetch-Mode": "no-cors"}
    assert client.get(address, headers=sent).status_code == 401
    assert client.get(address.replace(".jpg", "0.jpg"), headers=key()).status_code == 404
    assert client.get("/alarms/no/detections/no.jpg", headers=key()).status_code == 404
