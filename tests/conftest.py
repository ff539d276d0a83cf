"""Fixtures every test may use: a store of its own, and where the real data lies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.store import Store

ROOT = Path(__file__).parent.parent


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store on disk, closed at the end."""
    opened = Store.open(f"duckdb:{tmp_path / 'yiping.duckdb'}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The folder of real data; skips where it is absent, fails there with CI=true."""
    folder = Path(os.environ.get("YIPING_REALDATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        reason = f"real data is absent: {folder} (set YIPING_REALDATA)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
