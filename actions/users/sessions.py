"""Keeps who is signed in: sessions of accounts and walls, and the keys of other software.

Everything is in the store; what a request needs is held in memory and read anew when a commit
touches it, so that a revoked session, account, link or key is out at once, open sockets included.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from actions.users.session_state import Opened, Session, hash_of, keys_in, sessions_in
from data.store import Store
from data.transaction import Transaction
from data.writer import Commit
from rules.viewer import Viewer

log = logging.getLogger(__name__)

NOUNS = frozenset({"session", "account", "kiosk", "api_key"})
IDLE = timedelta(hours=1)
ABSOLUTE = timedelta(hours=12)
SWEEP_S = 0.5  # how soon an expired session's sockets are closed
SEEN_EVERY_S = 60.0  # how often last uses are written down


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Sessions:
    """One per process, made after the store is open and closed before it.

    Args:
        store: The open store.
        idle: A session of an account ends after so long without use.
        absolute: It ends so long after it was opened, used or not. Walls have neither limit.
        now: Clock, replaceable in tests.
    """

    def __init__(
        self,
        store: Store,
        idle: timedelta = IDLE,
        absolute: timedelta = ABSOLUTE,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._store = store
        self._idle = idle
        self._absolute = absolute
        self._now = now
        self._lock = threading.RLock()
        self._stale = threading.Event()
        self._closing = threading.Event()
        self._sessions: dict[str, Session] = {}
        self._keys: dict[str, tuple[str, Viewer]] = {}
        self._unsaved: dict[str, datetime] = {}
        self._watchers: dict[str, list[Callable[[], None]]] = {}
        self._saved_at = now()
        self._reload()
        store.on_commit(self._on_commit)
        self._thread = threading.Thread(target=self._sweep, name="sessions", daemon=True)
        self._thread.start()

    def open_account(self, account_id: str, method: str, origin: str | None = None) -> Opened:
        """Open a session for an account that has proved itself."""
        return self._open("account", account_id, method, origin)

    def open_kiosk(self, kiosk_id: str, origin: str | None = None) -> Opened:
        """Open a session for a wall that showed its device link."""
        return self._open("kiosk", kiosk_id, "link", origin)

    def find(self, token: str) -> Session | None:
        """Return the session of a browser's token, or None where it is unknown or over."""
        self._fresh()
        digest = hash_of(token)
        with self._lock:
            found = self._sessions.get(digest)
            now = self._now()
            if found is None or self._over(found, now):
                return None
            if now - found.seen_at > timedelta(seconds=1):
                found = self._sessions[digest] = replace(found, seen_at=now)
                self._unsaved[found.session_id] = now
            return found

    def key(self, token: str) -> Viewer | None:
        """Return whom a key `yp_<id>_<secret>` speaks for, or None."""
        parts = token.split("_")
        if len(parts) != 3 or parts[0] != "yp" or not token.isascii():
            return None
        self._fresh()
        with self._lock:
            held = self._keys.get(parts[1])
        if held is None or not hmac.compare_digest(held[0], hash_of(parts[2])):
            return None
        return held[1]

    def end(self, session_id: str) -> None:
        """End one session; on disk when it returns."""
        self._end(session_ids=[session_id])

    def end_all(self, holder_kind: str, holder_id: str, keep: str | None = None) -> None:
        """End every session of an account or kiosk but `keep`; on disk when it returns."""
        self._end(holder_kind=holder_kind, holder_id=holder_id, except_id=keep)

    def watch(self, watched_id: str, gone: Callable[[], None]) -> Callable[[], None]:
        """Call `gone`, once and on some thread, when a session or key is over.

        Args:
            watched_id: Id of the session or of the key.
            gone: Must return at once.

        Returns:
            Call it to stop watching.
        """
        with self._lock:
            self._watchers.setdefault(watched_id, []).append(gone)

        def stop() -> None:
            with self._lock:
                waiting = self._watchers.get(watched_id, [])
                if gone in waiting:
                    waiting.remove(gone)
                if not waiting:
                    self._watchers.pop(watched_id, None)

        return stop

    def close(self) -> None:
        """Write down last uses and stop."""
        self._closing.set()
        self._stale.set()
        self._thread.join()
        self._save_seen()

    def _open(self, kind: str, holder_id: str, method: str, origin: str | None) -> Opened:
        token = secrets.token_urlsafe(32)
        now = self._now()

        def work(transaction: Transaction) -> str:
            session_id = transaction.ids(1)[0]
            row = {
                "session_id": session_id,
                "token_hash": hash_of(token),
                "holder_kind": kind,
                "holder_id": holder_id,
                "method": method,
                "origin": origin,
                "created_at": now,
                "seen_at": now,
            }
            transaction.run("session/open", {"incoming": transaction.table("session", [row])})
            transaction.touch("session", "")
            return session_id

        return Opened(self._store.write(work).result(), token)

    def _end(
        self,
        session_ids: list[str] | None = None,
        holder_kind: str | None = None,
        holder_id: str | None = None,
        except_id: str | None = None,
    ) -> None:
        def work(transaction: Transaction) -> None:
            transaction.run(
                "session/end",
                session_ids=session_ids,
                holder_kind=holder_kind,
                holder_id=holder_id,
                except_id=except_id,
            )
            transaction.touch("session", "")

        self._store.write(work).result()

    def _over(self, session: Session, now: datetime) -> bool:
        if session.viewer.kind == "kiosk":
            return False
        return now - session.seen_at > self._idle or now - session.created_at > self._absolute

    def _on_commit(self, commit: Commit) -> None:
        if any(noun in NOUNS for noun, _ in commit.touched):
            self._stale.set()

    def _fresh(self) -> None:
        if self._stale.is_set():
            self._reload()

    def _reload(self) -> None:
        with self._lock:
            self._stale.clear()  # first: a commit during the read marks it again
            seen = {held.session_id: held.seen_at for held in self._sessions.values()}
            self._sessions = sessions_in(self._store, seen)
            self._keys = keys_in(self._store)

    def _sweep(self) -> None:
        """Tell the watchers of what is over, and write down last uses; runs on its own thread."""
        while not self._closing.is_set():
            self._stale.wait(SWEEP_S)
            try:
                self._fresh()
                self._tell()
                if (self._now() - self._saved_at).total_seconds() > SEEN_EVERY_S:
                    self._save_seen()
            except Exception:  # the thread's top level; the next round tries again
                log.exception("sessions could not be swept")
                self._closing.wait(SWEEP_S)

    def _tell(self) -> None:
        now = self._now()
        with self._lock:
            if self._stale.is_set():  # a session opened since the last read would look over
                return
            alive = {s.session_id for s in self._sessions.values() if not self._over(s, now)}
            alive |= self._keys.keys()
            gone = [key for key in self._watchers if key not in alive]
            callbacks = [call for key in gone for call in self._watchers.pop(key)]
        for call in callbacks:
            call()

    def _save_seen(self) -> None:
        with self._lock:
            unsaved, self._unsaved = self._unsaved, {}
            self._saved_at = self._now()
            now = self._saved_at
            over = [s.session_id for s in self._sessions.values() if self._over(s, now)]
        rows = [{"session_id": key, "seen_at": at} for key, at in unsaved.items()]
        if rows:
            self._store.write(lambda tx: _note_seen(tx, rows)).result()
        if over:
            self._end(session_ids=over)


def _note_seen(transaction: Transaction, rows: list[dict[str, object]]) -> None:
    table = transaction.table("session", rows).select(["session_id", "seen_at"])
    transaction.run("session/seen", {"incoming": table})
