"""Opens the store and hands out its two doors: `write` through the one writer, `read` for all.

DuckDB file by default (ADR 0002). Readers have a cursor per thread and never wait for the writer.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pandas as pd
import pyarrow as pa

from data.errors import StoreError, StoreHeld, StoreTooNew, StoreUnreadable
from data.ids import IdClock, unix_ms
from data.queries import migrations, sql
from data.timings import TimingSummary
from data.transaction import Transaction, fetch_rows
from data.writer import Commit, Writer

T = TypeVar("T")
MEMORY = "duckdb::memory:"
SUBMIT_WAIT_S = 10.0


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """The state of the store at one moment; durations in milliseconds."""

    writing: bool
    queue_depth: int
    commits: int
    last_commit_at: datetime | None
    last_checkpoint_at: datetime | None
    timings: TimingSummary


class Store:
    """The tables of one installation; open it once per process and close it at the end."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path | None,
        now_ms: Callable[[], int] = unix_ms,
    ) -> None:
        self._connection = connection
        self._local = threading.local()
        self._readers: list[duckdb.DuckDBPyConnection] = []
        self.path = path
        self._schemas = _ArrowSchemas(connection)
        last = connection.execute(sql("store/last_event")).fetchall()
        self._ids = IdClock(after=last[0][0], now_ms=now_ms)
        self._write_connection = self.cursor()
        wal = path.with_name(path.name + ".wal") if path else None
        self._writer = Writer(self._write_connection, self._begin, wal)

    @classmethod
    def open(cls, url: str = MEMORY, now_ms: Callable[[], int] = unix_ms) -> Store:
        """Open the store at `url`, migrating it to the newest schema.

        Args:
            url: "duckdb:<file>" or "duckdb::memory:".
            now_ms: Clock of the ids, Unix milliseconds; a benchmark lets years go by.

        Raises:
            StoreHeld: Another process has the file open.
            StoreUnreadable: The file is no database this version can open.
            StoreTooNew: A newer version wrote it.
            StoreError: The URL is of another kind.
        """
        kind, _, target = url.partition(":")
        if kind != "duckdb" or not target:
            raise StoreError(reason="store_url_unknown", url=url)
        path = None if target == ":memory:" else Path(target)
        connection = _connect(path)
        _migrate(connection)
        return cls(connection, path, now_ms)

    def read(self, query: str, **parameters: object) -> pd.DataFrame:
        """Run a named query on the last committed state; times are aware UTC."""
        return self._cursor().execute(sql(query), parameters or None).df()

    def rows(self, query: str, **parameters: object) -> list[dict[str, Any]]:
        """Run a named query and return its rows as dictionaries, missing values as None."""
        return fetch_rows(self._cursor().execute(sql(query), parameters or None))

    def write(self, work: Callable[[Transaction], T]) -> Future[T]:
        """Hand a unit of work to the writer; `.result()` returns once it is on disk.

        Raises:
            StoreClosed: The store is stopping.
            StoreBusy: The writer's queue stayed full.
        """
        return self._writer.submit(work, SUBMIT_WAIT_S)

    def on_commit(self, listener: Callable[[Commit], None]) -> None:
        """Call `listener` on the writer's thread after every commit that touched something."""
        self._writer.listen(listener)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a fresh connection to the same database, for backups; the caller closes it."""
        return _in_utc(self._connection.cursor())

    def health(self) -> StoreHealth:
        """Return the state of the writer and its queue."""
        writer = self._writer
        return StoreHealth(
            writing=writer.alive(),
            queue_depth=writer.depth(),
            commits=writer.commits,
            last_commit_at=writer.last_commit_at,
            last_checkpoint_at=writer.last_checkpoint_at,
            timings=writer.timings.summary(),
        )

    def close(self) -> None:
        """Finish everything queued, checkpoint and close the file."""
        self._writer.close()
        for connection in (*self._readers, self._write_connection, self._connection):
            connection.close()

    def _begin(self) -> Transaction:
        return Transaction(self._write_connection, self._ids, self._schemas)

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self._local.cursor = self.cursor()
            self._readers.append(cursor)
        return cursor


def _connect(path: Path | None) -> duckdb.DuckDBPyConnection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    # No automatic checkpoints: the writer takes them in quiet moments (data/writer.py).
    config: dict[str, str | bool | int | float | list[str]] = {
        "checkpoint_threshold": "1TB",
        "autoinstall_known_extensions": "false",
        # Our queries read one row group or less: a second thread costs more than it brings.
        "threads": 1,
    }
    try:
        return _in_utc(duckdb.connect(str(path) if path else ":memory:", config=config))
    except duckdb.IOException as failure:
        text = str(failure)
        if "lock" in text.lower():
            holder = re.search(r"PID (\d+)", text)
            raise StoreHeld(path=str(path), pid=holder.group(1) if holder else None) from None
        raise StoreUnreadable(path=str(path), reason=text.splitlines()[0]) from None
    except duckdb.Error as failure:
        raise StoreUnreadable(path=str(path), reason=str(failure).splitlines()[0]) from None


def _in_utc(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    connection.execute("set timezone = 'UTC'")
    return connection


def _migrate(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(sql("store/create_schema_version"))
    rows = connection.execute(sql("store/schema_version")).fetchall()
    current = rows[0][0]
    newest = migrations()[-1][0]
    if current > newest:
        raise StoreTooNew(found=current, known=newest)
    for number, text in migrations():
        if number > current:
            connection.begin()
            connection.execute(text)
            connection.execute(sql("store/record_schema_version"), {"version": number})
            connection.commit()


class _ArrowSchemas(dict[str, pa.Schema]):
    """The Arrow schema by table, asked for when first needed: asking for all doubles a start."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        super().__init__()
        self._connection = connection

    def __missing__(self, table: str) -> pa.Schema:
        schema = self[table] = self._connection.table(table).limit(0).to_arrow_table().schema
        return schema
