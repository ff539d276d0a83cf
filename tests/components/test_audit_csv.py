"""No cell of an exported audit is a formula to any spreadsheet."""

from __future__ import annotations

import pytest

from components.audit_csv import safe_cell


@pytest.mark.parametrize(
    "hostile",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        " =1",
        "\u3000=1",
        "\ufeff=1",
        '=HYPERLINK("http://203.0.113.1","x")',
        "=cmd|' /C calc'!A0",
    ],
)
def test_what_begins_like_a_formula_becomes_text(hostile: str) -> None:
    assert safe_cell(hostile) == f"'{hostile}"


@pytest.mark.parametrize("plain", ["", "甲", "a=b", "1-2", "2026-11-22", "'quoted"])
def test_other_text_stays_as_it_is(plain: str) -> None:
    assert safe_cell(plain) == plain


def test_numbers_and_nothing_are_text() -> None:
    assert (safe_cell(None), safe_cell(7)) == ("", "7")
