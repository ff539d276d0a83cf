"""Undo: the state before, as a new event; refused where something newer has changed the object."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.intake.recording import record
from actions.setup.areas import AreaDraft, remove_area, save_area, set_leader
from actions.setup.community import acknowledge_limits, save_facts
from actions.setup.errors import SetupRefused
from actions.setup.facts import limits_reviewed
from actions.setup.objects import move_object, remove_object
from actions.setup.undo import MOST_CHANGES, last_changes, undo
from actions.setup.workers import WorkerDraft, remove_worker, save_worker
from data.rebuild import rebuild
from data.store import Store
from rules.records import AreaRecord
from tests.actions.setup_stage import Stage, box, spot, stage


@pytest.fixture
def here(store: Store, tmp_path: Path) -> Iterator[Stage]:
    with stage(store, tmp_path) as made:
        yield made


def newest(here: Stage) -> str:
    return str(here.last_change()["change_id"])


def refusal_of(here: Stage, change_id: str) -> str:
    with pytest.raises(SetupRefused) as refusal:
        undo(here.desk, change_id)
    return refusal.value.code


def test_what_was_made_is_gone_and_comes_back_by_undoing_the_undo(here: Stage) -> None:
    place = here.place("place", "gate", (10, 10))
    made = newest(here)
    undo(here.desk, made)
    assert here.state("place", place)["removed_at"] is not None
    row = here.last_change()
    assert (row["step"], row["undoes"]) == ("undone", made)
    undo(here.desk, newest(here))
    assert here.state("place", place)["removed_at"] is None
    assert here.state("place", place)["event_kind"] == "restored"


def test_a_move_goes_back_with_its_footprint_and_its_grid(here: Stage) -> None:
    west = here.area("grid", box(0, 0, 100, 100))
    east = here.area("grid", box(100, 0, 200, 100), name_zh="东")
    place = here.place("place", "building", (50, 50))
    before = here.state("place", place)
    move_object(here.desk, "place", place, before["event_id"], list(spot(150, 50)))
    assert here.state("place", place)["area_id"] == east
    undo(here.desk, newest(here))
    after = here.state("place", place)
    assert (after["lon"], after["lat"], after["area_id"]) == (before["lon"], before["lat"], west)


def test_a_removed_zone_comes_back_with_everything_it_held(here: Stage) -> None:
    here.area("community", box(-500, -500, 500, 500))
    zone = here.area("zone", box(0, 0, 200, 200))
    grid = here.area("grid", box(0, 0, 100, 100))
    worker = save_worker(
        here.desk, WorkerDraft({"callsign": "网格员-01", "kind": "grid_worker", "area_id": zone})
    )
    remove_area(here.desk, zone, here.version("area", zone))
    assert here.last_change()["objects"] == 3
    undo(here.desk, newest(here))
    assert here.state("area", zone)["removed_at"] is None
    assert here.state("area", grid)["parent_id"] == zone
    assert here.state("worker", worker)["area_id"] == zone


def test_a_removed_leader_leads_again(here: Stage) -> None:
    grid = here.area("grid", box(0, 0, 100, 100))
    worker = save_worker(here.desk, WorkerDraft({"callsign": "W-1", "kind": "patrol"}))
    set_leader(here.desk, grid, here.version("area", grid), worker)
    remove_worker(here.desk, worker, here.version("worker", worker))
    assert here.state("area", grid)["leader_worker_id"] is None
    undo(here.desk, newest(here))
    assert here.state("area", grid)["leader_worker_id"] == worker


def test_something_newer_stands_in_the_way_and_says_so(here: Stage) -> None:
    grid = here.area("grid", box(0, 0, 100, 100), name_zh="一")
    made = newest(here)
    save_area(here.other, AreaDraft({"name_zh": "二"}, grid, here.version("area", grid)))
    assert refusal_of(here, made) == "changed_meanwhile"
    undo(here.desk, newest(here))  # once the newer one is taken back, the older can be
    undo(here.desk, made)
    assert here.state("area", grid)["removed_at"] is not None


def test_a_step_cannot_be_undone_twice(here: Stage) -> None:
    here.place("place", "gate", (10, 10))
    made = newest(here)
    undo(here.desk, made)
    assert refusal_of(here, made) == "changed_meanwhile"
    assert [row["undone"] for row in last_changes(here.desk)] == [False, True]


def test_a_grid_does_not_come_back_over_one_drawn_meanwhile(here: Stage) -> None:
    grid = here.area("grid", box(0, 0, 100, 100))
    remove_area(here.desk, grid, here.version("area", grid))
    removed = newest(here)
    here.area("grid", box(50, 0, 150, 100), name_zh="新")
    assert refusal_of(here, removed) == "outline_overlap"
    assert here.state("area", grid)["removed_at"] is not None


def test_a_grid_that_only_followed_is_no_newer_change(here: Stage) -> None:
    place = here.place("place", "building", (50, 50))
    made = newest(here)
    here.area("grid", box(0, 0, 100, 100))  # the building is assigned to it
    undo(here.desk, made)
    assert here.state("place", place)["removed_at"] is not None


def test_undo_leaves_alone_what_moves_by_itself(here: Stage) -> None:
    device = here.place("device", "smoke", (5, 5))
    move_object(here.desk, "device", device, here.version("device", device), list(spot(9, 9)))
    moved = newest(here)
    heard = {**here.state("device", device), "state": "offline", "actor": "source:iot"}
    stamps = {"event_id", "recorded_at"}
    event = {name: value for name, value in heard.items() if name not in stamps}
    here.store.write(lambda tx: tx.append("device", [event])).result()
    undo(here.desk, moved)
    state = here.state("device", device)
    assert state["state"] == "offline"
    assert (state["lon"], state["lat"]) == pytest.approx(spot(5, 5), abs=1e-7)


def test_a_source_that_has_spoken_since_stands_in_the_way(here: Stage) -> None:
    def row(name: str) -> AreaRecord:
        return AreaRecord(source_id="g1", level="grid", name_zh=name)

    (result,) = record(here.store, "areas", "t", "sheet", [row("甲")]).result()
    grid = str(result.id)
    here.area("grid", box(0, 0, 100, 100), grid, name_zh="手工")
    record(here.store, "areas", "t", "sheet", [row("乙")]).result()
    assert refusal_of(here, newest(here)) == "changed_meanwhile"


def test_references_that_are_gone_name_nothing_after_an_undo(here: Stage) -> None:
    grid = here.area("grid", box(0, 0, 100, 100))
    worker = save_worker(here.desk, WorkerDraft({"callsign": "W-1", "kind": "patrol"}))
    set_leader(here.desk, grid, here.version("area", grid), worker)
    led = newest(here)
    remove_area(here.desk, grid, here.version("area", grid))
    removed = newest(here)
    remove_worker(here.desk, worker, here.version("worker", worker))
    undo(here.desk, removed)
    assert here.state("area", grid)["leader_worker_id"] is None
    assert refusal_of(here, led) == "changed_meanwhile"


def test_facts_and_reviews_are_steps_like_any_other(here: Stage) -> None:
    facts = {"name_zh": "试点社区", "name_en": "Trial", "timezone": "Asia/Shanghai"}
    save_facts(here.desk, facts, here.version("community", "t"))
    undo(here.desk, newest(here))
    assert here.state("community", "t")["name_en"] is None
    acknowledge_limits(here.desk)
    assert limits_reviewed(here.store, "t") is not None
    undo(here.desk, newest(here))
    assert limits_reviewed(here.store, "t") is None


def test_only_the_last_steps_can_be_undone_and_only_ones_own_communitys(here: Stage) -> None:
    here.place("place", "gate", (10, 10))
    first = newest(here)
    with pytest.raises(SetupRefused) as refusal:
        undo(here.abroad, first)
    assert refusal.value.code == "setup_step_unknown"
    for _ in range(MOST_CHANGES):
        acknowledge_limits(here.desk)
    assert len(last_changes(here.desk)) == MOST_CHANGES
    assert refusal_of(here, first) == "setup_step_unknown"


def test_each_step_is_listed_and_audited_with_who_took_it(here: Stage) -> None:
    place = here.place("place", "gate", (10, 10), name_zh="南门")
    remove_object(here.other, "place", place, here.version("place", place))
    undo(here.desk, newest(here))
    rows = last_changes(here.desk)
    assert [(r["actor"], r["step"], r["noun"], r["kind"], r["name"]) for r in rows] == [
        ("account:admin-1", "undone", "place", "gate", "南门"),
        ("account:admin-2", "removed", "place", "gate", "南门"),
        ("account:admin-1", "registered", "place", "gate", "南门"),
    ]
    assert here.audited() == ["setup.registered", "setup.removed", "setup.undone"]
    assert here.vault.audit.verify().fault is None
    assert all(table.same for table in rebuild(here.store))
