"""The page of one person's file: what is recorded, masked, and who changed what."""

from __future__ import annotations

from typing import Any

import pages.file_answers  # noqa: F401 - its callbacks fill this page in
from components.wording import text
from pages.file_bodies import file_layout
from pages.registration import register_page


def layout(person_id: str = "", **query: object) -> Any:
    """The file of the address, filled in by a callback."""
    return file_layout("person", person_id, dict(query))


register_page(
    __name__,
    path_template="/files/person/<person_id>",
    name="file_person",
    title=lambda **_path: text("file.person"),
    action="person.read",
    layout=layout,
)
