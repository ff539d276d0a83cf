"""Writes calls from gates down: when, from which gate, who answered, how it ended (ADR 0031).

Nothing about the visitor is asked or kept: no name, no voice, no picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from actions.access import CLI, NotAllowed, NotThere, current_origin
from actions.auditing import line_for
from actions.users.session_state import hash_of
from data.audit import AuditChain, AuditLine
from data.store import Store
from data.transaction import Transaction
from rules.gates import OVER, CallState, CallStep, call_step
from rules.privacy import scope_of
from rules.viewer import Viewer

Row = dict[str, Any]
NOUN = "gate_call"
MOST_SHOWN = 20
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class GateCall:
    """A call as it stands.

    Attributes:
        channel: tablet, or station for a door station's signed message.
        request_key: Id of the station's message; None for a tablet.
        outcome: A code of CALL_REASONS; None while it lasts.
        answered_by: Account that answered; None while it rings.
        started_at: When it rang, UTC.
    """

    call_id: str
    gate_id: str
    community_id: str
    channel: str
    request_key: str | None
    started_at: datetime
    state: CallState = "ringing"
    outcome: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state in OVER


def may_answer(asking: Viewer, community_id: str) -> bool:
    """Tell whether a viewer sits at the command centre of a community."""
    here = asking.kind == "account" and community_id in asking.community_ids
    return here and scope_of(asking.role, "case.write") == "community"


def gate_of(store: Store, gate_id: str) -> Row | None:
    """Return a gate in use, None where there is none; for the gate itself, not for viewers."""
    rows = store.rows("gate/one", gate_id=gate_id)
    return rows[0] if rows and rows[0]["removed_at"] is None else None


def gate_of_link(store: Store, secret: str) -> Row | None:
    """Return the gate whose tablet has a secret, None where there is none."""
    if _SECRET.fullmatch(secret) is None:
        return None
    found = store.rows("gate/by_secret", secret_hash=hash_of(secret))
    return gate_of(store, found[0]["gate_id"]) if found else None


def ring(store: Store, audit: AuditChain, gate: Row, request_key: str | None = None) -> GateCall:
    """Begin a call; on disk when this returns. The caller has held it against rules/gates.py.

    Args:
        store: The open store.
        audit: Its audit.
        gate: Row of gate/one.
        request_key: Id of a door station's message; None for a tablet.
    """
    channel = "tablet" if request_key is None else "station"
    actor = f"gate:{gate['gate_id']}"
    line = AuditLine(
        "gate.call",
        "done",
        actor,
        "gate",
        gate["community_id"],
        subject_kind="gate",
        subject_id=gate["gate_id"],
        origin=current_origin.get(),
        detail=channel,
    )

    def unit(tx: Transaction) -> GateCall:
        made = GateCall(
            tx.ids(1)[0], gate["gate_id"], gate["community_id"], channel, request_key, tx.now
        )
        _append(tx, made, actor)
        audit.note(tx, line)
        return made

    return store.write(unit).result()


def answer(store: Store, audit: AuditChain, asking: Viewer, call: GateCall) -> GateCall:
    """Take a call at the command centre.

    Raises:
        NotThere, NotAllowed: The viewer is not at the desk of this community.
        GateCallOver: It does not ring any more.
    """
    if call.community_id not in asking.community_ids:
        raise NotThere(call=call.call_id)
    if not may_answer(asking, call.community_id):
        raise NotAllowed(role=asking.role, action="case.write")
    state = call_step(call.state, "answer")

    def unit(tx: Transaction) -> GateCall:
        taken = replace(call, state=state, answered_by=asking.actor, answered_at=tx.now)
        _append(tx, taken, asking.actor)
        audit.note(tx, _line(asking, "gate.answer", taken))
        return taken

    return store.write(unit).result()


def order_opening(audit: AuditChain, asking: Viewer, call: GateCall, gate: Row) -> None:
    """Put on disk that somebody opens a gate, before anything is sent to it."""
    audit.record(_line(asking, "gate.open", call, detail=gate["kind"])).result()


def end(
    store: Store,
    audit: AuditChain,
    call: GateCall,
    step: CallStep,
    reason: str,
    asking: Viewer | None,
) -> GateCall:
    """Write down that a call is over.

    Args:
        store: The open store.
        audit: Its audit.
        call: The call as it stands.
        step: What ends it.
        reason: Why, a code of CALL_REASONS.
        asking: The officer whose doing it was; None for time and the visitor.

    Raises:
        GateCallOver: It is over already.
    """
    state = call_step(call.state, step)
    who = asking or CLI
    actor = asking.actor if asking else "system"

    def unit(tx: Transaction) -> GateCall:
        ended = replace(call, state=state, outcome=reason)
        _append(tx, ended, actor)
        result: Literal["done", "failed"] = "failed" if state == "failed" else "done"
        line = _line(who, "gate.end", ended, detail=f"{state} {reason}", result=result)
        audit.note(tx, line if asking else replace(line, actor="system", role="system"))
        return ended

    return store.write(unit).result()


def call_of_request(store: Store, gate_id: str, request_key: str) -> Row | None:
    """Return call_id, state and outcome of the call a station's message made, None without."""
    rows = store.rows("gate_call/of_request", gate_id=gate_id, request_key=request_key)
    return rows[0] if rows else None


def recent_calls(store: Store, asking: Viewer) -> list[Row]:
    """Return rows of gate_call/recent of the viewer's communities, the newest first."""
    mine = sorted(asking.community_ids)
    return store.rows("gate_call/recent", community_ids=mine, most=MOST_SHOWN)


def end_left_open(store: Store) -> None:
    """Write down as missed what rang or ran when the program stopped; call it at the start."""
    if not store.rows("gate_call/unended"):
        return

    def unit(tx: Transaction) -> None:
        said = {"event_kind": "missed", "happened_at": tx.now, "actor": "system"}
        over = {"state": "missed", "outcome": "stopped", "ended_at": tx.now}
        tx.append(NOUN, [{**row, **said, **over} for row in tx.rows("gate_call/unended")])

    store.write(unit).result()


def _append(tx: Transaction, call: GateCall, actor: str) -> None:
    row = {
        "event_kind": call.state,
        "happened_at": tx.now,
        "actor": actor,
        "call_id": call.call_id,
        "gate_id": call.gate_id,
        "community_id": call.community_id,
        "channel": call.channel,
        "request_key": call.request_key,
        "state": call.state,
        "outcome": call.outcome,
        "answered_by": call.answered_by,
        "started_at": call.started_at,
        "answered_at": call.answered_at,
        "ended_at": tx.now if call.over else None,
    }
    tx.append(NOUN, [row])


def _line(
    asking: Viewer,
    action: str,
    call: GateCall,
    detail: str | None = None,
    result: Literal["done", "failed"] = "done",
) -> AuditLine:
    return line_for(
        asking,
        action,
        call.community_id,
        result=result,
        subject_kind=NOUN,
        subject_id=call.call_id,
        purpose="gate_call",
        detail=detail,
    )
