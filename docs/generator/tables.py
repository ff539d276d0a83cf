"""Writes docs/tables.md from the column comments of data/schema/*.sql."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docs.generator.markdown import code, table

_TABLE = re.compile(
    r"^create table (?:if not exists )?(?P<name>\w+) \((?:[ ]*-- (?P<about>[^\n]*))?\n"
    r"(?P<body>.*?)^\);",
    re.M | re.S,
)
_STATE = re.compile(
    r"^-- (?P<about>Current state: .*)\ncreate table (?:if not exists )?(?P<name>\w+_now)"
    r" as from (?P<log>\w+_event) limit 0;",
    re.M,
)
_ADDED = re.compile(
    r"^alter table (?P<table>\w+) add column (?:if not exists )?(?P<name>\w+) (?P<type>[^;\n]*);"
    r"(?: +-- (?P<about>.*))?$",
    re.M,
)
_COLUMN = re.compile(r"^ +(?P<name>\w+) (?P<type>[^,\n]*?),?(?: +-- (?P<about>.*))?$", re.M)

INTRODUCTION = """\
# Tables

Generated from the column comments of `data/schema/` by `make docs`; change them there.

Every noun has a log `<noun>_event`, to which rows are only ever appended, and a table of its
current state `<noun>_now` with the same columns: the last row of the log for each key
([ADR 0003](adr/0003-events-carry-the-whole-state.md)). Ids are UUIDv7 as text, so they sort by the
time they were made ([ADR 0004](adr/0004-time-ordered-ids.md)). Times are `timestamptz`, in UTC;
coordinates are WGS-84 with the received values beside them.

To look into a store while the app is stopped:

```sh
python - <<'EOF'
import duckdb
store = duckdb.connect("var/yiping.duckdb", read_only=True)
print(store.sql("select status, count(*) as n from case_now group by all order by n desc"))
EOF
```
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column as the schema describes it."""

    name: str
    type: str
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the schema; a table of current state names its log instead of columns."""

    name: str
    about: str
    columns: tuple[Column, ...] = ()
    log: str | None = None


def tables_page(schema: Path) -> str:
    """Return the page for a folder of migrations, tables in the order they are made."""
    tables = read_tables(
        "\n".join(path.read_text(encoding="utf-8") for path in sorted(schema.glob("*.sql")))
    )
    index = table(
        ["Table", "Holds"], [(f"[`{each.name}`](#{each.name})", each.about) for each in tables]
    )
    return "\n".join([INTRODUCTION, index, "", *map(_section, tables)])


def read_tables(text: str) -> list[Table]:
    """Read the tables of a schema, in order.

    Raises:
        ValueError: A table or column has no comment, or a `create table` was not understood.
    """
    found: list[tuple[int, Table]] = []
    for match in _TABLE.finditer(text):
        columns = (*map(_column, _columns(match["body"])), *_added(text, match["name"]))
        found.append((match.start(), Table(match["name"], match["about"] or "", columns)))
    for match in _STATE.finditer(text):
        found.append((match.start(), Table(match["name"], match["about"], log=match["log"])))
    tables = [each for _, each in sorted(found, key=lambda pair: pair[0])]
    made = len(re.findall(r"^create table", text, re.M))
    if made != len(tables):
        raise ValueError(f"{made} tables are made, {len(tables)} of them are described")
    for each in tables:
        bare = [column.name for column in each.columns if not column.about]
        if bare or not each.about:
            raise ValueError(f"{each.name}: no comment behind {', '.join(bare) or 'its name'}")
    return tables


def _column(match: re.Match[str]) -> Column:
    return Column(match["name"], match["type"], match["about"] or "")


def _added(text: str, name: str) -> Iterator[Column]:
    """Yield the columns later migrations added to a table."""
    return (_column(match) for match in _ADDED.finditer(text) if match["table"] == name)


def _columns(body: str) -> list[re.Match[str]]:
    lines = [line for line in body.splitlines() if line.strip()]
    matches = [_COLUMN.match(line) for line in lines]
    for line, match in zip(lines, matches, strict=True):
        if match is None:
            raise ValueError(f"not understood as a column: {line.strip()}")
    return [match for match in matches if match]


def _section(each: Table) -> str:
    if each.log:
        about = f"{each.about} Columns of [`{each.log}`](#{each.log})."
        return f"## {each.name}\n\n{about}\n"
    rows = [(code(column.name), column.type, column.about) for column in each.columns]
    return f"## {each.name}\n\n{each.about}\n\n{table(['Column', 'Type', 'Meaning'], rows)}\n"
