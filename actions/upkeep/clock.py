"""Does in the background what has to be done by the clock: nightly backup, check of the audit,
warnings, renewal."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime

from actions.upkeep.nightly_backup import read_state, take_backup
from actions.upkeep.state import ClockWatch, Installation, audit_state, clock_synchronised, gather
from data.audit import AuditChain
from data.store import Store
from rules.upkeep import (
    CLOCK_STEP,
    BackupState,
    UpkeepFacts,
    UpkeepWarning,
    audit_check_due,
    backup_due,
    warnings_of,
)

log = logging.getLogger(__name__)

TURN_S = 60.0
# Right after the start everything else has more need of the machine.
FIRST_BACKUP_AFTER_S = 120.0
FIRST_AUDIT_CHECK_AFTER_S = 600.0
ASK_SYNC_EVERY_S = 600.0


class UpkeepClock:
    """A thread of its own; whatever fails in it is logged and tried again a minute later.

    Args:
        store: The open store.
        audit: Its audit chain.
        installation: Folders and times.
        renew: Called every minute; takes up a renewed certificate.
        on_backup: Told the state after every attempt, e.g. for the audit.
    """

    def __init__(
        self,
        store: Store,
        audit: AuditChain,
        installation: Installation,
        renew: Callable[[], object] = lambda: None,
        on_backup: Callable[[BackupState], object] = lambda state: None,
    ) -> None:
        self._store = store
        self._audit = audit
        self._installation = installation
        self._renew = renew
        self._on_backup = on_backup
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="upkeep", daemon=True)
        self._watch = ClockWatch(datetime.now(UTC), time.monotonic())
        self._started = time.monotonic()
        self._asked_sync: float | None = None
        self._synchronised: bool | None = None
        self._facts: UpkeepFacts | None = None
        self._warnings: tuple[UpkeepWarning, ...] = ()

    def start(self) -> None:
        """Begin; the first look is taken at once."""
        self._thread.start()

    def stop(self) -> None:
        """End and wait; a backup that is being taken is finished first."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def warnings(self) -> tuple[UpkeepWarning, ...]:
        """What somebody has to see to, as of the last minute."""
        return self._warnings

    def facts(self) -> UpkeepFacts | None:
        """What was found out at the last look; None before the first."""
        return self._facts

    def look(self) -> None:
        """Find out how the machine does, take a backup where one is due, judge."""
        now, steady = datetime.now(UTC), time.monotonic()
        self._watch.look(now, steady, CLOCK_STEP)
        if self._asked_sync is None or steady - self._asked_sync > ASK_SYNC_EVERY_S:
            self._asked_sync, self._synchronised = steady, clock_synchronised()
        self._renew()
        backup = self._backup(now, steady)
        self._check_audit(now, steady)
        self._facts = gather(
            self._store,
            self._installation,
            now,
            backup,
            self._watch.step,
            self._synchronised,
            audit_state(self._audit),
        )
        self._warnings = tuple(warnings_of(self._facts))

    def _backup(self, now: datetime, steady: float) -> BackupState | None:
        here = self._installation
        if here.backup_folder is None:
            return None
        state = read_state(here.var, now)
        local = now.astimezone()
        settled = steady - self._started >= FIRST_BACKUP_AFTER_S
        if not settled or not backup_due(state, local, here.backup_at):
            return state
        state = take_backup(
            self._store,
            here.var,
            here.settings_file,
            here.backup_folder,
            here.keep_days,
            local,
            here.erasures,
        )
        self._on_backup(state)
        return state

    def _check_audit(self, now: datetime, steady: float) -> None:
        if steady - self._started < FIRST_AUDIT_CHECK_AFTER_S:
            return
        if not audit_check_due(audit_state(self._audit), now):
            return
        verdict = self._audit.verify()
        if verdict.fault is not None:
            log.error("the audit is broken at line %s: %s", verdict.fault.seq, verdict.fault.kind)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.look()
            except Exception:  # the thread's top level: the wall goes on, the log says what failed
                log.exception("a look at the machine failed")
            self._stopping.wait(TURN_S)
