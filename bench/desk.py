"""The desk over 100,000 cases, 2,000 of them open: list, case page and ticker, in one process.

The lives are those of the demo's eight weeks, told again and again further back in time.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import dash
import pandas as pd
import plotly
from fastapi import FastAPI

from actions.access import current_viewer
from actions.cases.history import append_history
from actions.demo import load_demo
from actions.upkeep.state import Unwatched
from actions.users.sessions import Sessions
from actions.vault import Vault
from bench.report import Figure, Report, percentile
from data.demo.areas import COMMUNITY_ID
from data.demo.history import history
from data.store import Store
from data.views.cases import ticker
from data.views.view import Question
from rules.viewer import Viewer
from rules.vocabulary import FINISHED_STATUSES
from settings import Settings

CASES = 100_000
OPEN = 2_000
BACK = timedelta(weeks=8)
ROUNDS = 60
WARM = 3
GOAL_MS = 50.0
SEED = 7
OFFICER = Viewer("account", "bench-officer", "duty_officer", frozenset({COMMUNITY_ID}))
SORTS: tuple[list[dict[str, str]] | None, ...] = (
    None,
    [{"colId": "reported", "sort": "desc"}],
    [{"colId": "category", "sort": "asc"}],
)
MOMENTS = ("reported_at", "happened_at", "deadline_at", "closed_at")


def measure(report: Report, var: Path) -> None:
    """Fill a store with cases, then read what the desk and the wall read of it."""
    var.mkdir(parents=True, exist_ok=True)
    store = Store.open(f"duckdb:{var / 'yiping.duckdb'}")
    vault = Vault.open(var / "keys", store)
    sessions = Sessions(store)
    try:
        filled_s = fill(store)
        current_viewer.set(OFFICER)
        server: Any = FastAPI()
        dash.Dash("bench", server=server, use_pages=True, pages_folder="")
        server.state.services = SimpleNamespace(
            store=store,
            runner_health=list,
            sessions=sessions,
            keyring=vault.keyring,
            audit=vault.audit,
            settings=Settings(var=var),
            upkeep=Unwatched(),
        )
        _measure(report, store, filled_s)
    finally:
        sessions.close()
        vault.close()
        store.close()


def fill(store: Store) -> float:
    """Record the demo's registers and `CASES` cases, `OPEN` of them unfinished.

    Returns:
        Seconds it took.
    """
    begun = time.perf_counter()
    now = datetime.now(UTC)
    load_demo(store, SEED, now)
    past = history(SEED, now)
    last = past.groupby("source_id")["status"].transform("last")
    lives = past[last.isin(FINISHED_STATUSES)]
    per_round = lives["source_id"].nunique()
    opened = _told(_unfinished(lives), "open", timedelta())
    append_history(store, COMMUNITY_ID, "bench", opened, "bench").result()
    standing = len(store.rows("view/ticker", community_id=COMMUNITY_ID))
    missing = CASES - opened["source_id"].nunique() - past["source_id"].nunique()
    for number in range(1, missing // per_round + 2):
        wanted = min(per_round, missing - (number - 1) * per_round)
        ids = lives["source_id"].unique()[:wanted]
        chosen = lives[lives["source_id"].isin(ids)]
        told = _told(chosen, f"r{number}", BACK * number)
        append_history(store, COMMUNITY_ID, "bench", told, "bench").result()
    if standing < OPEN:
        raise AssertionError(f"{standing} open cases instead of {OPEN}")
    return time.perf_counter() - begun


def _unfinished(lives: pd.DataFrame) -> pd.DataFrame:
    """The last lives, cut off before they end."""
    ids = lives["source_id"].unique()[-OPEN:]
    chosen = lives[lives["source_id"].isin(ids)]
    step = chosen.groupby("source_id").cumcount()
    return chosen[(step < 3) & ~chosen["status"].isin(FINISHED_STATUSES)]


def _told(lives: pd.DataFrame, prefix: str, back: timedelta) -> pd.DataFrame:
    """The same lives under other ids, further back in time."""
    moved = {
        name: [at - back if isinstance(at, datetime) else None for at in lives[name]]
        for name in MOMENTS
    }
    told = lives.assign(source_id=prefix + "-" + lives["source_id"])
    for name, moments in moved.items():
        told[name] = pd.Series(moments, index=lives.index, dtype=object)
    return told


def _measure(report: Report, store: Store, filled_s: float) -> None:
    from pages import case, desk  # a page registers with the site that is there

    chance = random.Random(SEED)
    every = store.rows("case/ids", community_id=COMMUNITY_ID)
    chosen = chance.sample([row["case_id"] for row in every], ROUNDS + WARM)
    filters: list[dict[str, Any]] = [
        {"community": COMMUNITY_ID},
        {"community": COMMUNITY_ID, "status": "finished"},
        {"community": COMMUNITY_ID, "category": "noise"},
        {"community": COMMUNITY_ID, "status": "overdue"},
    ]
    # one version throughout: the names of places are read once, as in the running app
    asking = Question(
        store, COMMUNITY_ID, "Asia/Shanghai", datetime.now(UTC), list, lambda _nouns: 0
    )

    def block(number: int) -> None:
        request = {
            "startRow": 0,
            "endRow": 100,
            "sortModel": SORTS[number % len(SORTS)],
        }
        _sent(desk.show_block(request, filters[number % len(filters)]))

    figures: dict[str, Callable[[int], object]] = {
        "case list, first block with its counts, as sent": block,
        "case page with its history, as sent": lambda number: _sent(case.layout(chosen[number])),
        "ticker of 2,000": lambda _number: ticker(asking),
    }
    took = {name: _times(work) for name, work in figures.items()}
    report.add(
        f"Desk over {len(every):,} cases, {_open(store):,} open",
        *(
            figure
            for name, times in took.items()
            for figure in (
                Figure(f"{name}, p50", percentile(times, 0.5), "ms"),
                Figure(f"{name}, p95", percentile(times, 0.95), "ms", GOAL_MS),
            )
        ),
        Figure("filling the store, demo and histories", filled_s, "s"),
    )


def _open(store: Store) -> int:
    return len(store.rows("view/ticker", community_id=COMMUNITY_ID))


def _sent(layout: Any) -> None:
    """Encode as the answer to a browser is."""
    json.dumps(layout, cls=plotly.utils.PlotlyJSONEncoder)


def _times(work: Callable[[int], object]) -> list[float]:
    """Milliseconds of each round after the first few."""
    times = []
    for number in range(ROUNDS + WARM):
        begun = time.perf_counter()
        work(number)
        times.append((time.perf_counter() - begun) * 1_000)
    return times[WARM:]
