"""The site is complete before its first request: nobody gets half a page."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from components.frame import Shell
from components.site import build_id, mount_pages

ROOT = Path(__file__).parents[2]


def test_the_first_page_already_carries_every_script_its_callbacks_need() -> None:
    server = FastAPI()
    mount_pages(server, Shell(lambda asked: "", "b"), ROOT)
    with TestClient(server, base_url="http://127.0.0.1") as client:
        first = client.get("/wall").text
        callbacks = client.get("/_dash-dependencies").json()
    needed = [
        callback["clientside_function"]["function_name"]
        for callback in callbacks
        if callback["clientside_function"]
    ]
    assert needed
    assert all(name in first for name in needed)


def test_the_build_changes_with_any_script_or_style(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    script = tmp_path / "assets" / "a.js"
    script.write_text("1")
    before = build_id(tmp_path)
    assert build_id(tmp_path) == before
    script.write_text("2")
    assert build_id(tmp_path) != before
