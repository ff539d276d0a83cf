"""`import`: what it says of every row, and which files it refuses as a whole."""

from __future__ import annotations

import csv
import io

import pytest

from commands.imports import run_import
from commands.quarantine import run_quarantine
from tests.commands.shell import HEADER, Shell, counts


@pytest.fixture
def shell(store, tmp_path):
    return Shell(store, tmp_path)


def test_the_last_line_says_what_became_of_every_row(shell):
    text = HEADER + "1,噪声,2024-05-01,x\n2,停水,昨天,y\n3,停水\n4,停水,2150-01-01,未来\n"
    path = shell.file(text)
    status, words = shell.run(run_import, "cases", path, "cases", "demo")
    assert (status, words.result) == (0, counts(new=1, quarantined=3))
    assert words.steps[-1][0] == words.steps[-1][1]
    _, words = shell.run(run_import, "cases", path, "cases", "demo")
    assert words.result == counts(unchanged=1, quarantined=3)
    shell.file(text.replace("噪声", "宠物"))
    _, words = shell.run(run_import, "cases", path, "cases", "demo")
    assert words.result == counts(changed=1, quarantined=3)


def test_rows_refused_by_the_store_are_listed_with_their_row_in_the_file(shell):
    text = HEADER.replace("标题", "楼栋编号") + "1,噪声,2024-05-01,不存在\n2,噪声,2150-01-01,\n"
    shell.run(run_import, "cases", shell.file(text), "cases", "demo")
    _, words = shell.run(run_quarantine, community_id="demo", as_csv=True)
    rows = list(csv.DictReader(io.StringIO("\n".join(words.lines))))
    assert [(row["row_number"], row["code"], row["field"]) for row in rows] == [
        ("2", "reference_unknown", "place_id"),
        ("3", "time_in_future", "reported_at"),
    ]


def test_a_dropped_file_and_an_import_know_each_others_rows(shell):
    shell.run(run_import, "cases", shell.file(HEADER + "1,噪声,2024-05-01,x\n"), "cases", "demo")
    assert shell.sql("select source from case_now") == [("files:spreadsheet",)]


# Kind, file content, mapping, community; what the one line of error starts with.
REFUSED = [
    ("cases", "nothing,of,use\n1,2,3\n", "cases", "demo", "columns_missing"),
    ("cases", "\x00\x01\x02" * 500, "cases", "demo", "file_not_table"),
    ("cases", HEADER, "no_such", "demo", "mapping_unknown"),
    ("places", HEADER, "cases", "demo", "mapping_kind_differs"),
    ("cases", HEADER, "cases", "No Where!", "community_unknown"),
    ("cases", None, "cases", "demo", "file_missing"),
]


@pytest.mark.parametrize(("kind", "content", "mapping", "community", "code"), REFUSED)
def test_a_file_that_cannot_be_read_as_a_whole_ends_with_status_two(
    shell, kind, content, mapping, community, code
):
    path = shell.file(content) if content is not None else shell.var / "absent.csv"
    status, words = shell.run(run_import, kind, path, mapping, community)
    assert (status, words.lines) == (2, [])
    assert words.errors[0].startswith(code)


def test_a_community_that_does_not_exist_is_made_and_said(shell):
    path = shell.file(HEADER + "1,噪声,2024-05-01,x\n")
    status, words = shell.run(run_import, "cases", path, "cases", "second")
    assert status == 0
    assert "Community second did not exist and was made (Asia/Shanghai)." in words.errors
    assert shell.sql("select timezone from community_now where community_id = 'second'") == [
        ("Asia/Shanghai",)
    ]


def test_a_file_that_breaks_half_way_keeps_what_was_taken_and_says_so(shell):
    rows = "".join(f"{n},噪声,2024-05-01,x\n" for n in range(6_000))
    path = shell.file(HEADER + rows + 'a"b,"c\n' * 3_000)
    status, words = shell.run(run_import, "cases", path, "cases", "demo")
    assert status == 2
    assert words.errors[0].startswith("file_not_table")
    assert "were read before" in words.errors[1]
    assert shell.sql("select count(*) from case_now")[0][0] >= 5_000
