"""The source reads from the real app in another process what was posted to it over Open311."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from actions.intake.recording import record_community
from data.store import Store
from ingest.base import SourceContext
from ingest.open311 import Open311
from ingest.open311.config import Open311Config
from ingest.sink import StoreSink
from ingest.tally import Tally
from rules.records import CommunityRecord


def reported(url: str, key: str, **fields: str) -> str:
    form = {"api_key": key, "service_code": "noise", "lat": "31.2", "long": "121.4", **fields}
    answer = httpx.post(f"{url}/requests.json", data=form)
    assert answer.status_code == 201, answer.text
    return str(answer.json()[0]["service_request_id"])


def test_what_was_posted_to_another_server_arrives_here_in_both_formats(
    store: Store, tmp_path: Path, app_class: Any
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    app = app_class(folder)
    assert app.cli("init", "--community", "city").returncode == 0
    made = app.cli("key", "create", "--role", "source", "--community", "city")
    key = next(word for word in made.stdout.split() if word.startswith("yp_"))
    app.start()
    try:
        theirs = f"{app.url}/open311/v2"
        ids = {reported(theirs, key), reported(theirs, key, service_code="parking")}
        file = tmp_path / "key"
        file.write_text(key)
        file.chmod(0o600)
        record_community(store, CommunityRecord(community_id="demo", name_zh="社区")).result()
        context = SourceContext(store, tmp_path, ("127.0.0.0/8",), (app.port,))
        for fmt in ("json", "xml"):
            config = Open311Config(
                endpoint=theirs, community="demo", key_file=file, format=fmt, jurisdiction="city"
            )
            sink = StoreSink(store, Tally("open311"), lambda: datetime.now(UTC), threading.Event())
            Open311(config, context).round(sink, threading.Event())
            found = store.rows("case/source_ids", community_id="demo")
            assert {row["source_id"] for row in found} == ids, json.dumps(found, default=str)
    finally:
        app.stop()


@pytest.mark.parametrize("key", ["endpoint", "community"])
def test_settings_without_what_is_needed_are_named(app_process: Any, key: str) -> None:
    told = {"endpoint": "https://311.example/v2", "community": "demo"}
    del told[key]
    file = app_process.folder / "yiping.toml"
    lines = "\n".join(f'{name} = "{value}"' for name, value in told.items())
    file.write_text(f"[sources.open311]\n{lines}\n")
    app_process.environment["YIPING_CONFIG"] = str(file)
    checked = app_process.cli("check")
    assert checked.returncode == 2
    assert f"sources.open311.{key}" in checked.stderr
