"""Counts attempts to prove who one is: per account in the store, per network address in memory.

An attempt is charged as a failure before it is looked at and paid back when it was right, so that
many at once cannot slip past the count (ADR 0011).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from typing import Any

from data.transaction import Transaction
from rules.attempts import (
    ORIGIN_FAILURES,
    ORIGIN_WINDOW,
    failures_still_counted,
    pause_after,
)
from rules.errors import RuleViolation

Row = dict[str, Any]
MOST_ORIGINS = 10_000
IPV6_NETWORK_BITS = 64  # what one customer gets


class TooManyAttempts(RuleViolation):
    """This address has failed too often; wait `seconds`."""

    code = "sign_in_wait"


@dataclass(frozen=True, slots=True)
class Charged:
    """An attempt that was counted, or must not be looked at.

    Attributes:
        account: Row of account/one, None where there is no such account.
        credential: Row of credential/of_account as it was before.
        failures: Failures in a row with this one; 0 where it must not be looked at.
        barred: Why it must not be looked at: unknown, closed, no_password or paused; else empty.
    """

    account: Row | None
    credential: Row | None
    failures: int = 0
    barred: str = ""


def charge(tx: Transaction, account: Row | None, now: datetime) -> Charged:
    """Count an attempt on an account as failed until it is proven right."""
    if account is None:
        return Charged(None, None, barred="unknown")
    found = tx.rows("credential/of_account", account_id=account["account_id"])
    if account["removed_at"] is not None or not found:
        return Charged(account, None, barred="closed")
    credential = found[0]
    until = credential["locked_until"]
    if until is not None and until > now:
        return Charged(account, credential, barred="paused")
    failures = failures_still_counted(credential["failures"], until, now) + 1
    put_credential(tx, {**credential, **_counted(failures, until, now)})
    barred = "" if credential["password_hash"] else "no_password"
    return Charged(account, credential, failures, barred)


def pay_back(tx: Transaction, charged: Charged) -> None:
    """Take one attempt off the count, unless others have failed meanwhile."""
    if charged.account is None or not charged.failures:
        return
    account_id = charged.account["account_id"]
    found = tx.rows("credential/of_account", account_id=account_id)
    if found and found[0]["failures"] == charged.failures:
        earlier = charged.failures - 1
        put_credential(tx, {**found[0], "failures": earlier, "locked_until": None})


def put_credential(tx: Transaction, row: Row) -> None:
    """Put a whole row of credential in the place of the account's one."""
    tx.run("credential/put", {"incoming": tx.table("credential", [row])})


def _counted(failures: int, until: datetime | None, now: datetime) -> Row:
    pause = pause_after(failures)
    return {"failures": failures, "locked_until": now + pause if pause else None}


class OriginLimit:
    """How often each network address has failed lately; forgotten when the app restarts.

    Args:
        most: Failures within the window before the address has to wait.
        window: How long a failure counts.
        now: Clock.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        most: int = ORIGIN_FAILURES,
        window: timedelta = ORIGIN_WINDOW,
    ) -> None:
        self._now = now
        self._most = most
        self._window = window
        self._failed: OrderedDict[str, list[datetime]] = OrderedDict()

    def check(self, origin: str | None) -> None:
        """Let an address try.

        Raises:
            TooManyAttempts: It has to wait.
        """
        recent = self._recent(network_of(origin))
        if len(recent) >= self._most:
            wait = recent[-self._most] + self._window - self._now()
            raise TooManyAttempts(seconds=max(1, round(wait.total_seconds())))

    def failed(self, origin: str | None) -> None:
        """Note a failure of an address."""
        network = network_of(origin)
        kept = self._recent(network)
        self._failed[network] = [*kept[-self._most :], self._now()]
        self._failed.move_to_end(network)
        while len(self._failed) > MOST_ORIGINS:
            self._failed.popitem(last=False)

    def _recent(self, network: str) -> list[datetime]:
        since = self._now() - self._window
        return [at for at in self._failed.get(network, []) if at > since]


def network_of(origin: str | None) -> str:
    """Return what counts as one sender: an IPv4 address, or the first half of an IPv6 one."""
    try:
        address = ip_address(origin or "")
    except ValueError:
        return origin or "unknown"
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> IPV6_NETWORK_BITS << IPV6_NETWORK_BITS))
    return str(address)
