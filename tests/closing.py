"""Closes a store whose file is thrown away, which spares the last checkpoint."""

from __future__ import annotations

from data.store import Store


def close_for_good(store: Store) -> None:
    """Finish everything queued and let go of the file as it is; what is in its log stays there."""
    store._writer._wal = None
    store._connection.execute("pragma disable_checkpoint_on_shutdown")
    store.close()
