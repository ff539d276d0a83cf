"""Plans on the command line: out as a file, in as the next version, the default set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from actions.plans.documents import plan_of
from actions.vault import Vault
from commands.plans import run_plan_defaults, run_plan_export, run_plan_import, run_plan_list
from data.store import Store
from tests.desk_store import fill

LIFT = "lift-entrapment"


@pytest.fixture
def context(store: Store, tmp_path: Path) -> Iterator[Any]:
    fill(store)
    vault = Vault.open(tmp_path / "keys", store)
    said: list[str] = []
    yield SimpleNamespace(store=store, vault=vault, out=said.append, err=said.append, said=said)
    vault.close()


def test_a_plan_goes_out_is_edited_and_comes_in_as_the_next_version(context: Any) -> None:
    assert run_plan_defaults(context, "demo") == 0
    assert run_plan_list(context, "demo") == 0
    assert json.loads(context.said[-1])["is_default"] is True
    assert run_plan_export(context, "demo", LIFT) == 0
    document = json.loads(context.said[-1])
    document["version"], document["title_en"] = 2, "Lift entrapment, our towers"
    assert run_plan_import(context, "demo", json.dumps(document)) == 0
    row = plan_of(context.store, "demo", LIFT)
    assert (row["version"], row["is_default"]) == (2, False)
    assert run_plan_import(context, "demo", json.dumps(document)) == 1  # the same once more
    assert "plan_changed" in context.said[-1]


def test_what_does_not_fit_is_refused_with_its_reason(context: Any) -> None:
    assert run_plan_export(context, "demo", "nothing") == 1
    assert run_plan_import(context, "demo", "{}") == 1
    assert "plan_invalid" in context.said[-1]
    assert run_plan_import(context, "elsewhere", "{}") == 1
    assert run_plan_defaults(context, "elsewhere") == 1
