"""One call from a gate under way: who calls, who answered, what desks are told. ADR 0031."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from actions.auditing import line_for
from actions.gates.calls import NOUN, GateCall
from actions.notify.posting import Outcome
from api.video_hub import Message, Party
from data.audit import AuditLine
from rules import gates as rules
from rules.errors import RuleViolation

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Times:
    """How long things may take, seconds; shorter in tests."""

    ring_s: float = rules.RING_S
    talk_s: float = rules.TALK_S
    open_s: float = rules.OPEN_S
    confirm_s: float = rules.CONFIRM_S


@dataclass(eq=False)
class Door:
    """What calls: a tablet's page, or a door station that hears nothing and asks instead.

    Attributes:
        tell: Sends a message; never fails. None for a station.
    """

    tell: Callable[[Message], Awaitable[None]] | None = None


@dataclass(eq=False)
class Line:
    """A call under way."""

    call: GateCall
    gate: Row
    door: Door
    answerer: Party | None = None
    timeout: asyncio.Task[None] | None = None
    busy: bool = False  # somebody takes it, or the gate is being opened: nothing else ends it
    sure: str = ""
    sure_until: float = 0.0
    told: set[Party] = field(default_factory=set)

    def ringing(self) -> Message:
        """Return what a desk is told while it rings."""
        gate = self.gate
        return {
            "t": "ringing",
            "call": self.call.call_id,
            "gate": gate["gate_id"],
            "name_zh": gate["name_zh"],
            "name_en": gate["name_en"],
            "community": gate["community_id"],
            "camera": gate["camera_id"],
            "opens": gate["opens_on"] and gate["kind"] != "none",
            "simulated": gate["kind"] == "simulated",
            "talks": self.door.tell is not None,
        }

    def refused(self, party: Party, refusal: RuleViolation) -> AuditLine:
        """Return the audit's line about an opening that was refused."""
        return line_for(
            party.viewer,
            "gate.open",
            self.call.community_id,
            result="refused",
            subject_kind=NOUN,
            subject_id=self.call.call_id,
            detail=refusal.code,
        )


def reason_of(outcome: Outcome) -> str:
    """Return why an opening failed, as a code of CALL_REASONS."""
    return outcome.error if outcome.error in rules.CALL_REASONS else "server_error"
