"""A small community with one of everything, for the tests of the views."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count
from typing import Any

import pytest

from actions.intake.recording import record, record_community
from data.store import Store
from data.views.view import Question
from rules.records import (
    AreaRecord,
    CommunityRecord,
    PlaceRecord,
    Record,
    WorkerRecord,
)
from tests.data.views.given import NOW, SQUARE

Put = Callable[..., list[str]]


@pytest.fixture
def put(store: Store) -> Put:
    """Record rows and return their ids; every row must be taken."""

    def _put(kind: str, *rows: Record, community_id: str = "demo") -> list[str]:
        results = record(store, kind, community_id, "t", rows).result()
        assert [each.error for each in results] == [None] * len(rows)
        return [str(each.id) for each in results]

    return _put


@pytest.fixture
def ask(store: Store) -> Callable[..., Question]:
    """Make a question to the community, as of NOW."""
    versions = count()

    def _ask(
        community_id: str = "demo",
        now: datetime = NOW,
        timezone: str = "Asia/Shanghai",
        sources: Sequence[Any] = (),
    ) -> Question:
        return Question(
            store, community_id, timezone, now, lambda: sources, lambda nouns: next(versions)
        )

    return _ask


@pytest.fixture
def town(store: Store, put: Put) -> dict[str, str]:
    """Two communities; in `demo` a zone, a grid, a building and their leader. Ids by name."""
    for community_id, name in (("demo", "石榴社区"), ("other", "槐树社区")):
        record_community(store, CommunityRecord(community_id=community_id, name_zh=name)).result()
    (leader,) = put(
        "workers", WorkerRecord(source_id="w1", kind="grid_worker", callsign="网格员 01")
    )
    zone, grid = put(
        "areas",
        AreaRecord(source_id="z1", level="zone", name_zh="东片区", name_en="East zone"),
        AreaRecord(
            source_id="g1",
            level="grid",
            name_zh="第一网格",
            name_en="Grid 1",
            parent_id="z1",
            leader_worker_id="w1",
            lon=116.31,
            lat=39.91,
        ),
    )
    (building,) = put(
        "places",
        PlaceRecord(
            source_id="b1",
            kind="building",
            name_zh="3号楼",
            name_en="Building 3",
            area_id="g1",
            geometry=SQUARE,
            floors=18,
            attribution="© OpenStreetMap contributors",
        ),
    )
    return {"leader": leader, "zone": zone, "grid": grid, "building": building}
