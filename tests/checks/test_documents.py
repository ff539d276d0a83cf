"""Proves that every check of the documentation can fail, and passes what is right."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, Field

from docs.generator.markdown import cell
from docs.generator.models import entries
from docs.generator.tables import read_tables
from tests.checks import documents

RECORD = "# 0001. A title\n\nAccepted, May 2026.\n\n## Context\n\n## Decision\n\n## Consequences\n"
SCHEMA = """\
create table if not exists case_event ( -- What happens.
    case_id varchar not null, -- Which case.
    lon double -- Degrees east, WGS-84.
);
-- Current state: the last row.
create table if not exists case_now as from case_event limit 0;
"""


def test_a_name_counts_as_documented_only_as_a_piece_of_code() -> None:
    page = "Say `port` and\n```sh\npython cli.py run --now\n```\n`GET /a/{b}`"
    assert documents.missing(["port", "python cli.py run", "GET /a/{b}"], page) == []
    assert documents.missing(["Say", "GET /a", "python cli.py ru"], page) == [
        "GET /a",
        "Say",
        "python cli.py ru",
    ]


def test_a_link_to_a_missing_file_or_heading_is_reported(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# One thing\n", encoding="utf-8")
    text = "[a](other.md) [b](other.md#one-thing) [c](https://example.org) ![d](no.png) [e](#x)\n"
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    faults = documents.link_faults(Path("page.md"), text, tmp_path)
    assert faults == ["page.md: no.png does not exist", "page.md: #x names no heading"]
    assert documents.link_faults(Path("page.md"), "[f](other.md#two)", tmp_path)


def test_headings_become_anchors() -> None:
    text = "# Import a new kind, of file\n```\n# not a heading\n```\n## `GET` [x](y.md)\n"
    assert documents.headings(text) == {"import-a-new-kind-of-file", "get-x"}


def test_a_citation_is_found_with_its_section() -> None:
    text = "(DOMAIN R20). Source: REFERENCE §2.1, STYLE 9; DESIGN.md §4. A domain rule, a GUI."
    assert documents.citations(text) == {"DOMAIN R20", "REFERENCE §2", "STYLE", "DESIGN §4"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("decision.md", RECORD),  # no number
        ("0002-a-title.md", RECORD),  # another number than the title's
        ("0001-a-title.md", RECORD.replace("Accepted, May 2026.", "Accepted.")),
        ("0001-a-title.md", RECORD.replace("## Decision\n", "")),
        ("0001-a-title.md", RECORD + "more\n" * 60),
    ],
)
def test_a_decision_record_of_another_shape_is_reported(name: str, text: str) -> None:
    assert documents.adr_faults(name, text)
    assert documents.adr_faults("0001-a-title.md", RECORD) == []


def test_tables_are_read_with_columns_types_and_comments() -> None:
    log, now = read_tables(SCHEMA)
    assert (log.name, log.about) == ("case_event", "What happens.")
    assert [(c.name, c.type, c.about) for c in log.columns] == [
        ("case_id", "varchar not null", "Which case."),
        ("lon", "double", "Degrees east, WGS-84."),
    ]
    assert (now.name, now.log) == ("case_now", "case_event")


def test_a_column_added_by_a_later_migration_is_read() -> None:
    later = "alter table case_event add column if not exists floor integer; -- Which floor.\n"
    assert [column.name for column in read_tables(SCHEMA + later)[0].columns][-1] == "floor"
    with pytest.raises(ValueError, match="no comment behind floor"):
        read_tables(SCHEMA + later.partition(" --")[0] + "\n")


@pytest.mark.parametrize(
    "schema",
    [
        SCHEMA.replace(" -- Which case.", ""),
        SCHEMA.replace(" -- What happens.", ""),
        SCHEMA.replace("-- Current state: the last row.\n", ""),
    ],
)
def test_a_table_or_column_without_a_comment_stops_the_generator(schema: str) -> None:
    with pytest.raises(ValueError, match=r"comment|described"):
        read_tables(schema)


def test_a_setting_without_a_description_stops_the_generator() -> None:
    class Inner(BaseModel):
        """The room."""

        size_m: float = Field(default=2.0, gt=0, le=50, description="Size, metres.")

    class Outer(BaseModel):
        room: Inner = Inner()
        name: str | None = Field(default=None, pattern="^a|b$", description="Name.")

    class Bare(BaseModel):
        name: str = "x"

    size, name = entries(Outer)
    assert size == ("room.size_m", "number", "`2.0`", "> 0, ≤ 50", "Size, metres.")
    assert name == ("name", "text", "none", "`^a|b$`", "Name.")
    with pytest.raises(ValueError, match="name has no description"):
        entries(Bare)


def test_a_cell_of_a_table_holds_bars_and_angle_brackets() -> None:
    assert cell("source:<name>\nor a|b `<c>`") == "source:&lt;name> or a\\|b `<c>`"
