"""Organisations, contacts and their sealed numbers: kept, given back by undo, forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.access import NotThere
from actions.setup.directory import (
    DirectoryDraft,
    forget_numbers,
    remove_contact,
    remove_organisation,
    save_contact,
    save_organisation,
)
from actions.setup.errors import SetupRefused
from actions.setup.reading import contacts_of, numbers_of
from actions.setup.undo import MOST_CHANGES, undo
from data.rebuild import rebuild
from data.store import Store
from data.views import VIEWS
from rules.errors import RuleViolation
from tests.actions.setup_stage import Stage, stage

NIGHT = "199-0000-0007"
LIFT = {
    "post_zh": "电梯值班岗",
    "services": ["lift"],
    "work_days": "workday",
    "work_from": "08:00",
    "work_until": "18:00",
    "work_number": "199-0000-0001",
    "after_number": NIGHT,
}


@pytest.fixture
def here(store: Store, tmp_path: Path) -> Iterator[Stage]:
    with stage(store, tmp_path) as made:
        yield made


def contact(here: Stage, contact_id: str | None = None, **change: Any) -> str:
    values = {**LIFT, **change}
    version = here.version("contact", contact_id) if contact_id else ""
    return save_contact(here.desk, here.vault.keyring, DirectoryDraft(values, contact_id, version))


def numbers(here: Stage) -> dict[str, str]:
    found = numbers_of(here.desk, here.vault.keyring)
    return {part: number for (_, part), number in found.items()}


def kept(here: Stage) -> int:
    rows = here.store.cursor().execute("select count(*) from contact_number").fetchone()
    assert rows is not None
    return int(rows[0])


def test_numbers_are_sealed_and_stand_in_no_table_in_clear(here: Stage) -> None:
    contact(here)
    assert numbers(here) == {"work": LIFT["work_number"], "after": NIGHT}
    cursor = here.store.cursor()
    for (name,) in cursor.execute("select table_name from information_schema.tables").fetchall():
        rows = cursor.execute(f"select cast(t as varchar) from {name} as t").fetchall()
        assert not [row for row in rows if "0000-000" in row[0]], name
    cursor.close()


def test_reading_numbers_leaves_one_audit_line_and_the_register_leaves_none(here: Stage) -> None:
    contact(here)
    contacts_of(here.desk)
    assert "contact.read_numbers" not in here.audited()
    numbers(here)
    assert here.audited().count("contact.read_numbers") == 1


def test_no_view_of_the_wall_carries_a_contact(here: Stage) -> None:
    # The views are asked for nothing of these tables, so a new one that is will be noticed here.
    nouns = set().union(*(view.nouns for view in VIEWS))
    assert not nouns & {"contact", "organisation", "setup_change", "acknowledgement"}


def test_a_number_not_typed_again_stays_and_an_empty_one_is_taken_away(here: Stage) -> None:
    key = contact(here)
    values = {name: LIFT[name] for name in LIFT if not name.endswith("_number")}
    draft = DirectoryDraft(values, key, here.version("contact", key))
    save_contact(here.desk, here.vault.keyring, draft)
    assert numbers(here)["after"] == NIGHT
    contact(here, key, after_number="")
    assert "after" not in numbers(here)


def test_undo_gives_the_old_number_back(here: Stage) -> None:
    key = contact(here)
    contact(here, key, after_number="199-0000-0009")
    assert numbers(here)["after"] == "199-0000-0009"
    undo(here.desk, here.last_change()["change_id"])
    assert numbers(here)["after"] == NIGHT


def test_numbers_out_of_reach_of_undo_are_forgotten(here: Stage) -> None:
    key = contact(here)
    for n in range(MOST_CHANGES // 2):
        contact(here, key, after_number=f"199-0000-1{n:03d}")
    before = kept(here)
    for n in range(MOST_CHANGES + 5):
        contact(here, key, post_zh=f"岗位{n}", work_number="", after_number="")
    assert kept(here) == 0 < before


def test_a_removed_contact_is_forgotten_as_well(here: Stage) -> None:
    key = contact(here)
    remove_contact(here.desk, key, here.version("contact", key))
    assert kept(here) == 2  # can still be undone
    other = contact(here)
    for n in range(MOST_CHANGES):
        contact(here, other, post_zh=f"岗位{n}")
    forget_numbers(here.desk)
    cursor = here.store.cursor()
    rows = cursor.execute("select distinct contact_id from contact_number").fetchall()
    cursor.close()
    assert rows == [(other,)]


def test_whoever_is_erased_is_left_out_of_the_directory(here: Stage) -> None:
    key = contact(here)
    here.vault.keyring.erase([key])
    assert numbers(here) == {}


def test_an_organisation_that_goes_leaves_its_contacts(here: Stage) -> None:
    draft = DirectoryDraft({"kind": "property_company", "name_zh": "示例物业"})
    organisation = save_organisation(here.desk, draft)
    key = contact(here, organisation_id=organisation)
    remove_organisation(here.desk, organisation, here.version("organisation", organisation))
    assert here.state("contact", key)["organisation_id"] is None
    undo(here.desk, here.last_change()["change_id"])
    assert here.state("contact", key)["organisation_id"] == organisation


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"services": []}, "setup_value_missing"),
        ({"services": ["teleport"]}, "setup_choice_unknown"),
        ({"services": [None]}, "setup_value_missing"),
        ({"post_zh": ""}, "setup_value_missing"),
        ({"post_zh": "<i>岗位</i>"}, "setup_name_markup"),
        ({"work_from": "8"}, "setup_value_invalid"),
        ({"work_until": "07:00"}, "setup_value_invalid"),  # before it begins
        ({"work_days": "never"}, "setup_choice_unknown"),
        ({"after_number": "at home"}, "setup_phone_invalid"),
        ({"organisation_id": "nobody"}, "setup_choice_unknown"),
    ],
)
def test_a_bad_contact_is_refused_and_leaves_nothing(
    here: Stage, change: dict[str, Any], code: str
) -> None:
    with pytest.raises(RuleViolation) as refusal:
        contact(here, **change)
    assert refusal.value.code == code
    assert here.audited() == [] and kept(here) == 0


def test_a_stale_or_foreign_contact_is_refused(here: Stage) -> None:
    key = contact(here)
    read = here.version("contact", key)
    contact(here, key, post_zh="别的岗位")
    draft = DirectoryDraft(LIFT, key, read)
    with pytest.raises(SetupRefused) as refusal:
        save_contact(here.desk, here.vault.keyring, draft)
    assert refusal.value.code == "changed_meanwhile"
    with pytest.raises(NotThere):
        remove_contact(here.abroad, key, here.version("contact", key))
    assert numbers_of(here.abroad, here.vault.keyring) == {}


def test_rebuilding_gives_the_same_directory(here: Stage) -> None:
    contact(here)
    assert all(table.same for table in rebuild(here.store))
