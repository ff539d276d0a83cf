"""A feed over a fake store with three small views, for the tests of the feed."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from data.feed import Feed
from data.subscription import Subscription
from data.views.view import Question, View
from data.writer import Commit

NOW = datetime(2026, 3, 12, 8, tzinfo=UTC)
Row = dict[str, Any]


class FakeStore:
    """What the feed asks of a store: its communities and its commits."""

    def __init__(self) -> None:
        self.commits = 0
        self.listeners: list[Callable[[Commit], None]] = []

    def on_commit(self, listener: Callable[[Commit], None]) -> None:
        self.listeners.append(listener)

    def rows(self, query: str) -> list[Row]:
        assert query == "view/community"
        return [{"community_id": name, "timezone": "Asia/Shanghai"} for name in ("a", "b")]

    def commit(self, *nouns: str, community_id: str = "a") -> None:
        """Announce a commit as the writer does: from a thread of its own."""
        self.commits += 1
        commit = Commit(self.commits, frozenset((noun, community_id) for noun in nouns))
        thread = threading.Thread(target=lambda: [each(commit) for each in self.listeners])
        thread.start()
        thread.join()


class Board:
    """Views of a test: what they show now, and how often each was asked."""

    def __init__(self) -> None:
        self.cases: dict[str, int] = {"1": 1, "2": 2, "3": 3}
        self.figure: Any = 7
        self.objects: dict[str, int] = {"x": 1, "y": 2}
        self.asked: list[tuple[str, str]] = []
        self.threads: set[str] = set()
        self.slow_s = 0.0

    def rows_of(self, name: str) -> Callable[[Question], list[Row]]:
        def compute(question: Question) -> list[Row]:
            self._note(name, question)
            rows: dict[str, int] = getattr(self, name)
            return [{"id": key, "n": n} for key, n in rows.items()]

        return compute

    def figures(self, question: Question) -> Any:
        self._note("figure", question)
        if isinstance(self.figure, Exception):
            raise self.figure
        return {"open": self.figure}

    def views(self, every_s: float | None = None) -> tuple[View, ...]:
        return (
            View("ticker", self.rows_of("cases"), frozenset({"case"}), keyed=True, pause_s=0.05),
            View("figures", self.figures, frozenset({"case"}), every_s=every_s, pause_s=0.02),
            View(
                "objects",
                self.rows_of("objects"),
                frozenset({"place"}),
                keyed=True,
                on_connect=False,
                pause_s=0.0,
            ),
        )

    def _note(self, name: str, question: Question) -> None:
        self.asked.append((name, question.community_id))
        self.threads.add(threading.current_thread().name)
        time.sleep(self.slow_s)


class Stage:
    """A feed over a fake store, for one scenario on one event loop."""

    def __init__(self, every_s: float | None = None) -> None:
        self.store = FakeStore()
        self.board = Board()
        self.feed = Feed(self.store, views=self.board.views(every_s), now=lambda: NOW)  # type: ignore[arg-type]

    async def commit(self, *nouns: str) -> None:
        """Commit and let the event loop hear of it."""
        self.store.commit(*nouns)
        await asyncio.sleep(0)

    async def connect(self, **resume: Any) -> tuple[Subscription, list[Row]]:
        """Subscribe and read hello and the views that follow."""
        subscription = await self.feed.subscribe("a", **resume)
        messages = [await read(subscription) for _ in range(3)]
        return subscription, messages


async def read(subscription: Subscription) -> Row:
    message = await asyncio.wait_for(subscription.next(), 5)
    made: Row = json.loads(message.text)
    assert made["seq"] == message.seq
    return made


async def quiet(subscription: Subscription, s: float = 0.15) -> bool:
    """Tell whether nothing comes for a while."""
    try:
        await asyncio.wait_for(subscription.next(), s)
    except TimeoutError:
        return True
    return False


def play(scenario: Callable[[Stage], Awaitable[None]], every_s: float | None = None) -> Stage:
    """Run a scenario with a started feed."""

    async def run() -> Stage:
        stage = Stage(every_s)
        await stage.feed.start()
        try:
            await scenario(stage)
        finally:
            await stage.feed.stop()
        return stage

    return asyncio.run(run())
