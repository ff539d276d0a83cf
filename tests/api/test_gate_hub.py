"""A visitor's call: every desk rings, one answers, two presses open once, and it always ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest

from actions.notify.posting import Outcome
from api.gate_hub import GateHub
from api.gate_line import Door, Times
from api.video_hub import Party
from rules.errors import RuleViolation
from rules.gates import (
    MOST_CALLS,
    GateBusy,
    GateCallOver,
    GateConfirmationGone,
    GateNotOpenable,
    GateOff,
)
from rules.viewer import Viewer
from tests.actions.gates.gate_stage import added, desk, opener, ready, row
from tests.far_end import FarEnd
from tests.rights_stage import Stage, officer

QUICK = Times(ring_s=30, talk_s=30, open_s=5, confirm_s=5)


class Screen:
    """A browser, at a desk or at the gate, that notes what it was told."""

    def __init__(self, viewer: Viewer | None = None) -> None:
        self.told: list[dict[str, Any]] = []
        self.party = Party(viewer or officer("duty_officer"), self._tell)
        self.door = Door(self._tell)

    async def _tell(self, message: dict[str, Any]) -> None:
        self.told.append(message)

    def kinds(self) -> list[str]:
        return [message["t"] for message in self.told]

    async def until(self, kind: str) -> dict[str, Any]:
        async with asyncio.timeout(10):
            while kind not in self.kinds():
                await asyncio.sleep(0.005)
        return next(message for message in self.told if message["t"] == kind)


class Opening:
    """An opener that does what the test says."""

    def __init__(self, outcome: Outcome | None = None, slow_s: float = 0.0) -> None:
        self.outcome, self.slow_s, self.opened = outcome or Outcome(None, 200), slow_s, 0

    def open(self, _gate: Any, _call: Any) -> Outcome:
        self.opened += 1
        time.sleep(self.slow_s)
        return self.outcome


def hub_of(stage: Stage, opening: Any = None, times: Times = QUICK) -> GateHub:
    return GateHub(stage.store, stage.audit, opening or Opening(), [], times)


def states(stage: Stage) -> list[tuple[Any, ...]]:
    return stage.sql("select state, outcome, answered_by from gate_call_now order by call_id")


async def answered(hub: GateHub, stage: Stage, gate_id: str) -> tuple[Screen, Screen, str]:
    """A call that an officer has answered."""
    gate, desk_page = Screen(), Screen()
    await hub.join(desk_page.party)
    call = await hub.press(row(stage, gate_id), gate.door)
    await hub.answer(desk_page.party, call.call_id)
    return gate, desk_page, call.call_id


def test_every_desk_rings_one_answers_and_opens_with_two_presses(register: Stage) -> None:
    gate_id, _ = ready(register)
    opening = Opening()
    gate, first, second = Screen(), Screen(), Screen(officer("duty_officer", 2))
    other = Screen(officer("duty_officer", 3, "other"))
    worker = Screen(officer("grid_worker"))

    async def play() -> None:
        hub = hub_of(register, opening)
        for one in (first, other, worker):
            await hub.join(one.party)
        call_id = (await hub.press(row(register, gate_id), gate.door)).call_id
        await hub.join(second.party)  # came later, hears it ring
        assert first.kinds() == second.kinds() == ["ringing"]
        assert other.told == worker.told == []
        assert first.told[0]["opens"] and not first.told[0]["simulated"]
        with pytest.raises(GateCallOver):  # nobody opens what nobody has answered
            await hub.open(first.party, call_id, "")
        await hub.answer(first.party, call_id)
        for one in (second, other, worker):
            with pytest.raises(RuleViolation):
                await hub.answer(one.party, call_id)
            with pytest.raises(RuleViolation):
                await hub.open(one.party, call_id, "")
            with pytest.raises(RuleViolation):
                await hub.decline(one.party, call_id)
        assert second.kinds() == ["ringing", "taken"]
        await hub.signal(gate.door, call_id, {"description": "x"})
        await hub.signal(second.party, call_id, {"description": "spy"})
        assert [m["data"] for m in first.told if m["t"] == "signal"] == [{"description": "x"}]
        assert "signal" not in gate.kinds()
        await hub.open(first.party, call_id, "")
        sure = first.told[-1]["sure"]
        assert opening.opened == 0
        await hub.open(first.party, call_id, sure)
        assert (await gate.until("ended"))["outcome"] == "opened"
        assert gate.kinds() == ["calling", "answered", "gate_opening", "ended"]
        with pytest.raises(GateCallOver):
            await hub.open(first.party, call_id, sure)
        await hub.close()

    asyncio.run(play())
    assert opening.opened == 1
    assert states(register) == [("opened", "officer", officer("duty_officer").actor)]
    register.audit.close()
    lines = register.sql(
        "select action, result, actor from audit_event where action like 'gate.%' order by seq"
    )
    mine = officer("duty_officer").actor
    assert [line for line in lines if line[0] in ("gate.call", "gate.answer", "gate.end")] == [
        ("gate.call", "done", f"gate:{gate_id}"),
        ("gate.answer", "done", mine),
        ("gate.end", "done", mine),
    ]
    assert [line for line in lines if line[0] == "gate.open"] == [("gate.open", "done", mine)]


def test_the_second_press_must_fit_and_come_in_time(register: Stage) -> None:
    gate_id, _ = ready(register)
    opening = Opening()

    async def play() -> None:
        hub = hub_of(register, opening, Times(confirm_s=0.01))
        _, desk_page, call_id = await answered(hub, register, gate_id)
        with pytest.raises(GateConfirmationGone):
            await hub.open(desk_page.party, call_id, "guessed")
        await hub.open(desk_page.party, call_id, "")
        await asyncio.sleep(0.05)
        with pytest.raises(GateConfirmationGone):
            await hub.open(desk_page.party, call_id, desk_page.told[-1]["sure"])
        await hub.close()

    asyncio.run(play())
    assert opening.opened == 0
    assert states(register)[0][:2] == ("missed", "stopped")


def test_a_gate_nobody_agreed_to_open_is_not_opened_though_it_rings(register: Stage) -> None:
    gate_id, _ = added(register)
    desk(register).switch(gate_id, True)
    opening = Opening()

    async def play() -> None:
        hub = hub_of(register, opening)
        _, desk_page, call_id = await answered(hub, register, gate_id)
        assert not desk_page.told[0]["opens"]
        with pytest.raises(GateNotOpenable):
            await hub.open(desk_page.party, call_id, "")
        await hub.hang_up(desk_page.party, call_id)

    asyncio.run(play())
    assert opening.opened == 0 and states(register)[0][:2] == ("refused", "officer")
    refused = register.audited("gate.open")
    assert [line[0] for line in refused] == ["refused"]


def test_a_word_taken_back_during_the_call_counts_at_once(register: Stage) -> None:
    gate_id, _ = ready(register)
    opening = Opening()

    async def play() -> None:
        hub = hub_of(register, opening)
        _, desk_page, call_id = await answered(hub, register, gate_id)
        await hub.open(desk_page.party, call_id, "")
        desk(register).stop_opening(gate_id)
        with pytest.raises(GateNotOpenable):
            await hub.open(desk_page.party, call_id, desk_page.told[-1]["sure"])
        await hub.close()

    asyncio.run(play())
    assert opening.opened == 0


FAILURES = [
    (Opening(Outcome("refused", 403)), "refused"),
    (Opening(Outcome("unreachable")), "unreachable"),
    (Opening(slow_s=0.3), "timeout"),  # given up before it answers
]


@pytest.mark.parametrize(("opening", "reason"), FAILURES, ids=lambda each: str(each)[:20])
def test_a_gate_that_does_not_open_is_said_at_desk_and_gate(
    register: Stage, opening: Opening, reason: str
) -> None:
    gate_id, _ = ready(register)

    async def play() -> None:
        hub = hub_of(register, opening, Times(open_s=0.1))
        gate, desk_page, call_id = await answered(hub, register, gate_id)
        await hub.open(desk_page.party, call_id, "")
        await hub.open(desk_page.party, call_id, desk_page.told[-1]["sure"])
        for side in (gate, desk_page):
            said = await side.until("ended")
            assert (said["outcome"], said["reason"]) == ("failed", reason)
        await hub.close()

    asyncio.run(play())
    assert states(register)[0][:2] == ("failed", reason)


def test_an_officer_who_leaves_while_it_opens_does_not_cut_it_off(register: Stage) -> None:
    gate_id, _ = ready(register)

    async def play() -> None:
        hub = hub_of(register, Opening(slow_s=0.1))
        gate, desk_page, call_id = await answered(hub, register, gate_id)
        await hub.open(desk_page.party, call_id, "")
        await hub.open(desk_page.party, call_id, desk_page.told[-1]["sure"])
        await hub.leave(desk_page.party)
        assert (await gate.until("ended"))["outcome"] == "opened"
        await hub.close()

    asyncio.run(play())
    assert states(register)[0][:2] == ("opened", "officer")


async def _nobody(hub: GateHub, gate: Screen, desk_page: Screen, call_id: str) -> None:
    await gate.until("ended")


async def _leaves(hub: GateHub, gate: Screen, desk_page: Screen, call_id: str) -> None:
    await hub.door_left(gate.door)


async def _refuses(hub: GateHub, gate: Screen, desk_page: Screen, call_id: str) -> None:
    await hub.decline(desk_page.party, call_id)


async def _officer_lost(hub: GateHub, gate: Screen, desk_page: Screen, call_id: str) -> None:
    await hub.answer(desk_page.party, call_id)
    await hub.leave(desk_page.party)


async def _talks_on(hub: GateHub, gate: Screen, desk_page: Screen, call_id: str) -> None:
    await hub.answer(desk_page.party, call_id)
    await gate.until("ended")


ENDS: list[tuple[Callable[..., Any], Times, str, str]] = [
    (_nobody, Times(ring_s=0.05), "missed", "nobody"),
    (_leaves, QUICK, "missed", "visitor_left"),
    (_refuses, QUICK, "refused", "officer"),
    (_officer_lost, QUICK, "missed", "officer_left"),
    (_talks_on, Times(talk_s=0.05), "missed", "too_long"),
]


@pytest.mark.parametrize(("play", "times", "state", "reason"), ENDS)
def test_a_call_ends_by_itself_and_the_gate_says_so(
    register: Stage, play: Callable[..., Any], times: Times, state: str, reason: str
) -> None:
    gate_id, _ = ready(register)

    async def whole() -> None:
        hub = hub_of(register, times=times)
        gate, desk_page = Screen(), Screen()
        await hub.join(desk_page.party)
        call = await hub.press(row(register, gate_id), gate.door)
        await play(hub, gate, desk_page, call.call_id)
        said = await gate.until("ended")
        assert (said["outcome"], said["reason"]) == (state, reason)
        assert desk_page.told[-1]["t"] == "ended"
        await hub.press(row(register, gate_id), gate.door)  # and can call again
        await hub.close()

    asyncio.run(whole())
    assert states(register)[0][:2] == (state, reason)


def test_a_gate_that_is_off_or_played_with_does_not_ring(register: Stage) -> None:
    gate_id, _ = added(register)

    async def play() -> None:
        hub = hub_of(register)
        gate = Screen()
        with pytest.raises(GateOff):
            await hub.press(row(register, gate_id), gate.door)
        with pytest.raises(GateOff):
            await hub.press(None, gate.door)
        desk(register).switch(gate_id, True)
        for _ in range(MOST_CALLS):
            await hub.press(row(register, gate_id), gate.door)
            with pytest.raises(GateBusy):
                await hub.press(row(register, gate_id), gate.door)
            await hub.door_left(gate.door)
        with pytest.raises(GateBusy):
            await hub.press(row(register, gate_id), gate.door)

    asyncio.run(play())
    assert len(states(register)) == MOST_CALLS


def test_a_simulated_gate_answers_within_the_app_and_a_real_one_is_posted_to(
    register: Stage,
) -> None:
    far_end = FarEnd()
    gate_id, _ = ready(register, far_end.url)

    async def play() -> None:
        hub = hub_of(register, opener(register))
        gate, desk_page, call_id = await answered(hub, register, gate_id)
        await hub.open(desk_page.party, call_id, "")
        await hub.open(desk_page.party, call_id, desk_page.told[-1]["sure"])
        assert (await gate.until("ended"))["outcome"] == "opened"
        assert [taken.json["call"] for taken in far_end.taken] == [call_id]
        await hub.close()

    asyncio.run(play())
    far_end.close()
    simulated = {**row(register, gate_id), "kind": "simulated"}
    assert opener(register).open(simulated, None).sent  # type: ignore[arg-type]
    assert len(far_end.taken) == 1
