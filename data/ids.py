"""Time-ordered ids: UUIDv7 (RFC 9562 §5.7) that never step back, not even when the clock does.

The log's order is the order of its ids, so the order must survive a clock that is set back and a
restart; the stock generators promise neither across a restart.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable

_COUNTER_BITS = 42  # 12 bits of rand_a and 30 of rand_b count within one millisecond
_RANDOM_BITS = 32


def unix_ms() -> int:
    """Return the time of this machine in Unix milliseconds."""
    return time.time_ns() // 1_000_000


def format_id(ms: int, counter: int, random: int) -> str:
    """Write one UUIDv7 as text from its milliseconds, 42-bit counter and 32 random bits."""
    high, low = counter >> 30, counter & 0x3FFFFFFF
    value = (ms << 80) | (0x7 << 76) | (high << 64) | (0b10 << 62) | (low << 32) | random
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def id_milliseconds(text: str) -> int:
    """Read back the Unix milliseconds an id was made at."""
    return int(text[:8] + text[9:13], 16)


class IdClock:
    """Makes ids in strictly rising order for one writer.

    Args:
        after: The greatest id that exists already, or None; every new id sorts behind it.
        now_ms: Clock in Unix milliseconds, replaceable in tests.
    """

    def __init__(self, after: str | None = None, now_ms: Callable[[], int] = unix_ms) -> None:
        self._now_ms = now_ms
        self._last_ms = id_milliseconds(after) + 1 if after else 0
        self._counter = 0
        self._lock = threading.Lock()

    def take(self, count: int) -> list[str]:
        """Return `count` new ids in rising order."""
        with self._lock:
            now = self._now_ms()
            if now > self._last_ms:
                self._last_ms, self._counter = now, 0
            start = self._counter
            self._counter += count
            ms = self._last_ms
        if start + count >= 1 << _COUNTER_BITS:
            raise OverflowError("more ids in one millisecond than the format can count")
        noise = secrets.token_bytes(4 * count)
        return [
            format_id(ms, start + i, int.from_bytes(noise[4 * i : 4 * i + 4], "big"))
            for i in range(count)
        ]
