"""ZIP archives: several tables in one, and every trick an archive can play."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from ingest.files.failures import ArchiveUnsafe, FileNotTable, FileTooLarge
from ingest.files.limits import Limits
from ingest.files.opening import open_tables

CSV = "编号,类别,上报时间\n{0},噪声,2024-05-01\n"


def _zip(entries: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def read_zip(make_member, simple_mapping):
    def read(data: bytes, limits: Limits | None = None):
        tables = open_tables(make_member(data, "a.zip"), simple_mapping, limits or Limits())
        return [(table, [row.cells[0] for row in table.rows]) for table in tables]

    return read


def test_each_member_is_one_table_with_a_name_of_its_own(read_zip):
    read = read_zip(_zip({"五月.csv": CSV.format(1), "sub/六月.csv": CSV.format(2)}))
    assert [(table.name, ids) for table, ids in read] == [
        ("a.zip/五月.csv", ["1"]),
        ("a.zip/sub/六月.csv", ["2"]),
    ]


def test_companions_of_an_archive_are_left_alone_and_said_so(read_zip):
    entries = {
        "__MACOSX/._a.csv": b"\x00\x05",
        ".DS_Store": b"\x00",
        "readme.md": "x",
        "a.csv": CSV.format(1),
    }
    ((table, ids),) = read_zip(_zip(entries))
    assert ids == ["1"]
    assert "left alone: readme.md" in table.notes


def test_a_workbook_inside_an_archive_is_read(read_zip):
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["编号", "类别", "上报时间"])
    sheet.write_row(1, 0, ["7", "噪声", "2024-05-01"])
    book.close()
    assert read_zip(_zip({"a.xlsx": buffer.getvalue()}))[0][1] == ["7"]


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "..\\evil.csv", "C:\\evil.csv"]
)
def test_a_name_that_leads_outside_refuses_the_archive(read_zip, name):
    with pytest.raises(ArchiveUnsafe, match="outside"):
        read_zip(_zip({"ok.csv": CSV.format(1), name: CSV.format(2)}))


@pytest.mark.parametrize("name", ["inner.zip", "inner.tar.gz", "inner.7z"])
def test_an_archive_in_an_archive_is_refused(read_zip, name):
    with pytest.raises(ArchiveUnsafe, match="itself"):
        read_zip(_zip({name: _zip({"a.csv": CSV.format(1)})}))


def test_an_archive_disguised_as_a_table_is_refused(read_zip):
    with pytest.raises(ArchiveUnsafe, match="inside an archive"):
        read_zip(_zip({"a.csv": _zip({"b.csv": CSV.format(1)})}, zipfile.ZIP_STORED))


def test_an_encrypted_archive_is_refused(read_zip):
    data = bytearray(_zip({"a.csv": CSV.format(1)}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        flags = struct.unpack_from("<H", data, at)[0]
        struct.pack_into("<H", data, at, flags | 1)
    with pytest.raises(ArchiveUnsafe, match="encrypted"):
        read_zip(bytes(data))


def test_a_member_that_unpacks_to_far_more_than_it_weighs_is_refused(read_zip):
    with pytest.raises(ArchiveUnsafe, match="times its size"):
        read_zip(_zip({"a.csv": b"0" * (20 * 1024 * 1024)}))


def test_content_beyond_the_limit_is_refused(read_zip):
    with pytest.raises(FileTooLarge):
        read_zip(_zip({"a.csv": CSV.format(1) * 100}), Limits(file_bytes=1_000))


def test_more_members_than_the_limit_are_refused(read_zip):
    entries = {f"{n}.csv": CSV.format(n) for n in range(12)}
    with pytest.raises(ArchiveUnsafe, match="more than 10 files"):
        read_zip(_zip(entries), Limits(members=10))


def test_an_archive_without_a_table_is_refused(read_zip):
    with pytest.raises(FileNotTable, match="no table"):
        read_zip(_zip({"photo.jpg": b"\xff\xd8\xff"}))


def test_an_empty_archive_is_refused(read_zip):
    with pytest.raises(FileNotTable):
        read_zip(_zip({}))


def test_a_member_whose_checksum_is_wrong_is_refused(read_zip):
    data = _zip({"a.csv": CSV.format(1)}, zipfile.ZIP_STORED)
    broken = data.replace("噪声".encode(), "噪杂".encode(), 1)
    assert broken != data
    with pytest.raises(FileNotTable, match="damaged"):
        read_zip(broken)


def test_an_archive_cut_short_is_refused(read_zip):
    data = _zip({"a.csv": CSV.format(1) * 50})
    with pytest.raises(FileNotTable, match="damaged"):
        read_zip(data[: len(data) // 2])


def test_chinese_member_names_without_the_unicode_mark_are_legible(read_zip):
    data = bytearray(_zip({"aaaa.csv": CSV.format(1)}, zipfile.ZIP_STORED))
    name = "五月".encode("gbk")
    data = data.replace(b"aaaa", name)
    assert read_zip(bytes(data))[0][0].name == "a.zip/五月.csv"
