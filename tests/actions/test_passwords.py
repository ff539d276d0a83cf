"""Passwords are hashed with argon2id, a few at a time, and checked in the same time for nobody."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import Future

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from actions.users.passwords import (
    HASHER,
    NICENESS,
    HashingBusy,
    PasswordHashing,
    generated_password,
)
from rules.passwords import LEAST_PIECES, accepted_password, pieces
from tests.actions.door import PASSWORD, QUICK


def test_the_parameters_are_above_the_least_that_is_advised() -> None:
    # OWASP Password Storage Cheat Sheet: argon2id, 46 MiB with one pass, or more.
    kept = extract_parameters(HASHER.hash(PASSWORD))
    assert kept.type is Type.ID
    assert kept.memory_cost >= 47_104 and kept.time_cost >= 1 and kept.salt_len >= 16


def test_a_password_is_known_again_and_no_other() -> None:
    hashing = PasswordHashing(QUICK)
    kept = hashing.hash(PASSWORD).result()
    assert hashing.check(kept, PASSWORD).result().right
    for typed in (PASSWORD + "x", "", "\ud800", "x" * 10_000):
        assert not hashing.check(kept, typed).result().right
    for broken in ("", "no hash", "$argon2id$v=19$m=8,t=1,p=1$x$y", None):
        assert not hashing.check(broken, PASSWORD).result().right
    hashing.close()


def test_nobody_is_checked_as_long_as_somebody() -> None:
    slow = PasswordHashing(PasswordHasher(time_cost=3, memory_cost=16_384, parallelism=1))
    kept = slow.hash(PASSWORD).result()
    slow.check(None, PASSWORD).result()  # makes the hash of nobody once

    def took(hashed: str | None) -> float:
        began = time.perf_counter()
        slow.check(hashed, "wrong and wrong again").result()
        return time.perf_counter() - began

    somebody = min(took(kept) for _ in range(5))
    nobody = min(took(None) for _ in range(5))
    assert nobody > somebody / 2  # without the hash of nobody it would be a hundredth
    slow.close()


def test_no_more_wait_than_there_is_room_for() -> None:
    gate = threading.Event()

    class Gated(PasswordHasher):
        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            gate.wait(20)
            return "done"

    hashing = PasswordHashing(Gated(), slots=1, waiting=2)
    taken: list[Future[str]] = [hashing.hash("x") for _ in range(3)]
    with pytest.raises(HashingBusy):
        hashing.hash("x")
    gate.set()
    assert [future.result() for future in taken] == ["done"] * 3
    assert hashing.hash("x").result() == "done"
    hashing.close()


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="priorities of threads are Linux's")
def test_hashing_stands_back_for_everything_else() -> None:
    seen: list[int] = []

    class Looking(PasswordHasher):
        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            seen.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
            return "done"

    hashing = PasswordHashing(Looking())
    hashing.hash("x").result()
    own = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert seen == [max(own, NICENESS)]
    hashing.close()


def test_a_generated_password_is_one_that_may_be_used() -> None:
    made = {generated_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        assert accepted_password(password)
        assert pieces(password) >= LEAST_PIECES
        assert not set(password) & set("01ilo")
