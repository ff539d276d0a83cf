"""Small files in memory and mappings for the tests of the files source."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from ingest.files.limits import Limits
from ingest.files.mapping import Mapping
from ingest.files.opening import open_tables
from ingest.files.table import BadRow, Member, Row, Table

MakeMember = Callable[..., Member]
ReadAll = Callable[..., tuple[Table, list[Row], list[BadRow]]]

SIMPLE = {
    "kind": "cases",
    "source": "test",
    "id": {"columns": ["编号", "id"]},
    "fields": {
        "category": {"columns": ["类别", "category"]},
        "reported_at": {"columns": ["上报时间", "reported_at"]},
        "title": {"columns": ["标题", "title"]},
    },
}


@pytest.fixture
def simple_mapping() -> Mapping:
    """Cases with id, category, time and title."""
    return Mapping.model_validate(SIMPLE)


@pytest.fixture
def make_member() -> MakeMember:
    """Make a file of bytes."""

    def make(data: bytes, name: str = "file.csv") -> Member:
        return Member(name, len(data), lambda: io.BytesIO(data))

    return make


@pytest.fixture
def read_all(simple_mapping: Mapping, make_member: MakeMember) -> ReadAll:
    """Read every row of a file that holds one table."""

    def read(
        data: bytes, name: str = "file.csv", limits: Limits | None = None, **changes: object
    ) -> tuple[Table, list[Row], list[BadRow]]:
        mapping = simple_mapping.model_copy(update=changes)
        (table,) = open_tables(make_member(data, name), mapping, limits or Limits())
        rows = list(table.rows)
        good = [row for row in rows if isinstance(row, Row)]
        return table, good, [row for row in rows if isinstance(row, BadRow)]

    return read
