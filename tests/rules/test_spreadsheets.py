"""No cell becomes a formula, and the hash of a table sees every change."""

from __future__ import annotations

import pytest

from rules.spreadsheets import SheetTable, safe_cell
from tests.hostile.payloads import FORMULAS

TABLE = SheetTable(("a", "b"), [("1", "2"), ("3", "4")])


@pytest.mark.parametrize(
    "hostile",
    [
        *(each for each in FORMULAS if each[0] != "|"),
        "@SUM(A1)",
        " =1",
        "\u3000=1",
        "\ufeff=1",
        "＋1",
        "－1",
        "＠x",
    ],
)
def test_what_begins_like_a_formula_becomes_text(hostile: str) -> None:
    assert safe_cell(hostile) == "'" + hostile


@pytest.mark.parametrize(
    "plain", ["", "王演示", "1=2", "3号楼", "a-b", "139@x", "'quoted", "|=1+1"]
)
def test_everything_else_stays_as_it_is(plain: str) -> None:
    assert safe_cell(plain) == plain
    assert (safe_cell(None), safe_cell(7)) == ("", "7")


@pytest.mark.parametrize(
    "other",
    [
        SheetTable(("a", "c"), [("1", "2"), ("3", "4")]),
        SheetTable(("a", "b"), [("3", "4"), ("1", "2")]),
        SheetTable(("a", "b"), [("1", "2")]),
        SheetTable(("a", "b"), [("12", ""), ("3", "4")]),
        SheetTable(("a", "b"), [("1", "2"), ("3", "5")]),
    ],
)
def test_the_hash_sees_heads_rows_order_and_borders(other: SheetTable) -> None:
    assert TABLE.content_hash() == SheetTable(("a", "b"), list(TABLE.rows)).content_hash()
    assert TABLE.content_hash() != other.content_hash()
