"""Brings a restored database up to what may not be undone by a restore, before it takes its place.

Who was erased since the backup stays erased, what was audited since is carried over where the chain
fits, and nobody is signed in. A backup older than these tables is migrated first (ADR 0012, 0013).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from data.audit_anchor import Anchor, AnchorFile, Mark, MarkKind, now_text
from data.audit_line import EMPTY, Head
from data.keyring import Keyring
from data.keyring_errors import KeyringError
from data.keyring_files import derived, fingerprint_of
from data.keyring_journal import read_erasures
from data.queries import sql
from data.store import Store
from data.transaction import Transaction

log = logging.getLogger(__name__)

TABLE = "audit_event"


@dataclass(frozen=True, slots=True)
class Brought:
    """What was done to a restored database.

    Attributes:
        carried: Audit lines taken over from the database that stood there.
        lost: Audit lines the anchor knew that are in neither.
        erasures: Erasures the backup's journal knew and the keys folder did not.
        values: Sealed values of erased people that were removed.
        foreign: True where the audit was signed with other keys than those that are here.
    """

    carried: int
    lost: int
    erasures: int
    values: int
    foreign: bool


def bring_up(staged: Path, current: Path, keyring: Keyring, journal: Path) -> Brought:
    """Prepare a restored database that nobody has open.

    Args:
        staged: The copy that will take the place; changed.
        current: The database that stands there now, absent or broken perhaps; only read.
        keyring: The keys of this installation.
        journal: The erasure journal of the backup, absent perhaps.

    Raises:
        JournalBroken: The backup's journal was altered.
        StoreError: The copy cannot be opened by this version.
    """
    erasures = _journalled_elsewhere(journal, keyring)
    store = Store.open(f"duckdb:{staged}")
    try:
        head, foreign = _head_of(store, keyring)
        later = _later_lines(current, head)
        values: int = store.write(lambda tx: _settle(tx, later, keyring)).result()
        end, _ = _head_of(store, keyring)
    finally:
        store.close()
    carried = later.num_rows if later is not None else 0
    lost = _announce(keyring, end, carried)
    return Brought(carried, lost, erasures, values, foreign)


def _settle(tx: Transaction, later: pa.Table | None, keyring: Keyring) -> int:
    if later is not None:
        tx.run("audit/append", {"incoming": later})
    names = {row["table_name"] for row in tx.rows("store/table_names")}
    if "session" in names:
        tx.run("store/remove_sessions")
    if "personal_field" not in names:
        return 0
    erased = pa.table({"subject_id": pa.array(sorted(keyring.erased()), pa.string())})
    return int(tx.rows("store/remove_erased", {"erased": erased})[0]["Count"])


def _head_of(store: Store, keyring: Keyring) -> tuple[Head, bool]:
    rows = store.rows("audit/head")
    if not rows:
        return EMPTY, False
    other = rows[0]["key_id"] != fingerprint_of(keyring.audit_key)
    return Head(rows[0]["seq"], rows[0]["mac"]), other


def _later_lines(current: Path, head: Head) -> pa.Table | None:
    """Return the lines behind `head` of the database that stands there, where they continue it."""
    if not current.exists():
        return None
    try:
        with duckdb.connect(str(current), read_only=True) as connection:
            connection.execute("set timezone = 'UTC'")
            names = {name for (name,) in connection.execute(sql("store/table_names")).fetchall()}
            if TABLE not in names:
                return None
            before = max(head.seq - 1, 0)
            found: pa.Table = connection.execute(
                sql("audit/later"), {"seq": before}
            ).to_arrow_table()
    except duckdb.Error as fault:
        log.warning("the audit of %s cannot be carried over: %s", current, fault)
        return None
    return _continuing(found, head)


def _continuing(found: pa.Table, head: Head) -> pa.Table | None:
    """Return the lines behind the first where that is the head itself, else None."""
    if head == EMPTY:
        return found if found.num_rows else None
    if not found.num_rows or found.column("mac")[0].as_py() != head.mac:
        return None
    return found.slice(1) if found.num_rows > 1 else None


def _announce(keyring: Keyring, end: Head, carried: int) -> int:
    """Sign into the anchor that the chain will end elsewhere; returns how many lines are lost."""
    file = AnchorFile(keyring.folder, keyring.audit_key)
    known = file.read()
    count = known.count if isinstance(known, Anchor) else 0
    lost = max(0, count - end.seq)
    detail = f"carried {carried}"
    kind: MarkKind = "shortened" if lost else "restored"
    file.announce(Mark(kind, now_text(), *end, before=count, detail=detail))
    return lost


def _journalled_elsewhere(journal: Path, keyring: Keyring) -> int:
    if not journal.is_file():
        return 0
    try:
        erasures = read_erasures(journal, derived(keyring.audit_key, "erasures"))
    except KeyringError as fault:
        if fault.fields.get("line") == 1:  # of another installation: it says nothing about this one
            return 0
        raise
    return keyring.erase_again(erasures)
