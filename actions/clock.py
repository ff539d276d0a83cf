"""The clock inside the running app: escalates, expires, carries out, and looks through at night.

It keeps nothing to itself: what is due stands in the store, so a restart loses nothing, and after
an outage everything that came due meanwhile is done at the first tick.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from actions.alarms.clock import AlarmEscalation
from actions.approvals import Approvals, utc_now
from actions.cameras.stills import drop_refused
from actions.deciding import carry_out_confirmed, let_time_pass
from actions.files.export_fetching import delete_over
from actions.files.export_files import SealedFiles
from actions.plans.clock import let_plans_wait
from actions.rights.retention import run_by_itself
from actions.vault import Vault
from data.store import Store

log = logging.getLogger(__name__)

TICK_S = 5.0
NIGHTLY_AT = time(2, 15)  # before the nightly backup, so that it holds less
QUIET_AFTER_START_S = 60.0
EXPORTS = "exports"


class Clock:
    """One thread per process; start it when store and vault are open, stop it before they close.

    Args:
        var: The data folder; exports lie below it.
        now: Clock, replaceable in tests.
        tick_s: Seconds between two looks.
        quiet_s: Seconds after the start before the nightly work may begin.

    Attributes:
        failed: What went wrong at the last tick, None while all is well.
    """

    def __init__(
        self,
        store: Store,
        vault: Vault,
        var: Path,
        now: Callable[[], datetime] = utc_now,
        tick_s: float = TICK_S,
        quiet_s: float = QUIET_AFTER_START_S,
    ) -> None:
        self._store = store
        self._approvals = Approvals(store, vault.keyring, vault.audit, now)
        self._files = SealedFiles(vault.keyring, var / EXPORTS)
        self._alarms = AlarmEscalation(store)
        self._now = now
        self._tick_s = tick_s
        self._quiet_until = now() + timedelta(seconds=quiet_s)
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.failed: str | None = None

    def start(self) -> None:
        """Begin to look."""
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the tick under way and stop."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def tick(self) -> None:
        """Do everything that is due now."""
        let_time_pass(self._approvals)
        carry_out_confirmed(self._approvals)
        drop_refused(self._approvals)
        delete_over(self._approvals, self._files)
        self._alarms.tell_due(self._now())
        let_plans_wait(self._store, self._now())
        if self._now() >= self._quiet_until:
            self._look_through()

    def _run(self) -> None:
        while not self._stopping.wait(self._tick_s):
            try:
                self.tick()
                self.failed = None
            except Exception as failure:  # the thread's top level: the next tick tries again
                self.failed = getattr(failure, "code", type(failure).__name__)
                log.exception("the clock could not do what was due")

    def _look_through(self) -> None:
        """Do the nightly work of the communities whose night it is, and that have not had it."""
        seen = {
            row["community_id"]: row["proposed_at"]
            for row in self._store.rows("retention/last_proposed")
        }
        for row in self._store.rows("view/community"):
            begun = _last_night(self._now(), ZoneInfo(row["timezone"]))
            last = seen.get(row["community_id"])
            if self._stopping.is_set():
                return
            if last is None or last < begun:
                run_by_itself(self._approvals, row["community_id"])


def _last_night(now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the last nightly work was to begin, UTC."""
    local = now.astimezone(zone)
    begun = datetime.combine(local.date(), NIGHTLY_AT, zone)
    return (begun if begun <= local else begun - timedelta(days=1)).astimezone(UTC)
