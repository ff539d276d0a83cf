"""`retention` counts, and deletes only after a plain yes; `rights list` shows no values."""

from __future__ import annotations

import json
from typing import Any

import pytest

from commands.context import Context
from commands.registry import run_command
from settings import Settings
from tests.commands.shell import Words
from tests.rights_stage import NAME, PHONE, Stage


def run(register: Stage, name: str, **arguments: Any) -> tuple[int, Words]:
    words = Words()
    context = Context(register.store, Settings(var=register.folder), words, register.vault)
    return run_command(context, name, arguments), words


def retention(register: Stage, **more: Any) -> tuple[int, Words]:
    values: dict[str, Any] = {
        "community_id": None,
        "dry_run": False,
        "classes": [],
        "reason": None,
        "yes": False,
    }
    return run(register, "retention", **{**values, **more})


def test_a_dry_run_counts_every_community_and_deletes_nothing(register: Stage) -> None:
    person_id = register.person()
    register.move_out(person_id)
    status, words = retention(register, dry_run=True)
    assert status == 0
    assert words.lines[0] == "demo:" and "other:" in words.lines
    line = next(line for line in words.lines if "person_moved_out" in line)
    assert "1 due" in line and "180 days after moved_out" in line
    assert register.state(person_id) == "moved_out"


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"community_id": "demo", "yes": True},
        {"community_id": "demo", "reason": "虚构的理由"},
        {"reason": "虚构的理由", "yes": True},
        {"community_id": "nowhere", "reason": "虚构的理由", "yes": True},
        {"community_id": "demo", "reason": "abc", "yes": True},
        {"community_id": "demo", "reason": "虚构的理由", "yes": True, "classes": ["everything"]},
        {"community_id": "other", "reason": "虚构的理由", "yes": True},
    ],
)
def test_without_everything_it_takes_nothing_is_deleted(
    register: Stage, more: dict[str, Any]
) -> None:
    person_id = register.person()
    register.move_out(person_id)
    status, words = retention(register, **more)
    assert status == 2
    assert words.errors
    assert register.state(person_id) == "moved_out"


def test_with_it_what_is_due_goes(register: Stage) -> None:
    person_id = register.person()
    register.move_out(person_id)
    status, words = retention(register, community_id="demo", reason="虚构的理由", yes=True)
    assert (status, words.lines[-1].split(" in run")[0]) == (0, "Deleted 1")
    assert register.state(person_id) == "erased"


def test_many_people_wait_for_a_secretary(register: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rules.retention.SECOND_PERSON_ABOVE", 0)
    person_id = register.person()
    register.move_out(person_id)
    status, words = retention(register, community_id="demo", reason="虚构的理由", yes=True)
    assert status == 0
    assert "/approvals" in words.errors[-1]
    assert register.state(person_id) == "moved_out"


def test_requests_are_listed_by_ids_and_codes(register: Stage) -> None:
    register.request("copy", register.person())
    status, words = run(register, "rights list", community_id=None)
    assert status == 0
    row = json.loads(words.lines[0])
    assert (row["kind"], row["state"], row["community_id"]) == ("copy", "open", "demo")
    assert NAME not in words.lines[0] and PHONE not in words.lines[0]
