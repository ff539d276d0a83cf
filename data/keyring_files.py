"""The files of the keys folder: made whole or not at all, for the owner's eyes alone.

Every write is a new file, synced and renamed over the old one, so that a crash leaves either.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import stat
from pathlib import Path

from data.keyring_errors import KeysForeign, KeysIncomplete, KeysModeWrong, KeysUnreadable

KEY_BYTES = 32
FOLDER_MODE = 0o700
FILE_MODE = 0o600
_KEY_LINE = re.compile(r"^(?P<kind>[a-z]+) (?P<hex>[0-9a-f]{64})\n$")


def check_private(path: Path, *, folder: bool = False) -> None:
    """Refuse a path that others can read, or that is not ours or not what it should be.

    Raises:
        KeysIncomplete: There is no such file.
        KeysForeign: It belongs to another user, or is a link or a device.
        KeysModeWrong: Its mode lets others in.
        KeysUnreadable: It cannot be looked at.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        raise KeysIncomplete(path=str(path)) from None
    except OSError as fault:
        raise KeysUnreadable(path=str(path), reason=str(fault)) from None
    right_kind = stat.S_ISDIR if folder else stat.S_ISREG
    if not right_kind(found.st_mode):
        raise KeysForeign(path=str(path), reason="wrong_kind")
    if os.name != "posix":  # elsewhere the access list of the user's folder decides
        return
    if found.st_uid != os.geteuid():
        raise KeysForeign(path=str(path), reason="other_owner")
    if found.st_mode & 0o077:
        mode = format(stat.S_IMODE(found.st_mode), "03o")
        raise KeysModeWrong(path=str(path), mode=mode, right="700" if folder else "600")


def write_secret(path: Path, content: bytes) -> None:
    """Put a whole file in place, synced, with mode 600; a crash leaves the old one or the new.

    Raises:
        KeysUnreadable: The disk or the folder refuses it.
    """
    draft = path.with_name(path.name + ".draft")
    try:
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
    except OSError as fault:
        raise KeysUnreadable(path=str(path), reason=str(fault)) from None


def read_secret(path: Path) -> bytes:
    """Read a whole file of the folder after checking that it is private.

    Raises:
        KeyringError: It is missing, open to others, foreign or unreadable.
    """
    check_private(path)
    try:
        return path.read_bytes()
    except OSError as fault:
        raise KeysUnreadable(path=str(path), reason=str(fault)) from None


def write_key(path: Path, kind: str, key: bytes) -> None:
    """Write a 256-bit key as one line, `<kind> <hex>`."""
    write_secret(path, f"{kind} {key.hex()}\n".encode())


def read_key(path: Path, kind: str) -> bytes:
    """Read a key back.

    Raises:
        KeysIncomplete: The file is empty or cut off.
        KeysForeign: It holds something else.
    """
    content = read_secret(path)
    if len(content) < len(kind) + 2 + 2 * KEY_BYTES:
        raise KeysIncomplete(path=str(path))
    match = _KEY_LINE.match(content.decode("ascii", "replace"))
    if match is None or match["kind"] != kind:
        raise KeysForeign(path=str(path), reason="wrong_content")
    return bytes.fromhex(match["hex"])


def fingerprint_of(key: bytes) -> str:
    """Return 16 hex digits that name a key without telling anything of it."""
    return hmac.digest(key, b"yiping fingerprint", hashlib.sha256).hex()[:16]


def derived(key: bytes, purpose: str) -> bytes:
    """Return a key for one purpose, so that no key does two jobs."""
    return hmac.digest(key, b"yiping " + purpose.encode(), hashlib.sha256)


def overwrite(path: Path) -> None:
    """Write zeros over a file where it lies, synced; copies the disk makes are beyond us."""
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make renames and new names in a folder durable; a no-op where folders cannot be synced."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
