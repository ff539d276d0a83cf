"""What one unit of work sees of the store while the writer carries it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any, TypeAlias

import duckdb
import pandas as pd
import pyarrow as pa

from data.ids import IdClock
from data.queries import sql
from data.records import NOUNS

Rows = Sequence[Mapping[str, Any]]
Frame: TypeAlias = "pd.DataFrame | pa.Table"
# Up to here, inserting row by row is cheaper than setting up a scan (docs/benchmarks.md).
FEW_ROWS = 4


class Transaction:
    """A unit of work inside the writer's open transaction; valid only during the call.

    Units may be replayed after a failure of another unit in their group, so they must have no
    effect outside the store.

    Attributes:
        now: The time of recording, aware UTC; the same for the whole group.
        touched: (noun, community_id) pairs this group has changed.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        ids: IdClock,
        schemas: Mapping[str, pa.Schema],
        now: datetime | None = None,
    ) -> None:
        self._connection = connection
        self._ids = ids
        self._schemas = schemas
        self.now = now or datetime.now(UTC)
        self.touched: set[tuple[str, str]] = set()

    def ids(self, count: int) -> list[str]:
        """Return `count` new time-ordered ids."""
        return self._ids.take(count)

    def read(
        self, query: str, frames: Mapping[str, Frame] | None = None, **parameters: object
    ) -> pd.DataFrame:
        """Run a named query on the state including this transaction's own writes."""
        return self._execute(query, frames, parameters).df()

    def rows(
        self, query: str, frames: Mapping[str, Frame] | None = None, **parameters: object
    ) -> list[dict[str, Any]]:
        """Run a named query and return its rows as dictionaries, missing values as None."""
        return fetch_rows(self._execute(query, frames, parameters))

    def run(
        self, query: str, frames: Mapping[str, Frame] | None = None, **parameters: object
    ) -> None:
        """Run a named statement that changes the store; say what it touched with `touch`."""
        self._execute(query, frames, parameters)

    def touch(self, noun: str, community_id: str) -> None:
        """Tell the feed that something of `noun` in this community has changed."""
        self.touched.add((noun, community_id))

    def append(self, noun: str, rows: Rows) -> None:
        """Append events to the log of `noun` and fold them into its current-state table.

        Args:
            noun: A key of data/records.NOUNS.
            rows: Full-state events without `event_id` and `recorded_at`, which are added here;
                missing columns are null, unknown ones an error.
        """
        if not rows:
            return
        columns = self._schemas[NOUNS[noun].log]
        stamped = [
            {**row, "event_id": event_id, "recorded_at": self.now}
            for row, event_id in zip(rows, self.ids(len(rows)), strict=True)
        ]
        unknown = set().union(*stamped) - set(columns.names)
        if unknown:
            raise KeyError(f"{noun}_event has no column {sorted(unknown)}")
        self.append_table(noun, pa.Table.from_pylist(stamped, schema=columns))

    def append_table(self, noun: str, table: pa.Table, *, fresh: bool = False) -> None:
        """Append a table that already has every column of the log, in its order.

        Args:
            noun: A key of data/records.NOUNS.
            table: The events.
            fresh: True where each event is the first and only one of its key, which spares the
                look for the state before it.
        """
        if table.num_rows <= FEW_ROWS:
            self._append_few(noun, table, fresh)
        else:
            for query in (f"{noun}/append", f"{noun}/fold_new" if fresh else f"{noun}/fold"):
                self._execute(query, {"incoming": table}, {})
        for community_id in table.column("community_id").unique().to_pylist():
            self.touch(noun, community_id)

    def _append_few(self, noun: str, table: pa.Table, fresh: bool) -> None:
        """Append and fold row by row, as the queries `append` and `fold` do for many."""
        log = self._connection.table(NOUNS[noun].log)
        now = self._connection.table(NOUNS[noun].now)
        for row in sorted(table.to_pylist(), key=itemgetter("event_id")):
            values = list(row.values())
            log.insert(values)
            if not fresh:
                self._execute(f"{noun}/unfold", None, {"key": row[NOUNS[noun].key]})
            now.insert(values)

    def insert(self, table: str, rows: Rows) -> None:
        """Insert rows into a table that is no log; missing columns are null."""
        filled = self.table(table, rows)
        if len(rows) > FEW_ROWS:
            self._connection.from_arrow(filled).insert_into(table)
            return
        target = self._connection.table(table)
        for row in filled.to_pylist():
            target.insert(list(row.values()))

    def table(self, name: str, rows: Rows) -> pa.Table:
        """Return rows as an Arrow table with the columns and types of table `name`."""
        return pa.Table.from_pylist(list(rows), schema=self._schemas[name])

    def _execute(
        self, query: str, frames: Mapping[str, Frame] | None, parameters: Mapping[str, object]
    ) -> duckdb.DuckDBPyConnection:
        text = sql(query)
        for name, frame in (frames or {}).items():
            self._connection.register(name, frame)
        return self._connection.execute(text, dict(parameters) or None)


def fetch_rows(cursor: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return a cursor's remaining rows as dictionaries, times as aware UTC."""
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
