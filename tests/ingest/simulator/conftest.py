"""A loaded demo in memory and a sink that records straight into it."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions.demo import load_demo
from actions.intake.quarantine import QuarantinedRow
from actions.intake.recording import RowResult, record
from data.store import Store
from rules.records import Record

SEED = 7
NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)  # ten on a Wednesday morning in China


class RecordingSink:
    """Takes rows into a store at once and remembers what passed."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.taken: list[tuple[str, str, list[Record]]] = []
        self.verdicts: Counter[str] = Counter()
        self.alive_count = 0

    def take(
        self, kind: str, records: Sequence[Record], community_id: str, *, origin: str | None = None
    ) -> list[RowResult]:
        results = record(self.store, kind, community_id, "simulator", records).result()
        self.taken.append((kind, community_id, list(records)))
        self.verdicts.update(result.result for result in results)
        return results

    def offer(
        self, kind: str, records: Sequence[Record], community_id: str, *, origin: str | None = None
    ) -> Future[list[RowResult]]:
        raise AssertionError("the simulator waits for every commit")

    def set_aside(
        self,
        kind: str,
        community_id: str,
        rows: Sequence[QuarantinedRow],
        file: str | None = None,
        *,
        origin: str | None = None,
    ) -> int:
        raise AssertionError("the simulator makes no bad rows")

    def alive(self) -> None:
        self.alive_count += 1

    def of(self, kind: str) -> list[Record]:
        """Return everything taken of one kind, in order."""
        return [row for taken, _, rows in self.taken if taken == kind for row in rows]


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed database file with the demo community as of NOW, loaded once."""
    path = tmp_path_factory.mktemp("demo") / "yiping.duckdb"
    opened = Store.open(f"duckdb:{path}")
    load_demo(opened, SEED, NOW)
    opened.close()
    return path


@pytest.fixture
def demo_twin(demo_file: Path, tmp_path: Path) -> Callable[[str], Store]:
    """Open another copy of the loaded demo under a name."""

    def copy(name: str) -> Store:
        path = tmp_path / name
        shutil.copyfile(demo_file, path)
        return Store.open(f"duckdb:{path}")

    return copy


@pytest.fixture
def demo(demo_twin: Callable[[str], Store]) -> Iterator[Store]:
    """A store of its own with the demo community as of NOW."""
    opened = demo_twin("demo.duckdb")
    yield opened
    opened.close()
