"""What follows from an approval: done, tried again, and found again in the log."""

from __future__ import annotations

from typing import Any

import pytest

from actions import deciding
from actions.deciding import decide
from data.rebuild import rebuild
from tests.actions.test_approvals import SECRETARY, asked
from tests.rights_stage import Stage


def test_a_deed_that_fails_is_tried_again_by_the_clock(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[str] = []

    def deed(_approvals: Any, row: dict[str, Any]) -> bool:
        tries.append(row["approval_id"])
        if len(tries) == 1:
            raise OSError("the disk is full")
        return True

    monkeypatch.setitem(deciding.FOLLOWS, "live_view", deciding.Follow(None, deed))  # type: ignore[arg-type]
    approval_id = asked(register)
    assert decide(register.approvals, SECRETARY, approval_id, True)["state"] == "confirmed"
    assert deciding.carry_out_confirmed(register.approvals) == 1
    assert deciding.carry_out_confirmed(register.approvals) == 0
    assert tries == [approval_id] * 2


def test_the_state_can_be_rebuilt_from_the_log(register: Stage) -> None:
    decide(register.approvals, SECRETARY, asked(register), True)
    asked(register, "camera_retrieval")
    assert all(table.same for table in rebuild(register.store))
