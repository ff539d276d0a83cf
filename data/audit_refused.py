"""Takes down refused attempts without letting whoever causes them slow anything down.

Anybody can be refused as often as they like, so the lines wait in a bounded buffer and go to disk
together; what does not fit is counted per action and becomes one line.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from data.audit_line import AuditLine

log = logging.getLogger(__name__)

BUFFER_LIMIT = 500
PAUSE_S = 0.2
OVERFLOW = "audit.overflow"
MOST_ACTIONS = 20

Lines = Sequence[tuple[datetime, AuditLine]]


class RefusedBuffer:
    """Gathers lines and hands them to `flush` every fifth of a second, from a thread of its own.

    Args:
        flush: Writes lines to disk and returns when they are; called from that thread alone.
    """

    def __init__(self, flush: Callable[[Lines], None]) -> None:
        self._flush = flush
        self._lock = threading.Lock()
        self._waiting: list[tuple[datetime, AuditLine]] = []
        self._dropped: Counter[str] = Counter()
        self._something = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, line: AuditLine) -> None:
        """Take a line; where the buffer is full, only count it."""
        with self._lock:
            if self._closing.is_set():
                return
            if len(self._waiting) < BUFFER_LIMIT:
                self._waiting.append((datetime.now(UTC), line))
            else:
                self._count(line)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="refused", daemon=True)
                self._thread.start()
        self._something.set()

    def close(self) -> None:
        """Write what waits and stop the thread."""
        with self._lock:
            self._closing.set()
        self._something.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while True:
            self._something.wait()
            self._closing.wait(PAUSE_S)
            self._something.clear()
            self._write()
            if self._closing.is_set():
                self._write()
                return

    def _write(self) -> None:
        with self._lock:
            lines, self._waiting = self._waiting, []
            dropped, self._dropped = self._dropped, Counter()
        if dropped:
            lines.append((datetime.now(UTC), _overflow(dropped)))
        if not lines:
            return
        try:
            self._flush(lines)
        except Exception as fault:  # noqa: BLE001 - the thread outlives a bad moment of the store
            log.error("%d refused attempts could not be written: %s", len(lines), fault)
            with self._lock:
                self._dropped.update(dropped)
                for _, line in lines:
                    if line.action != OVERFLOW:
                        self._count(line)

    def _count(self, line: AuditLine) -> None:
        known = line.action in self._dropped or len(self._dropped) < MOST_ACTIONS
        self._dropped[line.action if known else "other"] += 1


def _overflow(dropped: Counter[str]) -> AuditLine:
    counts = ", ".join(f"{action} {n}" for action, n in sorted(dropped.items()))
    return AuditLine(OVERFLOW, "refused", "system", detail=counts)
