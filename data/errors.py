"""What can go wrong with the store, as named facts with a code."""

from __future__ import annotations


class StoreError(Exception):
    """The store could not do what was asked.

    Attributes:
        code: Stable snake_case code with a sentence in components/wording.
        fields: The values that sentence needs.
    """

    code = "store_error"

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(f"{self.code}: {fields}" if fields else self.code)


class StoreHeld(StoreError):
    """Another process has the database file open; stop it or work through it."""

    code = "store_held"


class StoreUnreadable(StoreError):
    """The file is not a database this version can open; restore a backup."""

    code = "store_unreadable"


class StoreClosed(StoreError):
    """The store is stopping; nothing more is accepted. Try again after the restart."""

    code = "store_closed"


class StoreBusy(StoreError):
    """The writer's queue is full; wait and send again."""

    code = "store_busy"


class StoreTooNew(StoreError):
    """The file was written by a newer version; update the program."""

    code = "store_too_new"


class QueryUnknown(StoreError):
    """No `.sql` file has this name."""

    code = "query_unknown"


class BackupBroken(StoreError):
    """A backup does not match its own manifest; take another one."""

    code = "backup_broken"
