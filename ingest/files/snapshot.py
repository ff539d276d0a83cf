"""Reads a file as it was when it was opened first, and notices when it is written to meanwhile."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import BinaryIO, cast

from ingest.files.failures import FileChanged, FileMissing, FileTooLarge
from ingest.files.limits import Limits
from ingest.files.table import Member


def snapshot(path: Path, limits: Limits, *, follow_links: bool = True) -> Member:
    """Take the size of a file now; every later reading stops there and checks it still holds.

    Args:
        path: The file.
        limits: Bounds of what is read.
        follow_links: False refuses a symbolic link, e.g. one dropped into an inbox.

    Raises:
        FileMissing: It is absent, no regular file, or not ours to read.
        FileTooLarge: It exceeds `limits.file_bytes`.
    """
    try:
        with _open(path, follow_links=follow_links) as stream:
            state = os.fstat(stream.fileno())
    except OSError as error:
        raise FileMissing(file=path.name, reason=error.strerror or "cannot be read") from None
    if not stat.S_ISREG(state.st_mode):
        raise FileMissing(file=path.name, reason="is not a regular file")
    if state.st_size > limits.file_bytes:
        raise FileTooLarge(file=path.name, bytes=state.st_size, limit=limits.file_bytes)

    def open_member() -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(_Snapshot(path, state, follow_links), 256 * 1024))

    return Member(path.name, state.st_size, open_member)


def _open(path: Path, *, follow_links: bool) -> io.FileIO:
    # Without O_NONBLOCK a named pipe would make the opening wait for ever.
    flags = getattr(os, "O_NONBLOCK", 0) | (0 if follow_links else getattr(os, "O_NOFOLLOW", 0))
    return io.FileIO(path, "rb", opener=lambda name, mode: os.open(name, mode | flags))


class _Snapshot(io.RawIOBase):
    """The first `st_size` bytes of a file; refuses when the file is no longer the same."""

    def __init__(self, path: Path, state: os.stat_result, follow_links: bool) -> None:
        self._name = path.name
        self._state = state
        try:
            self._file = _open(path, follow_links=follow_links)
        except OSError:
            raise FileChanged(file=path.name) from None
        self._check()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if whence == os.SEEK_END:
            return self._file.seek(self._state.st_size + offset)
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        left = max(0, self._state.st_size - self._file.tell())
        data = self._file.read(min(left, len(buffer)))
        if not data and len(buffer):
            # The last row is handed over only after the file proved unchanged to its end.
            self._check()
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()

    def _check(self) -> None:
        now = os.fstat(self._file.fileno())
        before = self._state
        if (now.st_ino, now.st_size, now.st_mtime_ns) != (
            before.st_ino,
            before.st_size,
            before.st_mtime_ns,
        ):
            raise FileChanged(file=self._name)
