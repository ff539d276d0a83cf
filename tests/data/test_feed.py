"""The feed: each view computed once for all, only changes sent, and the slow let go."""

from __future__ import annotations

import asyncio

import pytest

from data.errors import StoreClosed
from data.feed import CommunityUnknown
from data.subscription import QUEUE_LIMIT
from tests.data.feed_stage import Stage, play, quiet, read


def test_a_new_viewer_gets_hello_and_every_view_but_those_it_fetches() -> None:
    async def scenario(stage: Stage) -> None:
        _, (hello, *views) = await stage.connect()
        assert hello["t"] == "hello" and hello["resumed"] is False
        assert hello["epoch"] == stage.feed.epoch
        by_name = {view["view"]: view for view in views}
        assert set(by_name) == {"ticker", "figures"}
        assert by_name["figures"]["data"] == {"open": 7}
        assert by_name["ticker"]["data"]["rows"][0] == {"id": "1", "n": 1}

    play(scenario)


def test_only_the_rows_that_changed_are_sent() -> None:
    async def scenario(stage: Stage) -> None:
        viewer, _ = await stage.connect()
        stage.board.cases |= {"2": 20}
        del stage.board.cases["3"]
        stage.store.commit("case")
        patch = await read(viewer)
        assert (patch["t"], patch["view"]) == ("patch", "ticker")
        assert (patch["set"], patch["remove"]) == ([{"id": "2", "n": 20}], ["3"])

    play(scenario)


def test_a_change_of_most_rows_sends_the_whole_view() -> None:
    async def scenario(stage: Stage) -> None:
        viewer, _ = await stage.connect()
        stage.board.cases = {key: n + 1 for key, n in stage.board.cases.items()}
        stage.store.commit("case")
        assert (await read(viewer))["t"] == "view"

    play(scenario)


def test_a_commit_that_changes_nothing_visible_sends_nothing() -> None:
    async def scenario(stage: Stage) -> None:
        viewer, _ = await stage.connect()
        stage.store.commit("case")
        assert await quiet(viewer)
        assert stage.board.asked.count(("ticker", "a")) == 0  # noted under the board's own names
        assert stage.board.asked.count(("cases", "a")) == 2

    play(scenario)


def test_each_view_is_computed_once_for_fifty_viewers_off_the_event_loop() -> None:
    async def scenario(stage: Stage) -> None:
        viewers = [(await stage.connect())[0] for _ in range(50)]
        stage.board.asked.clear()
        stage.board.cases["4"] = 4
        stage.store.commit("case")
        texts = {(await asyncio.wait_for(viewer.next(), 5)).text for viewer in viewers}
        assert len(texts) == 1
        assert stage.board.asked.count(("cases", "a")) == 1
        assert all(name.startswith("feed") for name in stage.board.threads)

    play(scenario)


def test_a_burst_of_commits_is_answered_at_once_and_then_in_one_piece() -> None:
    async def scenario(stage: Stage) -> None:
        viewer, _ = await stage.connect()
        await asyncio.sleep(0.06)
        stage.board.asked.clear()
        for n in range(20):
            stage.board.cases["1"] = 100 + n
            stage.store.commit("case")
            await asyncio.sleep(0.001)
        last = 0
        while last != 119:
            message = await read(viewer)
            last = next((row["n"] for row in message.get("set", []) if row["id"] == "1"), last)
        assert 2 <= stage.board.asked.count(("cases", "a")) <= 4

    play(scenario)


def test_the_ticker_goes_out_before_any_other_view_of_the_same_commit() -> None:
    async def scenario(stage: Stage) -> None:
        viewer, _ = await stage.connect()
        for n in range(5):
            stage.board.cases["1"] = 50 + n
            stage.board.figure = 50 + n
            await asyncio.sleep(0.07)
            stage.store.commit("case")
            assert [(await read(viewer))["view"] for _ in range(2)] == ["ticker", "figures"]

    play(scenario)


def test_a_viewer_that_does_not_read_is_lost_and_holds_nobody_up() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.feed.state("a", "objects")
        slow, _ = await stage.connect()
        quick, _ = await stage.connect()
        for n in range(QUEUE_LIMIT + 2):
            stage.board.objects["x"] = 100 + n
            await stage.commit("place")
            await stage.feed.state("a", "objects")
            while (await read(quick))["t"] == "beat":
                pass
        assert slow.lost.is_set()
        assert not quick.lost.is_set()

    play(scenario)


def test_a_view_that_fails_is_named_in_the_beat_and_in_health_and_stops_no_other() -> None:
    async def scenario(stage: Stage) -> None:
        viewer, _ = await stage.connect()
        stage.board.figure = StoreClosed()
        stage.board.cases["9"] = 9
        stage.store.commit("case")
        assert (await read(viewer))["view"] == "ticker"
        beat = await read(viewer)
        assert (beat["t"], beat["failing"]) == ("beat", ["figures"])
        errors = {view.view: view.error for view in stage.feed.health().views}
        assert errors == {"ticker": None, "figures": "StoreClosed", "objects": None}
        stage.board.figure = 8
        while (message := await read(viewer))["t"] == "beat":
            pass
        assert message["data"] == {"open": 8}
        assert {view.error for view in stage.feed.health().views} == {None}

    play(scenario)


def test_a_question_for_a_failing_view_is_answered_with_the_failure() -> None:
    async def scenario(stage: Stage) -> None:
        stage.board.figure = StoreClosed()
        with pytest.raises(StoreClosed):
            await stage.feed.state("a", "figures")

    play(scenario)


def test_the_clock_alone_refreshes_a_view_that_asks_for_it() -> None:
    async def scenario(stage: Stage) -> None:
        viewer, _ = await stage.connect()
        stage.board.figure = 8
        assert (await read(viewer))["data"] == {"open": 8}

    play(scenario, every_s=0.05)


def test_beats_tell_the_time_and_the_number_reached() -> None:
    async def scenario(stage: Stage) -> None:
        viewer, messages = await stage.connect()
        beat = await read(viewer)
        assert (beat["t"], beat["now"]) == ("beat", "2026-03-12T08:00:00.000+00:00")
        assert beat["seq"] == stage.feed.seq >= max(message["seq"] for message in messages)

    play(scenario)


def test_nothing_is_computed_where_nobody_looks() -> None:
    async def scenario(stage: Stage) -> None:
        viewer, _ = await stage.connect()
        await stage.feed.state("a", "objects")
        stage.feed.unsubscribe(viewer)
        stage.board.asked.clear()
        stage.store.commit("case", "place")
        stage.store.commit("case", community_id="b")
        await asyncio.sleep(0.15)
        assert stage.board.asked == []

    play(scenario)


def test_another_community_is_another_channel_and_an_unknown_one_is_none() -> None:
    async def scenario(stage: Stage) -> None:
        viewer, _ = await stage.connect()
        stage.board.cases["9"] = 9
        stage.store.commit("case", community_id="b")
        assert await quiet(viewer)
        with pytest.raises(CommunityUnknown):
            await stage.feed.subscribe("c")
        with pytest.raises(CommunityUnknown):
            await stage.feed.state("c", "ticker")

    play(scenario)


def test_the_version_of_a_noun_rises_with_each_commit_that_touches_it() -> None:
    async def scenario(stage: Stage) -> None:
        before = stage.feed.version("a", ("place", "area"))
        stage.store.commit("case")
        stage.store.commit("area")
        await asyncio.sleep(0.01)
        assert (before, stage.feed.version("a", ("place", "area"))) == (0, 2)
        assert stage.feed.version("b", ("place", "area")) == 0

    play(scenario)


def test_a_commit_after_the_end_is_ignored() -> None:
    async def scenario(stage: Stage) -> None:
        await stage.connect()

    stage = play(scenario)
    stage.store.commit("case")
    assert stage.feed.health().viewers == 0
