"""The roster is imported, changed, read and followed; who may not change it, may not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from actions.access import NotAllowed, current_viewer
from actions.intake.recording import record
from actions.roster.changing import RosterDesk
from actions.roster.drafts import AbsenceDraft, ShiftDraft, TeamDraft
from actions.roster.following import RosterClock, follow_roster
from actions.roster.importing import record_roster
from actions.roster.reading import duty_now
from actions.setup.errors import ChangedMeanwhile
from actions.vault import Vault
from data.audit import AuditChain
from data.rebuild import rebuild
from data.rosters import duty_counts, roster_of
from data.store import Store
from rules.records import WorkerRecord
from rules.roster import ShiftInvalid
from rules.roster_fields import weekdays_of
from rules.roster_record import RosterRecord
from rules.setup_fields import ChoiceUnknown
from tests.case_desk import CaseDesk

ZONE = ZoneInfo("Asia/Shanghai")
TUESDAY = date(2026, 3, 10)


def local(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026 in the community."""
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def desk(store: Store) -> Iterator[CaseDesk]:
    """A community with four people at work and nobody on the roster."""
    token = current_viewer.set(None)
    yield CaseDesk(store).set_up()
    current_viewer.reset(token)


@pytest.fixture
def audit(store: Store, tmp_path: Path) -> Iterator[AuditChain]:
    """The audit of the store."""
    vault = Vault.open(tmp_path / "keys", store)
    yield vault.audit
    vault.close()


def row(worker: str, **facts: Any) -> RosterRecord:
    given = {
        "source_id": f"{worker}-{facts.get('starts', '08:00')}",
        "team": "网格队",
        "team_kind": "grid",
        "worker": worker,
        "starts": "08:00",
        "ends": "20:00",
        "first_on": "2026/03/01",
        **facts,
    }
    return RosterRecord.model_validate(given)


def roster_desk(desk: CaseDesk, audit: AuditChain, login: str) -> RosterDesk:
    viewer = desk.viewers[login]
    current_viewer.set(viewer)
    return RosterDesk(desk.store, audit, viewer, "demo")


def names(desk: CaseDesk, at: datetime) -> list[str]:
    known = {worker_id: name for name, worker_id in desk.workers.items()}
    return sorted(known[one] for one in duty_now(desk.store, "demo", at).workers())


def test_a_sheet_makes_teams_shifts_and_who_keeps_them_and_again_nothing(desk: CaseDesk) -> None:
    company = {"team": "物业班组", "team_kind": "property", "organisation": "石榴物业"}
    sheet = [
        row("网格1-甲"),
        row("w3", starts="20:00", ends="08:00"),
        row("物业1", **company),
        row("谁也不是"),
    ]
    first = record_roster(desk.store, "demo", "test", sheet)
    assert [result.result for result in first] == ["new", "new", "new", "rejected"]
    assert names(desk, local(10, 12)) == ["w1", "w2"]
    assert names(desk, local(10, 23)) == ["w3"]
    assert names(desk, local(11, 7, 59)) == ["w3"]
    people = {r["worker_id"]: r for r in desk.store.rows("roster/workers", community_id="demo")}
    (unit,) = desk.store.rows("organisation/register", community_id="demo")
    assert people[desk.workers["w2"]]["organisation_id"] == unit["organisation_id"]
    assert people[desk.workers["w1"]]["organisation_id"] is None
    before = desk.store.rows("store/last_event")
    again = record_roster(desk.store, "demo", "test", sheet[:3])
    assert [result.result for result in again] == ["unchanged"] * 3
    assert desk.store.rows("store/last_event") == before
    later = record_roster(desk.store, "demo", "test", [row("网格1-甲", last_on="2026-03-09")])
    assert later[0].result == "changed"
    assert names(desk, local(10, 12)) == ["w2"]
    assert all(table.same for table in rebuild(desk.store))


def test_a_supervisor_shapes_the_roster_and_it_is_audited(
    desk: CaseDesk, audit: AuditChain
) -> None:
    roster = roster_desk(desk, audit, "secretary")
    team = TeamDraft("grid", "网格队", worker_ids=(desk.workers["w1"], desk.workers["w3"]))
    team_id = roster.save_team(team)
    draft = ShiftDraft(team_id, "08:00", "18:00", TUESDAY, worker_ids=(desk.workers["w1"],))
    shift_id = roster.save_shift(draft)
    assert names(desk, local(10, 8)) == ["w1"]
    assert names(desk, local(10, 18)) == []
    (shift,) = desk.store.rows("roster/shifts", community_id="demo")
    changed = ShiftDraft(
        team_id, "08:00", "20:00", TUESDAY, worker_ids=(desk.workers["w3"],),
        shift_id=shift_id, version=shift["version"],
    )  # fmt: skip
    roster.save_shift(changed)
    assert names(desk, local(10, 19)) == ["w3"]
    with pytest.raises(ChangedMeanwhile):
        roster.save_shift(changed)
    (kept,) = desk.store.rows("roster/teams", community_id="demo")
    assert kept["members"] == 2
    roster.remove_team(team_id, kept["version"])
    assert names(desk, local(10, 12)) == []
    cursor = desk.store.cursor()
    said = [action for (action,) in cursor.execute("select action from audit_event").fetchall()]
    cursor.close()
    assert said.count("roster.shift") == 2
    assert {"roster.team", "roster.remove"} <= set(said)


def test_the_desk_notes_who_is_away_and_who_stands_in(desk: CaseDesk, audit: AuditChain) -> None:
    record_roster(desk.store, "demo", "test", [row("网格1-甲")])
    roster = roster_desk(desk, audit, "officer")
    away = AbsenceDraft(desk.workers["w1"], local(10, 0), local(11, 0))
    roster.add_absence(away)
    duty = duty_now(desk.store, "demo", local(10, 12))
    assert [each.worker_id for each in duty.uncovered] == [desk.workers["w1"]]
    assert duty_counts(desk.store, "demo", "Asia/Shanghai", local(10, 12)) == {"grid": 0}
    here = {"community_id": "demo", "since": local(1, 0)}
    (absence,) = desk.store.rows("roster/absences", **here)
    roster.set_stand_in(absence["absence_id"], absence["version"], desk.workers["w3"])
    assert names(desk, local(10, 12)) == ["w3"]
    with pytest.raises(ChangedMeanwhile):
        roster.set_stand_in(absence["absence_id"], absence["version"], None)
    (absence,) = desk.store.rows("roster/absences", **here)
    with pytest.raises(ShiftInvalid):
        roster.set_stand_in(absence["absence_id"], absence["version"], desk.workers["w1"])
    roster.remove_absence(absence["absence_id"], absence["version"])
    assert names(desk, local(10, 12)) == ["w1"]
    with pytest.raises(NotAllowed):
        roster.save_team(TeamDraft("grid", "另一队"))


@pytest.mark.parametrize("login", ["privacy", "grid1", "crew", "subdistrict"])
def test_nobody_else_changes_it(desk: CaseDesk, audit: AuditChain, login: str) -> None:
    roster = roster_desk(desk, audit, login)
    with pytest.raises(NotAllowed):
        roster.add_absence(AbsenceDraft(desk.workers["w1"], local(10, 0), local(11, 0)))
    with pytest.raises(NotAllowed):
        roster.save_team(TeamDraft("grid", "网格队"))


def test_what_could_never_be_is_refused(desk: CaseDesk, audit: AuditChain) -> None:
    roster = roster_desk(desk, audit, "secretary")
    with pytest.raises(ChoiceUnknown):
        roster.save_team(TeamDraft("grid", "网格队", worker_ids=("nobody",)))
    team_id = roster.save_team(TeamDraft("grid", "网格队"))
    never = ShiftDraft(team_id, "08:00", "18:00", TUESDAY, TUESDAY, weekdays="7")
    with pytest.raises(ShiftInvalid):
        roster.save_shift(never)
    with pytest.raises(ShiftInvalid):
        roster.add_absence(AbsenceDraft(desk.workers["w1"], local(11, 0), local(10, 0)))


def test_the_register_follows_the_roster_and_others_keep_their_own_word(desk: CaseDesk) -> None:
    record_roster(desk.store, "demo", "test", [row("网格1-甲")])
    on_duty = lambda: {  # noqa: E731
        row["callsign"]
        for row in desk.store.rows("roster/workers", community_id="demo")
        if row["on_duty"]
    }
    assert follow_roster(desk.store, "demo", local(10, 21)) == 1
    assert on_duty() == {"物业1", "网格2-甲"}
    assert follow_roster(desk.store, "demo", local(10, 21)) == 0
    clock = RosterClock(desk.store, lambda: local(11, 7, 59))
    assert clock.look() == pytest.approx(60.0)
    assert on_duty() == {"物业1", "网格2-甲"}
    RosterClock(desk.store, lambda: local(11, 8) + timedelta(seconds=1)).look()
    assert on_duty() == {"网格1-甲", "物业1", "网格2-甲"}


def test_a_source_that_sends_a_worker_again_changes_neither_duty_nor_organisation(
    desk: CaseDesk,
) -> None:
    desk.organisation("wuye")
    desk.belongs("w2", "wuye")
    record_roster(desk.store, "demo", "test", [row("物业1")])
    follow_roster(desk.store, "demo", local(10, 21))
    sent = WorkerRecord(source_id="w2", kind="property", callsign="物业1号", on_duty=True)
    record(desk.store, "workers", "demo", "test", [sent]).result()
    people = desk.store.rows("roster/workers", community_id="demo")
    (held,) = [one for one in people if one["callsign"] == "物业1号"]
    assert (held["on_duty"], held["organisation_id"]) == (False, "wuye")
    assert len(roster_of(desk.store, "demo", local(10, 21)).roster.assignments) == 1


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("", "1234567"), ("每天", "1234567"), ("周一至周五", "12345"), ("一三五", "135"),
        ("周六、周日", "67"), ("1,3,5", "135"), ("6-1", "167"), ("星期日", "7"),
    ],
)  # fmt: skip
def test_weekdays_are_read_as_sheets_write_them(words: str, days: str) -> None:
    assert weekdays_of(words) == days


@pytest.mark.parametrize("words", ["八", "周", "0", "8", "Monday", "一x"])
def test_what_is_no_weekday_is_refused(words: str) -> None:
    with pytest.raises(ShiftInvalid):
        weekdays_of(words)
