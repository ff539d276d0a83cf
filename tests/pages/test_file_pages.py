"""The pages of single files, care and counts: who sees what, in both languages, full and empty."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from actions.access import NotAllowed
from actions.vault import Vault
from components.wording import Language, text
from data.store import Store
from rules.privacy import ROLES, may
from rules.viewer import Viewer
from tests.files_stage import VALUES, FilesStage
from tests.pages.files_given import filled

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
KINDS = ("person", "household", "enterprise", "building")


def ids_of(stage: FilesStage, kind: str) -> str:
    if kind == "building":
        query = "select place_id from place_now where source_id = 'b1' and community_id = 'demo'"
    else:
        query = f"select {kind}_id from {kind}_now where community_id = 'demo' order by 1 limit 1"
    return str(stage.sql(query)[0][0])


@pytest.fixture
def answers(page: Page) -> ModuleType:
    return page("file_answers")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_shown_masked_to_who_may_read_it(
    page: Page, answers, render: Render, store, vault, language: Language, kind: str
) -> None:
    stage = filled(store, vault)
    subject = ids_of(stage, kind)
    frame = render(page(kind).layout(**{f"{kind}_id": subject}))
    assert subject in frame and text("files.loading") in frame
    shown = render(answers.show_file({"kind": kind, "id": subject, "community": "demo"}, 0))
    assert text(f"file.{kind}") in shown and text("file.history") in shown
    for value in VALUES:
        assert value not in shown
    assert text("file.edit") not in shown  # a duty officer writes no files


@pytest.mark.parametrize("kind", [*KINDS, "case", "", "../person"])
@pytest.mark.parametrize("subject", ["nobody", "", "x" * 999, "' or 1=1 --", "<b>"])
def test_what_is_not_there_is_not_there(answers, render, store, vault, kind, subject) -> None:
    filled(store, vault)
    asked = {"kind": kind, "id": subject, "community": "demo"}
    assert text("file.gone_title") in render(answers.show_file(asked, 0))


def test_a_file_out_of_reach_is_as_if_it_did_not_exist(
    answers, render, store, vault, as_viewer
) -> None:
    stage = filled(store, vault)
    for kind in KINDS:
        asked = {"kind": kind, "id": ids_of(stage, kind), "community": "demo"}
        as_viewer("grid_worker", areas=(stage.area(2),))
        assert text("file.gone_title") in render(answers.show_file(asked, 0))
        as_viewer("secretary", "other")
        for community in ("demo", "other"):
            again = {**asked, "community": community}
            assert text("file.gone_title") in render(answers.show_file(again, 0))


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_files_or_is_refused_as_the_matrix_says(
    answers, render, store, vault, as_viewer, role
) -> None:
    stage = filled(store, vault)
    asked = {"kind": "person", "id": ids_of(stage, "person"), "community": "demo"}
    as_viewer(role, areas=(stage.area(1),))
    if may(role, "person.read"):
        assert "王**" in render(answers.show_file(asked, 0))
        return
    with pytest.raises(NotAllowed):
        answers.show_file(asked, 0)


def test_a_childs_page_says_that_it_is_guarded(answers, render, store, vault, as_viewer) -> None:
    stage = filled(store, vault)
    (child,) = stage.sql("select person_id from consent_now where purpose = 'minor_file'")[0]
    asked = {"kind": "person", "id": child, "community": "demo"}
    shown = render(answers.show_file(asked, 0))
    assert text("file.guarded") in shown and "data-unmask" not in shown
    as_viewer("secretary")
    assert "data-unmask" in render(answers.show_file(asked, 0))


def test_forms_answer_with_what_became_of_the_change(
    answers, render, store, vault, as_viewer, language: Language
) -> None:
    stage = filled(store, vault)
    person = ids_of(stage, "person")
    asked = {"kind": "person", "id": person, "community": "demo"}
    as_viewer("secretary")
    assert answers.save_field(1, asked, 0, "door", "七〇二") == (text("file.saved"), 1)
    assert answers.save_field(1, asked, 1, "door", "七〇二") == (text("file.unchanged"), 2)
    for field, value, code in (
        ("phone", "12", "phone_invalid"),
        ("relation", "boss", "field_invalid"),
        ("nonsense", "x", "field_unknown"),
    ):
        said, tick = answers.save_field(1, asked, 1, field, value)
        assert said.startswith(text("file.failed", reason="")[:4]) and not isinstance(tick, int)
        assert text(f"error.{code}", field="")[:4] in said or code == "field_invalid"
    child = {**asked, "id": stage.sql("select person_id from consent_now where "
                                      "purpose = 'minor_file'")[0][0]}  # fmt: skip
    said, _ = answers.save_field(1, child, 0, "care_category", "child_support")
    assert text("consent.care_service") in said
    assert answers.give(1, child, 0, "care_service", "guardian", "paper", "2026-11-01", "")[1] == 1
    assert answers.save_field(1, child, 1, "care_category", "child_support")[1] == 2
    said, tick = answers.withdraw(1, child, 2, "care_service")
    assert tick == 3 and text("field.care_category") in said
    assert answers.note_leaving(1, asked, 3)[1] == 4
    assert text("file.moved_out") in render(answers.show_file(asked, 4))
    assert answers.note_return(1, asked, 4)[1] == 5
    assert "七〇二" not in render(answers.show_file(asked, 5))


def test_nothing_happens_without_a_click(answers, store, vault, as_viewer) -> None:
    stage = filled(store, vault)
    as_viewer("secretary")
    asked = {"kind": "person", "id": ids_of(stage, "person"), "community": "demo"}
    before = stage.sql("select count(*) from person_event")
    answers.save_field(None, asked, 0, "door", "x")
    answers.give(None, asked, 0, "contact", "self", "paper", "2026-11-01", "")
    answers.withdraw(None, asked, 0, "care_service")
    answers.note_leaving(0, asked, 0)
    answers.agree_cadence(1, asked, 0, None)
    assert stage.sql("select count(*) from person_event") == before


def test_care_is_a_list_for_some_and_a_number_for_others(
    page: Page, render: Render, store, vault, as_viewer, language: Language
) -> None:
    stage = filled(store, vault)
    care = page("care")
    listed, _, first, last = care.show_care("demo")
    assert "王**" in render(listed) and text("cadence.7") in render(listed)
    assert first and last
    for value in (*VALUES, "bereaved", text("care_category.bereaved")):
        assert value not in render(listed)
    as_viewer("grid_worker", areas=(stage.area(2),))
    assert text("care.none_title") in render(care.show_care("demo")[0])
    as_viewer("subdistrict")
    numbers = render(care.show_care("demo")[0])
    assert "王**" not in numbers and text("counts.hidden") in numbers
    assert text("care.title") in render(care.layout(community="demo"))


def test_counts_hide_small_numbers(
    page: Page, render: Render, store: Store, vault: Vault, as_viewer: Callable[..., Viewer],
    language: Language,
) -> None:  # fmt: skip
    stage = FilesStage(store, vault).set_up()
    counts = page("counts")
    as_viewer("subdistrict")
    assert text("counts.none_title") in render(counts.show_counts("demo"))
    for n in range(8):
        stage.person(str(n), phone=f"1990000{n:04d}")
    stage.person("9", place_id="b2", phone="19900000009")
    shown = render(counts.show_counts("demo"))
    assert "石榴苑 1号楼" not in shown  # eight and one: either number would give the other away
    assert '"9"' in shown
    for n in range(10, 16):
        stage.person(str(n), place_id="b2", phone=f"1990000{n:04d}")
    shown = render(counts.show_counts("demo"))
    assert '"8"' in shown and '"7"' in shown and "石榴苑 1号楼" in shown
    assert "李**" not in shown
    as_viewer("duty_officer")
    with pytest.raises(NotAllowed):
        counts.show_counts("demo")
