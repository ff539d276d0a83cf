"""Twenty officers at work on the same cases for ten minutes: no move is lost, none overwritten.

Each reads a case, thinks, and moves it on from what was read, so that they collide. Afterwards
every acknowledged move must stand in the history of its case, right behind the version its maker
had seen.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from actions.users.sessions import Sessions
from api.access import CSRF_COOKIE, CSRF_HEADER
from bench.process import App
from bench.report import Figure, Report, percentile
from bench.session import Cookies, open_session
from data.store import Store

OFFICERS = 20
CASES = 60
MINUTES = 10.0
LONGEST_THOUGHT_S = 1.0
# From each state a move that leads on; the last ones lead round, so that work never runs out.
ONWARD: Mapping[str, Mapping[str, Any]] = {
    "reported": {"action": "accept"},
    "accepted": {"action": "file"},
    "filed": {"action": "dispatch"},
    "dispatched": {"action": "start"},
    "handling": {"action": "return", "text": "现场无人，改日再去"},
    "returned": {"action": "dispatch"},
}


@dataclass
class Work:
    """What all officers have done together."""

    acknowledged: list[tuple[str, str, str]] = field(default_factory=list)  # case, seen, made
    conflicts: int = 0
    took_ms: list[float] = field(default_factory=list)


def measure(report: Report, demo: Path) -> None:
    """Let them work, then hold every history against what was acknowledged."""
    cookies, worker_id = _accounts(demo)
    app = App(demo)
    key = app.cli("key", "create", "--role", "source", "--community", "demo").stdout.strip()
    with app:
        work = asyncio.run(_work(app, key, cookies, worker_id))
    report.add(
        f"{OFFICERS} officers on {CASES} cases for {MINUTES:g} minutes",
        Figure("moves acknowledged", len(work.acknowledged), "moves"),
        Figure("moves refused because another was first", work.conflicts, "moves"),
        Figure("acknowledged moves lost or overwritten", 0, "moves", 0),
        Figure("a move, sent until answered, p50", percentile(work.took_ms, 0.5), "ms"),
        Figure("a move, sent until answered, p95", percentile(work.took_ms, 0.95), "ms"),
    )


def _accounts(demo: Path) -> tuple[list[Cookies], str]:
    """Make the officers and return their cookies, and somebody who can be sent."""
    store = Store.open(f"duckdb:{demo / 'yiping.duckdb'}")
    sessions = Sessions(store)
    try:
        people = store.rows("case/responders", community_id="demo", area_id=None)
        worker_id = next(row["assignee_id"] for row in people if row["assignee_kind"] == "worker")
        names = [f"bench-officer-{number}" for number in range(OFFICERS)]
        return [
            open_session(store, sessions, "duty_officer", "demo", holder_id=name) for name in names
        ], worker_id
    finally:
        sessions.close()
        store.close()


async def _work(app: App, key: str, cookies: list[Cookies], worker_id: str) -> Work:
    work = Work()
    async with httpx.AsyncClient(base_url=app.url, timeout=30) as client:
        headers = {"Authorization": f"Bearer {key}"}
        rows = [_report(number) for number in range(CASES)]
        answer = await client.post("/api/v1/cases", json=rows, headers=headers)
        case_ids = [row["case_id"] for row in answer.raise_for_status().json()]
        until = time.monotonic() + MINUTES * 60
        await asyncio.gather(
            *(
                _officer(app, cookies[number], number, case_ids, worker_id, until, work)
                for number in range(OFFICERS)
            )
        )
        for case_id in case_ids:
            read = await client.get(f"/api/v1/cases/{case_id}", headers=headers)
            _check(case_id, read.raise_for_status().json()["events"], work)
    return work


async def _officer(
    app: App,
    cookies: Cookies,
    number: int,
    case_ids: list[str],
    worker_id: str,
    until: float,
    work: Work,
) -> None:
    chance = random.Random(number)
    headers = {CSRF_HEADER: cookies[CSRF_COOKIE]}
    async with httpx.AsyncClient(
        base_url=app.url, cookies=cookies, headers=headers, timeout=30
    ) as client:
        while time.monotonic() < until:
            case_id = chance.choice(case_ids)
            case = (await client.get(f"/api/v1/cases/{case_id}")).raise_for_status().json()
            await asyncio.sleep(chance.uniform(0, LONGEST_THOUGHT_S))
            body = {**ONWARD[case["status"]], "seen_version": case["event_id"]}
            if body["action"] == "dispatch":
                body["assignees"] = [worker_id]
            begun = time.perf_counter()
            answer = await client.post(f"/api/v1/cases/{case_id}/moves", json=body)
            work.took_ms.append((time.perf_counter() - begun) * 1_000)
            if answer.status_code == 201:
                made = answer.json()["version"]
                work.acknowledged.append((case_id, case["event_id"], made))
            elif answer.status_code == 409:
                work.conflicts += 1
            else:
                raise AssertionError(f"{answer.status_code}: {answer.text[:300]}")


def _report(number: int) -> dict[str, Any]:
    return {
        "source_id": f"bench-{time.time_ns()}-{number}",
        "category": "noise",
        "title": "楼上装修",
        "reported_at": datetime.now(UTC).isoformat(),
    }


def _check(case_id: str, events: list[dict[str, Any]], work: Work) -> None:
    """Every acknowledged move once, behind the version it was made from, and nothing beside."""
    made = [event["event_id"] for event in events]
    behind = dict(zip(made[1:], made, strict=False))
    moves = {after: seen for case, seen, after in work.acknowledged if case == case_id}
    lost = [after for after, seen in moves.items() if behind.get(after) != seen]
    if lost or len(moves) != len(made) - 1:
        raise AssertionError(f"{case_id}: {len(lost)} lost, {len(moves)} acknowledged, {made}")
