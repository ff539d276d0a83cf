"""The clock does at each tick what is due, at night once, and after an outage what it missed."""

from __future__ import annotations

import time
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from actions import clock as clock_module
from actions.approvals import Wish
from actions.clock import Clock
from actions.deciding import decide
from actions.files.bulk_export import ExportWish, ask_export
from tests.rights_stage import Stage, officer

DUTY, SECRETARY, PRIVACY = officer("duty_officer"), officer("secretary"), officer("privacy")


def clock_of(register: Stage, quiet_s: float = 0.0, tick_s: float = 0.01) -> Clock:
    return Clock(
        register.store,
        register.vault,
        register.folder,
        lambda: register.now,
        tick_s=tick_s,
        quiet_s=quiet_s,
    )


def view_asked(register: Stage) -> str:
    wish = Wish("live_view", "demo", "camera", "c1", "incident", "虚构的理由：查看")
    return register.approvals.ask(DUTY, wish)


def state(register: Stage, approval_id: str) -> str:
    return str(register.store.rows("approval/one", approval_id=approval_id)[0]["state"])


def looked(register: Stage) -> int:
    return int(
        register.sql(
            "select count(distinct run_id) from retention_run "
            "where kind = 'proposed' and community_id = 'demo'"
        )[0][0]
    )


def test_a_tick_escalates_ends_and_deletes(register: Stage) -> None:
    begun = view_asked(register)
    export_id = ask_export(
        register.approvals, SECRETARY, "demo", ExportWish("persons", "data_check", "虚构的理由")
    )
    approval_id = register.store.rows("export_file/one", export_id=export_id, approval_id=None)[0][
        "approval_id"
    ]
    decide(register.approvals, PRIVACY, approval_id, True)
    clock = clock_of(register)
    clock.tick()
    assert state(register, begun) == "waiting"
    register.later(minutes=10)
    clock.tick()
    assert state(register, begun) == "escalated"
    register.later(hours=24)
    clock.tick()
    assert register.sql("select state from export_file_now") == [("deleted",)]


def test_what_came_due_while_the_app_was_off_is_done_at_the_first_tick(register: Stage) -> None:
    begun = view_asked(register)
    register.later(days=2)
    register.restart()
    clock_of(register).tick()
    assert state(register, begun) == "escalated"


def test_each_community_is_looked_through_once_a_night(register: Stage) -> None:
    register.now = datetime.fromisoformat("2026-03-12T03:00:00+08:00")
    clock = clock_of(register)
    clock.tick()
    clock.tick()
    assert looked(register) == 1
    rows = register.sql("select distinct community_id from retention_run order by 1")
    assert rows == [("demo",), ("other",)]


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        ("2026-03-12T02:20+08:00", "2026-03-12T23:00+08:00", False),  # done this night
        ("2026-03-12T02:20+08:00", "2026-03-13T02:14+08:00", False),  # not yet the next
        ("2026-03-12T02:20+08:00", "2026-03-13T02:15+08:00", True),
        ("2026-03-11T12:00+08:00", "2026-03-12T12:00+08:00", True),  # missed: made up by day
    ],
)
def test_a_night_begins_at_a_quarter_past_two_local_time(last: str, now: str, due: bool) -> None:
    begun = clock_module._last_night(datetime.fromisoformat(now), ZoneInfo("Asia/Shanghai"))
    assert (datetime.fromisoformat(last) < begun) is due


def test_the_first_minute_after_a_start_is_left_to_the_start(register: Stage) -> None:
    clock = clock_of(register, quiet_s=60)
    clock.tick()
    assert looked(register) == 0
    register.later(seconds=61)
    clock.tick()
    assert looked(register) == 1


def test_the_thread_ticks_survives_a_failure_and_stops(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = view_asked(register)
    register.later(minutes=10)
    calls: list[int] = []
    real = clock_module.let_time_pass

    def failing(approvals: object) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise OSError("the disk is full")
        return real(approvals)  # type: ignore[arg-type]

    monkeypatch.setattr(clock_module, "let_time_pass", failing)
    clock = clock_of(register, quiet_s=3_600)
    clock.start()
    deadline = time.monotonic() + 10
    while state(register, begun) != "escalated" and time.monotonic() < deadline:
        time.sleep(0.01)
    clock.stop()
    assert state(register, begun) == "escalated"
    assert clock.failed is None
