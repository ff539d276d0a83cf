"""Runs commands on a store with its keys and its audit, as the command line does."""

from __future__ import annotations

from collections.abc import Callable

from actions.vault import Vault
from commands.context import Context
from settings import Settings
from tests.commands.shell import Words
from tests.data.audit_given import Installation


class VaultShell(Installation):
    """An installation whose commands can be run; its keys lie in `<var>/keys`."""

    @property
    def settings(self) -> Settings:
        return Settings(var=self.folder, keys=self.folder / "keys", store=f"duckdb:{self.database}")

    def run(self, command: Callable[..., int], **arguments: object) -> tuple[int, Words]:
        """Run a command on the open store; returns its status and what it printed."""
        words = Words()
        vault = Vault(self.keyring, self.audit)
        context = Context(self.store, self.settings, words, vault)
        return command(context, **arguments), words

    def actions(self) -> list[tuple[str, str, str]]:
        rows = self.store.rows("audit/chain")
        return [(row["action"], row["actor"], row["detail"]) for row in rows]
