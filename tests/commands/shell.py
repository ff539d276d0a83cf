"""Runs commands as the command line does, on a store of the test's own."""

from __future__ import annotations

import json
import weakref
from collections.abc import Callable
from pathlib import Path

from actions.intake.recording import record_community
from actions.vault import Vault
from commands.context import Context
from data.store import Store
from rules.records import CommunityRecord
from settings import Settings

HEADER = "编号,类别,上报时间,标题\n"


class Words:
    """What a command printed."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.errors: list[str] = []
        self.steps: list[tuple[int, int | None]] = []

    def out(self, text: str) -> None:
        self.lines.append(text)

    def err(self, text: str) -> None:
        self.errors.append(text)

    def progress(self, done: int, total: int | None) -> None:
        self.steps.append((done, total))

    @property
    def result(self) -> dict:
        return json.loads(self.lines[-1])


class Shell:
    """Runs commands on one store."""

    def __init__(self, store: Store, var: Path) -> None:
        self.store = store
        self.var = var
        self.vault = Vault.open(var / "keys", store)
        weakref.finalize(self, self.vault.close)
        for community, zone in (("demo", "Asia/Shanghai"), ("boston", "America/New_York")):
            record_community(
                store, CommunityRecord(community_id=community, name_zh=community, timezone=zone)
            ).result()

    def run(self, command: Callable[..., int], *arguments: object, **options: object):
        """Run a command; returns (status, what it printed)."""
        words = Words()
        context = Context(self.store, Settings(var=self.var), words, self.vault)
        return command(context, *arguments, **options), words

    def sql(self, text: str) -> list[tuple]:
        return self.store.cursor().execute(text).fetchall()

    def file(self, text: str, name: str = "a.csv") -> Path:
        path = self.var / name
        path.write_text(text, encoding="utf-8")
        return path


def counts(new=0, unchanged=0, changed=0, quarantined=0) -> dict:
    read = new + unchanged + changed + quarantined
    return {
        "read": read,
        "new": new,
        "unchanged": unchanged,
        "changed": changed,
        "quarantined": quarantined,
    }
