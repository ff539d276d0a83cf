"""Named SQL: each query is one file `data/sql/<noun>/<query>.sql`, read once, never composed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from data.errors import QueryUnknown

SQL_FOLDER = Path(__file__).parent / "sql"
SCHEMA_FOLDER = Path(__file__).parent / "schema"
_NAME = re.compile(r"^[a-z0-9_]+/[a-z0-9_]+$")


@cache
def sql(name: str) -> str:
    """Return the text of query `name`, e.g. "case/open".

    Raises:
        QueryUnknown: There is no such file.
    """
    path = SQL_FOLDER / f"{name}.sql"
    if not _NAME.match(name) or not path.is_file():
        raise QueryUnknown(name=name)
    return path.read_text(encoding="utf-8")


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Return (number, SQL) of every migration in order; each is safe to run twice."""
    found = sorted(SCHEMA_FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return tuple((int(path.name[:4]), path.read_text(encoding="utf-8")) for path in found)
