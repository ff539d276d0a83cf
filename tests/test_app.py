"""The whole app as a process: nothing acknowledged is lost, commands go through it."""

from __future__ import annotations

import json
import random
import stat
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from data.store import Store

ROUNDS = 10


def row(source_id: str) -> dict[str, Any]:
    reported_at = datetime.now(UTC).isoformat()
    return {
        "source_id": source_id,
        "category": "noise",
        "title": "楼上装修",
        "reported_at": reported_at,
    }


class Poster(threading.Thread):
    """Posts cases one after another until the app is gone; keeps the ids that were acknowledged."""

    def __init__(self, url: str, key: str, prefix: str) -> None:
        super().__init__()
        self.acknowledged: list[str] = []
        self._url, self._key, self._prefix = url, key, prefix

    def run(self) -> None:
        with httpx.Client(headers={"Authorization": f"Bearer {self._key}"}, timeout=10) as client:
            for number in range(100_000):
                source_id = f"{self._prefix}-{number}"
                try:
                    answer = client.post(f"{self._url}/api/v1/cases", json=[row(source_id)])
                except httpx.TransportError:
                    return
                assert answer.status_code == 201, answer.text
                self.acknowledged.append(source_id)


@pytest.mark.timeout(900)
def test_sigkill_during_a_stream_of_posts_loses_no_acknowledged_case(app_process: Any) -> None:
    key = app_process.cli("key", "create", "--role", "source", "--community", "t").stdout.strip()
    chance = random.Random(20260312)
    acknowledged: set[str] = set()
    for round_ in range(ROUNDS):
        app_process.start()
        posters = [Poster(app_process.url, key, f"r{round_}p{n}") for n in range(3)]
        for poster in posters:
            poster.start()
        while sum(len(poster.acknowledged) for poster in posters) < 3:
            time.sleep(0.01)
        time.sleep(chance.uniform(0.0, 0.4))
        app_process.kill()
        for poster in posters:
            poster.join()
            acknowledged.update(poster.acknowledged)
        store = Store.open(f"duckdb:{app_process.database}")
        kept = {found["source_id"] for found in store.rows("case/source_ids", community_id="t")}
        store.close()
        assert acknowledged <= kept, f"round {round_}: lost {sorted(acknowledged - kept)}"
    assert len(acknowledged) >= 3 * ROUNDS


def test_commands_work_the_same_through_the_running_app_and_without_it(
    app_process: Any, tmp_path: Path
) -> None:
    assert app_process.cli("init", "--community", "t", "--name-zh", "试社区").returncode == 0
    table = tmp_path / "cases.csv"
    table.write_text(
        "编号,类别,标题,上报时间\n1,noise,楼上装修,2026-03-12 08:00\n2,noise,,not a time\n", "utf-8"
    )
    command = ["import", "cases", str(table), "--mapping", "cases", "--community", "t"]
    offline = app_process.cli(*command)
    assert offline.returncode == 0, offline.stderr
    assert json.loads(offline.stdout.splitlines()[-1]) == {
        "read": 2,
        "new": 1,
        "unchanged": 0,
        "changed": 0,
        "quarantined": 1,
    }
    app_process.start()
    online = app_process.cli(*command)
    assert online.returncode == 0, online.stderr
    assert json.loads(online.stdout.splitlines()[-1]) == {
        "read": 2,
        "new": 0,
        "unchanged": 1,
        "changed": 0,
        "quarantined": 1,
    }
    missing = app_process.cli(
        "import", "cases", "nowhere.csv", "--mapping", "cases", "--community", "t"
    )
    assert missing.returncode == 2
    assert "Traceback" not in missing.stderr
    rebuilt = app_process.cli("rebuild")
    assert rebuilt.returncode == 0
    assert "case_now: 1 rows, as before" in rebuilt.stdout
    control = tmp_path / "control.json"
    assert stat.S_IMODE(control.stat().st_mode) == 0o600
    assert app_process.stop() == 0
    assert not control.exists()


def test_the_control_channel_answers_nobody_without_the_token(
    app_process: Any, tmp_path: Path
) -> None:
    app_process.start()
    control = tmp_path / "control.json"
    right = control.read_text()
    control.write_text(json.dumps({**json.loads(right), "token": "0" * 64}))
    refused = app_process.cli("key", "create", "--role", "source", "--community", "t")
    assert refused.returncode != 0
    assert refused.stdout == ""
    control.write_text(right)
    assert app_process.cli("key", "create", "--role", "source", "--community", "t").returncode == 0


def test_backup_and_restore_through_the_running_app(app_process: Any, tmp_path: Path) -> None:
    key = app_process.cli("key", "create", "--role", "source", "--community", "t").stdout.strip()
    app_process.start()
    headers = {"Authorization": f"Bearer {key}"}
    cases = f"{app_process.url}/api/v1/cases"
    assert httpx.post(cases, json=[row("before")], headers=headers).status_code == 201
    assert app_process.cli("backup", str(tmp_path / "backup")).returncode == 0
    assert httpx.post(cases, json=[row("after")], headers=headers).status_code == 201
    restored = app_process.cli("restore", str(tmp_path / "backup"))
    assert restored.returncode == 0, restored.stderr
    wait_until_answering(app_process, lambda: "Restored" in app_process.log)
    assert app_process.stop() == 0
    store = Store.open(f"duckdb:{app_process.database}")
    assert [r["source_id"] for r in store.rows("case/source_ids", community_id="t")] == ["before"]
    store.close()


def test_a_store_held_by_another_process_is_one_clear_line(
    app_process: Any, tmp_path: Path
) -> None:
    app_process.start()
    elsewhere = type(app_process)(
        tmp_path / "elsewhere", YIPING_STORE=app_process.environment["YIPING_STORE"]
    )
    (tmp_path / "elsewhere").mkdir()
    for command in (["rebuild"], ["run"]):
        held = elsewhere.cli(*command)
        assert held.returncode == 1
        assert "is held by process" in held.stderr
        assert "Traceback" not in held.stderr
        assert len(held.stderr.strip().splitlines()) == 1


def wait_until_answering(app_process: Any, condition: Any) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            answered = httpx.get(f"{app_process.url}/api/v1/health", timeout=2).status_code == 200
        except httpx.TransportError:
            answered = False
        if answered and condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"the app did not come back:\n{app_process.log}")
