"""The anchor: a second file that knows how long the audit chain was after the last commit.

Without it, cutting off the last lines would leave a valid chain. It lies with the keys, outside
the database and its backups, and is signed with a key of its own (ADR 0013).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from data.audit_line import EMPTY, Head
from data.keyring_errors import KeyringError
from data.keyring_files import derived, read_secret, write_secret

FILE_NAME = "audit.anchor"
MarkKind = Literal["restored", "shortened", "imported", "remade"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened to the chain as a whole.

    Attributes:
        kind: restored: an older backup was put in place and the later lines were carried over;
            shortened: they could not be; imported: the keys came to a new machine, where nobody
            knows how long the chain was; remade: the anchor was missing or altered.
        at: When, ISO 8601, UTC.
        seq: Last line of the chain then.
        mac: Its signature.
        before: Last line the anchor knew before.
        detail: Where the database that stood there before was moved to.
    """

    kind: MarkKind
    at: str
    seq: int
    mac: str
    before: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Length and end of the chain after the last commit, and what happened to it as a whole.

    Attributes:
        pending: A restore or import that has begun; the next opening finds out whether it was
            finished.
    """

    count: int
    mac: str
    at: str
    marks: tuple[Mark, ...] = ()
    pending: Mark | None = None

    @property
    def head(self) -> Head:
        """The end of the chain it knows."""
        return Head(self.count, self.mac)


class AnchorFile:
    """Reads and writes the anchor of one keys folder."""

    def __init__(self, folder: Path, audit_key: bytes) -> None:
        self.path = folder / FILE_NAME
        self._key = derived(audit_key, "audit anchor")

    def read(self) -> Anchor | Literal["missing", "changed"]:
        """Return the anchor, or what is wrong with it."""
        if not self.path.exists():
            return "missing"
        try:
            fact, _, signature = read_secret(self.path).decode("utf-8").rstrip("\n").partition("\n")
            if not hmac.compare_digest(signature.encode(), self._sign(fact).encode()):
                return "changed"
            return _anchor(json.loads(fact))
        except (KeyringError, ValueError, KeyError, TypeError):
            return "changed"

    def write(self, anchor: Anchor) -> None:
        """Put an anchor in place; it is on disk when this returns.

        Raises:
            KeysUnreadable: The disk or the folder refuses it.
        """
        fact = json.dumps(asdict(anchor), sort_keys=True)
        write_secret(self.path, f"{fact}\n{self._sign(fact)}\n".encode())

    def announce(self, mark: Mark) -> None:
        """Write down that a restore or import begins; keeps what the anchor knows already.

        An anchor that is missing or altered is begun anew with a mark that says so.
        """
        found = self.read()
        if isinstance(found, str):
            found = Anchor(*EMPTY, at=now_text())
            if mark.kind != "imported":
                found = replace(found, marks=(Mark("remade", now_text(), *EMPTY, before=0),))
        self.write(replace(found, pending=mark))

    def _sign(self, fact: str) -> str:
        return hmac.digest(self._key, fact.encode(), hashlib.sha256).hex()


def now_text() -> str:
    """The time, as anchors write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _anchor(fact: dict[str, Any]) -> Anchor:
    pending = fact["pending"]
    return Anchor(
        count=int(fact["count"]),
        mac=str(fact["mac"]),
        at=str(fact["at"]),
        marks=tuple(Mark(**mark) for mark in fact["marks"]),
        pending=Mark(**pending) if pending else None,
    )
