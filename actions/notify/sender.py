"""Sends what is queued, on threads of its own, and tries again until the far end has it (ADR 0021).

Every try and the time of the next one are written down, so that a restart loses nothing. A far end
that fails rests, with everything that waits for it in order; the others go on.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from actions.notify.posting import Outcome
from data.store import Store
from data.transaction import Transaction
from data.writer import Commit

log = logging.getLogger(__name__)

Row = dict[str, Any]
Target = tuple[str, str]

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)  # after a cut of any length everything is on its way by then
GIVE_UP_AFTER = timedelta(days=7)
TURN_S = 30.0  # looks again this often at the latest, should the clock have been set
THREADS = 4
MOST_AT_ONCE = 500
# A message that failed this often no longer holds up those behind it.
STUBBORN = 5


def _utc_now() -> datetime:
    return datetime.now(UTC)


def wait_after(attempts: int, first: timedelta = FIRST_WAIT) -> timedelta:
    """Return how long to wait after so many failed tries: doubled each time, up to five minutes."""
    doubled: int = 2 ** min(max(attempts - 1, 0), 20)
    return min(first * doubled, LONGEST_WAIT)


class Sender:
    """One per process.

    Args:
        store: The open store.
        send: Makes one try: (delivery/one, now) to its outcome; may take seconds.
        first_wait: Wait after the first failure.
        give_up_after: A delivery that waited so long is given up, visibly.
        now: Clock, replaceable in tests.
    """

    def __init__(
        self,
        store: Store,
        send: Callable[[Row, datetime], Outcome],
        *,
        first_wait: timedelta = FIRST_WAIT,
        give_up_after: timedelta = GIVE_UP_AFTER,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._store = store
        self._send = send
        self._first_wait = first_wait
        self._give_up_after = give_up_after
        self._now = now
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._busy: set[Target] = set()
        self._rests: dict[Target, datetime] = {}
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="send")
        self._thread = threading.Thread(target=self._run, name="outbox", daemon=True)
        store.on_commit(self._on_commit)

    def start(self) -> None:
        """Begin with whatever waits, also from before a restart."""
        self._thread.start()

    def stop(self) -> None:
        """End; tries under way are waited for, their next ones are in the store."""
        self._stopping.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()
        self._pool.shutdown(cancel_futures=True)

    def _on_commit(self, commit: Commit) -> None:
        if any(noun == "delivery" for noun, _ in commit.touched):
            self._wake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            wait_s = TURN_S
            try:
                now = self._now()
                self._turn(now)
                wait_s = self._pause(now)
            except (
                Exception
            ):  # the thread's top level: the outbox goes on, the log says what failed
                log.exception("a turn of the outbox failed")
            self._wake.wait(wait_s)

    def _turn(self, now: datetime) -> None:
        by_target: dict[Target, list[Row]] = {}
        for row in self._store.rows("delivery/due", now=now, most=MOST_AT_ONCE):
            by_target.setdefault((row["target_kind"], row["target_id"]), []).append(row)
        for target, rows in by_target.items():
            with self._lock:
                rests = self._rests.get(target)
                if target in self._busy or (rests is not None and rests > now):
                    continue
                self._busy.add(target)
            self._pool.submit(self._drain, target, [row["delivery_id"] for row in rows])

    def _pause(self, now: datetime) -> float:
        """Return seconds from the turn at `now` until something is due or somebody has rested.

        Whoever was resting in that turn may have rested since, and would be waited for in vain.
        """
        with self._lock:
            moments = [at for at in self._rests.values() if at > now]
        found = self._store.rows("delivery/next", now=now)[0]["next_at"]
        if found is not None:
            moments.append(found)
        late = self._now() - now
        return min([TURN_S, *(max(0.0, (at - now - late).total_seconds()) for at in moments)])

    def _drain(self, target: Target, delivery_ids: list[str]) -> None:
        """Send one target's deliveries in order until it fails or wants a rest."""
        try:
            for delivery_id in delivery_ids:
                if self._stopping.is_set() or not self._try(target, delivery_id):
                    break
        except Exception:  # the thread's top level: the target rests, the log says what failed
            log.exception("sending to a %s failed", target[0])
            self._rest(target, LONGEST_WAIT)
        finally:
            with self._lock:
                self._busy.discard(target)
            self._wake.set()

    def _try(self, target: Target, delivery_id: str) -> bool:
        """Make one try and write down what became of it; False where the target is to rest."""
        row = self._store.rows("delivery/one", delivery_id=delivery_id)[0]
        if row["state"] != "waiting":  # given up meanwhile
            return True
        now = self._now()
        if now - row["made_at"] > self._give_up_after:
            self._record(row, None)
            return True
        outcome = self._send(row, now)
        self._record(row, outcome)
        attempts = row["attempts"] + 1
        if outcome.down and attempts < STUBBORN:
            self._rest(target, wait_after(attempts, self._first_wait))
            return False
        if outcome.rest_s:
            self._rest(target, timedelta(seconds=outcome.rest_s))
            return False
        return True

    def _rest(self, target: Target, wait: timedelta) -> None:
        with self._lock:
            self._rests[target] = self._now() + wait

    def _record(self, row: Row, outcome: Outcome | None) -> None:
        """Write what became of a try; without an outcome it waited too long."""
        now = self._now()

        def work(tx: Transaction) -> None:
            held = tx.rows("delivery/one", delivery_id=row["delivery_id"])[0]
            event = _after(held, outcome, now, self._first_wait)
            tx.append("delivery", [{**event, "happened_at": now, "actor": "system"}])

        self._store.write(work).result()


def _after(row: Row, outcome: Outcome | None, now: datetime, first_wait: timedelta) -> Row:
    """Return the next state of a delivery."""
    if outcome is None:
        return {**row, "event_kind": "expired", "state": "expired", "next_at": None}
    tried = {
        **row,
        "attempts": row["attempts"] + 1,
        "tried_at": now,
        "error": outcome.error,
        "http_status": outcome.http_status,
    }
    if outcome.sent:  # also where somebody gave it up while it was on its way: it arrived
        return {**tried, "event_kind": "sent", "state": "sent", "sent_at": now, "next_at": None}
    if row["state"] != "waiting":
        return {**tried, "event_kind": "failed"}
    if outcome.hopeless:
        return {**tried, "event_kind": "given_up", "state": "given_up", "next_at": None}
    wait = wait_after(tried["attempts"], first_wait)
    return {**tried, "event_kind": "failed", "next_at": now + wait}
