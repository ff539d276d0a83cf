"""Keeps the files of bulk exports: sealed under a key each, mode 600, for a day."""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from data.keyring import Keyring
from data.keyring_errors import SealBroken


def key_of(export_id: str) -> str:
    """Return the name of the key an export's files are sealed under.

    Not the export's own id: the audit seals reasons under a subject's key, and the reason of an
    export must outlive its files.
    """
    return f"export-file:{export_id}"


@dataclass(frozen=True, slots=True)
class SealedFiles:
    """The folder of export files.

    Attributes:
        folder: `<var>/exports`; made with mode 700 when first needed.
    """

    keyring: Keyring
    folder: Path

    def write(self, export_id: str, kind: str, content: bytes) -> str:
        """Keep a file; returns the SHA-256 of its content."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self.keyring.create([key_of(export_id)])
        text = base64.b64encode(content).decode("ascii")
        sealed = self.keyring.seal(key_of(export_id), kind, text)
        path = self._path(export_id, kind)
        staged = path.with_suffix(".part")
        staged.unlink(missing_ok=True)
        handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(path)
        return hashlib.sha256(content).hexdigest()

    def read(self, export_id: str, kind: str) -> bytes | None:
        """Return a file's content; None where file or key are gone, or it was altered."""
        try:
            sealed = self._path(export_id, kind).read_text(encoding="ascii")
            text = self.keyring.open_sealed(key_of(export_id), kind, sealed)
        except (OSError, ValueError, SealBroken):
            return None
        return base64.b64decode(text) if text is not None else None

    def delete(self, export_id: str) -> None:
        """Delete the files of an export."""
        for path in self.folder.glob(f"{_safe(export_id)}.*"):
            path.unlink(missing_ok=True)

    def _path(self, export_id: str, kind: str) -> Path:
        return self.folder / f"{_safe(export_id)}.{kind}.sealed"


def _safe(export_id: str) -> str:
    """Hold that an id is one of ours before it becomes part of a path."""
    if not all(sign.isalnum() or sign == "-" for sign in export_id) or not export_id.isascii():
        raise ValueError("not an id")
    return export_id
