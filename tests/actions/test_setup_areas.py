"""Boundary, zones and grids: drawn, changed, removed, and what follows for places and cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions.access import NotThere
from actions.intake.recording import record
from actions.setup.areas import (
    AreaDraft,
    gap_report,
    remove_area,
    save_area,
    set_leader,
)
from actions.setup.errors import SetupRefused
from actions.setup.workers import WorkerDraft, save_worker
from data.rebuild import rebuild
from data.store import Store
from rules.errors import RuleViolation
from rules.records import AreaRecord, CaseRecord, PlaceRecord
from tests.actions.setup_stage import Stage, box, spot, stage


@pytest.fixture
def here(store: Store, tmp_path: Path) -> Iterator[Stage]:
    with stage(store, tmp_path) as made:
        yield made


def code_of(refusal: pytest.ExceptionInfo[RuleViolation]) -> str:
    return refusal.value.code


def test_a_boundary_becomes_the_communitys_own_area(here: Stage) -> None:
    area_id = here.area("community", box(-500, -500, 500, 500), name_zh="试点社区")
    assert here.state("community", "t")["area_id"] == area_id
    state = here.state("area", area_id)
    assert (state["source"], state["source_id"], state["actor"]) == (
        "manual",
        area_id,
        "account:admin-1",
    )
    assert here.audited() == ["setup.registered", "setup.registered"]
    remove_area(here.desk, area_id, here.version("area", area_id))
    assert here.state("community", "t")["area_id"] is None


def test_a_grid_takes_the_zone_around_it_unless_another_is_chosen(here: Stage) -> None:
    zone = here.area("zone", box(0, 0, 200, 200))
    other = here.area("zone", box(200, 0, 400, 200), name_zh="二片区")
    inside = here.area("grid", box(0, 0, 100, 100))
    chosen = here.area("grid", box(100, 0, 200, 100), values={"parent_id": other})
    assert here.state("area", inside)["parent_id"] == zone
    assert here.state("area", chosen)["parent_id"] == other


def test_an_overlap_with_a_grid_is_refused_and_nothing_is_written(here: Stage) -> None:
    here.area("grid", box(0, 0, 100, 100), name_zh="东一")
    before = here.audited()
    with pytest.raises(SetupRefused) as refusal:
        here.area("grid", box(50, 0, 150, 100))
    assert code_of(refusal) == "outline_overlap"
    assert refusal.value.fields["named"] == [{"name_zh": "东一", "name_en": None}]
    assert here.audited() == before


def test_a_zone_may_lie_over_grids_but_not_over_a_zone(here: Stage) -> None:
    here.area("grid", box(0, 0, 100, 100))
    here.area("zone", box(0, 0, 100, 100))
    with pytest.raises(SetupRefused):
        here.area("zone", box(50, 50, 150, 150))


def test_a_grid_outside_the_boundary_is_refused_or_cut(here: Stage) -> None:
    here.area("community", box(-100, -100, 100, 100))
    with pytest.raises(SetupRefused) as refusal:
        here.area("grid", box(0, 0, 150, 50))
    assert code_of(refusal) == "outline_outside"
    here.area("grid", box(0, 0, 150, 50), fit=True)
    assert len(gap_report(here.desk)) == 1


def test_drawing_roughly_over_neighbours_leaves_no_gap(here: Stage) -> None:
    here.area("community", box(0, 0, 300, 100))
    here.area("grid", box(0, 0, 100, 100), name_zh="西")
    here.area("grid", box(200, 0, 300, 100), name_zh="东")
    assert [gap["area_m2"] for gap in gap_report(here.desk)] == [pytest.approx(10_000, rel=0.01)]
    here.area("grid", box(90, -30, 210, 130), name_zh="中", fit=True)
    assert gap_report(here.desk) == []


def test_places_get_the_grid_they_lie_in_when_it_is_drawn_moved_and_removed(here: Stage) -> None:
    building = here.place("place", "building", (50, 50))
    camera = here.place("device", "camera", (60, 60), heading_deg="90")
    assert here.state("place", building)["area_id"] is None
    grid = here.area("grid", box(0, 0, 100, 100))
    assert here.state("place", building)["area_id"] == grid
    assert here.state("device", camera)["area_id"] == grid
    assert here.state("place", building)["event_kind"] == "assigned"
    here.area("grid", box(200, 0, 300, 100), grid)
    assert here.state("place", building)["area_id"] is None
    here.area("grid", box(0, 0, 100, 100), grid)
    remove_area(here.desk, grid, here.version("area", grid))
    assert here.state("place", building)["area_id"] is None


def test_what_a_source_says_about_a_place_stands(here: Stage) -> None:
    estate = AreaRecord(source_id="e1", level="estate", name_zh="甲小区")
    lon, lat = spot(50, 50)
    place = PlaceRecord(
        source_id="b1", kind="building", name_zh="1号楼", area_id="e1", lon=lon, lat=lat
    )
    record(here.store, "areas", "t", "sheet", [estate]).result()
    (result,) = record(here.store, "places", "t", "sheet", [place]).result()
    before = here.state("place", str(result.id))["area_id"]
    here.area("grid", box(0, 0, 100, 100))
    assert here.state("place", str(result.id))["area_id"] == before


def test_new_cases_follow_new_grids(here: Stage) -> None:
    def report(source_id: str) -> str | None:
        lon, lat = spot(50, 50)
        case = CaseRecord(
            source_id=source_id,
            category="noise",
            reported_at=datetime(2026, 11, 20, tzinfo=UTC),
            lon=lon,
            lat=lat,
        )
        (result,) = record(here.store, "cases", "t", "sheet", [case]).result()
        rows = here.store.cursor().execute(
            "select area_id from case_now where case_id = ?", [result.id]
        )
        row = rows.fetchone()
        assert row is not None
        area_id: str | None = row[0]
        return area_id

    assert report("before") is None  # fills the cache of outlines with nothing
    first = here.area("grid", box(0, 0, 100, 100))
    assert report("after") == first
    remove_area(here.desk, first, here.version("area", first))
    second = here.area("grid", box(0, 0, 80, 80))
    assert report("later") == second


def test_removing_a_zone_hands_its_grids_to_the_community(here: Stage) -> None:
    whole = here.area("community", box(-500, -500, 500, 500))
    zone = here.area("zone", box(0, 0, 200, 200))
    grid = here.area("grid", box(0, 0, 100, 100))
    assert here.state("area", grid)["parent_id"] == zone
    remove_area(here.desk, zone, here.version("area", zone))
    assert here.state("area", grid)["parent_id"] == whole
    assert here.last_change()["objects"] == 2


def test_a_leader_is_somebody_registered_here(here: Stage) -> None:
    grid = here.area("grid", box(0, 0, 100, 100))
    facts = {"callsign": "网格员-01", "kind": "grid_worker"}
    worker = save_worker(here.desk, WorkerDraft(facts))
    stranger = save_worker(here.abroad, WorkerDraft(facts))
    set_leader(here.desk, grid, here.version("area", grid), worker)
    assert here.state("area", grid)["leader_worker_id"] == worker
    for wrong in (stranger, "nobody"):
        with pytest.raises(RuleViolation) as refusal:
            set_leader(here.desk, grid, here.version("area", grid), wrong)
        assert code_of(refusal) == "setup_choice_unknown"
    set_leader(here.desk, grid, here.version("area", grid), None)
    assert here.state("area", grid)["leader_worker_id"] is None


def test_two_people_at_once_the_second_is_told(here: Stage) -> None:
    grid = here.area("grid", box(0, 0, 100, 100))
    read = here.version("area", grid)
    draft = AreaDraft({"name_zh": "先到"}, grid, read)
    save_area(here.other, draft)
    for change in (
        lambda: save_area(here.desk, AreaDraft({"name_zh": "后到"}, grid, read)),
        lambda: remove_area(here.desk, grid, read),
        lambda: set_leader(here.desk, grid, read, None),
    ):
        with pytest.raises(SetupRefused) as refusal:
            change()
        assert code_of(refusal) == "changed_meanwhile"
    assert here.state("area", grid)["name_zh"] == "先到"


def test_a_version_that_never_was_is_stale(here: Stage) -> None:
    grid = here.area("grid", box(0, 0, 100, 100))
    for version in ("", "zzzz", "01a2013d-9c34-7000-8000-08833c3bd9cc"):
        with pytest.raises(SetupRefused) as refusal:
            save_area(here.desk, AreaDraft({"name_zh": "x"}, grid, version))
        assert code_of(refusal) == "changed_meanwhile"


def test_another_community_answers_as_if_there_were_no_such_area(here: Stage) -> None:
    grid = here.area("grid", box(0, 0, 100, 100))
    version = here.version("area", grid)
    with pytest.raises(NotThere):
        save_area(here.abroad, AreaDraft({"name_zh": "x"}, grid, version))
    with pytest.raises(NotThere):
        remove_area(here.abroad, grid, version)
    parent = AreaDraft({"name_zh": "x", "parent_id": grid}, level="grid", ring=box(0, 0, 9, 9))
    with pytest.raises(RuleViolation) as refusal:
        save_area(here.abroad, parent)
    assert code_of(refusal) == "setup_choice_unknown"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"values": {"name_zh": "<b>x</b>"}}, "setup_name_markup"),
        ({"values": {"name_zh": ""}}, "setup_value_missing"),
        ({"values": {"households": "-3"}}, "setup_value_invalid"),
        ({"values": {"parent_id": ["x"]}}, "setup_choice_unknown"),
        ({"values": {"leader_worker_id": {"x": 1}}}, "setup_choice_unknown"),
        ({"level": "city"}, "setup_choice_unknown"),
        ({"level": ""}, "setup_value_missing"),
        ({"ring": None}, "outline_missing"),
        ({"ring": [[1, 2]]}, "outline_too_few"),
        ({"crs": "EPSG:4490"}, "crs_unknown"),
    ],
)
def test_a_bad_draft_is_refused_and_leaves_nothing(
    here: Stage, change: dict[str, object], code: str
) -> None:
    good: dict[str, object] = {"level": "grid", "ring": box(0, 0, 9, 9), "crs": "WGS84"}
    values = {"name_zh": "网格", **(change.pop("values", {}))}  # type: ignore[dict-item]
    with pytest.raises(RuleViolation) as refusal:
        save_area(here.desk, AreaDraft(values, **{**good, **change}))  # type: ignore[arg-type]
    assert code_of(refusal) == code
    assert here.audited() == []


def test_an_area_of_a_source_keeps_its_source_and_a_repeat_does_not_undo_the_change(
    here: Stage,
) -> None:
    row = AreaRecord(source_id="g1", level="grid", name_zh="来源名")
    (result,) = record(here.store, "areas", "t", "sheet", [row]).result()
    area_id = str(result.id)
    here.area("grid", box(0, 0, 100, 100), area_id, name_zh="手工名")
    assert here.state("area", area_id)["source"] == "sheet"
    (again,) = record(here.store, "areas", "t", "sheet", [row]).result()
    assert again.result == "unchanged"
    assert here.state("area", area_id)["name_zh"] == "手工名"
    newer = AreaRecord(source_id="g1", level="grid", name_zh="来源新名")
    (third,) = record(here.store, "areas", "t", "sheet", [newer]).result()
    assert third.result == "changed"
    overwritten = here.store.rows("setup/overwritten", community_id="t")
    assert [(row["noun"], row["id"]) for row in overwritten] == [("area", area_id)]


def test_rebuilding_from_the_logs_gives_what_is_there(here: Stage) -> None:
    here.area("community", box(-500, -500, 500, 500))
    here.place("place", "building", (50, 50))
    grid = here.area("grid", box(0, 0, 100, 100))
    remove_area(here.desk, grid, here.version("area", grid))
    assert all(table.same for table in rebuild(here.store))
    assert here.vault.audit.verify().fault is None
