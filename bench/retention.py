"""Deletes 10,000 of 100,000 people while cases come in: how long a case waits for its commit.

On the store that bench/files.py has filled. A case is recorded every few milliseconds from another
thread, first alone, then beside the run; what counts is how much longer it takes.
"""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from actions.approvals import Approvals
from actions.deciding import carry_out_confirmed, decide
from actions.intake.recording import record
from actions.rights.retention import progress_of, request_run
from actions.vault import Vault
from bench.report import Figure, Report, percentile
from data.demo.areas import COMMUNITY_ID
from data.store import Store
from rules.records import CaseRecord
from rules.viewer import Viewer

PEOPLE = 10_000
EVERY_S = 0.02
ALONE_S = 20.0
GOAL_RATIO = 4.0
CLASS = "person_moved_out"
PRIVACY = Viewer("account", "bench-privacy", "privacy", frozenset({COMMUNITY_ID}))
SECRETARY = Viewer("account", "bench-secretary", "secretary", frozenset({COMMUNITY_ID}))


def measure(report: Report, var: Path) -> None:
    """Measure and report; `var` is a data folder with at least `PEOPLE` people on file."""
    store = Store.open(f"duckdb:{var / 'yiping.duckdb'}")
    vault = Vault.open(var / "keys", store)
    try:
        _move_out(store)
        approvals = Approvals(store, vault.keyring, vault.audit)
        alone, _ = _cases_while(store, "alone", lambda: time.sleep(ALONE_S))
        beside, took_s = _cases_while(store, "beside", lambda: _run(approvals))
        left = store.rows("retention/proofs", community_id=COMMUNITY_ID, most=1)[0]
        if int(left["subjects"]) != PEOPLE:
            raise AssertionError(f"deleted {left['subjects']} instead of {PEOPLE}")
    finally:
        vault.close()
        store.close()
    ratio = percentile(beside, 0.95) / percentile(alone, 0.95)
    report.add(
        f"Retention of {PEOPLE:,} people among 100,000 while cases come in",
        Figure("commit of a case, alone, p50", percentile(alone, 0.5), "ms"),
        Figure("commit of a case, alone, p95", percentile(alone, 0.95), "ms"),
        Figure("commit of a case during the run, p50", percentile(beside, 0.5), "ms"),
        Figure("commit of a case during the run, p95", percentile(beside, 0.95), "ms"),
        Figure("longest wait of a case during the run", max(beside), "ms", 500),
        Figure("during ÷ alone, p95", ratio, "×", GOAL_RATIO),
        Figure("whole run", took_s, "s"),
        Figure("people a second", PEOPLE / took_s, "people/s"),
    )


def _move_out(store: Store) -> None:
    """Have the first people moved out long ago, in one unit."""
    at = datetime.now(UTC) - timedelta(days=200)
    rows = store.rows("export_file/persons", community_id=COMMUNITY_ID, areas=None, most=PEOPLE)
    ids = [row["person_id"] for row in rows]
    if len(ids) < PEOPLE:
        raise AssertionError(f"only {len(ids)} people on file; run bench.files first")
    for start in range(0, PEOPLE, 1_000):
        part = store.rows("person/current", ids=ids[start : start + 1_000])
        events: list[dict[str, Any]] = [
            {
                **row,
                "event_kind": "moved_out",
                "happened_at": at,
                "removed_at": at,
                "actor": "bench",
            }
            for row in part
        ]
        store.write(lambda tx, events=events: tx.append("person", events)).result()  # type: ignore[misc]


def _run(approvals: Approvals) -> None:
    """Ask, confirm, and carry out as the clock would."""
    request_run(approvals, PRIVACY, COMMUNITY_ID, [CLASS], "bench: retention")
    waiting = approvals.listing(SECRETARY, COMMUNITY_ID, undecided=True)[0]
    decide(approvals, SECRETARY, waiting["approval_id"], True)
    while not carry_out_confirmed(approvals):
        time.sleep(0.2)
        progress = progress_of(approvals.store)
        if progress is not None and progress.error:
            raise AssertionError(progress.error)


def _cases_while(store: Store, name: str, work: Any) -> tuple[list[float], float]:
    """Record cases while something else is done; returns milliseconds of each, and the time."""
    stop = threading.Event()
    waits: list[float] = []

    def keep_coming() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            case = CaseRecord(
                source_id=f"bench-{name}-{number}",
                category="noise",
                title="楼上装修",
                reported_at=datetime.now(UTC),
            )
            begun = time.perf_counter()
            record(store, "cases", COMMUNITY_ID, "bench", [case]).result()
            waits.append((time.perf_counter() - begun) * 1_000)
            stop.wait(EVERY_S)

    thread = threading.Thread(target=keep_coming, daemon=True)
    thread.start()
    begun = time.perf_counter()
    try:
        work()
    finally:
        took_s = time.perf_counter() - begun
        stop.set()
        thread.join()
    return waits, took_s
