"""Refused attempts are taken down without anybody waiting, and a flood of them is counted."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.audit_line import AuditLine
from data.audit_refused import BUFFER_LIMIT, RefusedBuffer
from tests.data.audit_given import Installation, line

REFUSED = replace(line(1, "sign_in"), result="refused")


@pytest.fixture
def given(tmp_path: Path) -> Iterator[Installation]:
    made = Installation(tmp_path)
    yield made
    made.close()


def test_a_refused_attempt_is_on_disk_soon(given: Installation) -> None:
    given.audit.refused(REFUSED)
    deadline = time.monotonic() + 20
    while not given.store.rows("audit/chain") and time.monotonic() < deadline:
        time.sleep(0.05)
    row = given.store.rows("audit/chain")[0]
    assert (row["action"], row["result"]) == ("sign_in", "refused")
    assert row["happened_at"] <= row["recorded_at"]


def test_closing_writes_what_waits(given: Installation) -> None:
    for _ in range(20):
        given.audit.refused(REFUSED)
    given.audit.close()
    assert len(given.store.rows("audit/chain")) == 20
    assert given.audit.verify().ok
    given.audit.refused(REFUSED)  # after the end: dropped, no error
    given.audit.close()


def test_a_flood_is_cut_and_counted_in_one_line(given: Installation) -> None:
    entered, leave = threading.Event(), threading.Event()

    def busy(_: object) -> None:
        entered.set()
        leave.wait(20)

    blocked = given.store.write(busy)
    entered.wait(20)
    started = time.monotonic()
    for number in range(5_000):
        given.audit.refused(REFUSED if number % 2 else replace(REFUSED, action="case.read"))
    assert time.monotonic() - started < 5  # never waits for the store
    leave.set()
    blocked.result(20)
    given.audit.close()
    rows = given.store.rows("audit/chain")
    told = [row for row in rows if row["action"] != "audit.overflow"]
    dropped = [row for row in rows if row["action"] == "audit.overflow"]
    assert len(told) <= 3 * BUFFER_LIMIT
    assert 1 <= len(dropped) <= 2
    counted = [part.rsplit(" ", 1) for row in dropped for part in row["detail"].split(", ")]
    assert {name for name, _ in counted} == {"sign_in", "case.read"}
    assert sum(int(n) for _, n in counted) + len(told) == 5_000
    assert given.audit.verify().ok


def test_actions_an_attacker_invents_do_not_fill_the_memory() -> None:
    release = threading.Event()
    flushed: list[AuditLine] = []

    def flush(lines: object) -> None:
        release.wait(20)
        flushed.extend(told for _, told in lines)  # type: ignore[attr-defined]

    buffer = RefusedBuffer(flush)
    for number in range(BUFFER_LIMIT * 4):
        buffer.add(replace(REFUSED, action=f"made up {number}"))
    release.set()
    buffer.close()
    overflow = [told for told in flushed if told.action == "audit.overflow"]
    assert overflow
    assert all(len((told.detail or "").split(", ")) <= 21 for told in overflow)


def test_a_store_that_refuses_costs_nothing_but_is_counted() -> None:
    flushed: list[AuditLine] = []
    broken = threading.Event()
    broken.set()

    def flush(lines: object) -> None:
        if broken.is_set():
            raise OSError("disk full")
        flushed.extend(told for _, told in lines)  # type: ignore[attr-defined]

    buffer = RefusedBuffer(flush)
    buffer.add(REFUSED)
    time.sleep(0.6)
    broken.clear()
    buffer.add(REFUSED)
    buffer.close()
    assert [told.action for told in flushed] == ["sign_in", "audit.overflow"]
    assert flushed[1].detail == "sign_in 1"
