"""Positions survive the way there and back, and only mainland China is shifted."""

import math
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.coordinates import CRS, CrsUnknown, distance_m, from_wgs84, to_wgs84
from rules.mainland import untouched

# Published pairs of the public formula: Shanghai, Shenzhen, Beijing.
PUBLISHED = [
    ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
    ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
    ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
]

SHIFTED = {
    "Shenzhen Luohu port": (114.1135, 22.5318),
    "Shenzhen Futian": (114.055, 22.53),
    "Shenzhen Shatoujiao": (114.235, 22.5565),
    "Shenzhen Shekou": (113.916, 22.487),
    "Zhuhai Gongbei": (113.549, 22.2195),
    "Zhuhai Hengqin": (113.535, 22.125),
    "Xiamen": (118.09, 24.48),
    "Gulangyu": (118.065, 24.447),
    "Dandong": (124.39, 40.126),
    "Kashgar": (75.99, 39.47),
    "Tashkurgan": (75.23, 37.77),
    "Heihe": (127.52, 50.245),
    "Mohe Beiji": (122.35, 53.483),
    "Fuyuan": (134.295, 48.365),
    "Suifenhe": (131.15, 44.4),
    "Hunchun": (130.36, 42.86),
    "Tumen": (129.84, 42.965),
    "Changbai": (128.2, 41.42),
    "Ji'an": (126.185, 41.125),
    "Manzhouli": (117.44, 49.59),
    "Erenhot": (111.975, 43.652),
    "Khorgos": (80.42, 44.21),
    "Alashankou": (82.57, 45.17),
    "Sanya": (109.51, 18.25),
    "Yongxing Island": (112.34, 16.834),
    "Ruili": (97.85, 24.01),
    "Hekou": (103.955, 22.51),
    "Pingxiang": (106.75, 22.1),
    "Dongxing": (107.975, 21.548),
    "Zhangmu": (85.98, 27.985),
    "Yadong": (88.9, 27.485),
    "Zhoushan": (122.1, 30.0),
    "Shengsi": (122.45, 30.73),
    "Changdao": (120.74, 37.92),
    "Pingtan": (119.79, 25.5),
    "Weizhou": (109.11, 21.04),
    "Dangan": (114.3, 22.05),
    "Chongqing": (106.55, 29.57),
    "Shijiazhuang": (114.51, 38.04),
    "Qingdao": (120.38, 36.07),
}
NOT_SHIFTED = {
    "Hong Kong Central": (114.158, 22.281),
    "Hong Kong airport": (113.915, 22.31),
    "Sheung Shui": (114.127, 22.501),
    "Tin Shui Wai": (114.0, 22.46),
    "Sai Kung": (114.27, 22.38),
    "Macau Senado Square": (113.5399, 22.1937),
    "Taipa": (113.557, 22.156),
    "Taipei": (121.56, 25.04),
    "Kaohsiung": (120.3, 22.62),
    "Penghu": (119.57, 23.57),
    "Kinmen": (118.32, 24.432),
    "Matsu": (119.93, 26.155),
    "Seoul": (126.98, 37.57),
    "Pyongyang": (125.75, 39.03),
    "Sinuiju": (124.4, 40.09),
    "Ulaanbaatar": (106.92, 47.92),
    "Blagoveshchensk": (127.535, 50.285),
    "Khabarovsk": (135.07, 48.48),
    "Vladivostok": (131.9, 43.12),
    "Almaty": (76.9, 43.24),
    "Bishkek": (74.6, 42.87),
    "Hanoi": (105.83, 21.03),
    "Lao Cai": (103.975, 22.48),
    "Kathmandu": (85.32, 27.7),
    "Thimphu": (89.64, 27.47),
    "Muse": (97.9, 23.98),
    "Vientiane": (102.6, 17.97),
    "Fukuoka": (130.4, 33.59),
    "Leh": (77.58, 34.15),
    "Boston": (-71.06, 42.36),
}
# These stand within 700 m of the mainland, where a reading is given to the mainland place; as
# WGS-84 they must stay where they are all the same.
AT_THE_EDGE = {
    "Lo Wu": (114.113, 22.5265),
    "Lok Ma Chau": (114.065, 22.509),
    "Sha Tau Kok": (114.222, 22.542),
    "Macau Border Gate": (113.549, 22.212),
    "Coloane": (113.5525, 22.117),
}


@pytest.mark.parametrize(("wgs", "gcj"), PUBLISHED)
def test_the_formula_gives_the_published_pairs(
    wgs: tuple[float, float], gcj: tuple[float, float]
) -> None:
    assert distance_m(*from_wgs84(*wgs, "GCJ02"), *gcj) < 0.001
    assert distance_m(*to_wgs84(*gcj, "GCJ02"), *wgs) < 0.001


@pytest.mark.parametrize("place", SHIFTED)
def test_mainland_places_are_shifted_in_full(place: str) -> None:
    lon, lat = SHIFTED[place]
    shifted = from_wgs84(lon, lat, "GCJ02")
    assert 15 < distance_m(lon, lat, *shifted) < 720
    # A place 300 m inland moves the same way: the full shift, not the faded one, applies here.
    beside = from_wgs84(lon + 1e-6, lat, "GCJ02")
    assert distance_m(*shifted, *beside) < 0.12
    assert distance_m(*to_wgs84(*shifted, "GCJ02"), lon, lat) < 0.001


@pytest.mark.parametrize("place", NOT_SHIFTED)
def test_places_outside_the_mainland_are_never_shifted(place: str) -> None:
    assert from_wgs84(*NOT_SHIFTED[place], "GCJ02") == NOT_SHIFTED[place]
    assert to_wgs84(*NOT_SHIFTED[place], "GCJ02") == NOT_SHIFTED[place]


@pytest.mark.parametrize("place", AT_THE_EDGE)
def test_hong_kong_and_macau_stay_unshifted_up_to_their_edge(place: str) -> None:
    assert from_wgs84(*AT_THE_EDGE[place], "GCJ02") == AT_THE_EDGE[place]


@settings(max_examples=300, deadline=None)
@given(
    lon=st.floats(60, 150),
    lat=st.floats(0, 60),
    crs=st.sampled_from(CRS),
)
def test_every_position_comes_back_within_half_a_metre(lon: float, lat: float, crs: str) -> None:
    _assert_comes_back(np.array([lon]), np.array([lat]), crs)


@pytest.mark.parametrize("crs", CRS)
def test_positions_along_the_outline_come_back_within_half_a_metre(crs: str) -> None:
    chance = np.random.default_rng(20261121)
    places = np.array([*SHIFTED.values(), *NOT_SHIFTED.values(), *AT_THE_EDGE.values()])
    scattered = np.repeat(places, 400, axis=0) + chance.normal(0, 0.03, (len(places) * 400, 2))
    _assert_comes_back(scattered[:, 0], scattered[:, 1], crs)


@pytest.mark.parametrize("crs", CRS)
def test_a_hundred_thousand_positions_all_over_the_box_come_back(crs: str) -> None:
    chance = np.random.default_rng(7)
    lon, lat = chance.uniform(70, 140, 100_000), chance.uniform(10, 57, 100_000)
    _assert_comes_back(lon, lat, crs)


def _assert_comes_back(lon: np.ndarray, lat: np.ndarray, crs: str) -> None:
    off = distance_m(lon, lat, *to_wgs84(*from_wgs84(lon, lat, crs), crs))
    lost = np.asarray(off) > 0.5
    # Only inside Hong Kong and Macau may a reading belong to a mainland place as well.
    assert untouched(lon[lost], lat[lost]).all()
    assert np.max(off) < 720


@settings(max_examples=300, deadline=None)
@given(
    lon=st.floats(allow_nan=False, allow_infinity=False),
    lat=st.floats(allow_nan=False, allow_infinity=False),
    crs=st.sampled_from(CRS),
)
def test_no_finite_number_raises_or_hangs(lon: float, lat: float, crs: str) -> None:
    begun = time.monotonic()
    for x, y in (to_wgs84(lon, lat, crs), from_wgs84(lon, lat, crs)):
        assert math.isfinite(x)
        assert math.isfinite(y)
    assert time.monotonic() - begun < 5


def test_a_missing_or_infinite_coordinate_stays_missing_and_spares_its_neighbours() -> None:
    lon, lat = to_wgs84([math.nan, 116.4, 116.4, math.inf], [39.9, math.nan, 39.9, 39.9], "GCJ02")
    assert np.isnan(lon).tolist() == [True, True, False, True]
    assert np.isnan(lat).tolist() == [True, True, False, True]


def test_an_unknown_system_is_named_in_the_error() -> None:
    with pytest.raises(CrsUnknown) as raised:
        to_wgs84(116.4, 39.9, "EPSG:3857")
    assert raised.value.code == "crs_unknown"
    assert raised.value.fields == {"crs": "EPSG:3857"}
    with pytest.raises(CrsUnknown):
        from_wgs84(116.4, 39.9, "")


def test_scalars_come_back_as_floats_and_arrays_keep_their_shape() -> None:
    assert all(type(value) is float for value in to_wgs84(116.4, 39.9, "BD09"))
    lon, lat = to_wgs84(np.full((2, 3), 116.4), np.full((2, 3), 39.9), "GCJ02")
    assert lon.shape == lat.shape == (2, 3)
    empty, _ = to_wgs84([], [], "BD09")
    assert empty.shape == (0,)


def test_input_arrays_are_left_as_they_were() -> None:
    lon, lat = np.array([116.4]), np.array([39.9])
    to_wgs84(lon, lat, "BD09")
    from_wgs84(lon, lat, "GCJ02")
    assert (lon[0], lat[0]) == (116.4, 39.9)


def test_a_position_gets_the_same_answer_alone_and_in_a_large_batch() -> None:
    chance = np.random.default_rng(3)
    lon, lat = chance.uniform(113.8, 114.4, 20_000), chance.uniform(22.3, 22.7, 20_000)
    together = to_wgs84(lon, lat, "GCJ02")
    for index in range(0, 20_000, 1_000):
        alone = to_wgs84(float(lon[index]), float(lat[index]), "GCJ02")
        assert alone == pytest.approx((together[0][index], together[1][index]), abs=1e-11)


def test_bd09_lies_about_a_kilometre_north_east_of_wgs84_in_beijing() -> None:
    lon, lat = from_wgs84(116.404, 39.915, "BD09")
    assert lon > 116.404 and lat > 39.915
    assert 800 < distance_m(116.404, 39.915, lon, lat) < 1_500


@pytest.mark.parametrize(
    ("start", "end", "metres"),
    [
        ((0.0, 0.0), (0.0, 1.0), 111_195.08),  # one degree of the mean sphere
        ((0.0, 60.0), (1.0, 60.0), 55_597.5),  # half as far at 60 degrees north
        ((179.5, 0.0), (-179.5, 0.0), 111_195.08),  # across the date line
        ((0.0, 0.0), (180.0, 0.0), 20_015_114.4),  # the other side of the earth
        ((5.0, 5.0), (5.0, 5.0), 0.0),  # no way at all
    ],
)
def test_distances_follow_the_great_circle(
    start: tuple[float, float], end: tuple[float, float], metres: float
) -> None:
    assert distance_m(*start, *end) == pytest.approx(metres, rel=1e-4, abs=1e-6)


def test_distances_from_one_point_to_many_come_as_an_array() -> None:
    metres = distance_m(116.4, 39.9, [116.4, math.nan], [40.9, 39.9])
    assert isinstance(metres, np.ndarray)
    assert metres[0] == pytest.approx(111_195, rel=1e-4)
    assert math.isnan(metres[1])
