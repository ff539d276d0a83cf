"""Counts in memory what one network address sends, so that nobody can flood a community.

Many homes share one address behind a provider, so the bounds are wide; they stop programs.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from time import monotonic

from rules.errors import RuleViolation

MOST_ADDRESSES = 20_000
IPV6_NETWORK_BITS = 64  # what one customer gets
# What is counted: at most so often in so many seconds.
BOUNDS: dict[str, tuple[int, float]] = {
    "report": (40, 3600.0),
    "look": (300, 600.0),
    "link": (40, 600.0),  # links that were none: nobody tries them out
    "act": (120, 3600.0),
}


class TooManyReports(RuleViolation):
    """This address has sent too much; wait `minutes`."""

    code = "too_many_reports"


class AddressLimits:
    """What each address did lately; one per process.

    Args:
        clock: Seconds that only rise, replaceable in tests.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: OrderedDict[tuple[str, str], deque[float]] = OrderedDict()

    def spend(self, kind: str, origin: str | None) -> None:
        """Count one deed of an address.

        Raises:
            TooManyReports: It is beyond the bound; nothing was counted.
        """
        most, span_s = BOUNDS[kind]
        with self._lock:
            seen = self._recent(kind, origin, span_s)
            if len(seen) >= most:
                raise TooManyReports(minutes=-(-int(span_s) // 60))
            seen.append(self._clock())

    def check(self, kind: str, origin: str | None) -> None:
        """Hold that an address is within its bound, without counting.

        Raises:
            TooManyReports: It is not.
        """
        most, span_s = BOUNDS[kind]
        with self._lock:
            if len(self._recent(kind, origin, span_s)) >= most:
                raise TooManyReports(minutes=-(-int(span_s) // 60))

    def _recent(self, kind: str, origin: str | None, span_s: float) -> deque[float]:
        key = (kind, _network(origin))
        seen = self._seen.setdefault(key, deque())
        self._seen.move_to_end(key)
        while len(self._seen) > MOST_ADDRESSES:
            self._seen.popitem(last=False)
        begin = self._clock() - span_s
        while seen and seen[0] <= begin:
            seen.popleft()
        return seen


def _network(origin: str | None) -> str:
    try:
        address = ip_address(origin or "")
    except ValueError:
        return origin or ""
    if isinstance(address, IPv6Address):
        shift = 128 - IPV6_NETWORK_BITS
        return str(IPv6Address(int(address) >> shift << shift))
    return str(address)
