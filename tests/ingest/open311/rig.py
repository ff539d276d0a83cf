"""The source open311 with a real store behind it, and requests as a proper server tells them."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from actions.intake.recording import record_community
from data.store import Store
from ingest.base import SourceContext
from ingest.open311 import Open311
from ingest.open311.config import Open311Config
from ingest.sink import StoreSink
from ingest.tally import Tally
from rules.records import CommunityRecord
from tests.ingest.open311.nasty_server import NastyServer, rows

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def entry(number: int, **more: Any) -> dict[str, Any]:
    at = NOW - timedelta(hours=number)
    return {
        "service_request_id": f"r-{number}",
        "status": "open",
        "service_name": "路灯",
        "service_code": "sl",
        "description": "不亮",
        "requested_datetime": at.isoformat(),
        "updated_datetime": at.isoformat(),
        "lat": 31.2304,
        "long": 121.4737,
        **more,
    }


def within(asked: dict[str, str], entries: list[dict[str, Any]]) -> Any:
    """Answer as a proper server does."""
    if "service_request_id" in asked:
        wanted = asked["service_request_id"].split(",")
        return rows(*(e for e in entries if e["service_request_id"] in wanted))
    first, last = (datetime.fromisoformat(asked[key]) for key in ("start_date", "end_date"))
    return rows(
        *(e for e in entries if first <= datetime.fromisoformat(e["requested_datetime"]) <= last)
    )


class Rig:
    """The source with a real store."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        record_community(store, CommunityRecord(community_id="demo", name_zh="社区")).result()
        self.tally = Tally("open311")
        self.sink = StoreSink(store, self.tally, lambda: NOW, threading.Event())

    def source(self, server: NastyServer, now: datetime = NOW, **more: Any) -> Open311:
        config = Open311Config(endpoint=server.url, community="demo", **more)
        context = SourceContext(self.store, self.folder, ("127.0.0.0/8",), (server.port,))
        return Open311(config, context, lambda: now)

    def round(self, server: NastyServer, now: datetime = NOW, **more: Any) -> None:
        self.source(server, now, **more).round(self.sink, threading.Event())

    def cases(self) -> dict[str, dict[str, Any]]:
        found = self.store.rows(
            "view/case_page", community_id="demo", case_id=None, source=None, reach=None,
            statuses=None, updated_after=None, after="", row_limit=1000,
        )  # fmt: skip
        return {row["source_id"]: row for row in found}

    def aside(self) -> list[dict[str, Any]]:
        return self.store.rows(
            "quarantine/listing", community_id="demo", source="open311:127.0.0.1", since=None
        )


@pytest.fixture
def rig(store: Store, tmp_path: Path) -> Rig:
    return Rig(store, tmp_path)
