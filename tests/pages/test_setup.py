"""Checklist, workers, contacts: empty and full, in both languages, for who may and who may not."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere
from actions.intake.recording import record_community
from components.wording import Language, text
from data.store import Store
from rules.records import CommunityRecord
from rules.viewer import Viewer
from tests.desk_store import fill

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
Become = Callable[..., Viewer]
CONTACT = {
    "post_zh": "电梯值班岗",
    "services": ["lift", "fire"],
    "work_days": "workday",
    "work_from": "08:00",
    "work_until": "18:00",
    "work_number": "199-0000-0001",
    "after_number": "199-0000-0002",
}


@pytest.fixture
def answers(page: Page, as_viewer: Become) -> ModuleType:
    page("setup")
    as_viewer("admin")
    return page("setup_answers")


def wish(action: str, page: str = "checklist", **more: Any) -> dict[str, Any]:
    return {"seq": 1, "community": "demo", "page": page, "action": action, **more}


def test_an_installation_without_a_community_says_how_to_begin(
    page: Page, as_viewer: Become, render: Render, language: Language
) -> None:
    as_viewer("admin")
    for name in ("setup", "setup_workers", "contacts", "setup_map"):
        assert text("setup.no_community_title") in render(page(name).layout())


@pytest.mark.parametrize("name", ["setup", "setup_workers", "contacts"])
def test_pages_stand_for_an_empty_and_a_filled_community(
    page: Page,
    store: Store,
    as_viewer: Become,
    render: Render,
    language: Language,
    name: str,
) -> None:
    as_viewer("secretary")
    record_community(store, CommunityRecord(community_id="demo", name_zh="空社区")).result()
    render(page(name).layout(community="demo"))
    fill(store)
    shown = render(page(name).layout(community="demo"))
    assert "{" not in "".join(
        part for part in shown.split('"') if part.startswith("{") and part.endswith("}")
    )


def test_the_checklist_says_what_is_open_why_and_where(
    page: Page, store: Store, as_viewer: Become, render: Render, language: Language
) -> None:
    as_viewer("admin")
    fill(store)
    shown = render(page("setup").layout(community="demo"))
    assert text("setup_check.grid_leaders") in shown
    assert text("setup.missing", count="2", total="2") in shown
    assert text("setup_why.kiosk") in shown
    assert '"/setup/map?community=demo"' in shown and '"/kiosks?community=demo"' in shown
    assert text("setup_why.name") not in shown  # what is done needs no reason
    as_viewer("secretary")
    shown = render(page("setup").layout(community="demo"))
    assert text("setup.by_admin") in shown and '"/kiosks?community=demo"' not in shown


def test_a_form_is_carried_out_and_the_page_comes_back_with_it(
    answers: ModuleType, store: Store, render: Render, language: Language
) -> None:
    fill(store)
    values = {"callsign": "网格员-07", "kind": "grid_worker", "area_id": ""}
    body, notice = answers.answer_form(wish("save", "workers", noun="worker", values=values))
    assert "网格员-07" in render(body)
    assert text("setup_done.save") in render(notice)


def test_a_refused_form_stays_as_typed_and_says_which_field(
    answers: ModuleType, store: Store, render: Render, language: Language
) -> None:
    fill(store)
    values = {"callsign": "<b>x</b>", "kind": "grid_worker"}
    body, notice = answers.answer_form(wish("save", "workers", noun="worker", values=values))
    assert type(body).__name__ == "NoUpdate"
    assert text("error.setup_name_markup", field=text("setup_field.callsign")) in render(notice)


def test_open_and_close_change_nothing(answers: ModuleType, store: Store, render: Render) -> None:
    fill(store)
    body, notice = answers.answer_form(wish("open", "contacts", noun="contact", id=""))
    assert "after_number" in render(body) and notice is None
    body, _ = answers.answer_form(wish("close", "contacts", noun="contact"))
    assert "after_number" not in render(body)
    assert store.rows("setup/changes", community_id="demo", most=9) == []


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "save",
        {"action": "save"},  # no community: nobody's
        wish("explode"),
        wish("save", noun="account"),
        wish("save", noun="credential"),
        wish("save", page="nowhere", noun="worker"),
        wish("save", noun="worker", values=[1]),
        wish("save", noun="worker", values={"callsign": {"deep": 1}}),
        wish("save", noun="worker", values={"callsign": "x" * 3_000}),
        wish("save", noun="worker", values={str(n): "" for n in range(100)}),
        wish("save", noun="worker", id=["x"]),
        wish("save", noun="worker", version="v" * 300),
        wish("save", noun="area", values={"crs": "EPSG:3857"}),
        wish("undo", id="no-such-step"),
        wish("remove", noun="contact", id="nobody"),
    ],
)
def test_what_our_pages_never_send_is_refused_without_a_trace(
    answers: ModuleType, store: Store, render: Render, data: object
) -> None:
    fill(store)
    body, notice = answers.answer_form(data)
    assert type(body).__name__ == "NoUpdate"
    assert "setup-refused" in render(notice)
    assert store.rows("setup/changes", community_id="demo", most=9) == []


@pytest.mark.parametrize("role", ["duty_officer", "privacy", "subdistrict", "wall", "property"])
def test_other_roles_change_nothing(
    answers: ModuleType, store: Store, as_viewer: Become, role: str
) -> None:
    fill(store)
    as_viewer(role)
    with pytest.raises(NotAllowed):
        answers.answer_form(wish("acknowledge", noun="acknowledgement"))


def test_another_communitys_wish_answers_as_if_it_were_not_there(
    answers: ModuleType, store: Store, as_viewer: Become, render: Render
) -> None:
    fill(store)
    record_community(store, CommunityRecord(community_id="other", name_zh="别处")).result()
    as_viewer("admin", "other")
    _, notice = answers.answer_form(wish("acknowledge", noun="acknowledgement"))
    assert "not_found" in render(notice)


def test_numbers_are_shown_to_the_desk_once_asked_for(
    answers: ModuleType, page: Page, store: Store, as_viewer: Become, render: Render
) -> None:
    fill(store)
    answers.answer_form(wish("save", "contacts", noun="contact", values=CONTACT))
    contacts = page("contacts")
    as_viewer("duty_officer")
    shown = render(contacts.layout(community="demo"))
    assert CONTACT["post_zh"] in shown and "0000-000" not in shown
    assert "setup-request" not in shown  # no forms for those who only read
    shown = render(contacts.show_numbers(1, "demo"))
    assert "199-0000-0001" in shown and "199-0000-0002" in shown


@pytest.mark.parametrize("role", ["privacy"])
def test_numbers_stay_hidden_from_roles_that_have_no_use_for_them(
    answers: ModuleType, page: Page, store: Store, as_viewer: Become, render: Render, role: str
) -> None:
    fill(store)
    answers.answer_form(wish("save", "contacts", noun="contact", values=CONTACT))
    contacts = page("contacts")
    as_viewer(role)
    assert "contact-show" not in render(contacts.layout(community="demo"))
    with pytest.raises(NotAllowed):
        contacts.show_numbers(1, "demo")
    as_viewer("wall")
    with pytest.raises(NotAllowed):
        contacts.show_numbers(1, "demo")
    as_viewer("duty_officer", "other")
    with pytest.raises(NotThere):
        contacts.show_numbers(1, "demo")


def test_a_number_is_never_put_into_a_form(
    answers: ModuleType, store: Store, render: Render
) -> None:
    fill(store)
    body, _ = answers.answer_form(wish("save", "contacts", noun="contact", values=CONTACT))
    (row,) = store.rows("contact/directory", community_id="demo")
    opened = wish("open", "contacts", noun="contact", id=row["contact_id"])
    body, _ = answers.answer_form(opened)
    assert text("setup_hint.number_kept") in render(body)
    assert "0000-000" not in render(body)


def test_an_empty_number_field_keeps_the_number_and_its_switch_takes_it_away(
    answers: ModuleType, store: Store
) -> None:
    fill(store)
    answers.answer_form(wish("save", "contacts", noun="contact", values=CONTACT))
    for extra, has_work in (({}, True), ({"take_work": True}, False)):
        (row,) = store.rows("contact/directory", community_id="demo")
        values = {**CONTACT, "work_number": "", "after_number": "", **extra}
        about = {"noun": "contact", "id": row["contact_id"], "version": row["version"]}
        answers.answer_form(wish("save", "contacts", values=values, **about))
        (row,) = store.rows("contact/directory", community_id="demo")
        assert (row["has_work"], row["has_after"]) == (has_work, True)


def test_the_desk_tells_an_unfinished_set_up_to_those_who_may_finish_it(
    page: Page, store: Store, as_viewer: Become, render: Render, language: Language
) -> None:
    fill(store)
    desk = page("desk")
    as_viewer("secretary")
    assert "setup-strip" in render(desk.layout(community="demo"))
    as_viewer("duty_officer")
    assert "setup-strip" not in render(desk.layout(community="demo"))
