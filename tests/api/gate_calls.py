"""Browsers at the desk and at the gate that note what they were told, and an opener to order."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from actions.notify.posting import Outcome
from api.gate_hub import GateHub
from api.gate_line import Door, Times
from api.video_hub import Party
from rules.errors import RuleViolation
from rules.viewer import Viewer
from tests.actions.gates.gate_stage import row
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
    """A hub whose opener is the test's."""
    return GateHub(stage.store, stage.audit, opening or Opening(), [], times)


def states(stage: Stage) -> list[tuple[Any, ...]]:
    """State, reason and who answered of every call, the first first."""
    return stage.sql("select state, outcome, answered_by from gate_call_now order by call_id")


async def answered(hub: GateHub, stage: Stage, gate_id: str) -> tuple[Screen, Screen, str]:
    """A call that an officer has answered."""
    gate, desk_page = Screen(), Screen()
    await hub.join(desk_page.party)
    call = await hub.press(row(stage, gate_id), gate.door)
    await hub.answer(desk_page.party, call.call_id)
    return gate, desk_page, call.call_id


async def refused_to(hub: GateHub, call_id: str, *others: Screen) -> None:
    """Hold that nobody else may answer, open or end an answered call."""
    for one in others:
        with pytest.raises(RuleViolation):
            await hub.answer(one.party, call_id)
        with pytest.raises(RuleViolation):
            await hub.open(one.party, call_id, "")
        with pytest.raises(RuleViolation):
            await hub.decline(one.party, call_id)
