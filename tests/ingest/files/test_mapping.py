"""Mapping files: what they may say, what is refused, and the ones that are shipped."""

from __future__ import annotations

import pytest

from ingest.files.failures import MappingInvalid, MappingUnknown, describe
from ingest.files.mapping import Mapping
from ingest.files.mapping_files import SHIPPED, load_mapping, mapping_names, read_mapping
from ingest.files.parse import RowParser
from ingest.files.table import Row, Table
from ingest.files.values import SkipRow
from rules.errors import RowRejected
from rules.vocabulary import PLACE_KINDS

GOOD = """
kind = "cases"
source = "mine"
[id]
columns = "nr"
[fields]
category = { columns = "art" }
reported_at = { columns = "wann" }
"""

# Change to the good file (old, new); key the refusal names.
WRONG = [
    ('source = "mine"', 'source = "mine"\nsauce = "x"', "sauce"),
    ('columns = "art"', 'column = "art"', "fields.category.column"),
    ('kind = "cases"', 'kind = "positions"', "kind"),
    ('kind = "cases"', 'kind = "casez"', "kind"),
    ('source = "mine"', 'source = "My Source"', "source"),
    ('source = "mine"', 'source = "mine"\ntimezone = "Mars/Olympus"', "timezone"),
    ('source = "mine"', 'source = "mine"\ncrs = "EPSG:3857"', "crs"),
    ('source = "mine"', 'source = "mine"\nencoding = "klingon"', "encoding"),
    ('source = "mine"', 'source = "mine"\ndelimiter = ", "', "delimiter"),
    ('category = { columns = "art" }', "category = {}", "fields.category"),
    ('category = { columns = "art" }', 'colour = { columns = "art" }', None),
    ('columns = "wann"', 'columns = "wann", not_before = "born"', None),
    (
        'columns = "wann"',
        'columns = "wann", repeated_hour = "third"',
        "fields.reported_at.repeated_hour",
    ),
    ('columns = "wann"', 'columns = "wann", scale = 0', "fields.reported_at.scale"),
    ('columns = "nr"', 'columns = "nr"\nprefix = "colour"', None),
    ("[id]", "[id", None),
]


def _file(tmp_path, text, name="mine"):
    folder = tmp_path / "mappings"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("old", "new", "key"), WRONG)
def test_a_wrong_mapping_is_refused_naming_file_and_key(tmp_path, old, new, key):
    assert old in GOOD
    path = _file(tmp_path, GOOD.replace(old, new))
    with pytest.raises(MappingInvalid) as caught:
        read_mapping(path)
    assert caught.value.fields["file"] == "mine.toml"
    assert caught.value.fields["key"] == key
    assert "mine.toml" in describe(caught.value)


def test_an_unknown_mapping_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(MappingUnknown) as caught:
        load_mapping("boston312", tmp_path)
    assert "boston311" in caught.value.fields["known"]


@pytest.mark.parametrize(
    "name", ["../mappings/mine", "/etc/passwd", "mine.toml", "", "a b", "x" * 99]
)
def test_a_mapping_is_a_name_and_never_a_path(tmp_path, name):
    _file(tmp_path, GOOD)
    with pytest.raises(MappingUnknown):
        load_mapping(name, tmp_path)


def test_a_community_has_mappings_of_its_own_and_may_replace_a_shipped_one(tmp_path):
    _file(tmp_path, GOOD)
    _file(tmp_path, GOOD.replace("mine", "ours"), "boston311")
    assert load_mapping("mine", tmp_path).source == "mine"
    assert load_mapping("boston311", tmp_path).source == "ours"
    assert "mine" in mapping_names(tmp_path)


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_mapping_is_in_order(path):
    mapping = read_mapping(path)
    assert mapping.about
    assert {name for name, _ in mapping.required_headings} >= {"source_id"} or (
        mapping.id.missing == "content"
    )
    kinds = mapping.fields.get("kind")
    if mapping.kind == "places" and kinds is not None:
        assert set(map(str, kinds.values.values())) <= set(PLACE_KINDS)


# Template, headings and one row as a community would write it, what must come out.
TEMPLATES = [
    (
        "cases",
        "编号,类别,标题,经度,纬度,坐标系,上报时间,截止时间,状态,紧急程度,来源",
        "A-1,噪音扰民,楼上装修,106.5,29.6,高德,2024/5/1 8:30,2024-05-02,处理中,一般,12345",
        {
            "source_id": "A-1",
            "category": "noise",
            "crs": "GCJ02",
            "status": "handling",
            "urgency": "ordinary",
            "channel": "phone",
            "lon": 106.5,
        },
    ),
    (
        "cases",
        "id,category,reported_at,title",
        "7,a word of our own,2024-05-01 08:30,x",
        {"source_id": "7", "category": "a word of our own", "crs": "WGS84"},
    ),
    (
        "places",
        "楼栋编号,类别,名称,层数,户数,联系岗位",
        "B1,楼栋,一号楼,33.0,132,物业",
        {"kind": "building", "floors": 33, "households": 132, "contact_role": "property"},
    ),
    (
        "areas",
        "网格编号,层级,名称,上级编号,户数",
        "G1,网格,第一网格,Z1,120",
        {"level": "grid", "parent_id": "Z1", "households": 120},
    ),
    (
        "workers",
        "工号,岗位,呼号,在岗",
        "W1,网格员,网格01,是",
        {"kind": "grid_worker", "callsign": "网格01", "on_duty": True},
    ),
    (
        "devices",
        "设备编号,设备类型,设备名称,状态,坐标系,经度,纬度,朝向",
        "D1,摄像头,东门,在线,百度,106.5,29.6,90",
        {"kind": "camera", "state": "online", "crs": "BD09", "heading_deg": 90.0},
    ),
    (
        "notices",
        "编号,类别,标题,发布时间,有效期至",
        "N1,停水,三号楼停水,2024-05-01 08:00,2024-05-01",
        {"kind": "outage", "title_zh": "三号楼停水"},
    ),
    (
        "care_recipients",
        "编号,楼栋编号,探访周期（天）",
        "C1,B1,7",
        {"place_id": "B1", "visit_every_days": 7},
    ),
]


def _parse(mapping: Mapping, headings: str, cells: str):
    header, row = headings.split(","), cells.split(",")
    return RowParser(mapping, Table("t.csv", header, iter(()))).parse(Row(2, row))


@pytest.mark.parametrize(("name", "headings", "cells", "expected"), TEMPLATES)
def test_a_template_reads_a_real_spreadsheet_row(tmp_path, name, headings, cells, expected):
    record = _parse(load_mapping(name, tmp_path), headings, cells)
    got = record.model_dump()
    assert {key: got[key] for key in expected} == expected


# Template, headings, a row that cannot be taken, code and field it is set aside with.
REJECTED = [
    ("cases", "编号,类别,上报时间", ",噪声,2024-05-01", "id_missing", "source_id"),
    ("cases", "编号,类别,上报时间", "1,,2024-05-01", "field_missing", "category"),
    ("cases", "编号,类别,上报时间", "1,噪声,昨天", "field_invalid", "reported_at"),
    ("cases", "编号,类别,上报时间", "1,噪声,", "field_missing", "reported_at"),
    ("cases", "编号,类别,上报时间,经度,纬度", "1,噪声,2024-05-01,106.5,", "field_invalid", None),
    ("cases", "编号,类别,上报时间,经度,纬度", "1,噪声,2024-05-01,六,29", "field_invalid", "lon"),
    ("cases", "编号,类别,上报时间,经度,纬度", "1,噪声,2024-05-01,nan,29", "field_invalid", "lon"),
    ("cases", "编号,类别,上报时间,经度,纬度", "1,噪声,2024-05-01,206,29", "field_invalid", "lon"),
    ("cases", "编号,类别,上报时间,坐标系", "1,噪声,2024-05-01,北京54", "value_unknown", "crs"),
    ("cases", "编号,类别,上报时间,状态", "1,噪声,2024-05-01,不明", "field_invalid", "status"),
    ("places", "编号,类别,层数", "1,楼栋,三层半", "field_invalid", "floors"),
    ("places", "编号,类别,层数", "1,楼栋,3.5", "field_invalid", "floors"),
    ("workers", "编号,岗位,呼号,在岗", "1,网格员,网格01,也许", "field_invalid", "on_duty"),
    ("care_recipients", "编号,楼栋,探访周期", "1,B1,0", "field_invalid", "visit_every_days"),
]


@pytest.mark.parametrize(("name", "headings", "cells", "code", "field"), REJECTED)
def test_a_bad_row_names_code_and_field(tmp_path, name, headings, cells, code, field):
    with pytest.raises(RowRejected) as caught:
        _parse(load_mapping(name, tmp_path), headings, cells)
    assert (caught.value.code, caught.value.field) == (code, field)


def _one(**spec) -> Mapping:
    fields = {"category": {"constant": "x"}, "reported_at": {"columns": ["t"]}, "title": spec}
    return Mapping.model_validate(
        {"kind": "cases", "source": "s", "id": {"columns": ["i"]}, "fields": fields}
    )


def test_words_not_listed_are_kept_refused_dropped_or_unwanted():
    spec = {"columns": ["w"], "values": {"Yes": "ja"}}
    for word, expected in (("yes", "ja"), ("ＹＥＳ", "ja"), ("perhaps", "perhaps")):
        assert _parse(_one(**spec), "i,t,w", f"1,2024-05-01,{word}").title == expected
    assert _parse(_one(**spec, otherwise="empty"), "i,t,w", "1,2024-05-01,perhaps").title is None
    with pytest.raises(RowRejected):
        _parse(_one(**spec, otherwise="reject"), "i,t,w", "1,2024-05-01,perhaps")
    with pytest.raises(SkipRow):
        _parse(_one(**spec, otherwise="skip"), "i,t,w", "1,2024-05-01,perhaps")


def test_the_first_filled_column_counts_and_empty_words_are_empty():
    spec = {"columns": ["a", "b"], "empty": ["-", "N/A"]}
    assert _parse(_one(**spec), "i,t,a,b", "1,2024-05-01,,second").title == "second"
    assert _parse(_one(**spec), "i,t,a,b", "1,2024-05-01,n/a,second").title == "second"
    assert _parse(_one(**spec), "i,t,b", "1,2024-05-01,-").title is None


def test_a_scale_turns_the_source_unit_into_ours():
    mapping = Mapping.model_validate(
        {
            "kind": "areas",
            "source": "s",
            "id": {"columns": ["i"]},
            "fields": {
                "level": {"constant": "community"},
                "name_zh": {"columns": ["n"]},
                "residents": {"columns": ["万人"], "scale": 10000},
            },
        }
    )
    assert _parse(mapping, "i,n,万人", "1,石油社区,1.25").residents == 12_500


def test_a_row_without_id_may_be_known_by_its_content():
    mapping = _one(columns=["w"]).model_copy(
        update={"id": _one(columns=["w"]).id.model_copy(update={"missing": "content"})}
    )
    first = _parse(mapping, "i,t,w", ",2024-05-01,a").source_id
    assert first == _parse(mapping, "i,t,w", ",2024-05-01,a").source_id
    assert first != _parse(mapping, "i,t,w", ",2024-05-01,b").source_id


def test_only_the_line_above_and_below_a_code_is_wanted(tmp_path):
    mapping = load_mapping("cn_division", tmp_path)
    parser = RowParser(mapping, Table("t", ["code", "name"], iter(())), only_under="500105004")
    for code in ("5001", "500105", "500105004", "500105004008"):
        assert parser.parse(Row(2, [code, "x"])).source_id == code
    for code in ("5002", "500106", "500105005", "500105005008", ""):
        with pytest.raises(SkipRow):
            parser.parse(Row(2, [code, "x"]))


def test_only_under_needs_a_code_column(simple_mapping):
    with pytest.raises(MappingInvalid):
        RowParser(simple_mapping, Table("t", ["id"], iter(())), only_under="5")
