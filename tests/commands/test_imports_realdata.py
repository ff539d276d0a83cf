"""`import` and `compare-flags` on the real data: Boston, Shanghai, the divisions of China."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.compare_flags import run_compare_flags
from commands.imports import run_import
from data.store import Store
from tests.commands.shell import Shell, counts

BOSTON = Path("311_boston_2011/311_service_requests_2011.zip")
SHANGHAI = Path("geo_shanghai_osm_tilezen")
DIVISION = Path("cn_admin_division")


@pytest.fixture
def shell(store, tmp_path):
    return Shell(store, tmp_path)


@pytest.fixture(scope="module")
def boston(realdata, tmp_path_factory):
    """The whole Boston file, imported once, with what the import said."""
    folder = tmp_path_factory.mktemp("boston")
    store = Store.open(f"duckdb:{folder / 'yiping.duckdb'}")
    shell = Shell(store, folder)
    yield (
        shell,
        shell.run(run_import, "cases", realdata / BOSTON, "boston311", "boston"),
        realdata / BOSTON,
    )
    store.close()


# Importing the whole file may share two cores with other work; its speed is the benchmark's affair.
@pytest.mark.timeout(600)
def test_every_boston_row_is_taken_and_again_changes_nothing(boston):
    shell, (status, words), path = boston
    assert (status, words.result) == (0, counts(new=58_251))
    status, words = shell.run(run_import, "cases", path, "boston311", "boston")
    assert (status, words.result) == (0, counts(unchanged=58_251))
    assert shell.sql("select count(*) from case_event") == [(58_251,)]


@pytest.mark.timeout(600)
def test_our_verdicts_equal_the_flags_of_the_city(boston):
    shell, _, _ = boston
    status, words = shell.run(run_compare_flags, community_id="boston", as_of="2023-05-04")
    result = words.result
    assert status == 0
    counted = {k: v for k, v in result.items() if not k.endswith("_ids") and k != "rates"}
    assert counted == {
        "with_limit": 47_270,
        "no_limit": 10_981,
        "flagged": 47_112,
        "agree": 47_112,
        "differ": 0,
        "unflagged": 158,
    }
    assert len(set(result["unflagged_ids"])) == 158
    # Recounted from the city's own lines in tests/rules/test_rates_boston.py.
    told = [(r["definition"], r["rate"], r["on_time"], r["n"]) for r in result["rates"]]
    assert told == [
        ("flag_closed", 81.5, 35_591, 43_664),
        ("flag_all", 80.2, 46_572, 58_093),
        ("honest", 75.3, 35_591, 47_270),
    ]
    assert all(rate["over"] for rate in result["rates"])


@pytest.mark.timeout(600)
def test_boston_rows_on_the_default_location_are_flagged(boston):
    shell, _, _ = boston
    flags = shell.sql("select location_flag, count(*) from case_now group by 1 order by 2")
    assert flags == [("default_location", 4_775), (None, 53_476)]


@pytest.mark.timeout(600)
def test_boston_times_of_the_repeated_hour_are_its_first_pass(boston):
    shell, _, _ = boston
    rows = shell.sql(
        "select source_id, strftime(reported_at at time zone 'UTC', '%d %H:%M:%S') from case_now "
        "where reported_at at time zone 'America/New_York' between timestamp '2011-11-06 01:00' "
        "and timestamp '2011-11-06 01:59:59' order by 1"
    )
    assert rows == [
        ("101000350986", "06 05:09:48"),
        ("101000350987", "06 05:13:20"),
        ("101000350989", "06 05:54:07"),
    ]
    closed = shell.sql(
        "select strftime(closed_at at time zone 'UTC', '%d %H:%M:%S') from case_now "
        "where source_id = '101000350980'"
    )
    assert closed == [("06 05:11:52",)]


@pytest.mark.timeout(600)
def test_boston_cases_without_target_have_no_limit(boston):
    shell, _, _ = boston
    limits = shell.sql(
        "select limit_kind, deadline_at is null, count(*) from case_now group by 1, 2 order by 3"
    )
    assert limits == [(None, True, 10_981), ("source", False, 47_270)]


# Layer, rows after uniting (the README counts 1,321 building polygons), kinds of the plan.
LAYERS = [
    ("buildings", 1_321, {"building"}),
    ("roads", 1_078, {"road"}),
    ("water", 16, {"water"}),
    ("landuse", 97, {"green", "boundary", "sports"}),
    ("pois", 388, {"facility", "gate", "key_place", "shop", "market", "school", "sports"}),
    ("boundaries", 3, {"boundary"}),
    ("transit", 0, set()),
]


@pytest.mark.parametrize(("layer", "count", "kinds"), LAYERS)
def test_a_shanghai_layer_is_united_by_id_and_credited(shell, realdata, layer, count, kinds):
    path = realdata / SHANGHAI / f"shanghai_{layer}.geojson"
    status, words = shell.run(run_import, "places", path, "tilezen", "demo")
    assert (status, words.result) == (0, counts(new=count))
    assert kinds <= {row[0] for row in shell.sql("select distinct kind from place_now")}
    credited = shell.sql(
        "select count(*) from place_now where attribution = '© OpenStreetMap contributors' "
        "and lon between 121.48 and 121.53 and lat between 31.22 and 31.26"
    )
    assert credited == [(count,)]
    _, words = shell.run(run_import, "places", path, "tilezen", "demo")
    assert words.result == counts(unchanged=count)


def test_shanghai_buildings_have_one_outline_each(shell, realdata):
    path = realdata / SHANGHAI / "shanghai_buildings.geojson"
    shell.run(run_import, "places", path, "tilezen", "demo")
    shapes = shell.sql("select geometry::json->>'$.type', count(*) from place_now group by 1")
    assert shapes == [("Polygon", 1_321)]
    relations = shell.sql("select count(*) from place_now where source_id like 'building/-%'")
    assert relations[0][0] > 0


def test_the_division_is_imported_from_the_city_down_to_one_community(shell, realdata):
    for table in ("cities", "areas", "streets", "villages_selected"):
        path = realdata / DIVISION / f"{table}.csv"
        status, words = shell.run(
            run_import, "areas", path, "cn_division", "demo", only_under="500105004008"
        )
        assert (status, words.result) == (0, counts(new=1)), table
    line = shell.sql(
        "with recursive line as (select area_id, parent_id, level, name_zh, 0 as up from area_now "
        "where code = '500105004008' union all select a.area_id, a.parent_id, a.level, a.name_zh, "
        "up + 1 from area_now as a join line on a.area_id = line.parent_id) "
        "select level, name_zh from line order by up"
    )
    assert line == [
        ("community", "石油社区居民委员会"),
        ("subdistrict", "大石坝街道"),
        ("district", "江北区"),
        ("city", "市辖区"),
    ]


def test_a_community_imported_before_its_sub_district_is_set_aside_and_taken_later(shell, realdata):
    def take(table: str) -> dict:
        path = realdata / DIVISION / f"{table}.csv"
        _, words = shell.run(
            run_import, "areas", path, "cn_division", "demo", only_under="500105004008"
        )
        return words.result

    assert take("villages_selected") == counts(quarantined=1)
    for table in ("cities", "areas", "streets", "villages_selected"):
        assert take(table) == counts(new=1)
