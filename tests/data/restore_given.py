"""Takes a backup of an installation and puts it back, as the commands do."""

from __future__ import annotations

from pathlib import Path

from data.backup import FILES, back_up, restore
from data.keyring import Keyring
from data.keyring_journal import FILE_NAME as JOURNAL
from data.restoring import Brought, bring_up
from tests.data.audit_given import Installation


def back_up_of(given: Installation, name: str = "backup") -> Path:
    folder = given.folder / name
    back_up(given.store, given.folder, None, folder, given.keys / JOURNAL)
    return folder


def put_back(given: Installation, folder: Path) -> Brought:
    """Restore as the command does, and open again."""
    given.close()
    brought: list[Brought] = []
    keyring = Keyring.open(given.keys)
    journal = folder / FILES / JOURNAL
    try:
        restore(
            folder,
            given.database,
            given.folder,
            lambda staged: brought.append(bring_up(staged, given.database, keyring, journal)),
        )
    finally:
        keyring.close()
        given.open()
    return brought[0]
