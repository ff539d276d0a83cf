"""Tells by its content what a file is and opens every table in it."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.files.archive import archive_members, guard_archive, is_workbook, opened_archive
from ingest.files.csv_table import read_csv
from ingest.files.failures import ArchiveUnsafe, FileNotTable
from ingest.files.geojson_table import read_geojson
from ingest.files.limits import Limits
from ingest.files.mapping import Mapping
from ingest.files.table import Member, Table, Wanted
from ingest.files.xlsx_table import read_xlsx
from rules.records import WITHHELD_KINDS

ZIP_MARK = b"PK\x03\x04"
EMPTY_ZIP_MARK = b"PK\x05\x06"
OLE_MARK = b"\xd0\xcf\x11\xe0"
OTHER_MARKS = {
    b"%PDF": "it is a PDF document",
    b"\x89PNG": "it is a picture",
    b"\xff\xd8\xff": "it is a picture",
    b"GIF8": "it is a picture",
    b"\x1f\x8b": "it is a gzip file; unpack it first",
    b"Rar!": "it is a RAR archive; pack it as ZIP",
    b"7z\xbc\xaf": "it is a 7z archive; pack it as ZIP",
    b"PAR1": "it is a Parquet file; export it as CSV",
}


def open_tables(member: Member, mapping: Mapping, limits: Limits) -> Iterator[Table]:
    """Open the tables of a file one after the other, each when the one before has been read.

    Args:
        member: The file.
        mapping: Names the columns and, where it must, sheet, encoding and delimiter.
        limits: Bounds of what is read.

    Raises:
        SourceError: The file as a whole cannot be taken; each subclass says why.
    """
    head = _head(member)
    if not head.startswith((ZIP_MARK, EMPTY_ZIP_MARK)):
        yield _open_table(member, head, mapping, limits)
        return
    with opened_archive(member) as archive:
        guard_archive(archive, member.name, limits)
        listed: tuple[list[Member], list[str]] = (
            ([member], []) if is_workbook(archive) else archive_members(member, archive, limits)
        )
    members, others = listed
    for inner in members:
        table = _open_table(inner, _head(inner), mapping, limits, nested=inner is not member)
        if others:
            table.notes.append(f"left alone: {', '.join(others[:5])}")
            others = []
        yield table


def _open_table(
    member: Member, head: bytes, mapping: Mapping, limits: Limits, *, nested: bool = False
) -> Table:
    wanted = Wanted(
        mapping.known_headings, mapping.required_headings, mapping.kind not in WITHHELD_KINDS
    )
    for mark, reason in OTHER_MARKS.items():
        if head.startswith(mark):
            raise FileNotTable(file=member.name, reason=reason)
    if head.startswith(OLE_MARK):
        reason = "it is an old or password-protected Office file; save it as plain XLSX"
        raise FileNotTable(file=member.name, reason=reason)
    if head.startswith((ZIP_MARK, EMPTY_ZIP_MARK)):
        if nested and not _inner_workbook(member):
            raise ArchiveUnsafe(file=member.name, reason="it is an archive inside an archive")
        return read_xlsx(member, wanted, limits, sheet=mapping.sheet)
    if _looks_like_json(head):
        return read_geojson(member, wanted, limits)
    return read_csv(member, wanted, limits, encoding=mapping.encoding, delimiter=mapping.delimiter)


def _head(member: Member) -> bytes:
    with member.open() as stream:
        return stream.read(1024)


def _inner_workbook(member: Member) -> bool:
    with opened_archive(member) as archive:
        return is_workbook(archive)


def _looks_like_json(head: bytes) -> bool:
    text = head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
    return text.removeprefix(b"\xfe\xff").lstrip()[:1] in (b"{", b"[")
