"""Closes a store whose file is thrown away, which spares the last checkpoint."""

from __future__ import annotations

from contextlib import suppress

import duckdb

from data.store import Store


def close_for_good(store: Store) -> None:
    """Finish everything queued and let go of the file as it is; what is in its log stays there."""
    store._writer._wal = None
    with suppress(duckdb.ConnectionException):  # the test has closed it
        store._connection.execute("pragma disable_checkpoint_on_shutdown")
    store.close()
