"""Days of cameras add up over restarts, are read with their hours, and go after a year."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from actions.cameras.availability import (
    camera_gaps,
    conditions,
    keep_seen,
    recent_availability,
    week_of_cameras,
)
from actions.intake.recording import record, record_community
from data.store import Store
from rules.camera_availability import QUARTER_S, Outcome
from rules.records import CommunityRecord, DeviceRecord
from tests.actions.cameras.hub import lent

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 12, 12, tzinfo=SHANGHAI)


def quarter(at: datetime) -> int:
    return int(at.timestamp()) // QUARTER_S


def cameras(
    store: Store, *names: str, community_id: str = "demo", is_demo: bool = False
) -> list[str]:
    made = CommunityRecord(community_id=community_id, name_zh="社区", is_demo=is_demo)
    record_community(store, made).result()
    rows = [DeviceRecord(source_id=name, kind="camera", name_zh=name) for name in names]
    done = record(store, "devices", community_id, "t", rows).result()
    return [str(each.id) for each in done]


def seen(
    camera_id: str, at: datetime = NOON, **seconds: float
) -> dict[tuple[str, int], dict[Outcome, float]]:
    return {(camera_id, quarter(at)): dict(seconds)}  # type: ignore[dict-item]


def take_down(store: Store, camera_id: str) -> None:
    """Take a camera out of use."""
    cursor = store.cursor().execute("from device_now where device_id = $id", {"id": camera_id})
    row = dict(zip([each[0] for each in cursor.description], cursor.fetchone(), strict=True))
    event = {name: row[name] for name in row if name not in ("event_id", "recorded_at")}
    gone = {**event, "event_kind": "removed", "removed_at": datetime.now(UTC)}
    store.write(lambda tx: tx.append("device", [gone])).result()


def days(store: Store) -> list[tuple[date, float, float, float]]:
    rows = store.cursor().execute(
        "from camera_day select day, live_s, stalled_s, refused_s order by day, device_id"
    )
    return rows.fetchall()


def test_a_restart_on_the_same_day_adds_up_and_counts_nothing_twice(tmp_path: Path) -> None:
    url = f"duckdb:{tmp_path / 'store.duckdb'}"
    store = Store.open(url)
    camera_id, other = cameras(store, "a", "b")
    keep_seen(store, seen(camera_id, live=100.0) | seen(other, refused=5.0))
    store.close()
    store = Store.open(url)
    keep_seen(store, seen(camera_id, live=20.0, stalled=30.0))
    keep_seen(store, {})
    assert sorted(days(store)) == [
        (date(2026, 3, 12), 0.0, 0.0, 5.0),
        (date(2026, 3, 12), 120.0, 30.0, 0.0),
    ]
    assert recent_availability(store, "demo", NOON, SHANGHAI).today[camera_id].rate == 0.8
    store.close()


def test_midnight_begins_a_new_row_and_the_week_ends_seven_days_back(store: Store) -> None:
    (camera_id,) = cameras(store, "a")
    for day in (5, 6, 11, 12):
        keep_seen(store, seen(camera_id, NOON.replace(day=day), live=float(day)))
    late = NOON.replace(day=12, hour=0, minute=0)
    keep_seen(store, seen(camera_id, late, stalled=1.0))
    found = recent_availability(store, "demo", NOON, SHANGHAI)
    assert found.today[camera_id].seconds["live"] == 12
    assert found.today[camera_id].seconds["stalled"] == 1
    assert found.week[camera_id].seconds["live"] == 6 + 11 + 12
    nobody = recent_availability(store, "demo", NOON.replace(month=5), SHANGHAI)
    assert nobody.today == nobody.week == {}


def test_five_hundred_cameras_are_one_commit(store: Store) -> None:
    made = cameras(store, *(f"c{n:03}" for n in range(500)))
    before = store.health().commits
    for _ in range(2):
        keep_seen(store, {key: v for each in made for key, v in seen(each, live=60.0).items()})
    assert store.health().commits == before + 2
    assert {live for _, live, _, _ in days(store)} == {120.0}
    assert len(days(store)) == 500


def test_what_no_register_knows_is_dropped_and_writes_nothing(store: Store) -> None:
    before = store.health().commits
    keep_seen(store, seen("nobody", live=1.0))
    assert store.health().commits == before and days(store) == []


def test_the_week_names_cameras_with_what_was_seen_of_them(store: Store) -> None:
    bad, unseen, gone = cameras(store, "东门", "西门", "旧门")
    keep_seen(store, seen(bad, live=3_000.0, refused=1_000.0) | seen(gone, live=4_000.0))
    take_down(store, gone)
    week = week_of_cameras(store, "demo", date(2026, 3, 9), date(2026, 3, 15), None)
    assert week is not None
    assert (week.n, week.compared, [each.name_zh for each in week.worst]) == (3, 2, ["东门"])
    assert unseen not in {each.device_id for each in week.worst}
    later = week_of_cameras(store, "demo", date(2026, 3, 16), date(2026, 3, 22), None)
    assert later is not None and (later.n, later.median) == (2, None)
    assert week_of_cameras(store, "demo", date(2026, 3, 9), date(2026, 3, 15), []) is None
    assert week_of_cameras(store, "nowhere", date(2026, 3, 9), date(2026, 3, 15), None) is None


def test_a_camera_lacks_what_nobody_has_entered_and_a_picture_once_looked_at(store: Store) -> None:
    silent, fine, fresh = cameras(store, "a", "b", "c")
    keep_seen(store, seen(silent, stalled=60.0) | seen(fine, live=1.0, refused=60.0))
    found = camera_gaps(store, "demo")
    entered = {"address", "place", "position", "fov", "legal_class", "sign"}
    assert found == {
        silent: entered | {"observed", "picture"},
        fine: entered | {"observed"},
        fresh: entered,
    }


def test_a_demo_s_drawn_camera_lacks_nothing_of_a_record(store: Store) -> None:
    (camera_id,) = cameras(store, "a", is_demo=True)
    assert camera_gaps(store, "demo") == {camera_id: {"place", "position"}}


@pytest.mark.parametrize(("reason", "state"), [("", "live"), ("unauthorized", "refused")])
def test_states_come_from_the_hub_and_without_one_nobody_knows(
    store: Store, reason: str, state: str
) -> None:
    assert conditions(store, ["a"]) is None
    with lent(store, "a", reason):
        found = conditions(store, ["a"])
    assert found is not None and found["a"].state == state
