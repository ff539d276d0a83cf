"""Alarms in the store: raised once, taken, reset, silenced, closed, made cases of, counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere, current_viewer
from actions.alarms.moves import AlarmChanged, AlarmDesk, AlarmMove, AlarmMoveUnknown, move_alarm
from actions.alarms.raising import Reported, SignalResult, raise_by_hand, raise_signals
from actions.alarms.reading import alarm_in_reach, alarms_of, standing
from actions.alarms.to_case import case_of_alarm
from actions.alarms.week import alarm_week
from actions.intake.recording import record
from actions.vault import Vault
from data.rebuild import rebuild
from data.store import Store
from data.views.alarms import alarms
from data.views.view import Question
from rules.alarms import AlarmActive, AlarmClosed, AlarmVerdictUnknown, ShelfInvalid
from rules.records import DeviceRecord
from rules.viewer import Viewer
from tests.case_desk import CaseDesk

NOW = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)


class AlarmStage:
    """A community with a smoke detector and a pump, and people who handle alarms."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self.store, self.vault = store, vault
        self.people = CaseDesk(store).set_up()
        devices = [
            DeviceRecord(source_id="smoke-1", kind="smoke", name_zh="2号楼烟感", place_id="b2"),
            DeviceRecord(source_id="pump-1", kind="pump", name_zh="泵房水泵", area_id="g1"),
        ]
        record(store, "devices", "demo", "test", devices).result()
        self.desk = AlarmDesk(store, vault.keyring, vault.audit)

    def signal(self, device: str, kind: str, seconds: float = 0, **more: Any) -> SignalResult:
        reported = Reported(device, kind, NOW + timedelta(seconds=seconds), **more)
        return raise_signals(self.store, "demo", "http:k1", [reported], "key:k1").result()[0]

    def acting(self, login: str) -> Viewer:
        viewer = self.people.viewers[login]
        current_viewer.set(viewer)
        return viewer

    def move(self, login: str, alarm_id: str, action: str, **given: Any) -> dict[str, Any]:
        return move_alarm(self.desk, self.acting(login), alarm_id, AlarmMove(action, **given))

    def one(self, alarm_id: str) -> dict[str, Any]:
        return alarm_in_reach(self.store, self.people.viewers["officer"], alarm_id, NOW)

    def view(self) -> dict[str, Any]:
        now = datetime.now(UTC)
        return alarms(Question(self.store, "demo", "Asia/Shanghai", now, tuple, lambda nouns: 0))


@pytest.fixture
def stage(store: Store, tmp_path: Path) -> Iterator[AlarmStage]:
    vault = Vault.open(tmp_path / "keys", store)
    token = current_viewer.set(None)
    yield AlarmStage(store, vault)
    current_viewer.reset(token)
    vault.close()


def test_a_signal_raises_one_alarm_and_repeats_extend_and_count_it(stage: AlarmStage) -> None:
    first = stage.signal("smoke-1", "smoke")
    assert (first.result, stage.signal("smoke-1", "smoke", 30).result) == ("new", "repeated")
    late = stage.signal("smoke-1", "smoke", -10)
    assert (late.result, late.alarm_id) == ("repeated", first.alarm_id)
    (row,) = alarms_of(stage.store, stage.acting("officer"), "demo", NOW)
    assert (row["signals"], row["state"], row["urgency"]) == (3, "active_unack", "urgent")
    assert row["first_at"] == NOW - timedelta(seconds=10)
    assert row["last_at"] == NOW + timedelta(seconds=30)
    assert (row["place_zh"], row["device_zh"], row["device_known"]) == ("2号楼", "2号楼烟感", True)


def test_the_same_signal_sent_again_counts_once_even_after_the_alarm_is_closed(
    stage: AlarmStage,
) -> None:
    alarm_id = str(stage.signal("smoke-1", "smoke").alarm_id)
    again = stage.signal("smoke-1", "smoke")
    assert (again.result, again.alarm_id) == ("unchanged", alarm_id)
    stage.move("officer", alarm_id, "close", verdict="false")
    assert stage.signal("smoke-1", "smoke").result == "unchanged"
    news = stage.signal("smoke-1", "smoke", 60)
    assert news.result == "new" and news.alarm_id != alarm_id


def test_two_hundred_signals_at_once_make_one_alarm_per_device(stage: AlarmStage) -> None:
    batch = [Reported(f"d{n % 2}", "fire", NOW + timedelta(seconds=n)) for n in range(200)]
    half = [raise_signals(stage.store, "demo", "http:k1", batch[i::4], "key:k1") for i in range(4)]
    for each in half:
        each.result()
    rows = alarms_of(stage.store, stage.acting("officer"), "demo", NOW)
    assert [row["signals"] for row in rows] == [100, 100]
    assert {row["device_known"] for row in rows} == {False}
    assert {row["device_id"] for row in rows} == {"http:k1/d0", "http:k1/d1"}


def test_acknowledged_and_cleared_are_independent(stage: AlarmStage) -> None:
    alarm_id = str(stage.signal("pump-1", "pump").alarm_id)
    assert stage.signal("pump-1", "pump", 60, normal=True).result == "cleared"
    assert stage.one(alarm_id)["state"] == "cleared_unack"
    assert [row["id"] for row in stage.view()["rows"]] == [alarm_id]  # seen by nobody: it stays
    stage.move("officer", alarm_id, "acknowledge")
    assert stage.one(alarm_id)["state"] == "cleared_ack"
    assert stage.view()["rows"] == []


def test_a_latching_alarm_stays_until_a_person_resets_it(stage: AlarmStage) -> None:
    alarm_id = str(stage.signal("smoke-1", "smoke").alarm_id)
    assert stage.signal("smoke-1", "smoke", 60, normal=True).result == "unchanged"
    assert stage.one(alarm_id)["state"] == "active_unack"
    stage.move("officer", alarm_id, "reset")
    assert stage.one(alarm_id)["state"] == "cleared_ack"


def test_what_a_device_still_reports_is_neither_reset_nor_closed(stage: AlarmStage) -> None:
    alarm_id = str(stage.signal("pump-1", "pump").alarm_id)
    for action, verdict in (("reset", None), ("close", "real")):
        with pytest.raises(AlarmActive):
            stage.move("officer", alarm_id, action, verdict=verdict)
    stage.signal("pump-1", "pump", 60, normal=True)
    with pytest.raises(AlarmVerdictUnknown):
        stage.move("officer", alarm_id, "close", verdict="perhaps")
    closed = stage.move("officer", alarm_id, "close", verdict="real")
    assert (closed["verdict"], closed["closed_by"]) == ("real", "account:a-officer")
    with pytest.raises(AlarmClosed):
        stage.move("officer", alarm_id, "close", verdict="real")


def test_the_second_officer_is_told_but_a_repeat_makes_no_look_outdated(stage: AlarmStage) -> None:
    alarm_id = str(stage.signal("pump-1", "pump").alarm_id)
    seen = stage.one(alarm_id)["version"]
    stage.signal("pump-1", "pump", 5)
    stage.move("officer", alarm_id, "acknowledge", seen_version=seen)
    with pytest.raises(AlarmChanged):
        stage.move("second", alarm_id, "acknowledge", seen_version=seen)
    assert stage.one(alarm_id)["acknowledged_by"] == "account:a-officer"


def test_a_graver_signal_is_news_to_whoever_had_taken_it(stage: AlarmStage) -> None:
    alarm_id = str(stage.signal("pump-1", "pump").alarm_id)
    stage.move("officer", alarm_id, "acknowledge")
    stage.signal("pump-1", "pump", 30, urgency="urgent")
    row = stage.one(alarm_id)
    assert (row["state"], row["urgency"]) == ("active_unack", "urgent")
    assert row["alert_at"] == NOW + timedelta(seconds=30)


def test_a_silenced_kind_is_counted_and_shown_but_makes_no_sound(stage: AlarmStage) -> None:
    alarm_id = str(stage.signal("pump-1", "pump").alarm_id)
    for given in ({"minutes": 30}, {"minutes": 481, "reason": "检修"}):
        with pytest.raises(ShelfInvalid):
            stage.move("officer", alarm_id, "shelve", **given)
    with pytest.raises(AlarmMoveUnknown):
        stage.move("officer", alarm_id, "shelve", reason="检修")
    stage.move("officer", alarm_id, "shelve", minutes=30, reason="水泵检修，王工在场")
    view = stage.view()
    assert (view["shelved"], [row["sounds"] for row in view["rows"]]) == (1, [False])
    shelves = standing(stage.store, stage.acting("officer"), "demo", datetime.now(UTC))
    assert len(shelves) == 1
    cursor = stage.store.cursor()
    logged = str(cursor.execute("select * from alarm_shelf_event").fetchall())
    sealed = str(cursor.execute("select * from sealed_note").fetchall())
    cursor.close()
    assert "王工" not in logged and "王工" not in sealed
    stage.move("second", alarm_id, "unshelve")
    assert stage.view()["rows"][0]["sounds"] is True


def test_a_case_is_made_once_and_each_names_the_other(stage: AlarmStage) -> None:
    alarm_id = str(stage.signal("smoke-1", "smoke").alarm_id)
    officer = stage.acting("officer")
    case_id = case_of_alarm(stage.desk, officer, alarm_id, AlarmMove("to_case"))
    assert case_of_alarm(stage.desk, officer, alarm_id, AlarmMove("to_case")) == case_id
    case, row = stage.people.case(case_id), stage.one(alarm_id)
    assert (case["source_id"], case["channel"], case["urgency"]) == (alarm_id, "sensor", "urgent")
    assert (row["case_id"], row["state"]) == (case_id, "active_ack")
    stage.move("officer", alarm_id, "close", verdict="real")
    assert stage.people.case(case_id)["status"] == "reported"  # closing an alarm closes no case
    with pytest.raises(AlarmMoveUnknown):
        other = str(stage.signal("x", "fire").alarm_id)
        case_of_alarm(stage.desk, officer, other, AlarmMove("to_case", category="magic"))


def test_a_person_raises_one_by_hand_and_from_a_case(stage: AlarmStage) -> None:
    officer, case_id = stage.acting("officer"), stage.people.cases["soon"]
    one = raise_by_hand(stage.store, officer, "demo", "fire", case_id=case_id)
    assert raise_by_hand(stage.store, officer, "demo", "fire", case_id=case_id) == one
    row = stage.one(one)
    assert (row["case_id"], row["place_zh"], row["signals"]) == (case_id, "2号楼", 2)
    lift = raise_by_hand(stage.store, officer, "demo", "lift", urgency="hazard")
    assert stage.one(lift)["latching"]  # no device will say that it is over
    stage.move("officer", lift, "close", verdict="test")
    grid = stage.acting("grid1")
    with pytest.raises(NotThere):
        raise_by_hand(stage.store, grid, "demo", "fire", case_id=stage.people.cases["calm"])
    with pytest.raises(NotAllowed):
        raise_by_hand(stage.store, stage.acting("privacy"), "demo", "fire")


def test_who_may_not_handle_alarms_does_not(stage: AlarmStage) -> None:
    alarm_id = str(stage.signal("smoke-1", "smoke").alarm_id)
    for login in ("grid1", "crew", "privacy"):
        with pytest.raises(NotThere):
            stage.move(login, alarm_id, "acknowledge")
    with pytest.raises(NotAllowed):
        stage.move("subdistrict", alarm_id, "acknowledge")
    stranger = Viewer("account", "x", "duty_officer", frozenset({"other"}))
    current_viewer.set(stranger)
    with pytest.raises(NotThere):
        move_alarm(stage.desk, stranger, alarm_id, AlarmMove("acknowledge"))


def test_the_wall_sees_unacknowledged_first_and_a_flood_in_groups(stage: AlarmStage) -> None:
    taken = str(stage.signal("smoke-1", "smoke").alarm_id)
    stage.move("officer", taken, "acknowledge")
    ordinary = str(stage.signal("gate-9", "gate", 1).alarm_id)
    urgent = str(stage.signal("post-9", "help_post", 2).alarm_id)
    view = stage.view()
    assert [row["id"] for row in view["rows"]] == [urgent, ordinary, taken]
    assert (view["flood"], view["groups"], view["unacknowledged"]) == (False, [], 2)
    assert "a-officer" not in str(view)  # not even who took it
    for number in range(9):
        stage.signal(f"gate-{number}", "gate", 10)
    view = stage.view()
    assert view["flood"] and [group["n"] for group in view["groups"]] == [1, 1, 10]


def test_every_deed_stands_in_the_audit(stage: AlarmStage) -> None:
    alarm_id = str(stage.signal("smoke-1", "smoke").alarm_id)
    for action, given in (
        ("acknowledge", {}),
        ("shelve", {"minutes": 5, "reason": "演练"}),
        ("unshelve", {}),
        ("close", {"verdict": "test"}),
    ):
        stage.move("officer", alarm_id, action, **given)
    cursor = stage.store.cursor()
    rows = cursor.execute("select action, subject_id from audit_event order by seq").fetchall()
    cursor.close()
    done = [action for action, subject in rows if subject == alarm_id]
    assert done == ["alarm.acknowledge", "alarm.shelve", "alarm.unshelve", "alarm.close"]


def test_the_week_is_counted_by_kind_and_verdict(stage: AlarmStage) -> None:
    for number, verdict in enumerate(("real", "false", "false")):
        alarm_id = str(stage.signal(f"post-{number}", "help_post", number).alarm_id)
        stage.move("officer", alarm_id, "close", verdict=verdict)
    stage.signal("pump-1", "pump")
    stage.signal("pump-1", "pump", 1)
    week = alarm_week(stage.store, "demo", NOW - timedelta(days=1), NOW + timedelta(days=6))
    by_kind = {each.kind: each for each in week.kinds}
    assert by_kind["help_post"].verdicts == {"real": 1, "false": 2}
    assert (by_kind["help_post"].n, by_kind["help_post"].acknowledged) == (3, 3)
    assert by_kind["help_post"].acknowledge_median_s is not None
    assert by_kind["pump"].verdicts == {"open": 1} and by_kind["pump"].signals == 2
    assert by_kind["pump"].acknowledge_median_s is None
    assert (week.n, week.of_verdict("false"), week.noisy[0].name_zh) == (4, 2, "泵房水泵")
    assert alarm_week(stage.store, "demo", NOW, NOW).n == 0


def test_alarms_rebuilt_from_their_logs_are_as_they_were(stage: AlarmStage) -> None:
    alarm_id = str(stage.signal("smoke-1", "smoke").alarm_id)
    stage.signal("smoke-1", "smoke", 1)
    stage.move("officer", alarm_id, "shelve", minutes=5, reason="演练")
    stage.move("officer", alarm_id, "close", verdict="test")
    assert all(table.same for table in rebuild(stage.store))
