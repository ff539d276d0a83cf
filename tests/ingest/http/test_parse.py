"""Reading posted batches: what is refused as a whole, what row by row, and what is taken."""

from __future__ import annotations

import json

import pytest

from actions.intake.received import BodyRefused, TooManyRows
from ingest.http.parse import parse_cases

GOOD = {
    "source_id": "A-1",
    "category": "noise",
    "title": "夜间施工噪音",
    "reported_at": "2026-03-12T16:30:00+08:00",
}


def body(*rows: object) -> bytes:
    return json.dumps(rows, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "json_invalid"),  # nothing at all
        (b"[", "json_invalid"),  # cut off
        (b"[1] trailing", "json_invalid"),
        (b"source_id,title\n1,x", "json_invalid"),  # a table instead of JSON
        (b"\xff\xfe[]", "not_utf8"),  # UTF-16 with a mark
        ('[{"title": "噪音"}]'.encode("gb18030"), "not_utf8"),
        (b'[{"lon": NaN}]', "json_number"),
        (b'[{"lon": Infinity}]', "json_number"),
        (b'[{"lon": 1e999}]', "json_number"),  # beyond a double, would become infinite
        (b'[{"version": ' + b"9" * 10_000 + b"}]", "json_number"),
        (b'[{"title": "a", "title": "b"}]', "json_repeated_name"),
        (b"[" * 200_000, "json_too_deep"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "json_too_deep"),
        (b"{}", "not_a_list"),  # one case without a list
        (b'"text"', "not_a_list"),
        (b"null", "not_a_list"),
    ],
)
def test_a_body_that_is_no_batch_is_refused_as_a_whole(raw: bytes, code: str) -> None:
    with pytest.raises(BodyRefused) as refusal:
        parse_cases(raw, 10)
    assert refusal.value.code == code


def test_a_batch_longer_than_the_limit_is_refused_as_a_whole() -> None:
    with pytest.raises(TooManyRows):
        parse_cases(body(*[GOOD] * 11), 10)
    assert len(parse_cases(body(*[GOOD] * 10), 10)) == 10


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"source_id": None}, "field_missing", "source_id"),
        ({"source_id": "  "}, "field_missing", "source_id"),
        ({"source_id": 7}, "field_invalid", "source_id"),
        ({"title": ""}, "field_missing", "title"),
        ({"title": "x" * 4_001}, "field_invalid", "title"),
        ({"category": ["noise"]}, "field_invalid", "category"),
        ({"reported_at": "2026-03-12T16:30:00"}, "field_invalid", "reported_at"),  # no offset
        ({"reported_at": "yesterday"}, "field_invalid", "reported_at"),
        ({"lon": 200, "lat": 1}, "field_invalid", "lon"),
        ({"lon": 116.3}, "field_invalid", None),  # half a position
        ({"lon": True, "lat": 1}, "field_invalid", "lon"),
        ({"crs": "EPSG:4326"}, "field_invalid", "crs"),
        ({"version": -1}, "field_invalid", "version"),
        ({"version": 2**70}, "field_invalid", "version"),
        ({"status": "closed"}, "field_unknown", "status"),  # a poster does not close our cases
        ({"locality": "李某家"}, "field_unknown", "locality"),  # nor words for the wall
        ({"__proto__": {}}, "field_unknown", "__proto__"),
    ],
)
def test_a_bad_row_is_rejected_with_code_and_field(
    change: dict[str, object], code: str, field: str | None
) -> None:
    good, bad = parse_cases(body(GOOD, {**GOOD, **change}), 10)
    assert good.record is not None and good.error is None
    assert bad.record is None and bad.error is not None
    assert (bad.error.code, bad.error.field) == (code, field)


@pytest.mark.parametrize("row", [None, 7, "text", [GOOD], True])
def test_an_element_that_is_no_object_is_rejected_by_itself(row: object) -> None:
    (bad,) = parse_cases(body(row), 10)
    assert bad.error is not None and bad.error.code == "row_not_object"


def test_nested_values_are_rejected_however_deep_and_kept_as_they_came() -> None:
    deep = '{"source_id":"A","category":"noise","title":' + "[" * 600 + "]" * 600 + "}"
    (bad,) = parse_cases(f"[{deep}]".encode(), 10)
    assert bad.error is not None and bad.error.field == "title"
    assert "A" in bad.raw


def test_a_lone_surrogate_in_an_id_can_be_answered_and_kept() -> None:
    (bad,) = parse_cases(b'[{"source_id":"\\ud800x","category":"noise"}]', 10)
    assert bad.source_id == "?x"
    bad.raw.encode()
    json.dumps(bad.source_id, ensure_ascii=False).encode()


def test_lone_surrogates_and_control_characters_in_texts_are_dropped() -> None:
    row = json.dumps({**GOOD, "description": "漏\x00水"})[:-1] + ', "address": "3\\ud800号"}'
    (taken,) = parse_cases(f"[{row}]".encode(), 10)
    assert taken.record is not None
    assert (taken.record.description, taken.record.address) == ("漏水", "3号")


def test_a_byte_order_mark_before_the_list_is_accepted() -> None:
    (taken,) = parse_cases(b"\xef\xbb\xbf" + body(GOOD), 10)
    assert taken.record is not None and taken.record.title == "夜间施工噪音"


def test_an_empty_list_is_an_empty_batch() -> None:
    assert parse_cases(b"[]", 10) == []
