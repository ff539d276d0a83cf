"""What one line of the audit log holds, and how lines are signed and chained (ADR 0013)."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from data.keyring_files import derived, fingerprint_of

Result = Literal["done", "refused", "failed"]

# The signed columns in their order; column_checks and prev_mac are signed as well.
FACTS = (
    "seq",
    "event_id",
    "happened_at",
    "recorded_at",
    "action",
    "result",
    "actor",
    "role",
    "community_id",
    "subject_kind",
    "subject_id",
    "field",
    "case_id",
    "purpose",
    "reason",
    "origin",
    "detail",
    "key_id",
)
CHECKED = (*FACTS, "prev_mac")
COLUMNS = (*FACTS, "column_checks", "prev_mac", "mac")
CHECK_DIGITS = 4
GENESIS = "0" * 64
LONGEST_WORD = 200
LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One audited action as the code that did or refused it tells it.

    Attributes:
        action: What, as a code with a word `audit.action.<code>` in components/wording.
        result: done, refused (not allowed) or failed (allowed, but it did not work).
        actor: `Viewer.actor`, or `anonymous`.
        role: The role acted in, empty where nobody was signed in.
        community_id: Empty where it concerns the whole installation.
        subject_kind: person, household, account, …
        subject_id: Opaque id. Where it has a key in the vault, `reason` is sealed under that key.
        field: Name of a field, never its value.
        case_id: The case it was done for.
        purpose: A purpose code.
        reason: Why, in the actor's own words.
        origin: IP address.
        detail: Further facts; codes and counts, never personal values.
    """

    action: str
    result: Result
    actor: str
    role: str = ""
    community_id: str = ""
    subject_kind: str | None = None
    subject_id: str | None = None
    field: str | None = None
    case_id: str | None = None
    purpose: str | None = None
    reason: str | None = None
    origin: str | None = None
    detail: str | None = None


class Head(NamedTuple):
    """The end of a chain: the place of its last line and that line's signature."""

    seq: int
    mac: str


EMPTY = Head(0, GENESIS)


class Signer:
    """Signs lines with the audit key.

    Attributes:
        key_id: Fingerprint of the key, kept in every line.
    """

    def __init__(self, audit_key: bytes) -> None:
        self._lines = derived(audit_key, "audit lines")
        self._columns = derived(audit_key, "audit columns")
        self.key_id = fingerprint_of(audit_key)

    def mac(self, row: Mapping[str, Any]) -> str:
        """Return the signature over all columns of a row but `mac`; times in microseconds."""
        return self.mac_of([row[name] for name in COLUMNS[:-1]])

    def mac_of(self, values: Sequence[Any]) -> str:
        """Return the signature over the values of COLUMNS without the last, in that order."""
        return hmac.digest(self._lines, json.dumps(values).encode(), hashlib.sha256).hex()

    def checks(self, row: Mapping[str, Any]) -> str:
        """Return a few digits per column, so that a changed line tells which column it was.

        They find the place, not the fact: that something was changed is proven by `mac` alone.
        """
        return "".join(self._check(name, row[name]) for name in CHECKED)

    def changed_columns(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the columns whose digits do not fit any more."""
        found = str(row["column_checks"])
        width = CHECK_DIGITS
        return tuple(
            name
            for place, name in enumerate(CHECKED)
            if found[place * width : (place + 1) * width] != self._check(name, row[name])
        )

    def _check(self, name: str, value: object) -> str:
        content = f"{name} {json.dumps(value)}".encode()
        return hashlib.blake2b(
            content, key=self._columns, digest_size=CHECK_DIGITS // 2
        ).hexdigest()


def clipped(text: str | None, longest: int = LONGEST_WORD) -> str | None:
    """Cut a text that may come from an attacker and show its control characters as `�`.

    Direction marks count as control characters: they could make a line read otherwise.
    """
    if text is None:
        return None
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in cut)
