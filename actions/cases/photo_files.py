"""Keeps the pictures of cases as files: one per photo, mode 600, written whole or not at all.

The folder is told once, where a store is opened (`place_photos`); without that it is `photos`
beside the database, which is `<var>/photos` in an installation that changed nothing.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

from data.store import Store

FOLDER = "photos"
_lock = threading.Lock()
_folders: WeakKeyDictionary[Store, Path] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class PhotoFiles:
    """The folder of photos.

    Attributes:
        folder: Made with mode 700 when first needed.
        suffix: Of the files' names.
    """

    folder: Path
    suffix: str = ".jpg"

    def write(self, photo_id: str, jpeg: bytes) -> None:
        """Keep a picture; it is on disk when this returns."""
        path = self._path(photo_id)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        # Beside its place, under a name no backup copies: a reader never sees half a picture.
        staged = path.with_suffix(".part")
        handle = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(jpeg)
            file.flush()
            os.fsync(file.fileno())
        staged.replace(path)

    def read(self, photo_id: str) -> bytes | None:
        """Return a picture, None where its file is gone."""
        try:
            return self._path(photo_id).read_bytes()
        except FileNotFoundError:
            return None

    def delete(self, photo_ids: Iterable[str]) -> None:
        """Remove pictures; one that is gone already is passed over."""
        for photo_id in photo_ids:
            self._path(photo_id).unlink(missing_ok=True)

    def _path(self, photo_id: str) -> Path:
        # The last two signs of our ids are random, so that no folder gets full.
        return self.folder / _safe(photo_id)[-2:] / f"{photo_id}{self.suffix}"


def place_photos(store: Store, folder: Path) -> None:
    """Say where the photos of a store lie: `<var>/photos`."""
    with _lock:
        _folders[store] = folder


def photo_files(store: Store, suffix: str = ".jpg") -> PhotoFiles:
    """Return the pictures that belong to a store, or its files of another suffix."""
    with _lock:
        if store not in _folders:
            beside = store.path.parent if store.path else Path(tempfile.mkdtemp())
            _folders[store] = beside / FOLDER
        return PhotoFiles(_folders[store], suffix)


def _safe(photo_id: str) -> str:
    """Hold that an id is one of ours before it becomes part of a path."""
    if not photo_id.isascii() or not all(sign.isalnum() or sign == "-" for sign in photo_id):
        raise ValueError("not an id")
    return photo_id
