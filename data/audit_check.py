"""Walks the audit chain line by line and names the first place where it was tampered with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

import duckdb

from data.audit_anchor import Anchor, Mark
from data.audit_line import COLUMNS, EMPTY, Head, Signer
from data.queries import sql

BLOCK = 10_000

FaultKind = Literal[
    "changed",  # a line's columns are not what was signed
    "foreign",  # a line was never written by this chain, or with another key
    "missing",  # lines between two others are gone
    "inserted",  # a place in the chain is taken twice
    "cut_off",  # the last lines are gone
    "anchor_missing",
    "anchor_changed",
    "anchor_differs",  # the anchor knows another line at that place
    "anchor_remade",  # the anchor was missing or altered at some time and was begun anew
]


@dataclass(frozen=True, slots=True)
class AuditFault:
    """The first thing that is wrong, and where.

    Attributes:
        kind: What was done to the chain.
        seq: Place of the line at fault; for missing lines the first that is gone.
        until: The last missing line; otherwise the same as seq.
        event_id: The line at fault, or None where there is none to point at.
        columns: Columns that were changed.
    """

    kind: FaultKind
    seq: int
    until: int
    event_id: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """What a check of the whole chain found.

    Attributes:
        count: Lines read in order before the fault, or all.
        head: Signature of the last of them.
        fault: None where everything fits.
        marks: What happened to the chain as a whole, for information.
        checked_at: When, aware UTC.
    """

    count: int
    head: str
    fault: AuditFault | None
    marks: tuple[Mark, ...]
    checked_at: datetime

    @property
    def ok(self) -> bool:
        """True where nothing is wrong."""
        return self.fault is None


def check_chain(
    connection: duckdb.DuckDBPyConnection,
    signer: Signer,
    anchor: Anchor | Literal["missing", "changed"],
) -> AuditVerdict:
    """Check every line of audit_event and then its end against the anchor.

    Args:
        connection: A cursor of the store; reads one consistent state.
        signer: Holds the audit key.
        anchor: As read before the lines.
    """
    known = anchor if isinstance(anchor, Anchor) else None
    walk = _Walk(signer, known.head if known else None)
    fault = walk.run(connection)
    if fault is None:
        fault = _anchor_fault(anchor, walk)
    marks = known.marks if known else ()
    return AuditVerdict(walk.head.seq, walk.head.mac, fault, marks, datetime.now(UTC))


class _Walk:
    """One way along the chain; remembers the last line that was in order."""

    def __init__(self, signer: Signer, anchored: Head | None) -> None:
        self._signer = signer
        self._anchored = anchored
        self.head = EMPTY
        self.anchor_differs: AuditFault | None = None

    def run(self, connection: duckdb.DuckDBPyConnection) -> AuditFault | None:
        cursor = connection.execute(sql("audit/chain"))
        while block := cursor.fetchmany(BLOCK):
            for values in block:
                fault = self._step(values)
                if fault is not None:
                    return fault
        return None

    def _step(self, values: tuple[Any, ...]) -> AuditFault | None:
        seq, mac, prev_mac = values[0], values[-1], values[-2]
        if (
            seq != self.head.seq + 1
            or prev_mac != self.head.mac
            or mac != self._signer.mac_of(values[:-1])
        ):
            return self._fault(dict(zip(COLUMNS, values, strict=True)))
        self.head = Head(seq, mac)
        if self._anchored and self._anchored.seq == seq and self._anchored.mac != mac:
            self.anchor_differs = AuditFault("anchor_differs", seq, seq, values[1])
        return None

    def _fault(self, row: dict[str, Any]) -> AuditFault:
        """Find out what was done to a line that does not fit behind the one before it."""
        seq, event_id, expected = row["seq"], row["event_id"], self.head.seq + 1
        if row["mac"] == self._signer.mac(row):  # the line is whole; its place is not
            if seq > expected:
                return AuditFault("missing", expected, seq - 1, event_id)
            kind: FaultKind = "inserted" if seq < expected else "foreign"
            return AuditFault(kind, seq, seq, event_id)
        if row["mac"] == self._signer.mac({**row, "column_checks": self._signer.checks(row)}):
            return AuditFault("changed", seq, seq, event_id, ("column_checks",))
        changed = self._signer.changed_columns(row)
        if len(changed) > len(COLUMNS) // 2:
            return AuditFault("foreign", seq, seq, event_id)
        changed = changed or ("mac",)
        return AuditFault("changed", seq, seq, event_id, changed)


def _anchor_fault(anchor: Anchor | Literal["missing", "changed"], walk: _Walk) -> AuditFault | None:
    end = walk.head.seq
    if anchor == "missing":
        return AuditFault("anchor_missing", end, end)
    if anchor == "changed":
        return AuditFault("anchor_changed", end, end)
    if anchor.count > end:
        return AuditFault("cut_off", end + 1, anchor.count)
    if walk.anchor_differs:
        return walk.anchor_differs
    remade = next((mark for mark in anchor.marks if mark.kind == "remade"), None)
    return AuditFault("anchor_remade", remade.seq, remade.seq) if remade else None
