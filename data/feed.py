"""Pushes what changed to every screen: a commit wakes it, each view is computed once for all.

No polling and no query per viewer (DESIGN §1.4). Views are computed on worker threads, never on
the event loop and never on the writer's thread.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import perf_counter

from data.channel import Channel, Prepared, ViewState, prepare
from data.feed_health import FeedHealth, view_health
from data.store import Store
from data.subscription import BEAT_S, Message, Subscription, beat, hello
from data.views import VIEWS
from data.views.view import Question, Row, SourceReports, View
from data.writer import Commit

log = logging.getLogger(__name__)

RETRY_S = 2.0
# Longest that other views wait for the urgent one to go out.
URGENT_WAIT_S = 1.0


class CommunityUnknown(Exception):
    """There is no such community; answer as if nothing existed there."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Feed:
    """One per process. `start` binds it to the event loop all its viewers live on.

    Args:
        store: Whose commits wake it.
        sources: Health of the ingest sources, for the view of that name.
        views: Views in the order of their urgency.
        now: Clock, replaceable in tests.
        build: Version of the pages, told to every viewer.
    """

    def __init__(
        self,
        store: Store,
        sources: SourceReports = tuple,
        views: tuple[View, ...] = VIEWS,
        now: Callable[[], datetime] = _utc_now,
        build: str | None = None,
    ) -> None:
        self.epoch = secrets.token_hex(8)
        self.seq = 0
        self._store = store
        self._sources = sources
        self._views = views
        self._now = now
        self._build = build
        self._loop: asyncio.AbstractEventLoop | None = None
        self._channels: dict[str, Channel] = {}
        self._communities: dict[str, Row] | None = None
        self._versions: dict[tuple[str, str], int] = {}
        self._beats: asyncio.Task[None] | None = None
        # The urgent view has a thread of its own, so that no slower one holds it up.
        self._urgent = ThreadPoolExecutor(1, thread_name_prefix="feed-urgent")
        self._others = ThreadPoolExecutor(2, thread_name_prefix="feed")
        store.on_commit(self._on_commit)

    async def start(self) -> None:
        """Begin to push; call on the event loop that serves the viewers."""
        self._loop = asyncio.get_running_loop()
        self._beats = asyncio.create_task(self._beat())

    async def stop(self) -> None:
        """Stop pushing and computing; viewers are left to their connections."""
        self._loop = None
        tasks = [task for channel in self._channels.values() for task in channel.tasks]
        if self._beats:
            tasks.append(self._beats)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._channels.clear()
        self._urgent.shutdown(cancel_futures=True)
        self._others.shutdown(cancel_futures=True)

    async def communities(self) -> dict[str, Row]:
        """Return the registered communities by id, as `view/community.sql` gives them."""
        if self._communities is None:
            rows = await asyncio.to_thread(self._store.rows, "view/community")
            self._communities = {row["community_id"]: row for row in rows}
        return self._communities

    async def subscribe(
        self, community_id: str, epoch: str | None = None, seq: int | None = None
    ) -> Subscription:
        """Add a viewer; hello and all views are queued, or what is newer than `seq`.

        Args:
            epoch: Process the viewer was last connected to, and
            seq: the last message it has from there; None for a new viewer.

        Raises:
            CommunityUnknown: There is no such community.
        """
        channel = await self._channel(community_id)
        subscription = Subscription(community_id)
        replay: list[Message] | None = None
        if epoch == self.epoch and seq is not None and 0 <= seq <= self.seq:
            replay = _replay(channel, seq)
        if replay is not None and seq is not None:
            subscription.put(self._hello(resumed=True))
            for state in channel.states.values():
                if state.computed_at is not None and state.seq <= seq:
                    subscription.held.add(state.view.name)
            for message in replay:
                subscription.put(message)
        else:
            subscription.put(self._hello(resumed=False))
        channel.subscriptions.add(subscription)
        # In the order of their numbers, so that the viewer's last number stands for all before.
        for state in sorted(channel.states.values(), key=lambda state: state.seq):
            if not state.dirty:
                channel.complete(state)
            state.wake.set()
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """Forget a viewer."""
        channel = self._channels.get(subscription.community_id)
        if channel:
            channel.subscriptions.discard(subscription)

    async def state(self, community_id: str, view: str) -> ViewState:
        """Return a view as of the last commit, computing it if need be.

        Raises:
            CommunityUnknown: There is no such community.
        """
        channel = await self._channel(community_id)
        state = channel.states[view]
        if state.computed_at is not None and not state.dirty:
            return state
        waiter: asyncio.Future[ViewState] = asyncio.get_running_loop().create_future()
        state.waiting.append(waiter)
        state.wake.set()
        return await waiter

    def version(self, community_id: str, nouns: Sequence[str]) -> int:
        """Return the number of the last commit that touched any of the nouns there."""
        return max(self._versions.get((noun, community_id), 0) for noun in nouns)

    def health(self) -> FeedHealth:
        """Return the state of all views that were computed, and how many viewers there are."""
        return FeedHealth(
            epoch=self.epoch,
            seq=self.seq,
            viewers=sum(len(each.subscriptions) for each in self._channels.values()),
            views=[
                view_health(channel.community_id, state)
                for channel in self._channels.values()
                for state in channel.states.values()
            ],
        )

    def _on_commit(self, commit: Commit) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._mark, commit)

    def _mark(self, commit: Commit) -> None:
        """Mark what a commit made old and wake the computations, the urgent one first."""
        by_community: dict[str, set[str]] = {}
        for noun, community_id in commit.touched:
            self._versions[noun, community_id] = commit.seq
            by_community.setdefault(community_id, set()).add(noun)
            if noun == "community":
                self._communities = None
        for community_id, nouns in by_community.items():
            channel = self._channels.get(community_id)
            if channel is None:
                continue
            for state in channel.touched(frozenset(nouns)):
                if state.view is self._views[0] and channel.subscriptions:
                    channel.urgent_done.clear()
                state.wake.set()

    async def _channel(self, community_id: str) -> Channel:
        channel = self._channels.get(community_id)
        if channel is not None:
            return channel
        community = (await self.communities()).get(community_id)
        if community is None:
            raise CommunityUnknown(community_id)
        if community_id in self._channels:
            return self._channels[community_id]
        channel = Channel(community_id, community["timezone"], self._views, self._next_seq)
        self._channels[community_id] = channel
        for state in channel.states.values():
            channel.tasks.append(asyncio.create_task(self._pump(channel, state)))
        return channel

    async def _pump(self, channel: Channel, state: ViewState) -> None:
        """Compute one view whenever it is woken: at once, then at most every `pause_s`."""
        urgent = state.view is self._views[0]
        loop = asyncio.get_running_loop()
        while True:
            await _woken(state, state.view.every_s)
            if not channel.wanted(state):
                channel.urgent_done.set()
                continue
            if not urgent:
                await _passed(channel.urgent_done, URGENT_WAIT_S)
            state.dirty = False
            pause = loop.create_task(asyncio.sleep(state.view.pause_s))
            try:
                executor = self._urgent if urgent else self._others
                prepared = await loop.run_in_executor(executor, self._compute, channel, state)
                channel.publish(state, prepared)
            except Exception as failure:  # one view must not stop the others
                if state.error is None:
                    log.exception("view %s of %s failed", state.view.name, channel.community_id)
                state.dirty = True
                channel.fail(state, failure)
                loop.call_later(RETRY_S, state.wake.set)
            if urgent:
                channel.urgent_done.set()
            await pause

    def _compute(self, channel: Channel, state: ViewState) -> Prepared:
        began = perf_counter()
        now = self._now()
        community_id = channel.community_id
        question = Question(
            self._store,
            community_id,
            channel.timezone,
            now,
            self._sources,
            lambda nouns: self.version(community_id, nouns),
        )
        data = state.view.compute(question)
        prepared = prepare(state, data, now)
        state.took_ms = (perf_counter() - began) * 1_000
        return prepared

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT_S)
            now = self._now()
            for channel in self._channels.values():
                message = beat(self.seq, now, channel.failing())
                for subscription in channel.subscriptions:
                    subscription.put(message)

    def _hello(self, *, resumed: bool) -> Message:
        return hello(self.epoch, self.seq, self._now(), self._build, resumed=resumed)

    def _next_seq(self) -> int:
        self.seq += 1
        return self.seq


def _replay(channel: Channel, seq: int) -> list[Message] | None:
    """Return the kept patches after `seq` of views that clients fetch, None where some are gone."""
    found: list[Message] = []
    for state in channel.states.values():
        if not state.view.on_connect:
            kept = state.since(seq)
            if kept is None:
                return None
            found.extend(kept)
    return sorted(found, key=lambda message: message.seq)


async def _woken(state: ViewState, every_s: float | None) -> None:
    """Wait until the view is woken; the clock alone makes a view with `every_s` old."""
    try:
        # Not `wait_for`: that can swallow a cancellation which meets the wake-up (Python 3.11).
        async with asyncio.timeout(every_s):
            await state.wake.wait()
    except TimeoutError:
        state.dirty = True
    state.wake.clear()


async def _passed(event: asyncio.Event, timeout_s: float) -> None:
    try:
        async with asyncio.timeout(timeout_s):
            await event.wait()
    except TimeoutError:
        log.warning("the urgent view is late; the others go on")
