"""A chain with a few lines on disk, and a hand that can tamper with the table behind its back."""

from __future__ import annotations

from pathlib import Path

from data.audit import AuditChain, AuditLine
from data.keyring import Keyring
from data.store import Store


def line(number: int, action: str = "person.unmask") -> AuditLine:
    """A line in which every field says something."""
    return AuditLine(
        action=action,
        result="done",
        actor=f"account:{number}",
        role="secretary",
        community_id="t",
        subject_kind="person",
        subject_id="p1",
        field="phone",
        case_id=f"c{number}",
        purpose="care_visit",
        reason=f"虚构的理由 {number}",
        origin="192.0.2.7",
        detail=f"n={number}",
    )


class Installation:
    """Store, keys and chain in a folder, to be closed and opened again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "yiping.duckdb"
        self.keys = folder / "keys"
        self.open()

    def open(self) -> None:
        self.store = Store.open(f"duckdb:{self.database}")
        self.keyring = Keyring.open(self.keys)
        self.audit = AuditChain(self.store, self.keyring)

    def close(self) -> None:
        self.audit.close()
        self.keyring.close()
        self.store.close()

    def reopen(self) -> None:
        self.close()
        self.open()

    def write(self, *numbers: int) -> None:
        for number in numbers:
            self.audit.record(line(number)).result()

    def tamper(self, statement: str) -> None:
        """Run a statement on the table, past the chain; commits."""
        cursor = self.store.cursor()
        cursor.execute(statement)
        cursor.close()

    @property
    def anchor(self) -> Path:
        return self.keys / "audit.anchor"
