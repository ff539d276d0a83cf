"""Hashes and checks passwords with argon2id, a few at a time, beside the work of the wall.

RFC 9106, parameters above the OWASP minimum (46 MiB, 1 pass). At most two run at once, on threads
of low priority, and only so many may wait: a flood of sign-ins makes sign-ins slow, nothing else.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from rules.errors import RuleViolation
from rules.passwords import normal_password

T = TypeVar("T")

# 64 MiB, 2 passes: 0.2 s on two old cores.
HASHER = PasswordHasher(time_cost=2, memory_cost=64 * 1024, parallelism=1, type=Type.ID)
SLOTS = 2
WAITING = 16
NICENESS = 10
# No 0, 1, i, l, o: what is read from a screen must not be guessed at.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
GENERATED_GROUPS = 5
GROUP_LENGTH = 5  # 5 times 5 characters of 31: 123 bits


class HashingBusy(RuleViolation):
    """Too many passwords are being checked; try again in a few seconds."""

    code = "sign_in_busy"


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a check.

    Attributes:
        right: The password is the account's.
        better: A new hash to keep, where the kept one was made with older parameters.
    """

    right: bool
    better: str | None = None


class PasswordHashing:
    """The threads that hash; one per process.

    Args:
        hasher: Parameters of argon2.
        slots: How many hash at once.
        waiting: How many more may wait.
    """

    def __init__(
        self, hasher: PasswordHasher = HASHER, slots: int = SLOTS, waiting: int = WAITING
    ) -> None:
        self._hasher = hasher
        self._room = threading.BoundedSemaphore(slots + waiting)
        self._threads = ThreadPoolExecutor(slots, "passwords", initializer=_stand_back)
        self._nobody: str | None = None

    def hash(self, password: str) -> Future[str]:
        """Hash a password that rules.passwords.accepted_password has let pass.

        Raises:
            HashingBusy: Too many wait.
        """
        return self._submit(lambda: self._hasher.hash(password))

    def check(self, kept: str | None, typed: str) -> Future[Checked]:
        """Compare a typed password with a kept hash.

        Takes the same time where there is nothing to compare with (`kept` is None): whether an
        account exists cannot be told from the clock.

        Raises:
            HashingBusy: Too many wait.
        """
        return self._submit(lambda: self._check(kept, typed))

    def close(self) -> None:
        """Finish what is running and end the threads."""
        self._threads.shutdown()

    def _check(self, kept: str | None, typed: str) -> Checked:
        normal = normal_password(typed)
        if kept is None or normal is None:
            if self._nobody is None:
                self._nobody = self._hasher.hash(secrets.token_hex(32))
            self._verify(self._nobody, "nobody's")
            return Checked(False)
        if not self._verify(kept, normal):
            return Checked(False)
        outdated = self._hasher.check_needs_rehash(kept)
        return Checked(True, self._hasher.hash(normal) if outdated else None)

    def _verify(self, kept: str, normal: str) -> bool:
        try:
            return self._hasher.verify(kept, normal)
        except (VerificationError, InvalidHashError):
            return False

    def _submit(self, work: Callable[[], T]) -> Future[T]:
        if not self._room.acquire(blocking=False):
            raise HashingBusy()
        try:
            future = self._threads.submit(work)
        except RuntimeError:  # closed meanwhile
            self._room.release()
            raise HashingBusy() from None
        future.add_done_callback(lambda _: self._room.release())
        return future


@cache
def password_hashing() -> PasswordHashing:
    """Return the hashing threads of this process."""
    return PasswordHashing()


def generated_password() -> str:
    """Return a password nobody chose, in groups that can be read from a screen."""
    groups = (
        "".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH))
        for _ in range(GENERATED_GROUPS)
    )
    return "-".join(groups)


def _stand_back() -> None:
    """Let everything else go first; Linux keeps a priority per thread, others need no more."""
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
