"""The audit chain: writes what was done or tried, signed line by line, and proves it whole.

Lines are made on the writer's thread inside the unit of work they belong to, so they stand and fall
with it. After each commit that held lines, the anchor learns the new end before anybody is told
that the work is done (ADR 0013). One chain per open store; close it before the store.
"""

from __future__ import annotations

import logging
import weakref
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from data.audit_anchor import Anchor, AnchorFile, Mark, now_text
from data.audit_check import AuditVerdict, check_chain
from data.audit_line import EMPTY, LONGEST_TEXT, AuditLine, Head, Signer, clipped
from data.audit_refused import RefusedBuffer
from data.keyring import Keyring
from data.keyring_errors import KeyringError
from data.store import Store
from data.transaction import Transaction
from data.writer import Commit

__all__ = ["AuditChain", "AuditLine", "AuditVerdict"]

log = logging.getLogger(__name__)

NOUN = "audit"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
SEALED = "sealed:"  # before a reason that only the subject's key opens
WITHHELD = "withheld"  # instead of a reason about somebody whose key is gone already
REASON = "audit.reason"  # the field a reason is sealed as


class AuditChain:
    """The audit log of one open store.

    Attributes:
        anchor_failed: Why the anchor could not be written last time; None while it can.
        verdict: What the last check found; None before the first.
    """

    def __init__(self, store: Store, keyring: Keyring) -> None:
        self._store = store
        self._keyring = keyring
        self._signer = Signer(keyring.audit_key)
        self._file = AnchorFile(keyring.folder, keyring.audit_key)
        self.anchor_failed: str | None = None
        self.verdict: AuditVerdict | None = None
        self._anchor, self._head = self._take_up()
        # Set on the writer's thread alone: the unfinished transaction and the chain's end in it.
        self._open: weakref.ref[Transaction] | None = None
        self._tip = self._head
        self._refused = RefusedBuffer(self._flush)
        store.on_commit(self._after_commit)

    def note(self, tx: Transaction, line: AuditLine) -> None:
        """Write a line inside a unit of work: both are on disk, or neither."""
        self.note_many(tx, [line])

    def note_many(self, tx: Transaction, lines: Iterable[AuditLine]) -> None:
        """Write several lines inside a unit of work, in order; far cheaper than one by one."""
        self._chain(tx, [(tx.now, line) for line in lines])

    def record(self, line: AuditLine) -> Future[None]:
        """Write a line in a unit of its own; `.result()` returns once it is on disk.

        Raises:
            StoreClosed: The store is stopping.
            StoreBusy: The writer's queue stayed full.
        """
        at = datetime.now(UTC)
        return self._store.write(lambda tx: self._chain(tx, [(at, line)]))

    def refused(self, line: AuditLine) -> None:
        """Take down a refused attempt within a fraction of a second; never blocks, never raises.

        What comes faster than it can be written is counted, and the counts become one line.
        """
        self._refused.add(line)

    def verify(self) -> AuditVerdict:
        """Walk the whole chain and compare its end with the anchor.

        Returns:
            The first fault with its place, or how many lines are in order.
        """
        anchor = self._file.read()  # before the lines: it may then only be behind them
        cursor = self._store.cursor()
        try:
            self.verdict = check_chain(cursor, self._signer, anchor)
        finally:
            cursor.close()
        return self.verdict

    def reason_of(self, row: dict[str, Any]) -> str | None:
        """Return the reason of a row of audit_event in clear; None where it cannot be read.

        Raises:
            SealBroken: The sealed reason was altered.
        """
        reason: str | None = row["reason"]
        if reason == WITHHELD:
            return None
        if reason is None or not reason.startswith(SEALED) or not row["subject_id"]:
            return reason
        sealed = reason.removeprefix(SEALED)
        return self._keyring.open_sealed(row["subject_id"], REASON, sealed)

    def close(self) -> None:
        """Write what still waits; call it before the store is closed."""
        self._refused.close()

    def _chain(self, tx: Transaction, lines: Sequence[tuple[datetime, AuditLine]]) -> None:
        if not lines:
            return
        head = self._head_in(tx)
        rows: list[dict[str, Any]] = []
        for (at, line), event_id in zip(lines, tx.ids(len(lines)), strict=True):
            row = self._signed(head, event_id, at, tx.now, line)
            head = Head(row["seq"], row["mac"])
            rows.append(row)
        stored = [{**row, **_times(row)} for row in rows]
        if len(stored) == 1:
            tx.run("audit/append_one", **stored[0])
        else:
            tx.run("audit/append", {"incoming": tx.table("audit_event", stored)})
        self._tip = head
        for community_id in {line.community_id for _, line in lines}:
            tx.touch(NOUN, community_id)

    def _head_in(self, tx: Transaction) -> Head:
        """The chain's end as this transaction sees it; a replayed unit comes with a new one."""
        if self._open is None or self._open() is not tx:
            found = tx.rows("audit/head")
            on_disk = Head(found[0]["seq"], found[0]["mac"]) if found else EMPTY
            # Whatever was cut off the table meanwhile must leave a gap, so never step back.
            self._tip = max(self._head, on_disk, key=lambda head: head.seq)
            self._open = weakref.ref(tx)
        return self._tip

    def _signed(
        self, head: Head, event_id: str, at: datetime, now: datetime, line: AuditLine
    ) -> dict[str, Any]:
        row: dict[str, Any] = {
            "seq": head.seq + 1,
            "event_id": event_id,
            "happened_at": _microseconds(at),
            "recorded_at": _microseconds(now),
            "action": clipped(line.action),
            "result": line.result,
            "actor": clipped(line.actor),
            "role": clipped(line.role),
            "community_id": clipped(line.community_id),
            "subject_kind": clipped(line.subject_kind),
            "subject_id": clipped(line.subject_id),
            "field": clipped(line.field),
            "case_id": clipped(line.case_id),
            "purpose": clipped(line.purpose),
            "reason": self._sealed_reason(line),
            "origin": clipped(line.origin),
            "detail": clipped(line.detail, LONGEST_TEXT),
            "key_id": self._signer.key_id,
            "prev_mac": head.mac,
        }
        row["column_checks"] = self._signer.checks(row)
        row["mac"] = self._signer.mac(row)
        return row

    def _sealed_reason(self, line: AuditLine) -> str | None:
        reason = clipped(line.reason, LONGEST_TEXT)
        if reason is None:
            return None
        subject_id = line.subject_id or ""
        state = self._keyring.state_of(subject_id)
        if state == "unknown":  # a plain reason must not be mistaken for a sealed one
            return f" {reason}" if reason.startswith((SEALED, WITHHELD)) else reason
        if state == "erased":
            return WITHHELD
        try:
            return SEALED + self._keyring.seal(subject_id, REASON, reason)
        except KeyringError:  # erased between the two steps
            return WITHHELD

    def _after_commit(self, commit: Commit) -> None:
        if not any(noun == NOUN for noun, _ in commit.touched):
            return
        self._head, self._open = self._tip, None
        self._write_anchor(self._anchor)

    def _take_up(self) -> tuple[Anchor, Head]:
        """Find the chain's end from the table and the anchor, whichever knows more."""
        found = self._store.rows("audit/head")
        on_disk = Head(found[0]["seq"], found[0]["mac"]) if found else EMPTY
        if found and found[0]["key_id"] != self._signer.key_id:
            log.error("the audit was signed with other keys than these; run: cli.py audit verify")
        anchor = self._file.read()
        if isinstance(anchor, str):
            at = now_text()
            # Not written before the next line: until then a check can still tell that it is gone.
            log.error("the anchor of the audit chain is %s; run: cli.py audit verify", anchor)
            mark = Mark("remade", at, *on_disk, before=0)
            return Anchor(*on_disk, at, (mark,)), on_disk
        return self._resolve(anchor, on_disk)

    def _resolve(self, anchor: Anchor, on_disk: Head) -> tuple[Anchor, Head]:
        pending = anchor.pending
        if pending is not None:
            fits = on_disk == Head(pending.seq, pending.mac)
            if pending.kind == "imported":
                pending, fits = replace(pending, seq=on_disk.seq, mac=on_disk.mac), True
            if fits:
                settled = Anchor(*on_disk, now_text(), (*anchor.marks, pending))
                self._file.write(settled)
                return settled, on_disk
            if on_disk.seq >= anchor.count:  # it was cut off before anything was put in place
                anchor = replace(anchor, pending=None)
                self._file.write(anchor)
        return anchor, max(anchor.head, on_disk, key=lambda head: head.seq)

    def _write_anchor(self, anchor: Anchor) -> None:
        self._anchor = replace(anchor, count=self._head.seq, mac=self._head.mac, at=now_text())
        try:
            self._file.write(self._anchor)
            self.anchor_failed = None
        except KeyringError as fault:
            # The lines are on disk; the anchor is merely behind them until it can be written.
            self.anchor_failed = str(fault)
            log.error("the anchor of the audit chain cannot be written: %s", fault)

    def _flush(self, lines: Sequence[tuple[datetime, AuditLine]]) -> None:
        self._store.write(lambda tx: self._chain(tx, lines)).result()


def _microseconds(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def _times(row: dict[str, Any]) -> dict[str, datetime]:
    return {name: _EPOCH + row[name] * _MICROSECOND for name in ("happened_at", "recorded_at")}
