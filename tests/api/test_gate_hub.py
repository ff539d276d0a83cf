"""A visitor's call: every desk rings, one answers, two presses open the gate once."""

from __future__ import annotations

import asyncio

import pytest

from api.gate_line import Times
from rules.gates import (
    MOST_CALLS,
    GateBusy,
    GateCallOver,
    GateConfirmationGone,
    GateNotOpenable,
    GateOff,
)
from tests.actions.gates.gate_stage import added, desk, opener, ready, row
from tests.api.gate_calls import Opening, Screen, answered, hub_of, refused_to, states
from tests.far_end import FarEnd
from tests.rights_stage import Stage, officer


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
        await refused_to(hub, call_id, second, other, worker)
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
