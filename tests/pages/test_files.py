"""The lists of files: each kind full and empty, masked, within reach, hostile words as words."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from actions.access import NotThere
from actions.vault import Vault
from components.file_list import query_of
from components.wording import Language, text
from data.store import Store
from rules.viewer import Viewer
from tests.files_stage import VALUES
from tests.pages.files_given import HOSTILE, filled

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
Become = Callable[..., Viewer]


def shown(page: ModuleType, render: Render, kind: str = "person", **more: Any) -> str:
    given = {"area": None, "place": None, "flags": [], "typed": "", "page": 0, **more}
    answer = page.show_files(
        {"community": given.get("community", "demo"), "kind": kind},
        given["area"], given["place"], given["flags"], 0, 0, 0, 0, given["typed"], given["page"],
    )  # fmt: skip
    return render(list(answer))


def test_without_a_community_the_page_says_what_it_is_for(
    page: Page, render: Render, language: Language
) -> None:
    assert text("files.no_community_title") in render(page("files").layout())


@pytest.mark.parametrize("kind", ["person", "household", "building", "enterprise"])
def test_an_empty_list_says_what_to_do(
    page: Page, render: Render, store: Store, vault: Vault, language: Language, kind: str
) -> None:
    from tests.files_stage import FilesStage

    files = page("files")
    FilesStage(store, vault).set_up()
    assert text("files.title") in render(files.layout(community="demo", kind=kind))
    answer = shown(files, render, kind)
    if kind != "building":  # the map's buildings are there before any file
        assert text("files.none_title") in answer


@pytest.mark.parametrize("kind", ["person", "household", "building", "enterprise"])
def test_a_full_list_is_masked_in_both_languages(
    page: Page, render: Render, store: Store, vault: Vault, language: Language, kind: str
) -> None:
    files = page("files")
    filled(store, vault)
    whole = render(files.layout(community="demo", kind=kind)) + shown(files, render, kind)
    for value in VALUES:
        assert value not in whole
    assert "dangerously_allow_html" not in whole
    assert f'"/files/{kind}/' in whole
    assert text(f"files.tab_{kind}") in whole


def test_a_search_says_how_many_and_stays_masked(page, render, store, vault, language) -> None:
    files = page("files")
    filled(store, vault)
    answer = shown(files, render, typed="演禾")
    assert text("files.found", n=1) in answer and "王**" in answer
    for typed in ("没有这个人", HOSTILE, "%", "' or 1=1 --", "x" * 500):
        answer = shown(files, render, typed=typed)
        assert "王**" not in answer
    assert text("files.none_title") in shown(files, render, typed="没有这个人")


def test_the_address_never_carries_what_was_typed(page, render, store, vault) -> None:
    files = page("files")
    filled(store, vault)
    assert "王演" not in shown(files, render, typed="王演")
    assert query_of({"q": "王演", "kind": "x" * 999, "area": 7}).kind == "person"
    assert "王演" not in str(query_of({"q": "王演"}).data())


def test_other_grids_and_communities_do_not_exist(page, render, store, vault, as_viewer) -> None:
    files = page("files")
    stage = filled(store, vault)
    as_viewer("grid_worker", areas=(stage.area(2),))
    assert "王**" not in shown(files, render)
    assert text("files.none_title") in shown(files, render, typed="演禾")
    as_viewer("grid_worker")
    assert text("files.no_reach_title") in render(files.layout(community="demo"))
    as_viewer("secretary", "other")
    assert text("refusal.not_there_title") in shown(files, render)
    as_viewer("subdistrict")
    assert "王**" not in shown(files, render)
    for role in ("wall", "privacy", "admin", "property", "subdistrict"):
        as_viewer(role)
        assert "王**" not in shown(files, render)


def test_only_who_writes_sees_the_form_to_register(page, render, store, vault, as_viewer) -> None:
    files = page("files")
    filled(store, vault)
    assert text("file.new") not in render(files.layout(community="demo"))
    as_viewer("secretary")
    assert text("file.new") in render(files.layout(community="demo"))


def test_registering_answers_with_a_link_or_a_reason(page, render, store, vault, as_viewer) -> None:
    files = page("files")
    filled(store, vault)
    as_viewer("secretary")
    data = {"community": "demo", "kind": "person"}
    made = render(files.register(1, data, "赵演云", None, "own", None))
    assert "/files/person/" in made
    for name, place, guardian in (("", None, None), ("赵", "nowhere", None), ("赵", None, "x")):
        assert text("file.failed", reason="")[:2] in render(
            files.register(1, data, name, place, "own", guardian)
        )
    with pytest.raises(NotThere):
        files.register(1, {**data, "community": "other"}, "赵演云", None, "own", None)
