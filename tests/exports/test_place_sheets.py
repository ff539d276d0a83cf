"""Sheets of places: one page each, in both languages, and the code leads to the report."""

from __future__ import annotations

from pathlib import Path

import segno

from exports import place_sheets as module
from exports.place_sheets import place_sheets, report_address

COMMUNITY = {"name_zh": "青禾社区", "name_en": "Qinghe"}


def test_each_place_has_its_own_page_and_code(tmp_path: Path) -> None:
    places = [
        {"place_id": f"0193-{n}", "name_zh": f"{n}号楼", "name_en": f"Building {n}"}
        for n in range(1, 4)
    ]
    pdf = place_sheets(places, COMMUNITY, "https://wall.example/", tmp_path)
    assert pdf.startswith(b"%PDF")
    assert b"/Type/Pages/Count 3" in pdf


def test_the_code_leads_to_the_report_of_the_place() -> None:
    address = report_address("https://wall.example/", "a b/?&#")
    assert address == "https://wall.example/report?p=a%20b%2F%3F%26%23"
    drawn = module._qr(address)
    assert drawn.startswith("<svg")
    assert segno.make(address, error="q", micro=False).error == "Q"
