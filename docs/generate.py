"""Writes the generated pages of docs/: `python -m docs.generate`, run by `make docs`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docs.generator.commands import commands_page
from docs.generator.fields import fields_page
from docs.generator.mappings import mappings_page
from docs.generator.settings import settings_page
from docs.generator.tables import tables_page

DOCS = Path(__file__).resolve().parent
PAGES: dict[str, Callable[[], str]] = {
    "cli.md": commands_page,
    "fields.md": fields_page,
    "mappings.md": mappings_page,
    "settings.md": settings_page,
    "tables.md": lambda: tables_page(DOCS.parent / "data" / "schema"),
}


def main() -> None:
    """Write every page anew and name those that changed."""
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"docs/{name} is new")


if __name__ == "__main__":
    main()
