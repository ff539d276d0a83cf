"""Keeps pictures of an alarm as files: one per camera, sealed under a key of its own (ADR 0012).

They lie beside the photos of cases and go into backups with them; destroying the key forgets every
copy.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Collection, Sequence

from actions.cases.photo_files import photo_files
from data.keyring import Keyring
from data.keyring_errors import SealBroken
from data.store import Store

SUFFIX = ".strip"


def key_of(strip_id: str) -> str:
    """Return the name of the key a strip is sealed under."""
    return f"alarm-strip:{strip_id}"


class StripFiles:
    """The sealed strips of one store.

    Args:
        store: The open store.
        keyring: Has the keys.
    """

    def __init__(self, store: Store, keyring: Keyring) -> None:
        self._files, self._keyring = photo_files(store, SUFFIX), keyring

    def write(self, strip_id: str, jpegs: Sequence[bytes]) -> str:
        """Keep pictures; they are on disk when this returns. Returns the SHA-256 of the content.

        Raises:
            OSError: The disk refuses; nothing is kept.
        """
        lengths = json.dumps([len(jpeg) for jpeg in jpegs]).encode("ascii")
        content = b"\n".join((lengths, b"".join(jpegs)))
        self._keyring.create([key_of(strip_id)])
        text = base64.b64encode(content).decode("ascii")
        sealed = self._keyring.seal(key_of(strip_id), SUFFIX, text)
        self._files.write(strip_id, sealed.encode("ascii"))
        return hashlib.sha256(content).hexdigest()

    def picture(self, strip_id: str, number: int) -> bytes | None:
        """Return one picture as JPEG, counted from 0; None where it or the key is gone."""
        sealed = self._files.read(strip_id)
        if sealed is None:
            return None
        try:
            text = self._keyring.open_sealed(key_of(strip_id), SUFFIX, sealed.decode("ascii"))
        except (SealBroken, ValueError):  # altered on disk
            return None
        if text is None:
            return None
        head, _, pictures = base64.b64decode(text).partition(b"\n")
        lengths = json.loads(head)
        if not 0 <= number < len(lengths):
            return None
        start = sum(lengths[:number])
        return pictures[start : start + lengths[number]]

    def sweep(self, kept: Collection[str]) -> int:
        """Destroy what a crash left between file and row, of which nobody knows; returns how many.

        Only while nothing is being written, as at a start.
        """
        found = {path.stem for path in self._files.folder.glob(f"*/*{SUFFIX}")}
        unknown = sorted(found - set(kept))
        self.delete(unknown)
        return len(unknown)

    def delete(self, strip_ids: Sequence[str]) -> None:
        """Destroy keys and files; what is gone already is passed over."""
        self._keyring.erase([key_of(strip_id) for strip_id in strip_ids])
        self._files.delete(strip_ids)
