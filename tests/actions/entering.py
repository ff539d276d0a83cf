"""Steps through the door, as tests of the sign-in take them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import pyotp
import pytest

from actions.access import current_origin
from actions.users.signin_steps import SignInFailed, Step
from actions.users.totp import FIELD, subject_of
from tests.actions.door import PASSWORD, Door

T = TypeVar("T")


def run(step: Coroutine[Any, Any, T], origin: str = "192.0.2.7") -> T:
    token = current_origin.set(origin)
    try:
        return asyncio.run(step)
    finally:
        current_origin.reset(token)


def enter(door: Door, password: str = PASSWORD, login: str = "duty1", **more: str) -> Step:
    return run(door.signin.password(login, password), **more)


def fail(door: Door, times: int, login: str = "duty1") -> None:
    for number in range(times):
        with pytest.raises(SignInFailed):
            enter(door, "wrong guess of somebody", login, origin=f"198.51.100.{number % 200}")


def second_factor(door: Door, account_id: str) -> pyotp.TOTP:
    """Turn the second factor of an account on; returns the authenticator."""
    secret = pyotp.random_base32()
    door.vault.keyring.create([subject_of(account_id)])
    sealed = door.vault.keyring.seal(subject_of(account_id), FIELD, secret)
    row = {**door.credential(account_id), "totp_sealed": sealed, "totp_confirmed": True}
    table = {"incoming": None}

    def work(tx: Any) -> None:
        table["incoming"] = tx.table("credential", [row])
        tx.run("credential/put", table)

    door.store.write(work).result()
    return pyotp.TOTP(secret)
