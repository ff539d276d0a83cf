"""GET /api/v1/cases: pages that miss nothing, filters, one case with its events, masked views."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from actions.intake.recording import record
from data.store import Store
from rules.records import CaseRecord
from tests.api.given import row

Key = Callable[..., dict[str, str]]
URL = "/api/v1/cases"


def ids(page: dict[str, Any]) -> list[str]:
    return [each["source_id"] for each in page["cases"]]


def test_pages_follow_each_other_without_gap_or_repeat(client: TestClient, key: Key) -> None:
    header = key()
    client.post(URL, json=[row(str(n)) for n in range(7)], headers=header)
    seen: list[str] = []
    after = ""
    while after is not None:
        page = client.get(URL, params={"limit": 3, "after": after}, headers=header).json()
        assert len(page["cases"]) <= 3
        seen += ids(page)
        after = page["next"]
    assert seen == [str(n) for n in range(7)]


def test_a_case_that_changes_between_pages_comes_again_at_the_end(
    client: TestClient, key: Key
) -> None:
    header = key()
    client.post(URL, json=[row(str(n)) for n in range(4)], headers=header)
    first = client.get(URL, params={"limit": 2}, headers=header).json()
    client.post(URL, json=[row("0", title="更吵")], headers=header)
    second = client.get(URL, params={"after": first["next"]}, headers=header).json()
    assert (ids(first), ids(second), second["next"]) == (["0", "1"], ["2", "3", "0"], None)


def test_statuses_filter_singly_in_lists_and_by_shorthand(
    client: TestClient, key: Key, store: Store
) -> None:
    at = "2026-03-12T08:00:00Z"
    rows = [
        CaseRecord.model_validate(
            {"source_id": name, "category": "noise", "reported_at": at, "status": name}
        )
        for name in ("reported", "handling", "closed", "rejected")
    ]
    record(store, "cases", "demo", "t", rows).result()
    header = key()

    def listed(status: str) -> set[str]:
        return set(ids(client.get(URL, params={"status": status}, headers=header).json()))

    assert listed("handling") == {"handling"}
    assert listed("handling,closed") == {"handling", "closed"}
    assert listed("open") == {"reported", "handling"}
    assert listed("finished") == {"closed", "rejected"}
    assert listed("finished,handling") == {"closed", "rejected", "handling"}
    assert listed("") == {"reported", "handling", "closed", "rejected"}


def test_updated_after_gives_what_was_recorded_later(client: TestClient, key: Key) -> None:
    header = key()
    client.post(URL, json=[row("1")], headers=header)
    moment = client.get(URL, headers=header).json()["cases"][0]["updated_at"]
    client.post(URL, json=[row("2")], headers=header)
    later = client.get(URL, params={"updated_after": moment}, headers=header).json()
    assert ids(later) == ["2"]
    # A plus sign that was not escaped arrives as a space.
    spaced = client.get(f"{URL}?updated_after=2001-01-01T00:00:00+08:00", headers=header)
    assert ids(spaced.json()) == ["1", "2"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=unheard_of", "status"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=ten", "limit"),
        ("updated_after=yesterday", "updated_after"),
        ("updated_after=2026-03-12T08:00:00", "updated_after"),  # no offset
        ("after=' or 1=1", "after"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_named(
    client: TestClient, key: Key, query: str, field: str
) -> None:
    answer = client.get(f"{URL}?{query}", headers=key())
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (400, "parameter_invalid", field)


def test_one_case_comes_with_everything_that_happened_to_it(client: TestClient, key: Key) -> None:
    header = key()
    (made,) = client.post(URL, json=[row("1", version=1)], headers=header).json()
    client.post(URL, json=[row("1", version=2, category="parking")], headers=header)
    shown = client.get(f"{URL}/{made['case_id']}", headers=header).json()
    assert (shown["category"], shown["version"], shown["community"]) == ("parking", 2, "demo")
    assert [(each["event_kind"], each["category"]) for each in shown["events"]] == [
        ("reported", "noise"),
        ("changed", "parking"),
    ]
    assert client.get(f"{URL}/unknown", headers=header).status_code == 404


def test_coordinates_are_answered_in_wgs_84(client: TestClient, key: Key) -> None:
    header = key()
    client.post(URL, json=[row("1", lon=121.4737, lat=31.2304, crs="GCJ02")], headers=header)
    (shown,) = client.get(URL, headers=header).json()["cases"]
    assert shown["lon"] == pytest.approx(121.4692, abs=0.0005)
    assert shown["lat"] == pytest.approx(31.2323, abs=0.0005)


def test_free_text_is_for_roles_that_handle_cases(client: TestClient, key: Key) -> None:
    text = {"description": "三楼漏水", "address": "3号楼502"}
    (made,) = client.post(URL, json=[row("1", **text)], headers=key()).json()
    for role, readable in (("duty_officer", True), ("subdistrict", False), ("privacy", False)):
        header = key(role)
        listed = client.get(URL, headers=header).json()["cases"][0]
        single = client.get(f"{URL}/{made['case_id']}", headers=header).json()
        for shown in (listed, single):
            assert ("description" in shown, "address" in shown, "title" in shown) == (
                (readable,) * 3
            ), role


def test_a_source_reads_back_its_own_rows_only(client: TestClient, key: Key) -> None:
    mine, theirs = key("source"), key("source")
    client.post(URL, json=[row("mine")], headers=mine)
    (other,) = client.post(URL, json=[row("theirs")], headers=theirs).json()
    assert ids(client.get(URL, headers=mine).json()) == ["mine"]
    assert client.get(f"{URL}/{other['case_id']}", headers=mine).status_code == 404
    assert len(client.get(URL, headers=key()).json()["cases"]) == 2
