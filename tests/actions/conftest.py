"""Fixtures of the use-cases: a door with accounts behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Store
from tests.actions.door import Door, opened_door


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    """A community without accounts, and a clock set by hand; its store is in memory."""
    store = Store.open()
    with opened_door(store, tmp_path) as made:
        yield made
    store.close()
