"""Text tables as communities really send them, and as attackers would."""

from __future__ import annotations

import io
import tracemalloc

import pytest

from ingest.files.csv_table import read_csv
from ingest.files.failures import ColumnsMissing, EncodingUnknown, FileNotTable
from ingest.files.limits import Limits
from ingest.files.table import BadRow, Member, Row, Wanted, heading_key

HEADER = "编号,类别,上报时间,标题\n"
GOOD = HEADER + "1,噪声,2024-05-01 08:30,楼上装修\n2,停水,2024-05-01 09:00,三号楼停水\n"


def _cells(rows):
    return [row.cells for row in rows]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"],
)
def test_chinese_tables_are_read_in_every_usual_encoding(read_all, encoding):
    table, rows, bad = read_all(GOOD.encode(encoding))
    assert table.header == ["编号", "类别", "上报时间", "标题"]
    assert rows[1].cells == ["2", "停水", "2024-05-01 09:00", "三号楼停水"]
    assert bad == []


def test_a_western_table_is_not_mistaken_for_chinese(read_all):
    text = "id,category,reported_at,title\n1,Lärm,2024-05-01 08:30,Müllabfuhr fällt aus\n"
    _, rows, bad = read_all(text.encode("latin-1"))
    assert rows[0].cells[1] == "Lärm"
    assert rows[0].cells[3] == "Müllabfuhr fällt aus"
    assert bad == []


def test_chinese_after_a_megabyte_of_ascii_is_still_noticed(read_all):
    lines = "".join(f"{n},noise,2024-05-01 08:30,plain\n" for n in range(40_000))
    text = "id,category,reported_at,title\n" + lines + "99999,noise,2024-05-01 08:30,大石坝街道\n"
    _, rows, bad = read_all(text.encode("gb18030"))
    assert rows[-1].cells[3] == "大石坝街道"
    assert bad == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read_all, delimiter):
    _, rows, _ = read_all(GOOD.replace(",", delimiter).encode())
    assert rows[0].cells == ["1", "噪声", "2024-05-01 08:30", "楼上装修"]


def test_more_commas_in_the_text_than_delimiters_do_not_mislead(read_all):
    text = "编号;类别;上报时间;标题\n1;噪声;2024-05-01;一,二,三,四,五,六\n2;噪声;2024-05-01;a,b,c\n"
    _, rows, _ = read_all(text.encode())
    assert rows[0].cells[3] == "一,二,三,四,五,六"


def test_a_declared_separator_line_is_not_a_row(read_all):
    table, rows, _ = read_all(("sep=;\n" + GOOD.replace(",", ";")).encode())
    assert table.header[0] == "编号"
    assert (rows[0].number, rows[0].cells[0]) == (2, "1")


def test_titles_above_the_header_are_passed_over(read_all):
    _, rows, _ = read_all(("石油社区案件登记表,,,\n制表:值班员,,,\n\n" + GOOD).encode())
    assert _cells(rows)[0][0] == "1"
    assert rows[0].number == 5


def test_headings_differ_in_width_case_and_required_marks(read_all):
    text = "ＩＤ*,Category,Reported At,title\n1,noise,2024-05-01,x\n"
    table, rows, _ = read_all(text.encode())
    assert heading_key(table.header[0]) == "id"
    assert len(rows) == 1


def test_missing_columns_are_named(read_all):
    with pytest.raises(ColumnsMissing) as caught:
        read_all("编号,标题\n1,x\n".encode())
    assert caught.value.fields["missing"] == ["category", "reported_at"]
    assert caught.value.fields["found"] == ["编号", "标题"]


def test_ragged_rows_are_set_aside_and_the_rest_is_taken(read_all):
    text = (
        HEADER
        + "1,噪声,2024-05-01\n2,停水,2024-05-01,x\n"
        + "3,停水,2024-05-01,x,多了\n4,停水,2024-05-01,x,,\n"
    )
    _, rows, bad = read_all(text.encode())
    assert [row.cells[0] for row in rows] == ["2", "4"]
    assert [(row.number, row.code) for row in bad] == [(2, "row_ragged"), (4, "row_ragged")]


def test_line_breaks_inside_quotes_belong_to_the_cell_and_rows_are_counted_as_rows(read_all):
    text = HEADER + '1,噪声,2024-05-01,"第一行\r\n第二行\n第三行"\n2,停水\n'
    _, rows, bad = read_all(text.encode())
    assert rows[0].cells[3] == "第一行\r\n第二行\n第三行"
    assert bad[0].number == 3


def test_a_quote_that_never_closes_costs_one_row(read_all):
    rest = "".join(f"{n},停水,2024-05-01,x\n" for n in range(2, 30))
    _, rows, bad = read_all((HEADER + '1,噪声,2024-05-01,"开了没关\n' + rest).encode())
    assert [(row.number, row.code) for row in bad] == [(2, "quote_unclosed")]
    assert [row.cells[0] for row in rows] == [str(n) for n in range(2, 30)]
    assert rows[0].number == 3


def test_a_file_of_broken_quotes_is_given_up_rather_than_read_over_and_over(read_all):
    text = HEADER + 'a"b,"c\n' * 3_000
    with pytest.raises(FileNotTable, match="quotes"):
        read_all(text.encode(), limits=Limits(record_lines=50, broken_quotes=10))


def test_a_row_with_a_nul_byte_is_set_aside(read_all):
    _, rows, bad = read_all((HEADER + "1,噪\x00声,2024-05-01,x\n2,停水,2024-05-01,x\n").encode())
    assert [row.cells[0] for row in rows] == ["2"]
    assert (bad[0].code, bad[0].number) == ("nul_byte", 2)
    assert "\x00" not in bad[0].raw


def test_bytes_that_are_no_text_cost_only_their_row(read_all):
    lines = [f"{n},停水,2024-05-01,停水通知停水通知".encode() for n in range(1, 60)]
    lines[30] = b"31,\xff\xfe\x80,2024-05-01,x"
    _, rows, bad = read_all(HEADER.encode() + b"\n".join(lines) + b"\n")
    assert len(rows) == 58
    assert [(row.number, row.code) for row in bad] == [(32, "encoding_broken")]
    bad[0].raw.encode()  # can be stored


def test_an_overlong_cell_costs_its_row(read_all):
    text = (
        HEADER
        + f"1,噪声,2024-05-01,{'长' * 33_000}\n"
        + f"2,停水,2024-05-01,{'x' * 200_000}\n3,停水,2024-05-01,y\n"
    )
    _, rows, bad = read_all(text.encode())
    assert [row.cells[0] for row in rows] == ["3"]
    assert [row.code for row in bad] == ["cell_too_long", "cell_too_long"]
    assert all(len(row.raw) <= 2_000 for row in bad)


def test_a_row_of_ten_thousand_columns_costs_itself(read_all):
    _, rows, bad = read_all((HEADER + "," * 10_000 + "\n2,停水,2024-05-01,y\n").encode())
    assert [row.cells[0] for row in rows] == ["2"]
    assert bad == []  # nothing stands in it
    _, rows, bad = read_all((HEADER + "x," * 10_000 + "\n2,停水,2024-05-01,y\n").encode())
    assert [row.code for row in bad] == ["row_ragged"]


def test_a_header_of_ten_thousand_columns_is_refused(read_all):
    with pytest.raises(FileNotTable, match="columns"):
        read_all(("编号,类别,上报时间," + "x," * 10_000 + "\n1\n").encode())


class _Endless(io.RawIOBase):
    """A header, one line of very many bytes, and a good row."""

    def __init__(self, filler_bytes: int) -> None:
        self._parts = [(HEADER + "1,噪声,2024-05-01,").encode()]
        self._left = filler_bytes
        self._tail = "\n2,停水,2024-05-01,y\n".encode()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if self._parts:
            data = self._parts.pop()
        elif self._left:
            data = b"x" * min(self._left, len(buffer))
            self._left -= len(data)
        else:
            data, self._tail = self._tail, b""
        buffer[: len(data)] = data
        return len(data)


def test_a_line_without_end_is_skipped_in_bounded_memory():
    size = 200 * 1024 * 1024
    member = Member("big.csv", size, lambda: io.BufferedReader(_Endless(size), 1024 * 1024))
    wanted = Wanted(frozenset(["编号"]), (("source_id", frozenset(["编号"])),))
    tracemalloc.start()
    rows = list(read_csv(member, wanted, Limits(), encoding="utf-8").rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(rows[0], BadRow) and rows[0].code == "line_too_long"
    assert isinstance(rows[1], Row) and rows[1].cells[0] == "2"
    assert peak < 40 * 1024 * 1024


def test_a_formula_is_data_and_stays_as_it_is(read_all):
    text = HEADER + '1,噪声,2024-05-01,=HYPERLINK("http://x")\n2,噪声,2024-05-01,@SUM(1)\n'
    _, rows, _ = read_all(text.encode())
    assert [row.cells[3] for row in rows] == ['=HYPERLINK("http://x")', "@SUM(1)"]


@pytest.mark.parametrize("data", [b"", b"\n\n  \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(read_all, data):
    with pytest.raises(FileNotTable, match="empty"):
        read_all(data)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        b"%PDF-1.7\n...",
        b"\x1f\x8b\x08" + bytes(100),
        b"\x7fELF" + bytes(range(256)) * 40,
        b"\xd0\xcf\x11\xe0" + bytes(512),
    ],
)
def test_other_kinds_of_files_are_refused_as_a_whole(read_all, data):
    with pytest.raises(FileNotTable):
        read_all(data)


def test_a_heading_above_two_columns_is_seen_when_its_rows_are_parsed(read_all, simple_mapping):
    from ingest.files.parse import RowParser

    table, _, _ = read_all("编号,类别,上报时间,类别\n1,a,2024-05-01,b\n".encode())
    with pytest.raises(FileNotTable, match="two columns"):
        RowParser(simple_mapping, table)


def test_an_encoding_that_does_not_exist_is_named(make_member):
    wanted = Wanted(frozenset(), ())
    with pytest.raises(EncodingUnknown):
        read_csv(make_member(b"a,b\n"), wanted, Limits(), encoding="klingon")


def test_more_rows_than_the_limit_are_refused(read_all):
    with pytest.raises(FileNotTable, match="rows"):
        read_all((HEADER + "1,噪声,2024-05-01,x\n" * 50).encode(), limits=Limits(rows=20))
