"""What a command works with, the same whether it runs in the shell or inside the running app."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tqdm import tqdm

if TYPE_CHECKING:  # a command that runs inside the app must start without loading the store
    from actions.vault import Vault
    from data.audit import AuditChain
    from data.keyring import Keyring
    from data.store import Store
    from settings import Settings


class Output(Protocol):
    """Where a command's words go."""

    def out(self, text: str) -> None:
        """Print one line of the result."""

    def err(self, text: str) -> None:
        """Print one line about the result."""

    def progress(self, done: int, total: int | None) -> None:
        """Show how far the work is; `total` is None where nobody knows."""


@dataclass(frozen=True, slots=True)
class Context:
    """An open store with its vault, the settings, and where the words go."""

    store: Store
    settings: Settings
    output: Output
    vault: Vault

    @property
    def keyring(self) -> Keyring:
        """The keys of sealed values."""
        return self.vault.keyring

    @property
    def audit(self) -> AuditChain:
        """The audit log."""
        return self.vault.audit

    def out(self, text: str) -> None:
        """Print one line of the result."""
        self.output.out(text)

    def err(self, text: str) -> None:
        """Print one line about the result."""
        self.output.err(text)

    def progress(self, done: int, total: int | None) -> None:
        """Show how far the work is."""
        self.output.progress(done, total)


class Terminal:
    """Output of a command that runs in the shell; a progress bar only where a person looks on."""

    def __init__(self) -> None:
        self._bar: tqdm[object] | None = None

    def out(self, text: str) -> None:
        """Print to standard output."""
        self._close_bar()
        print(text, flush=True)

    def err(self, text: str) -> None:
        """Print to standard error."""
        self._close_bar()
        print(text, file=sys.stderr, flush=True)

    def progress(self, done: int, total: int | None) -> None:
        """Move the progress bar on standard error."""
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = tqdm(total=total, unit="rows", leave=False)
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def _close_bar(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None
