"""Fixtures of the use-cases: a door with accounts behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.access import current_viewer
from actions.vault import Vault
from data.store import Store
from tests.actions.door import Door, opened_door
from tests.files_stage import FilesStage


@pytest.fixture(autouse=True)
def nobody_stays_signed_in() -> Iterator[None]:
    """Whoever a test signs in is signed out when it ends."""
    yield
    current_viewer.set(None)


@pytest.fixture
def door(store: Store, tmp_path: Path) -> Iterator[Door]:
    """A community without accounts, and a clock set by hand."""
    with opened_door(store, tmp_path) as made:
        yield made


@pytest.fixture
def files(store: Store, tmp_path: Path) -> Iterator[FilesStage]:
    """Two communities with grids and buildings."""
    vault = Vault.open(tmp_path / "keys", store)
    yield FilesStage(store, vault).set_up()
    vault.close()
