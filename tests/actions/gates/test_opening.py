"""Opening a gate: one signed message with a token, to a guarded address; failures are named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from actions.gates.calls import GateCall, end, end_left_open, recent_calls, ring
from actions.gates.opening import Opener
from actions.notify.posting import Guard
from actions.notify.signing import signature, signed_headers
from rules.gates import GateCallOver
from tests.actions.gates.gate_stage import added, opener, ready, row
from tests.far_end import FarEnd
from tests.rights_stage import Stage, officer


@pytest.fixture
def far_end() -> Iterator[FarEnd]:
    made = FarEnd()
    yield made
    made.close()


def rung(register: Stage, gate_id: str) -> GateCall:
    return ring(register.store, register.audit, row(register, gate_id))


def test_the_opener_gets_a_signed_token_that_no_other_message_has(
    register: Stage, far_end: FarEnd
) -> None:
    gate_id, secret = ready(register, far_end.url)
    for _ in range(2):
        call = rung(register, gate_id)
        assert opener(register).open(row(register, gate_id), call).sent
        end(register.store, register.audit, call, "give_up", "nobody", None)
    first, second = far_end.taken
    assert first.json["token"] != second.json["token"]
    assert (first.json["type"], first.json["gate"]) == ("gate.open", gate_id)
    until = datetime.fromisoformat(first.json["expires_at"])
    assert timedelta(0) < until - datetime.now(UTC) <= timedelta(seconds=30)
    stamp, message = first.headers["webhook-timestamp"], first.headers["webhook-id"]
    assert message == first.json["call"]
    right = signature(message, stamp, first.body, secret)
    assert first.headers["webhook-signature"] == f"v1,{right}"


@pytest.mark.parametrize(("status", "error"), [(500, "server_error"), (403, "refused")])
def test_a_gate_that_says_no_is_a_failure(
    register: Stage, far_end: FarEnd, status: int, error: str
) -> None:
    gate_id, _ = ready(register, far_end.url)
    far_end.status = status
    assert opener(register).open(row(register, gate_id), rung(register, gate_id)).error == error


def test_a_gate_that_is_away_or_out_of_the_allowed_networks_is_a_failure(
    register: Stage, far_end: FarEnd
) -> None:
    gate_id, _ = ready(register, far_end.url)
    strict = Opener(register.store, register.keyring, Guard())
    call = rung(register, gate_id)
    assert strict.open(row(register, gate_id), call).error == "address_refused"
    assert far_end.taken == []
    far_end.close()
    assert opener(register).open(row(register, gate_id), call).error == "unreachable"


def test_only_the_gates_own_station_signs_rightly_and_in_time(register: Stage) -> None:
    gate_id, secret = added(register)
    now, body = datetime.now(UTC), b'{"type":"gate.call"}'
    signed = signed_headers("message-1", body, now, [secret])
    gate, check = row(register, gate_id), opener(register).signed_by
    assert check(gate, signed, body, now)
    assert not check(gate, signed, body + b" ", now)
    assert not check(gate, {**signed, "webhook-id": "message-2"}, body, now)
    assert not check(gate, signed, body, now + timedelta(minutes=6))
    assert not check(gate, {**signed, "webhook-timestamp": "²"}, body, now)
    assert not check(gate, {}, body, now)


def test_calls_left_open_by_a_stop_are_missed_and_nothing_ends_twice(register: Stage) -> None:
    gate_id, _ = ready(register)
    call = rung(register, gate_id)
    other = rung(register, gate_id)
    ended = end(register.store, register.audit, other, "refuse", "officer", officer("secretary"))
    with pytest.raises(GateCallOver):
        end(register.store, register.audit, ended, "give_up", "nobody", None)
    end_left_open(register.store)
    newest, first = recent_calls(register.store, officer("secretary"))
    assert (newest["state"], newest["outcome"]) == ("refused", "officer")
    assert (first["call_id"], first["state"], first["outcome"]) == (
        call.call_id,
        "missed",
        "stopped",
    )
    assert recent_calls(register.store, officer("secretary", 1, "other")) == []
