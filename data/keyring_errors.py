"""What can go wrong with the keys of people and installation, as named facts with a code."""

from __future__ import annotations

from data.errors import StoreError


class KeyringError(StoreError):
    """The keys cannot be used as they lie there; `fields` names the path and what is wrong."""

    code = "keyring_error"


class KeysUnreadable(KeyringError):
    """A file of the keys folder cannot be read or written; look at its owner, mode and disk."""

    code = "keys_unreadable"


class KeysIncomplete(KeyringError):
    """A file of the keys folder is missing or empty; import the last export of the keys."""

    code = "keys_incomplete"


class KeysModeWrong(KeyringError):
    """Others than the owner may read the keys; `chmod 700` the folder and `chmod 600` its files."""

    code = "keys_mode_wrong"


class KeysForeign(KeyringError):
    """A key belongs to another keyring or another installation; put the right one back."""

    code = "keys_foreign"


class KeysHeld(KeyringError):
    """Another process has these keys open; stop it or work through it."""

    code = "keys_held"


class JournalBroken(KeyringError):
    """A line of the erasure journal was changed or removed; put the journal back from a backup."""

    code = "erasure_journal_broken"


class SubjectErased(KeyringError):
    """This person was erased: their id never gets a key again."""

    code = "subject_erased"


class SubjectUnknown(KeyringError):
    """This person has no key; `create` one before sealing, or import the keys that are missing."""

    code = "subject_without_key"


class SealBroken(KeyringError):
    """A sealed value was changed or moved to another person or field; it is not what was stored."""

    code = "seal_broken"


class ExportBroken(KeyringError):
    """An export of the keys cannot be opened: wrong passphrase, or altered, or no such file."""

    code = "keys_export_broken"
