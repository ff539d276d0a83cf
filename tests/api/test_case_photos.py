"""GET and POST /api/v1/cases/{id}/photos: by key and by role, refused pictures named."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import httpx
import pytest
from PIL import Image
from starlette.testclient import TestClient

from actions.cases.photos import MOST_OF_A_KIND
from actions.intake.recording import record
from data.store import Store
from rules.records import CaseRecord

Key = Callable[..., dict[str, str]]


def picture(shade: int = 0) -> bytes:
    written = BytesIO()
    Image.new("RGB", (30, 20), (shade, 0, 0)).save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def photos(store: Store, client: TestClient) -> str:
    """Address of the photos of a case."""
    row = {"source_id": "r1", "category": "noise", "reported_at": "2026-03-10T02:00:00Z"}
    made = record(store, "cases", "demo", "test", [CaseRecord.model_validate(row)]).result()
    return f"/api/v1/cases/{made[0].id}/photos"


def send(
    client: TestClient, address: str, raw: bytes, key: dict[str, str], **query: str
) -> httpx.Response:
    answer: httpx.Response = client.post(address, params=query, content=raw, headers=key)
    return answer


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


def test_a_photo_is_added_listed_and_read(client: TestClient, photos: str, key: Key) -> None:
    officer = key()
    added = send(client, photos, picture(), officer, kind="after", source_id="p1")
    assert added.status_code == 201
    again = send(client, photos, picture(9), officer, kind="after", source_id="p1")
    assert again.json() == added.json()
    (row,) = client.get(photos, headers=officer).json()
    assert (row["kind"], row["width"], row["height"]) == ("after", 30, 20)
    shown = client.get(f"{photos}/{row['photo_id']}", headers=officer)
    assert shown.headers["content-type"] == "image/jpeg" and len(shown.content) == row["size_bytes"]
    assert "private" in shown.headers["cache-control"]
    assert code(client.get(f"{photos}/nothing", headers=officer)) == (404, "not_found")


def test_what_is_refused_says_why(client: TestClient, photos: str, key: Key) -> None:
    officer = key()
    assert code(send(client, photos, b"MZ", officer, kind="after")) == (415, "image_format")
    assert send(client, photos, picture(), officer, kind="selfie").status_code in (400, 422)
    for shade in range(MOST_OF_A_KIND):
        assert send(client, photos, picture(shade * 20), officer, kind="before").status_code == 201
    assert code(send(client, photos, picture(255), officer, kind="before")) == (
        409,
        "photos_too_many",
    )


def test_roles_and_communities_hold(client: TestClient, photos: str, key: Key) -> None:
    assert code(client.get(photos)) == (401, "key_required")
    for role in ("privacy", "subdistrict"):
        assert code(client.get(photos, headers=key(role)))[0] == 403
        assert code(send(client, photos, picture(), key(role), kind="after"))[0] == 403
    for asking in (key("duty_officer", "other"), key("source"), key("grid_worker")):
        assert client.get(photos, headers=asking).status_code in (403, 404)
        assert send(client, photos, picture(), asking, kind="after").status_code in (403, 404)
