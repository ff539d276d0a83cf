"""One-click dispatch with the network to the notifier cut: how fast it answers, and what arrives.

Every sent worker is told by a web address whose port is closed while people are dispatched. Then it
opens, and every message must arrive exactly once.
"""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

import httpx

from actions.access import CLI
from actions.notify.channels import ChannelDesk
from actions.notify.posting import Guard
from actions.users.sessions import Sessions
from actions.vault import Vault
from api.access import CSRF_COOKIE, CSRF_HEADER
from bench.process import App
from bench.report import Figure, Report, percentile
from bench.session import Cookies, open_session
from data.store import Store
from tests.far_end import FarEnd, until

ROUNDS = 40
GOAL_MS = 300.0
NETWORK = "127.0.0.0/8"


def measure(report: Report, demo: Path) -> None:
    """Dispatch with the far end away, then let it come back."""
    far_end = FarEnd()
    cookies = _set_up(demo, far_end)
    app = App(
        demo,
        YIPING_OUTGOING_NETWORKS=NETWORK,
        YIPING_OUTGOING_PORTS=str(far_end.port),
    )
    key = app.cli("key", "create", "--role", "source", "--community", "demo").stdout.strip()
    far_end.close()
    with app:
        took, told = _dispatched(app, key, cookies)
        far_end.open()
        begun = time.perf_counter()
        until(lambda: len(_arrived(far_end, told)) >= len(told), 400)
        back_s = time.perf_counter() - begun
        time.sleep(2)  # for what would come twice
    arrived = _arrived(far_end, told)
    if len(arrived) != len(set(arrived)):
        raise AssertionError(f"{len(arrived)} messages arrived, {len(set(arrived))} different ones")
    far_end.close()
    report.add(
        f"{ROUNDS} dispatches with the network to the notifier cut",
        Figure("dispatch, sent until answered, p50", percentile(took, 0.5), "ms"),
        Figure("dispatch, sent until answered, p95", percentile(took, 0.95), "ms", GOAL_MS),
        Figure("people sent", len(told), "people"),
        Figure("messages that arrived once", len(set(arrived)), "messages", len(told), False),
        Figure("until all had arrived after it was back", back_s, "s"),
    )


def _set_up(demo: Path, far_end: FarEnd) -> Cookies:
    """Have every worker told by the far end, and sign an officer in."""
    store = Store.open(f"duckdb:{demo / 'yiping.duckdb'}")
    vault = Vault.open(demo / "keys", store)
    sessions = Sessions(store)
    try:
        guard = Guard(networks=(NETWORK,), ports=(far_end.port,))
        desk = ChannelDesk(store, vault.audit, vault.keyring, guard, CLI, "demo")
        channel_id = desk.add_channel("bench", "webhook", far_end.url)
        for recipient in ("worker:*", "organisation:*"):
            desk.add_route(recipient, channel_id)
        return open_session(store, sessions, "duty_officer", "demo")
    finally:
        sessions.close()
        vault.close()
        store.close()


def _dispatched(app: App, key: str, cookies: Cookies) -> tuple[list[float], list[str]]:
    """Milliseconds of each dispatch, and the case of each task it made."""
    took, told = [], []
    headers = {"Authorization": f"Bearer {key}"}
    asked = {CSRF_HEADER: cookies[CSRF_COOKIE]}
    with httpx.Client(base_url=app.url, cookies=cookies, timeout=30) as client:
        for number in range(ROUNDS):
            row = {
                "source_id": f"bench-{time.time_ns()}-{number}",
                "category": "pipe_leak",
                "title": "水管漏水",
                "reported_at": datetime.now(UTC).isoformat(),
            }
            posted = httpx.post(f"{app.url}/api/v1/cases", json=[row], headers=headers)
            case_id = posted.raise_for_status().json()[0]["case_id"]
            found = client.get(f"/api/v1/cases/{case_id}/responders").raise_for_status().json()
            body = {"key": str(uuid.uuid4()), "seen_version": found["version"]}
            begun = time.perf_counter()
            answer = client.post(f"/api/v1/cases/{case_id}/dispatch", json=body, headers=asked)
            took.append((time.perf_counter() - begun) * 1_000)
            told += [case_id] * len(answer.raise_for_status().json()["tasks"])
    return took[2:], told


def _arrived(far_end: FarEnd, told: list[str]) -> list[str]:
    """Ids of the messages about the dispatched cases, as they came."""
    wanted = set(told)
    bodies = [taken.json for taken in list(far_end.taken)]
    return [body["message_id"] for body in bodies if body.get("subject_id") in wanted]
