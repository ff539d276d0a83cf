"""The roster page: who is on duty, what nobody keeps, and forms that change it by right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from actions.access import NotAllowed
from actions.roster.importing import record_roster
from actions.roster.reading import duty_now
from components.wording import Language, text
from data.store import Store
from rules.roster_record import RosterRecord
from rules.viewer import Viewer
from tests.case_desk import CaseDesk

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
Become = Callable[..., Viewer]
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def desk(page: Page, store: Store) -> CaseDesk:
    page("roster")
    made = CaseDesk(store).set_up()
    record_roster(store, "demo", "test", [shift("网格1-甲"), shift("网格2-甲")])
    return made


def shift(worker: str) -> RosterRecord:
    """Somebody who is on duty all day, every day."""
    hours = {"starts": "08:00", "ends": "08:00", "first_on": "2026-01-01"}
    return RosterRecord(source_id=worker, team="网格队", team_kind="grid", worker=worker, **hours)


def press(page: Page, action: str, object_id: str = "", **values: object) -> tuple[Any, Any]:
    wish = {"seq": 1, "action": action, "id": object_id, "values": values}
    answer: tuple[Any, Any] = page("roster").answer_roster(wish, "demo")
    return answer


def away(desk: CaseDesk, stand_in: str = "") -> dict[str, object]:
    today = datetime.now(UTC).astimezone(ZONE).date()
    return {
        "worker_id": desk.workers["w1"],
        "start_on": (today - timedelta(days=1)).isoformat(),
        "start_time": "00:00",
        "end_on": (today + timedelta(days=2)).isoformat(),
        "end_time": "00:00",
        "stand_in_id": stand_in,
    }


def test_it_says_who_is_on_duty_in_both_languages(
    page: Page, desk: CaseDesk, render: Render, language: Language
) -> None:
    shown = render(page("roster").layout(community="demo"))
    for code in ("roster.title", "roster.now", "roster.week", "roster.absences", "roster.shifts"):
        assert text(code) in shown
    assert "网格1-甲" in shown
    assert text("roster.uncovered") not in shown
    assert text("roster.new_team") not in shown  # a duty officer covers, and shapes nothing


def test_an_empty_community_is_told_how_to_begin(
    page: Page, store: Store, render: Render, language: Language
) -> None:
    page("roster")
    CaseDesk(store).set_up()
    assert text("roster.none_title") in render(page("roster").layout(community="demo"))


def test_the_desk_notes_an_absence_and_arranges_a_stand_in(
    page: Page, desk: CaseDesk, render: Render
) -> None:
    notice, shown = press(page, "absence", **away(desk))
    assert text("roster.done_absence") in render(notice)
    assert text("roster.uncovered") in render(shown)
    now = datetime.now(UTC)
    (absence,) = desk.store.rows("roster/absences", community_id="demo", since=now)
    reference = f"{absence['absence_id']}:{absence['version']}"
    press(page, "stand_in", reference, stand_in_id=desk.workers["w2"])
    assert desk.workers["w2"] in duty_now(desk.store, "demo", now).workers()
    late, _ = press(page, "stand_in", reference, stand_in_id=desk.workers["w3"])
    assert "changed_meanwhile" in render(late)
    wrong = {**away(desk), "end_on": "2020-01-01"}
    assert "shift_invalid" in render(press(page, "absence", **wrong)[0])


def test_a_supervisor_makes_a_team_and_a_shift(
    page: Page, desk: CaseDesk, render: Render, as_viewer: Become
) -> None:
    as_viewer("secretary")
    team = {"kind": "patrol", "name_zh": "夜巡队", "workers": [desk.workers["w2"]]}
    assert text("roster.done_team") in render(press(page, "team", **team)[0])
    teams = desk.store.rows("roster/teams", community_id="demo")
    made = next(row for row in teams if row["name_zh"] == "夜巡队")
    given = {
        "team_id": made["team_id"], "starts": "00:00", "ends": "00:00", "first_on": "2026-01-01",
        "last_on": "", "days": "everyday", "every_days": "1", "weekdays": list("1234567"),
        "workers": [desk.workers["w2"]],
    }  # fmt: skip
    notice, shown = press(page, "shift", **given)
    assert text("roster.done_shift") in render(notice)
    assert "夜巡队" in render(shown)
    assert desk.workers["w2"] in duty_now(desk.store, "demo", datetime.now(UTC)).workers()
    assert "shift_invalid" in render(press(page, "shift", **{**given, "starts": "25:00"})[0])


def test_a_supervisor_changes_and_removes_what_stands(
    page: Page, desk: CaseDesk, render: Render, as_viewer: Become, language: Language
) -> None:
    as_viewer("secretary")
    (row, *_) = desk.store.rows("roster/shifts", community_id="demo")
    asked = {"community": "demo", "change": f"shift:{row['shift_id']}"}
    shown = render(page("roster").layout(**asked))
    reference = f"{row['shift_id']}:{row['version']}"
    assert text("roster.change_shift") in shown and f'"data-id": "{reference}"' in shown
    assert '"value": "2026-01-01"' in shown  # a first day long ago is still there to choose
    given = {
        "team_id": row["team_id"], "starts": "09:00", "ends": "17:30", "first_on": "2026-01-01",
        "last_on": "", "days": "workday", "every_days": "1", "weekdays": list("1234567"),
        "workers": [desk.workers["w3"]],
    }  # fmt: skip
    assert text("roster.done_change") in render(press(page, "shift", reference, **given)[0])
    rows = desk.store.rows("roster/shifts", community_id="demo")
    changed = next(each for each in rows if each["shift_id"] == row["shift_id"])
    assert (changed["starts"], changed["ends"], changed["days"]) == ("09:00", "17:30", "workday")
    assert "changed_meanwhile" in render(press(page, "shift", reference, **given)[0])

    (team,) = desk.store.rows("roster/teams", community_id="demo")
    asked = {"community": "demo", "change": f"team:{team['team_id']}"}
    assert text("roster.change_team") in render(page("roster").layout(**asked))
    reference = f"{team['team_id']}:{team['version']}"
    named = {"kind": "grid", "name_zh": "网格一队", "workers": [desk.workers["w1"]]}
    assert text("roster.done_change") in render(press(page, "team", reference, **named)[0])
    (team,) = desk.store.rows("roster/teams", community_id="demo")
    assert (team["name_zh"], team["members"]) == ("网格一队", 1)
    press(page, "remove_team", f"{team['team_id']}:{team['version']}")
    assert desk.store.rows("roster/teams", community_id="demo") == []
    assert text("roster.change_team") not in render(page("roster").layout(**asked))


def test_who_only_reads_changes_nothing(
    page: Page, desk: CaseDesk, render: Render, as_viewer: Become
) -> None:
    as_viewer("subdistrict")
    assert text("roster.from_time") not in render(page("roster").layout(community="demo"))
    with pytest.raises(NotAllowed):
        press(page, "absence", **away(desk))
    as_viewer("grid_worker")
    with pytest.raises(NotAllowed):
        page("roster").layout(community="demo")
