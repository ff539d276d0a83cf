"""From a file on disk to records and rows set aside."""

from __future__ import annotations

import os
import threading
import tracemalloc

import pytest

from ingest.files.batches import BATCH_ROWS, Reading
from ingest.files.failures import FileChanged, FileMissing, FileTooLarge
from ingest.files.limits import Limits
from ingest.files.mapping import Mapping
from ingest.files.mapping_files import load_mapping

HEADER = "编号,类别,上报时间,标题\n"
BOSTON_HEADER = (
    "case_enquiry_id,open_dt,target_dt,closed_dt,ontime,case_status,case_title,type,location,"
    "neighborhood,latitude,longitude,source\n"
)


def _read(path, mapping, **options):
    batches = list(Reading(path, mapping, **options).batches())
    records = [record for batch in batches for record in batch.records]
    return records, [bad for batch in batches for bad in batch.bad]


@pytest.fixture
def write(tmp_path):
    def write_file(text: str, name: str = "a.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write_file


def test_rows_come_in_batches_in_file_order(write, simple_mapping):
    text = HEADER + "".join(f"{n},噪声,2024-05-01,x\n" for n in range(BATCH_ROWS + 10))
    batches = list(Reading(write(text), simple_mapping).batches())
    assert [len(batch.records) for batch in batches] == [BATCH_ROWS, 10]
    assert batches[0].records[7].source_id == "7"
    assert batches[0].rows[7].number == 9


def test_a_second_row_under_one_id_passes_when_it_says_the_same_and_is_set_aside_otherwise(
    write, simple_mapping
):
    text = HEADER + "1,噪声,2024-05-01,x\n1,噪声,2024-05-01,x\n1,噪声,2024-05-01,另一个\n"
    records, bad = _read(write(text), simple_mapping)
    assert len(records) == 2
    assert [(row.row_number, row.code, row.field) for row in bad] == [
        (4, "id_repeated", "source_id")
    ]


def test_a_mapping_may_take_later_rows_as_newer_states(write, simple_mapping):
    text = HEADER + "1,噪声,2024-05-01,x\n1,噪声,2024-05-01,另一个\n"
    mapping = simple_mapping.model_copy(update={"duplicates": "in_order"})
    assert len(_read(write(text), mapping)[0]) == 2


def test_areas_come_level_by_level_whatever_their_order_in_the_file(write, tmp_path):
    text = "编号,层级,名称,上级编号\nB1,楼栋,一号楼,G1\nG1,网格,一网格,Z1\nZ1,片区,东片,\n"
    records, _ = _read(write(text), load_mapping("areas", tmp_path))
    assert [record.source_id for record in records] == ["Z1", "G1", "B1"]


def _boston(*rows: str) -> str:
    return BOSTON_HEADER + "\n".join(rows) + "\n"


def _case(number: str, opened: str, closed: str = "", target: str = "", point="42.1,-71.1") -> str:
    status = "Closed" if closed else "Open"
    times = f"{opened},{target},{closed}"
    return f"{number},{times},ONTIME,{status},t,Pothole,1 Main St,Roxbury,{point},Self Service"


def test_a_clock_set_back_between_two_ids_shows_the_second_pass(write, tmp_path):
    text = _boston(
        _case("10", "2011-11-06 01:40:00"),
        _case("12", "2011-11-06 01:10:00"),
        _case("11", "2011-11-06 01:50:00"),
        _case("13", "2011-11-06 03:00:00"),
    )
    records, _ = _read(write(text), load_mapping("boston311", tmp_path))
    hours = {record.source_id: record.reported_at.strftime("%H:%M") for record in records}
    assert hours == {"10": "05:40", "11": "05:50", "12": "06:10", "13": "08:00"}


def test_a_case_closed_before_it_was_opened_was_closed_in_the_second_pass(write, tmp_path):
    text = _boston(_case("10", "2011-11-06 01:40:00", closed="2011-11-06 01:10:00"))
    ((record,), _) = _read(write(text), load_mapping("boston311", tmp_path))
    assert (record.reported_at.hour, record.closed_at.hour) == (5, 6)


def test_the_default_location_of_the_source_is_flagged_and_nothing_else(write, tmp_path):
    text = _boston(
        _case("1", "2011-07-01 01:00:00", point="42.3594,-71.0587"),
        _case("2", "2011-07-01 01:00:00", point="42.3594,-71.0588"),
        _case("3", "2011-07-01 01:00:00", point=","),
    )
    records, _ = _read(write(text), load_mapping("boston311", tmp_path))
    assert [record.location_flag for record in records] == ["default_location", None, None]


def test_without_a_target_there_is_no_limit(write, tmp_path):
    text = _boston(
        _case("1", "2011-07-01 01:00:00"),
        _case("2", "2011-07-01 01:00:00", target="2011-07-02 01:00:00"),
    )
    records, _ = _read(write(text), load_mapping("boston311", tmp_path))
    assert [(record.limit_kind, record.deadline_at is None) for record in records] == [
        (None, True),
        ("source", False),
    ]


def test_late_rows_are_read_like_all_others(write, simple_mapping):
    ((record,), bad) = _read(write(HEADER + "1,噪声,1998-05-01,迟报\n"), simple_mapping)
    assert (record.reported_at.year, bad) == (1998, [])


def test_memory_does_not_grow_with_the_file(write, simple_mapping):
    text = HEADER + "".join(f"{n},噪声,2024-05-01,{'x' * 200}\n" for n in range(20_000))
    path = write(text)
    tracemalloc.start()
    for batch in Reading(path, simple_mapping).batches():
        assert len(batch) <= BATCH_ROWS
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30 * 1024 * 1024


def test_a_file_that_grows_while_it_is_read_is_refused_before_its_last_row(write, simple_mapping):
    lines = "".join(f"{n},噪声,2024-05-01,{'x' * 200}\n" for n in range(BATCH_ROWS * 2))
    path = write(HEADER + lines + "last,噪声,2024-05")
    batches = Reading(path, simple_mapping).batches()
    taken = [record.source_id for record in next(batches).records]
    with path.open("a", encoding="utf-8") as growing:
        growing.write("-01,x\n")
    with pytest.raises(FileChanged):
        for batch in batches:
            taken += [record.source_id for record in batch.records]
    assert "last" not in taken


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path, simple_mapping):
    os.mkfifo(tmp_path / "pipe")
    for name in ("absent.csv", ".", "pipe"):
        with pytest.raises(FileMissing):
            _read(tmp_path / name, simple_mapping)
    assert threading.active_count() < 50  # nothing is left waiting at the pipe


def test_a_link_is_followed_only_where_allowed(write, tmp_path, simple_mapping):
    link = tmp_path / "link.csv"
    link.symlink_to(write(HEADER + "1,噪声,2024-05-01,x\n"))
    assert len(_read(link, simple_mapping)[0]) == 1
    with pytest.raises(FileMissing):
        _read(link, simple_mapping, follow_links=False)


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path, simple_mapping):
    path = tmp_path / "huge.csv"
    with path.open("wb") as sparse:
        sparse.truncate(10 * 1024**3)
    with pytest.raises(FileTooLarge):
        _read(path, simple_mapping)


def test_the_limits_can_be_set(write, simple_mapping):
    with pytest.raises(FileTooLarge):
        _read(write(HEADER), simple_mapping, limits=Limits(file_bytes=10))


def test_a_mapping_for_files_never_takes_positions():
    with pytest.raises(ValueError, match="kind"):
        Mapping.model_validate(
            {"kind": "positions", "source": "s", "id": {"columns": "i"}, "fields": {}}
        )
