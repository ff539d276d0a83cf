"""Opens what guards the records: the keys of sealed values, and the audit chain they sign."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from actions.files.keys import lend_keyring
from data.audit import AuditChain
from data.keyring import Keyring
from data.store import Store


@dataclass(frozen=True, slots=True)
class Vault:
    """The keyring and the audit of one open store; close it before the store."""

    keyring: Keyring
    audit: AuditChain

    @classmethod
    def open(cls, keys: Path, store: Store) -> Vault:
        """Open the keys in folder `keys`, making them at the first start, and the audit.

        Raises:
            KeyringError: The keys cannot be read, or belong to another installation.
        """
        keyring = Keyring.open(keys)
        lend_keyring(store, keyring)
        return cls(keyring, AuditChain(store, keyring))

    def close(self) -> None:
        """Write down what the audit still holds and let go of the keys."""
        self.audit.close()
        self.keyring.close()
