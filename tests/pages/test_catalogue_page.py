"""The catalogue's page: shown, edited, imported with its faults named, exported, reckoned anew."""

from __future__ import annotations

import base64
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from dash import no_update

from actions.access import NotAllowed
from actions.catalogue.files import read_rows
from actions.catalogue.reading import categories
from components.wording import Language, text
from data.store import Store
from rules.catalogue import default_catalogue
from rules.privacy import ROLES, may
from rules.viewer import Viewer
from tests.desk_store import fill
from tests.rules.test_catalogue_rows import GOOD

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
HEAD = "code,name_zh,group,urgency,limit_value,limit_kind\n"


@pytest.fixture
def catalogue(page: Page, store: Store, as_viewer: Callable[..., Viewer]) -> ModuleType:
    fill(store)
    as_viewer("admin")
    return page("catalogue")


def press(page: ModuleType, action: str, object_id: str = "", **values: Any) -> tuple[Any, ...]:
    wish = {"action": action, "id": object_id, "values": {"community": "demo", **values}}
    answer: tuple[Any, ...] = page.answer_catalogue(wish)
    return answer


def upload(page: ModuleType, content: bytes, name: str = "c.csv") -> Any:
    return page.take_file(
        "data:text/csv;base64," + base64.b64encode(content).decode(), name, "demo"
    )


def test_the_defaults_are_listed_and_labelled(
    catalogue: ModuleType, render: Render, language: Language
) -> None:
    shown = render(catalogue.layout(community="demo"))
    for code in ("category.lift_entrapment", "category_group.ebikes", "catalogue.default"):
        assert text(code) in shown
    form = render(catalogue.layout(community="demo", category="lift_entrapment"))
    assert "property; partner:lift|fire; grid_worker" in form


def test_a_category_is_saved_taken_out_of_use_and_used_again(
    catalogue: ModuleType, store: Store, render: Render, language: Language
) -> None:
    notice, body, _ = press(catalogue, "save", **GOOD)
    assert text("catalogue.saved", name="drone") in render(notice)
    assert "drone" in render(body)
    refusal, body, _ = press(catalogue, "save", **{**GOOD, "limit_value": "soon"})
    assert body is no_update and "limit_value" in render(refusal)
    press(catalogue, "remove", "drone")
    assert "drone" not in [entry.code for entry in categories(store, "demo")]
    press(catalogue, "restore", "drone")
    assert "drone" in [entry.code for entry in categories(store, "demo")]


def test_a_file_is_taken_and_its_bad_rows_are_named(
    catalogue: ModuleType, store: Store, render: Render, language: Language
) -> None:
    rows = "kite,风筝,noise,ordinary,2,work_day\nlamp,灯,weather,ordinary,2,work_day\n"
    shown = render(upload(catalogue, (HEAD + rows).encode()))
    why = text("error.category_invalid", field=text("catalogue.group"))
    assert text("catalogue.imported", changed=1, same=0, refused=1) in shown
    assert text("catalogue.row_refused", number=3, category="lamp", why=why) in shown
    assert "kite" in [entry.code for entry in categories(store, "demo")]
    assert text("error.catalogue_file_invalid") in render(upload(catalogue, b"\xff\xfe\xff"))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_can_be_imported(catalogue: ModuleType, form: str) -> None:
    file = press(catalogue, f"export_{form}")[2]
    rows = read_rows(file["filename"], base64.b64decode(file["content"]))
    assert [row.cells["code"] for row in rows] == list(default_catalogue())


def test_open_deadlines_are_reckoned_anew_on_wish(
    catalogue: ModuleType, render: Render, language: Language
) -> None:
    notice, *_ = press(catalogue, "recompute")
    assert text("catalogue.recomputed", open=0, moved=0) in render(notice)


@pytest.mark.parametrize("role", ROLES)
def test_only_who_sets_up_a_community_may_change_it(
    catalogue: ModuleType, as_viewer: Callable[..., Viewer], role: str
) -> None:
    as_viewer(role)
    if may(role, "config.write"):
        assert press(catalogue, "recompute")[1] is not no_update
        return
    for attempt in (lambda: press(catalogue, "save", **GOOD), lambda: upload(catalogue, b"code\n")):
        with pytest.raises(NotAllowed):
            attempt()
