"""A visitor's call always ends, by itself if need be, and desk and gate say how."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from actions.notify.posting import Outcome
from api.gate_hub import GateHub
from api.gate_line import Times
from tests.actions.gates.gate_stage import ready, row
from tests.api.gate_calls import QUICK, Opening, Screen, answered, hub_of, states
from tests.rights_stage import Stage

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
