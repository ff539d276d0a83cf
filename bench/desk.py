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
WEEK_CASES = 330
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
    years = Years()
    store = Store.open(f"duckdb:{var / 'yiping.duckdb'}", years)
    vault = Vault.open(var / "keys", store)
    sessions = Sessions(store)
    try:
        filled_s = fill(store, years)
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


class Years:
    """A clock for ids that lets the years go by in which the cases came in."""

    def __init__(self) -> None:
        self.at = datetime.now(UTC) - BACK * (CASES // 2_500 + 1)

    def __call__(self) -> int:
        return int(self.at.timestamp() * 1_000)


def fill(store: Store, years: Years) -> float:
    """Record the demo's registers and `CASES` cases in the order of years, the open ones last.

    Ids are made in time, and so lie in the file as after years of work.

    Returns:
        Seconds it took.
    """
    begun = time.perf_counter()
    now = datetime.now(UTC)
    load_demo(store, SEED, now)
    past = history(SEED, now)
    last = past.groupby("source_id")["status"].transform("last")
    lives = past[last.isin(FINISHED_STATUSES)]
    ids = lives["source_id"].unique()
    missing = CASES - OPEN - past["source_id"].nunique()
    weeks = [
        (number, ids[start : start + WEEK_CASES])
        for number in range(missing // len(ids) + 1, 0, -1)
        for start in range(0, len(ids), WEEK_CASES)
    ]
    for number, chosen in weeks[-(missing // WEEK_CASES) :]:
        week = lives[lives["source_id"].isin(chosen)]
        _append(store, years, _told(week, f"r{number}", BACK * number))
    _append(store, years, _told(_unfinished(lives), "open", timedelta()))
    return time.perf_counter() - begun


def _append(store: Store, years: Years, told: pd.DataFrame) -> None:
    years.at = max(years.at, told["reported_at"].min())
    append_history(store, COMMUNITY_ID, "bench", told, "bench").result()


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
