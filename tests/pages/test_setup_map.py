"""The map editor's answers: what is drawn, placed, moved and undone, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from actions.access import NotAllowed
from actions.intake.recording import record, record_community
from components.wording import Language, text
from data.store import Store
from rules.coordinates import from_wgs84
from rules.records import AreaRecord, CommunityRecord
from rules.viewer import Viewer
from tests.actions.setup_stage import LAT, LON, box, spot

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
Become = Callable[..., Viewer]


@pytest.fixture
def editor(page: Page, store: Store, as_viewer: Become) -> ModuleType:
    page("setup_map")
    as_viewer("admin")
    community = CommunityRecord(community_id="demo", name_zh="石榴社区", lon=LON, lat=LAT)
    record_community(store, community).result()
    return page("setup_map_answers")


def ask(editor: ModuleType, action: str, **more: Any) -> dict[str, Any]:
    """Send one wish; returns the answer to the map, with `panel` and `notice` beside it."""
    wish = {"seq": 7, "community": "demo", "page": "map", "action": action, **more}
    panel, notice, _changes, answer = editor.answer_map(wish)
    return {**json.loads(answer), "panel": panel, "notice": notice}


def draw(editor: ModuleType, *metres: float, **more: Any) -> dict[str, Any]:
    values = {"name_zh": "东一网格", **more.pop("values", {})}
    ring = box(*metres) if metres else None
    return ask(editor, "save", noun="area", kind="grid", ring=ring, values=values, **more)


def test_an_empty_community_begins_with_its_centre(
    page: Page, store: Store, as_viewer: Become, render: Render, language: Language
) -> None:
    editor = page("setup_map_answers")
    as_viewer("admin")
    record_community(store, CommunityRecord(community_id="demo", name_zh="新社区")).result()
    shown = render(page("setup_map").layout(community="demo"))
    assert text("setup_map.empty_title") in shown
    version = store.rows("setup/community", community_id="demo")[0]["version"]
    raw = from_wgs84(LON, LAT, "GCJ02")
    typed = {"lon": f"{raw[0]:.8f}", "lat": f"{raw[1]:.8f}", "crs": "GCJ02"}
    answer = ask(editor, "centre", noun="community", version=version, values=typed)
    assert answer["centre"] == pytest.approx([LON, LAT], abs=1e-5)
    assert text("setup_done.centre") in render(answer["notice"])


def test_loading_brings_outlines_gaps_and_what_has_no_position(
    editor: ModuleType, render: Render, language: Language
) -> None:
    draw(editor, 0, 0, 100, 100)
    answer = ask(editor, "load")
    assert [area["name_zh"] for area in answer["drawing"]["areas"]] == ["东一网格"]
    assert answer["drawing"]["gaps"] == [] and answer["selected"] is None
    assert text("setup_map.no_gaps") in render(answer["panel"])


def test_a_drawn_grid_opens_with_its_size_and_the_map_gets_it(
    editor: ModuleType, render: Render, language: Language
) -> None:
    answer = draw(editor, 0, 0, 100, 100)
    assert answer["selected"]["level"] == "grid"
    assert len(answer["drawing"]["areas"]) == 1
    shown = render(answer["panel"])
    assert text("setup_field.area") in shown and "东一网格" in shown


def test_an_overlap_is_told_in_the_readers_language(
    editor: ModuleType, render: Render, language: Language
) -> None:
    draw(editor, 0, 0, 100, 100, values={"name_en": "East 1"})
    answer = draw(editor, 50, 0, 150, 100)
    assert answer["refused"] == "outline_overlap" and answer["seq"] == 7
    assert ("East 1" if language == "en" else "东一网格") in render(answer["notice"])
    assert "{" not in render(answer["notice"]).replace('{"', "").replace("{}", "")


def test_typed_corners_count_more_than_drawn_ones_and_have_their_own_frame(
    editor: ModuleType,
) -> None:
    there = [from_wgs84(lon, lat, "BD09") for lon, lat in box(0, 0, 100, 100)]
    lines = "\n".join(f"{lon:.8f}, {lat:.8f}" for lon, lat in there)
    answer = draw(editor, 500, 500, 600, 600, values={"corners": lines, "crs": "BD09"})
    centre = answer["selected"]["lon"], answer["selected"]["lat"]
    assert centre == pytest.approx(spot(50, 50), abs=1e-5)
    pasted = json.dumps({"type": "Polygon", "coordinates": [box(200, 0, 300, 100)]})
    answer = draw(editor, values={"corners": pasted})
    assert answer["selected"]["lon"] == pytest.approx(spot(250, 50)[0], abs=1e-5)


def test_a_clicked_corner_is_never_taken_for_another_frame(editor: ModuleType) -> None:
    # The choice beside the typed fields is about typed coordinates only.
    answer = draw(editor, 0, 0, 100, 100, values={"crs": "GCJ02"})
    assert answer["selected"]["lon"] == pytest.approx(spot(50, 50)[0], abs=1e-6)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"ring": None}, "outline_missing"),
        ({"ring": [[LON, LAT]] * 3}, "outline_too_few"),
        ({"ring": [list(spot(*c)) for c in ((0, 0), (9, 9), (9, 0), (0, 9))]}, "outline_crossing"),
        ({"ring": [[-180, -80], [180, -80], [0, 80]]}, "outline_too_large"),
        ({"ring": [[LON, LAT]] * 5_000}, "outline_too_many"),
        ({"values": {"corners": "{" * 200}}, "outline_unreadable"),
        ({"values": {"corners": "[" * 100_000}}, "outline_unreadable"),  # JSON depth bomb
        ({"values": {"corners": "1e999, 2\n3, 4\n5, 6"}}, "outline_unreadable"),
        ({"values": {"corners": "a, b"}}, "outline_unreadable"),
        ({"values": {"corners": "1, 2\n" * 2_001}}, "outline_too_many"),
        ({"values": {"corners": "9" * 200_000}}, "setup_request_unreadable"),
        ({"values": {"name_zh": "<img src=x onerror=alert(1)>"}}, "setup_name_markup"),
        ({"kind": "city"}, "setup_choice_unknown"),
        ({"noun": "case"}, "setup_request_unreadable"),
        ({"noun": "worker"}, "setup_request_unreadable"),  # not of this page
        ({"values": {"crs": "EPSG:3857"}}, "setup_request_unreadable"),
        ({"id": "no-such-area", "version": "v"}, "not_found"),
    ],
)
def test_bad_twins_are_refused_by_their_own_name(
    editor: ModuleType, store: Store, more: dict[str, Any], code: str
) -> None:
    wish: dict[str, Any] = {"noun": "area", "kind": "grid", "ring": box(0, 0, 9, 9)}
    values = {"name_zh": "网格", **more.pop("values", {})}
    answer = ask(editor, "save", **{**wish, **more, "values": values})
    assert answer["refused"] == code
    assert store.rows("setup/changes", community_id="demo", most=9) == []


def test_two_admins_at_once_the_second_is_told(editor: ModuleType, render: Render) -> None:
    first = draw(editor, 0, 0, 100, 100)["selected"]
    about = {"id": first["id"], "version": first["version"]}
    assert "refused" not in draw(editor, values={"name_zh": "先到"}, **about)
    answer = draw(editor, values={"name_zh": "后到"}, **about)
    assert answer["refused"] == "changed_meanwhile"
    assert text("error.changed_meanwhile") in render(answer["notice"])


def test_a_camera_is_placed_moved_and_taken_away(editor: ModuleType) -> None:
    values = {"name_zh": "东门", "kind": "camera", "heading_deg": "90"}
    position = list(spot(10, 10))
    placed = ask(editor, "save", noun="device", position=position, values=values)["selected"]
    assert placed["heading"] == 90.0
    about = {"noun": "device", "id": placed["id"]}
    goal = list(spot(20, 20))
    moved = ask(editor, "move", version=placed["version"], position=goal, **about)["selected"]
    assert [moved["lon"], moved["lat"]] == pytest.approx(goal, abs=1e-7)
    stale = ask(editor, "move", version=placed["version"], position=position, **about)
    assert stale["refused"] == "changed_meanwhile"
    gone = ask(editor, "remove", version=moved["version"], **about)
    assert gone["selected"] is None
    assert ask(editor, "open", **about)["refused"] == "not_found"


def test_every_kind_of_new_thing_has_its_form(
    editor: ModuleType, render: Render, language: Language
) -> None:
    for noun, kind in (
        ("area", "community"),
        ("area", "zone"),
        ("area", "grid"),
        ("place", "building"),
        ("place", "qr_point"),
        ("device", "camera"),
        ("community", ""),
    ):
        answer = ask(editor, "new", noun=noun, kind=kind)
        assert answer["selected"] == {"new": True}
        assert "data-setup" in render(answer["panel"])
    for noun, kind in (("area", "city"), ("place", "dragon"), ("worker", "patrol")):
        assert ask(editor, "new", noun=noun, kind=kind)["refused"] == "setup_request_unreadable"


def test_a_step_is_listed_and_can_be_taken_back_from_the_editor(
    editor: ModuleType, store: Store, render: Render, language: Language
) -> None:
    draw(editor, 0, 0, 100, 100)
    (change,) = store.rows("setup/changes", community_id="demo", most=9)
    answer = ask(editor, "undo", id=change["change_id"])
    assert answer["drawing"]["areas"] == []
    assert text("setup_done.undo") in render(answer["notice"])


def test_what_a_source_registered_says_so(editor: ModuleType, store: Store, render: Render) -> None:
    row = AreaRecord(source_id="g1", level="grid", name_zh="来源网格")
    (result,) = record(store, "areas", "demo", "sheet", [row]).result()
    shown = render(ask(editor, "open", noun="area", id=result.id)["panel"])
    assert text("setup_map.from_source", source="sheet") in shown


@pytest.mark.parametrize("role", ["duty_officer", "privacy", "wall", "grid_worker"])
def test_other_roles_change_nothing(
    editor: ModuleType, store: Store, as_viewer: Become, role: str
) -> None:
    as_viewer(role)
    with pytest.raises(NotAllowed):
        draw(editor, 0, 0, 100, 100)
    assert store.rows("setup/changes", community_id="demo", most=9) == []


def test_another_community_answers_as_if_there_were_none(
    editor: ModuleType, store: Store, as_viewer: Become
) -> None:
    selected = draw(editor, 0, 0, 100, 100)["selected"]
    record_community(store, CommunityRecord(community_id="other", name_zh="别处")).result()
    as_viewer("admin", "other")
    assert draw(editor, 200, 0, 300, 100)["refused"] == "not_found"
    wish = {"seq": 1, "community": "other", "page": "map", "action": "open", "noun": "area"}
    answer = json.loads(editor.answer_map({**wish, "id": selected["id"]})[3])
    assert answer["refused"] == "not_found"
