"""`import catalogue`, `export catalogue`, and webhooks at the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actions.intake.recording import record_community
from actions.notify.signing import PREFIX
from actions.vault import Vault
from commands.catalogue import (
    run_catalogue_recompute,
    run_export_catalogue,
    run_import_catalogue,
)
from commands.context import Context
from commands.webhooks import (
    run_webhook_create,
    run_webhook_list,
    run_webhook_remove,
    run_webhook_rotate,
)
from data.store import Store
from rules.records import CommunityRecord
from settings import Settings
from tests.commands.shell import Words


class Shell:
    """Runs commands on one store."""

    def __init__(self, store: Store, vault: Vault, var: Path) -> None:
        self.store, self.vault, self.var = store, vault, var

    def run(self, command: Any, *arguments: Any) -> tuple[int, Words]:
        words = Words()
        settings = Settings(var=self.var, outgoing_networks=("127.0.0.0/8",))
        return command(Context(self.store, settings, words, self.vault), *arguments), words


@pytest.fixture
def shell(store: Store, tmp_path: Path) -> Iterator[Shell]:
    record_community(store, CommunityRecord(community_id="demo", name_zh="社区")).result()
    vault = Vault.open(tmp_path / "keys", store)
    yield Shell(store, vault, tmp_path)
    vault.close()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_is_exported_is_imported_without_a_change(
    shell: Shell, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"catalogue.{ending}"
    assert shell.run(run_export_catalogue, file, "demo")[0] == 0
    status, words = shell.run(run_import_catalogue, file, "demo")
    assert (status, json.loads(words.lines[-1])["changed"]) == (0, 0)


def test_refused_rows_are_named_and_counted(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.csv"
    head = "code,name_zh,group,urgency,limit_value,limit_kind"
    file.write_text(
        f"{head}\nkite,风筝,noise,ordinary,2,work_day\nlamp,灯,sky,ordinary,2,work_day\n"
    )
    status, words = shell.run(run_import_catalogue, file, "demo")
    summary = json.loads(words.lines[-1])
    assert (status, summary["changed"], summary["refused"]) == (1, 1, 1)
    assert shell.run(run_import_catalogue, tmp_path / "none.csv", "demo")[0] == 2
    status, words = shell.run(run_catalogue_recompute, "demo")
    assert (status, json.loads(words.lines[-1])) == (0, {"open": 0, "moved": 0})


def test_a_webhook_is_made_listed_given_a_new_secret_and_removed(shell: Shell) -> None:
    url = "http://127.0.0.1:8080/hook"
    status, words = shell.run(run_webhook_create, "demo", "city", url, "case.closed")
    assert status == 0 and words.lines[-1].startswith(PREFIX)
    _, listed = shell.run(run_webhook_list, "demo")
    (row,) = map(json.loads, listed.lines)
    assert url not in listed.lines[0] and PREFIX not in listed.lines[0]
    _, again = shell.run(run_webhook_rotate, "demo", row["webhook_id"])
    assert again.lines[-1].startswith(PREFIX) and again.lines[-1] != words.lines[-1]
    assert shell.run(run_webhook_remove, "demo", row["webhook_id"])[0] == 0
    assert shell.run(run_webhook_remove, "demo", row["webhook_id"])[0] == 2
    assert shell.run(run_webhook_create, "demo", "x", "http://10.0.0.1/", "")[0] == 2
    assert shell.run(run_webhook_create, "demo", "x", url, "person.made")[0] == 2
