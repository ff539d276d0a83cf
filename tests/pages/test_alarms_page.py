"""The desk's alarms: shown in both languages, done by buttons, renewed, refused to who may not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere
from actions.alarms.raising import Reported, raise_signals
from actions.cameras.detection_records import Found, keep_detection
from actions.cameras.detections import report_detection
from actions.vault import Vault
from components.wording import text
from data.store import Store
from rules.detections import Evidence
from tests.desk_store import HOSTILE, fill


def kept(case_id: str = "") -> dict[str, str]:
    return {"community": "demo", "case": case_id}


def wish(action: str, object_id: str = "", **values: str) -> dict[str, Any]:
    return {"action": action, "id": object_id, "values": values}


@pytest.fixture
def alarm(store: Store) -> dict[str, Any]:
    """A smoke alarm of two minutes ago from a device whose name attacks the page."""
    fill(store)
    at = datetime.now(UTC) - timedelta(minutes=2)
    signal = Reported(HOSTILE[:110], "smoke", at)
    raise_signals(store, "demo", "http:k", [signal], "key:k").result()
    return store.rows("alarm/open", community_id="demo")[0]


def test_the_page_stands_empty_and_full_in_both_languages(
    page: Any, render: Any, store: Store, language: str
) -> None:
    alarms = page("alarms")
    fill(store)
    assert text("alarms.none_title") in render(alarms.layout(community="demo"))
    raise_signals(
        store, "demo", "http:k", [Reported("post-7", "help_post", datetime.now(UTC))], "key:k"
    ).result()
    shown = render(alarms.layout(community="demo"))
    for code in ("alarm_kind.help_post", "alarm_state.active_unack", "alarms.unregistered"):
        assert text(code) in shown
    assert "post-7" in shown
    assert text("alarms.no_community_title") in render(alarms.layout(community="other"))


def test_the_buttons_take_and_close_an_alarm_and_make_a_case_of_it(
    page: Any, render: Any, store: Store, alarm: dict[str, Any]
) -> None:
    alarms, alarm_id = page("alarms"), alarm["alarm_id"]
    old = alarm["version"]
    said, shown = alarms.answer_alarms(wish(f"acknowledge:{old}", alarm_id), kept())
    assert text("alarm_state.active_ack") in render(shown)
    refused, _ = alarms.answer_alarms(wish(f"close_real:{old}", alarm_id), kept())
    assert "alarm_changed" in render(refused)
    version = store.rows("alarm/one", alarm_id=alarm_id)[0]["version"]
    said, shown = alarms.answer_alarms(wish(f"to_case:{version}", alarm_id), kept())
    case_id = store.rows("alarm/one", alarm_id=alarm_id)[0]["case_id"]
    assert f"/cases/{case_id}" in render(said)
    gone, _ = alarms.answer_alarms(wish("dispatch:", alarm_id), kept())
    assert f"/cases/{case_id}" in render(gone)  # straight to the case's dispatch
    version = store.rows("alarm/one", alarm_id=alarm_id)[0]["version"]
    _, shown = alarms.answer_alarms(wish(f"close_false:{version}", alarm_id), kept())
    assert text("alarm_verdict.false") in render(shown)


@pytest.fixture
def seen(store: Store, vault: Vault) -> Found:
    """Something that stands in a fire lane since two minutes, with a model's word for it."""
    fill(store)
    at = datetime.now(UTC) - timedelta(minutes=2)
    (result,) = report_detection(store, "demo", "cam-1", "obstruction", at, over=False).result()
    row = {"scene_id": "s", "community_id": "demo", "device_id": "cam-1", "name": HOSTILE[:60],
           "kind": "occupancy", "points": "[]", "direction": "any", "seconds": 30.0,
           "sensitivity": 0.5, "event_kind": "drawn", "happened_at": at, "actor": "t"}  # fmt: skip
    store.write(lambda tx: tx.append("scene", [row])).result()
    parameters = {"seconds": 30.0, "not_ours": 1.0}
    evidence = Evidence("two-averages/1", parameters, 0.83, "car", 0.82, b"jpeg", 96, 60)
    found = Found(str(result.alarm_id), "demo", "s", "cam-1", "obstruction", at, evidence)
    keep_detection(store, vault.keyring, found).result()
    return found


def test_an_alarm_of_a_scene_says_what_was_found_and_by_what(
    page: Any, render: Any, seen: Found, language: str
) -> None:
    shown = render(page("alarms").body("demo"))
    number = text("detection.confidence", word=text("confidence.high"), number="0.83")
    named = text("detection.model_says", thing=text("thing.car"), number="0.82")
    for words in (number, named, text("finding.obstruction"), text("detection.how"),
                  text("detection_parameter.seconds"), "two-averages/1", "not_ours"):  # fmt: skip
        assert words in shown, words
    assert json.dumps(HOSTILE[:60], ensure_ascii=False)[1:-1] in shown
    assert f"/alarms/{seen.alarm_id}/detections/{seen.detection_id}.jpg" in shown


def test_who_may_not_watch_cameras_reads_the_words_and_sees_no_picture(
    page: Any, render: Any, seen: Found, as_viewer: Callable[..., Any]
) -> None:
    for role in ("secretary", "subdistrict"):
        as_viewer(role)
        shown = render(page("alarms").body("demo"))
        assert text("finding.obstruction") in shown and ".jpg" not in shown


def test_silence_asks_for_a_reason_and_is_always_on_the_page(
    page: Any, render: Any, alarm: dict[str, Any]
) -> None:
    alarms, alarm_id = page("alarms"), alarm["alarm_id"]
    action = f"shelve:{alarm['version']}"
    refused, _ = alarms.answer_alarms(wish(action, alarm_id, minutes="15"), kept())
    assert "shelf_invalid" in render(refused)
    given = {"minutes": "15", "reason": "检修烟感"}
    _, shown = alarms.answer_alarms(wish(action, alarm_id, **given), kept())
    assert "检修烟感" in render(shown) and text("alarms.silenced_title", n=1) in render(shown)


def test_an_alarm_is_raised_by_hand_and_from_a_case(page: Any, render: Any, store: Store) -> None:
    alarms, cases = page("alarms"), fill(store)
    given = {"kind": "fire", "urgency": "urgent", "place": ""}
    _, shown = alarms.answer_alarms(wish("raise", **given), kept())
    assert text("alarm_kind.fire") in render(shown)
    alarms.answer_alarms(wish("raise", kind="manual"), kept(cases["soon"]))
    linked = store.rows("alarm/of_case", case_id=cases["soon"])
    assert [row["kind"] for row in linked] == ["manual"]
    refused, _ = alarms.answer_alarms(wish("raise", kind="magic"), kept())
    assert "alarm_kind_unknown" in render(refused)


@pytest.mark.parametrize(
    "data", [None, [], {"action": 1}, {"action": "x" * 101, "id": "", "values": {}}]
)
def test_what_is_not_from_our_page_is_refused(page: Any, render: Any, data: Any) -> None:
    refused, _ = page("alarms").answer_alarms(data, kept())
    assert "door_request_unreadable" in render(refused)


def test_others_do_not_see_or_touch_alarms(
    page: Any, as_viewer: Callable[..., Any], alarm: dict[str, Any]
) -> None:
    alarms = page("alarms")
    as_viewer("subdistrict")
    assert "data-action" not in str(alarms.body("demo"))  # reads, handles nothing
    with pytest.raises(NotAllowed):
        alarms.answer_alarms(wish("acknowledge:", alarm["alarm_id"]), kept())
    as_viewer("privacy")
    with pytest.raises(NotAllowed):
        alarms.body("demo")
    as_viewer("duty_officer", "other")
    with pytest.raises(NotThere):
        alarms.body("demo")
