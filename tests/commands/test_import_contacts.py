"""`import contacts`: a community's own list of posts to call, its numbers sealed on the way in."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from actions.setup.directory import DirectoryDraft, save_contact
from actions.setup.reading import contacts_of, numbers_of
from actions.setup.step import SetupDesk
from commands.context import Context
from commands.imports import run_import
from data.store import Store
from rules.viewer import Viewer
from settings import Settings
from tests.commands.shell import Shell, Words, counts

HEADER = "编号,岗位,负责事项,单位,单位类别,上班日,上班时间,下班时间,电话,夜间电话\n"
LIFT = (
    "c1,电梯值班岗,电梯维保、消防,示例维保公司,物业公司,"
    "工作日,8:00,18:00,199-0000-0001,199-0000-0002\n"
)
GAS = "c2,燃气抢修,燃气,示例燃气,公用事业,每天,00:00,23:59,,199-0000-0003\n"


class ListShell(Shell):
    """Runs imports on a store with its keys, and has a desk to look at what came of them."""

    def __init__(self, store: Store, var: Path) -> None:
        super().__init__(store, var)
        viewer = Viewer("account", "a", "admin", frozenset({"demo"}))
        self.desk = SetupDesk(store, self.vault.audit, viewer, "demo")

    def load(self, path: Path) -> dict:
        words = Words()
        context = Context(self.store, Settings(var=self.var), words, self.vault)
        run_import(context, "contacts", path, "contacts", "demo")
        return words.result


@pytest.fixture
def shell(store: Store, tmp_path: Path) -> ListShell:
    return ListShell(store, tmp_path)


def load(shell: ListShell, text: str) -> dict:
    return shell.load(shell.file(HEADER + text))


def numbers(shell: ListShell) -> set[str]:
    return set(numbers_of(shell.desk, shell.vault.keyring).values())


def test_a_list_is_taken_once_and_its_numbers_lie_sealed(shell: ListShell) -> None:
    assert load(shell, LIFT + GAS) == counts(new=2)
    assert load(shell, LIFT + GAS) == counts(unchanged=2)
    rows = {row["post_zh"]: row for row in contacts_of(shell.desk)}
    lift = rows["电梯值班岗"]
    assert list(lift["services"]) == ["lift", "fire"]
    assert (lift["work_days"], lift["work_from"], lift["work_until"]) == (
        "workday",
        "08:00",
        "18:00",
    )
    assert (lift["organisation_zh"], lift["organisation_kind"]) == (
        "示例维保公司",
        "property_company",
    )
    assert rows["燃气抢修"]["has_work"] is False
    assert numbers(shell) == {"199-0000-0001", "199-0000-0002", "199-0000-0003"}
    for (table,) in shell.sql("select table_name from information_schema.tables"):
        assert not shell.sql(
            f"select 1 from {table} as t where cast(t as varchar) like '%0000-000%'"
        ), table


def test_a_changed_row_changes_its_contact_and_an_empty_number_is_none(shell: ListShell) -> None:
    load(shell, LIFT + GAS)
    changed = LIFT.replace("199-0000-0001", "").replace("示例维保公司", "另一家")
    assert load(shell, changed + GAS) == counts(changed=1, unchanged=1)
    assert numbers(shell) == {"199-0000-0002", "199-0000-0003"}
    names = {
        row["name_zh"] for row in shell.store.rows("organisation/register", community_id="demo")
    }
    assert names == {"示例维保公司", "另一家", "示例燃气"}


def test_a_row_without_an_id_is_known_by_its_post(shell: ListShell) -> None:
    row = LIFT.removeprefix("c1")
    assert load(shell, row) == counts(new=1)
    assert load(shell, row.replace("18:00", "17:00")) == counts(changed=1)


def test_a_change_by_hand_stands_against_a_repeat_and_yields_to_a_newer_row(
    shell: ListShell,
) -> None:
    load(shell, LIFT)
    (row,) = contacts_of(shell.desk)
    values = {
        "post_zh": "电梯总值班",
        "services": ["lift"],
        "work_days": "everyday",
        "work_from": "00:00",
        "work_until": "23:59",
    }
    draft = DirectoryDraft(values, row["contact_id"], row["version"])
    save_contact(shell.desk, shell.vault.keyring, draft)
    assert load(shell, LIFT) == counts(unchanged=1)
    assert contacts_of(shell.desk)[0]["post_zh"] == "电梯总值班"
    assert load(shell, LIFT.replace("电梯值班岗", "电梯岗")) == counts(changed=1)
    overwritten = shell.store.rows("setup/overwritten", community_id="demo")
    assert [r["noun"] for r in overwritten] == ["contact"]


@pytest.mark.parametrize(
    "row",
    [
        LIFT.replace("电梯维保、消防", "算命"),  # no service we know
        LIFT.replace("电梯维保、消防", ""),
        LIFT.replace("199-0000-0001", "call me"),
        LIFT.replace("199-0000-0001", "1" * 30),
        LIFT.replace(",8:00", ",8"),
        LIFT.replace(",8:00", ",19:00"),  # ends before it begins
        LIFT.replace("电梯值班岗", "<b>岗位</b>"),
        LIFT.replace("工作日", "有时"),
        LIFT.replace("物业公司", "帮派"),
        ",,电梯,,,,,,,199-0000-0009\n",  # neither id nor post
    ],
)
def test_a_bad_row_is_set_aside_without_its_number_and_the_others_are_taken(
    shell: ListShell, row: str
) -> None:
    assert load(shell, row + GAS) == counts(new=1, quarantined=1)
    (kept,) = shell.sql("select raw, message from quarantine")
    assert "199" not in "".join(kept) and "call" not in "".join(kept)


def test_a_spreadsheet_is_taken_as_well(shell: ListShell, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (HEADER, LIFT, GAS):
        book.active.append(line.strip().split(","))
    path = tmp_path / "通讯录.xlsx"
    book.save(path)
    assert shell.load(path) == counts(new=2)
