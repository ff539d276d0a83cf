"""Opens ZIP archives without writing anything to disk under a name of theirs.

An archive that plays tricks is refused as a whole: nested archives, encryption, members that
unpack to far more than they weigh, and names that lead outside.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from ingest.files.failures import ArchiveUnsafe, FileNotTable, FileTooLarge
from ingest.files.limits import MIB, Limits
from ingest.files.table import Member

TABLE_SUFFIXES = {".csv", ".tsv", ".txt", ".xlsx", ".geojson", ".json"}
ARCHIVE_SUFFIXES = {".zip", ".gz", ".7z", ".rar", ".bz2", ".xz", ".tar"}
# Small members may compress very well without being able to harm anybody.
RATIO_FREE_BYTES = 10 * MIB
WORKBOOK_PART = "xl/workbook.xml"


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Tell an XLSX workbook from any other ZIP archive."""
    return WORKBOOK_PART in archive.namelist()


@contextmanager
def opened_archive(member: Member) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP archive for reading.

    Raises:
        FileNotTable: It is damaged.
    """
    stream = member.open()
    if not stream.seekable():
        stream.close()
        stream = spooled(member)
    try:
        with zipfile.ZipFile(stream) as archive:
            yield archive
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError) as error:
        raise FileNotTable(file=member.name, reason=f"the archive is damaged: {error}") from None
    finally:
        stream.close()


def guard_archive(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Refuse an archive that would unpack to too much, or hides its content.

    Raises:
        ArchiveUnsafe: Encrypted, explosive, or too many members.
        FileTooLarge: The content exceeds `limits.file_bytes`.
    """
    entries = archive.infolist()
    if len(entries) > limits.members:
        raise ArchiveUnsafe(file=name, reason=f"it holds more than {limits.members} files")
    if any(entry.flag_bits & 1 for entry in entries):
        raise ArchiveUnsafe(file=name, reason="it is encrypted")
    total = sum(entry.file_size for entry in entries)
    for entry in entries:
        inflated = entry.file_size > limits.ratio * max(entry.compress_size, 1)
        if inflated and entry.file_size > RATIO_FREE_BYTES:
            reason = f"{_shown(entry)} unpacks to {entry.file_size // max(entry.compress_size, 1)}"
            raise ArchiveUnsafe(file=name, reason=f"{reason} times its size")
    if total > limits.file_bytes:
        raise FileTooLarge(file=name, bytes=total, limit=limits.file_bytes)


def archive_members(
    outer: Member, archive: zipfile.ZipFile, limits: Limits
) -> tuple[list[Member], list[str]]:
    """List the tables of an archive in their order.

    Returns:
        The members, each named `archive.zip/member.csv`, and the names of files left alone.

    Raises:
        ArchiveUnsafe: A member is an archive itself or its name leads outside.
        FileNotTable: No member can be a table.
    """
    members: list[Member] = []
    others: list[str] = []
    for entry in archive.infolist():
        shown = _shown(entry)
        path = PurePosixPath(shown.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise ArchiveUnsafe(file=outer.name, reason=f"{shown} leads outside the archive")
        if entry.is_dir() or path.parts[0] == "__MACOSX" or path.name.startswith("."):
            continue
        if path.suffix.lower() in ARCHIVE_SUFFIXES:
            raise ArchiveUnsafe(file=outer.name, reason=f"{shown} is an archive itself")
        if path.suffix.lower() in TABLE_SUFFIXES:
            members.append(_member(outer, entry, f"{outer.name}/{path}", limits))
        else:
            others.append(str(path))
    if not members:
        raise FileNotTable(file=outer.name, reason="the archive holds no table")
    return members, others


def _member(outer: Member, entry: zipfile.ZipInfo, name: str, limits: Limits) -> Member:
    def open_entry() -> BinaryIO:
        archive = zipfile.ZipFile(outer.open())
        return cast(BinaryIO, io.BufferedReader(_Entry(archive, entry, name, limits), 256 * 1024))

    return Member(name, entry.file_size, open_entry)


class _Entry(io.RawIOBase):
    """The bytes of one member, counted, with damage told as what it is."""

    def __init__(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limits: Limits
    ) -> None:
        self._archive = archive
        self._name = name
        self._left = limits.file_bytes
        self._limit = limits.file_bytes
        try:
            self._stream = archive.open(entry)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            archive.close()
            raise FileNotTable(file=name, reason=f"it is damaged: {error}") from None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except (zipfile.BadZipFile, EOFError, OSError, zlib.error) as error:
            raise FileNotTable(file=self._name, reason=f"it is damaged: {error}") from None
        self._left -= len(data)
        if self._left < 0:
            raise FileTooLarge(file=self._name, limit=self._limit)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._archive.close()
        super().close()


def spooled(member: Member) -> BinaryIO:
    """Copy a member to where one can seek; the copy has no name and vanishes when closed."""
    copy = tempfile.SpooledTemporaryFile(max_size=16 * MIB)  # noqa: SIM115 - the caller closes it
    with member.open() as stream:
        shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return cast(BinaryIO, copy)


def _shown(entry: zipfile.ZipInfo) -> str:
    """The member's name; Chinese tools write GBK without saying so."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename
