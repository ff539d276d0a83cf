"""Reads the audit for those who may, and writes down that they did.

Whoever may read everything is the one nobody else watches, so every opening of the log leaves a
line of its own, and so does every copy.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from actions.auditing import line_for
from data.audit import SEALED, WITHHELD, AuditChain
from data.keyring_errors import SealBroken
from data.store import Store
from rules.errors import RuleViolation
from rules.viewer import Viewer

BLOCK = 100
WINDOW = 5_000
MOST_EXPORTED = 50_000
SHORTEST_REASON = 6
LONGEST_REASON = 500
OPENING_S = 900.0
MOST_OPENINGS = 1_000
LONGEST_ID = 200

Rows = list[dict[str, Any]]


class ReasonMissing(RuleViolation):
    """A copy of the log needs a reason in words; say why and try again."""

    code = "audit_reason_missing"


class TooManyLines(RuleViolation):
    """More lines fit the filter than one copy may hold; narrow the time."""

    code = "audit_too_many_lines"


class Openings:
    """Remembers which openings of the page were written down, for a quarter of an hour.

    A page brings an id of its own making; one that is unknown, or known from somebody else, counts
    as a new opening, so inventing or keeping ids hides nothing.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: OrderedDict[tuple[str, str], float] = OrderedDict()

    def first(self, actor: str, opening: str) -> bool:
        """Tell whether this opening has to be written down, and remember it."""
        now = self._clock()
        with self._lock:
            while self._seen and (
                len(self._seen) >= MOST_OPENINGS
                or next(iter(self._seen.values())) < now - OPENING_S
            ):
                self._seen.popitem(last=False)
            if (actor, opening) in self._seen:
                return False
            self._seen[actor, opening] = now
            return True


def note_opening(
    audit: AuditChain, asking: Viewer, community_id: str, filters: Sequence[str], subject: str
) -> None:
    """Write down that somebody opens the log; on disk when this returns.

    Args:
        audit: The log itself.
        asking: Who reads.
        community_id: Whose log.
        filters: Names of the filters in use, not what they ask for.
        subject: The person or thing asked for, so that they can be told; empty for nobody.
    """
    line = line_for(
        asking,
        "audit.read",
        community_id,
        subject_id=subject or None,
        detail=f"filters {', '.join(filters)}" if filters else None,
    )
    audit.record(line).result()


def read_block(
    store: Store,
    audit: AuditChain,
    parameters: dict[str, Any],
    before: int | None = None,
    after: int | None = None,
) -> Rows:
    """Return one block of lines, newest first, with their reasons in clear.

    Args:
        store: The open store.
        audit: Opens the reasons.
        parameters: Of data/sql/audit/lines.sql, without the block.
        before: Only lines before this one.
        after: Only lines after it.

    Returns:
        Rows of the query; `sealed` is True where a reason cannot be read (any more).
    """
    if after is None:
        rows = _newest(store, parameters, before, BLOCK)
    else:
        rows = store.rows("audit/lines_after", **parameters, after=after, limit=BLOCK)
    for row in rows:
        stored = row["reason"]
        row["reason"] = _clear(audit, row)
        row["sealed"] = stored is not None and row["reason"] is None
    return rows


def copy_lines(
    store: Store, audit: AuditChain, asking: Viewer, parameters: dict[str, Any], reason: str
) -> Rows:
    """Return all lines of a filter for a file, after writing down who takes them and why.

    Sealed reasons are left out (`sealed` True): a file would outlive their subject's key.

    Raises:
        ReasonMissing: No reason worth the name was given.
        TooManyLines: More than 50,000 lines; nothing was copied.
    """
    why = reason.strip()[:LONGEST_REASON]
    community_id = parameters["community_id"]
    if len(why) < SHORTEST_REASON:
        raise ReasonMissing(shortest=SHORTEST_REASON)
    rows = _newest(store, parameters, None, MOST_EXPORTED + 1)
    if len(rows) > MOST_EXPORTED:
        code = TooManyLines.code
        audit.refused(line_for(asking, "audit.export", community_id, result="refused", detail=code))
        raise TooManyLines(most=MOST_EXPORTED)
    line = line_for(asking, "audit.export", community_id, reason=why, detail=f"lines {len(rows)}")
    audit.record(line).result()
    for row in rows:
        row["sealed"] = str(row["reason"] or "").startswith(SEALED) or row["reason"] == WITHHELD
        row["reason"] = None if row["sealed"] else row["reason"]
    return rows


def _newest(store: Store, parameters: dict[str, Any], before: int | None, limit: int) -> Rows:
    """Return the last lines that fit, looking at the end of the log first and then further back.

    The whole log is walked only where the filter is rare: twenty times slower at 200,000 lines.
    """
    head = store.rows("audit/head")
    end = head[0]["seq"] + 1 if head else 1
    if before is not None:
        end = min(end, before)
    width = WINDOW
    while True:
        low = max(0, end - width)
        rows = store.rows("audit/lines", **parameters, before=end, low=low, limit=limit)
        if len(rows) >= limit or low == 0:
            return rows
        width *= 40


def _clear(audit: AuditChain, row: dict[str, Any]) -> str | None:
    try:
        return audit.reason_of(row)
    except SealBroken:  # tampered with: the check of the chain says so, the list goes on
        return None
