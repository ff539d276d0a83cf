"""GeoJSON layers: good ones, cut ones, wrong frames and broken geometries."""

from __future__ import annotations

import json

import pytest

from ingest.files.batches import Reading
from ingest.files.failures import ColumnsMissing, CrsUnsupported, FileNotTable, FileTooLarge
from ingest.files.limits import Limits
from ingest.files.mapping import Mapping

PLACES = Mapping.model_validate(
    {
        "kind": "places",
        "source": "test",
        "id": {"columns": ["id"]},
        "geometry": {"unite": True},
        "fields": {"kind": {"columns": ["kind"]}, "name_zh": {"columns": ["name"]}},
    }
)
SQUARE = [[[121.0, 31.0], [121.001, 31.0], [121.001, 31.001], [121.0, 31.001], [121.0, 31.0]]]
RIGHT = [
    [[121.001, 31.0], [121.002, 31.0], [121.002, 31.001], [121.001, 31.00100001], [121.001, 31.0]]
]


def _feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _polygon(rings):
    return {"type": "Polygon", "coordinates": rings}


@pytest.fixture
def read(tmp_path):
    def read_layer(features, mapping=PLACES, encoding="utf-8", limits=None, **members):
        path = tmp_path / "layer.geojson"
        document = {"type": "FeatureCollection", "features": features, **members}
        path.write_bytes(json.dumps(document, ensure_ascii=False).encode(encoding))
        reading = Reading(path, mapping, limits or Limits())
        batches = list(reading.batches())
        records = [record for batch in batches for record in batch.records]
        return records, [bad for batch in batches for bad in batch.bad], reading

    return read_layer


def test_pieces_cut_at_a_tile_edge_become_one_polygon_without_the_edge(read):
    features = [
        _feature(_polygon(SQUARE), id=1, kind="building", name="一号楼", _tile=0),
        _feature(_polygon(RIGHT), id=1, kind="building", _tile=1),
        _feature(_polygon(SQUARE), id=2, kind="building", _tile=0),
    ]
    records, bad, reading = read(features)
    assert (len(records), bad, reading.pieces) == (2, [], 3)
    united = records[0]
    assert (united.source_id, united.name_zh) == ("1", "一号楼")
    assert united.geometry["type"] == "Polygon"
    assert len(united.geometry["coordinates"]) == 1
    xs = [x for x, _ in united.geometry["coordinates"][0]]
    assert (min(xs), max(xs)) == (121.0, 121.002)
    assert abs(united.lon - 121.001) < 0.001


def test_pieces_of_a_line_run_on_as_one_line(read):
    first = {"type": "LineString", "coordinates": [[121.0, 31.0], [121.1, 31.0]]}
    second = {"type": "LineString", "coordinates": [[121.1, 31.0], [121.2, 31.1]]}
    records, _, _ = read(
        [_feature(first, id=-7, kind="road"), _feature(second, id=-7, kind="road")]
    )
    assert records[0].source_id == "-7"
    assert records[0].geometry == {
        "type": "LineString",
        "coordinates": [[121.0, 31.0], [121.1, 31.0], [121.2, 31.1]],
    }


def test_a_label_point_gives_its_name_and_not_its_shape(read):
    point = {"type": "Point", "coordinates": [121.0005, 31.0005]}
    features = [
        _feature(point, id=1, kind="building", name="一号楼"),
        _feature(_polygon(SQUARE), id=1, kind="building"),
    ]
    records, _, _ = read(features)
    assert (len(records), records[0].name_zh) == (1, "一号楼")
    assert records[0].geometry["type"] == "Polygon"


def test_a_hole_stays_a_hole_when_pieces_are_united(read):
    hole = [[121.0002, 31.0002], [121.0004, 31.0002], [121.0004, 31.0004], [121.0002, 31.0002]]
    features = [
        _feature(_polygon([*SQUARE, hole]), id=1, kind="building"),
        _feature(_polygon(RIGHT), id=1, kind="building"),
    ]
    records, _, _ = read(features)
    assert len(records[0].geometry["coordinates"]) == 2


# Geometry as received; the code it is set aside with.
BROKEN = [
    (None, "geometry_missing"),
    ({"type": "GeometryCollection", "geometries": []}, "geometry_unsupported"),
    ({"type": "Polygon"}, "geometry_invalid"),
    ({"type": "Polygon", "coordinates": []}, "geometry_missing"),
    ({"type": "Polygon", "coordinates": [[[1, 2], [3, 4]]]}, "geometry_invalid"),
    ({"type": "Point", "coordinates": ["121", None]}, "geometry_invalid"),
    ({"type": "Point", "coordinates": [True, False]}, "geometry_invalid"),
    ({"type": "Point", "coordinates": [float("nan"), 31.0]}, "coordinate_not_finite"),
    ({"type": "Point", "coordinates": [float("inf"), 31.0]}, "coordinate_not_finite"),
    # metres of a projected frame that says nothing of itself
    ({"type": "Point", "coordinates": [13523000.0, 3662000.0]}, "coordinate_out_of_range"),
    ({"type": "Point", "coordinates": [[[[[[[1, 2]]]]]]]}, "geometry_invalid"),
    ("Point", "geometry_unsupported"),
]


@pytest.mark.parametrize(("geometry", "code"), BROKEN)
def test_a_broken_geometry_costs_its_feature_only(read, geometry, code):
    good = _feature(_polygon(SQUARE), id=2, kind="building")
    records, bad, _ = read([_feature(geometry, id=1, kind="building"), good])
    assert [record.source_id for record in records] == ["2"]
    assert [(row.row_number, row.code) for row in bad] == [(1, code)]


@pytest.mark.parametrize("feature", [None, 5, "x", [], {"type": "Feature", "properties": [1]}])
def test_what_is_no_feature_is_set_aside(read, feature):
    records, bad, _ = read([feature, _feature(_polygon(SQUARE), id=2, kind="building")])
    assert len(records) == 1
    assert bad[0].code in ("feature_invalid", "geometry_missing")


@pytest.mark.parametrize(
    ("name", "frame"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "WGS84"),
        ("EPSG:4326", "WGS84"),
        ("urn:ogc:def:crs:EPSG::4490", "WGS84"),
        ("GCJ-02", "GCJ02"),
        ("BD09", "BD09"),
    ],
)
def test_a_declared_frame_is_kept_with_the_rows(read, name, frame):
    crs = {"type": "name", "properties": {"name": name}}
    records, _, _ = read([_feature(_polygon(SQUARE), id=1, kind="building")], crs=crs)
    assert records[0].crs == frame


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
        {"type": "name", "properties": {"name": "EPSG:4549"}},
        {"type": "link"},
        "EPSG:3857",
    ],
)
def test_projected_and_unknown_frames_refuse_the_file(read, crs):
    with pytest.raises(CrsUnsupported):
        read([_feature(_polygon(SQUARE), id=1, kind="building")], crs=crs)


def test_a_layer_written_in_gbk_is_read(read):
    feature = _feature(_polygon(SQUARE), id=1, kind="building", name="大石坝街道石油社区一号楼")
    records, _, _ = read([feature], encoding="gb18030")
    assert records[0].name_zh == "大石坝街道石油社区一号楼"


def test_the_feature_id_stands_in_for_a_missing_property(read):
    feature = _feature(_polygon(SQUARE), kind="building") | {"id": "way/5"}
    assert read([feature])[0][0].source_id == "way/5"


def test_a_layer_without_the_columns_of_the_mapping_is_refused(read):
    with pytest.raises(ColumnsMissing):
        read([_feature(_polygon(SQUARE), name="x")])


def test_an_empty_layer_has_no_rows(read):
    assert read([])[0] == []


@pytest.mark.parametrize(
    "text",
    ['{"type": "Topology"}', "[1, 2]", '{"type": "FeatureCollection"}', '{"a": ', "[" * 200_000],
)
def test_other_json_is_refused_as_a_whole(tmp_path, text):
    path = tmp_path / "a.geojson"
    path.write_text(text)
    with pytest.raises(FileNotTable):
        list(Reading(path, PLACES).batches())


def test_a_layer_beyond_the_limit_is_refused_before_it_is_read(read):
    with pytest.raises(FileTooLarge):
        read([_feature(_polygon(SQUARE), id=1, kind="building")], limits=Limits(geojson_bytes=100))


def test_areas_in_another_frame_are_converted_because_they_keep_no_raw_value(read):
    areas = Mapping.model_validate(
        {
            "kind": "areas",
            "source": "test",
            "crs": "GCJ02",
            "id": {"columns": ["id"]},
            "fields": {"level": {"constant": "grid"}, "name_zh": {"columns": ["name"]}},
        }
    )
    records, _, _ = read([_feature(_polygon(SQUARE), id=1, name="一网格")], mapping=areas)
    lon, lat = records[0].geometry["coordinates"][0][0]
    assert 0.003 < 121.0 - lon < 0.006
    assert -0.004 < lat - 31.0 < 0.004 and lat != 31.0
