"""Converts positions between WGS-84, GCJ-02 and BD-09, and measures distances.

REFERENCE §6: convert once, at the edge. The GCJ-02 shift applies in mainland China only; the
outline and its edge are in `rules/mainland.py`. BD-09 is a further formula over the GCJ-02 position
and applies wherever a source says BD-09.

How exact: to_wgs84(from_wgs84(p)) returns within 0.5 m (in practice a fifth of a millimetre)
everywhere but in a strip at most 700 m deep inside Hong Kong and Macau along their edge. There two
places share one GCJ-02 reading, because Hong Kong and Macau must stay unshifted and the mainland
side must be shifted; the mainland place is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rules.errors import RuleViolation
from rules.mainland import BOX, in_mainland, shift_share, untouched
from rules.shapes import Floats

Crs = Literal["WGS84", "GCJ02", "BD09"]
CRS: tuple[Crs, ...] = ("WGS84", "GCJ02", "BD09")

EARTH_RADIUS_M = 6_371_008.8  # mean radius, IUGG
# Krasovsky 1940 ellipsoid, on which the GCJ-02 shift is defined.
_AXIS_M, _ECCENTRICITY_2 = 6_378_245.0, 0.00669342162296594323
_BD_TURN = np.pi * 3000 / 180
_BD_LON, _BD_LAT = 0.0065, 0.006
# BD-09 is defined for any degrees; beyond this a number is no position at all and is left alone.
_DEGREES = 1_000.0
# The shift changes by under 1 % of the way moved, so each round gains two digits: 0.2 mm in all.
_FULL_ROUNDS = 3
# BD-09 bends by 0.1 % of the way moved: three digits a round.
_BD_ROUNDS = 4
# Points worked on at a time, so that the intermediate columns stay in the processor's cache.
_BLOCK = 8_192
# In the fading belt a round takes off a quarter of the error at least, mostly more.
_BELT_ROUNDS = 64
_STILL_DEGREES = 1e-12

Step = Callable[[Floats, Floats], tuple[Floats, Floats]]


class CrsUnknown(RuleViolation):
    """A coordinate system we cannot convert; ask the source to name one of `CRS`."""

    code = "crs_unknown"

    def __init__(self, crs: object) -> None:
        super().__init__(crs=crs)


@overload
def to_wgs84(lon: float, lat: float, crs: str) -> tuple[float, float]: ...
@overload
def to_wgs84(lon: ArrayLike, lat: ArrayLike, crs: str) -> tuple[Floats, Floats]: ...
def to_wgs84(lon: ArrayLike, lat: ArrayLike, crs: str) -> tuple[ArrayLike, ArrayLike]:
    """Convert positions as received into WGS-84.

    Never raises and never hangs on numbers: NaN or infinity in either coordinate gives NaN in both
    (a missing position stays missing), and numbers that are no degrees come back as they were.

    Args:
        lon: Degrees east in `crs`, scalar or array.
        lat: Degrees north in `crs`, same shape.
        crs: "WGS84", "GCJ02" or "BD09".

    Returns:
        (lon, lat) in WGS-84: floats for scalars, float64 arrays otherwise.

    Raises:
        CrsUnknown: `crs` is none of these; set the row aside.
    """
    steps: dict[str, list[Step]] = {
        "WGS84": [],
        "GCJ02": [_unshift],
        "BD09": [_from_bd09, _unshift],
    }
    return _through(lon, lat, crs, steps)


@overload
def from_wgs84(lon: float, lat: float, crs: str) -> tuple[float, float]: ...
@overload
def from_wgs84(lon: ArrayLike, lat: ArrayLike, crs: str) -> tuple[Floats, Floats]: ...
def from_wgs84(lon: ArrayLike, lat: ArrayLike, crs: str) -> tuple[ArrayLike, ArrayLike]:
    """Convert WGS-84 positions for software that expects another system.

    Args:
        lon: WGS-84 degrees east, scalar or array.
        lat: WGS-84 degrees north, same shape.
        crs: "WGS84", "GCJ02" or "BD09": what to convert to.

    Returns:
        (lon, lat) in `crs`; NaN in both where either input is not finite.

    Raises:
        CrsUnknown: `crs` is none of these.
    """
    steps: dict[str, list[Step]] = {
        "WGS84": [],
        "GCJ02": [_shift],
        "BD09": [_shift, _to_bd09],
    }
    return _through(lon, lat, crs, steps)


@overload
def distance_m(lon: float, lat: float, to_lon: float, to_lat: float) -> float: ...
@overload
def distance_m(
    lon: ArrayLike, lat: ArrayLike, to_lon: ArrayLike, to_lat: ArrayLike
) -> float | Floats: ...
def distance_m(
    lon: ArrayLike, lat: ArrayLike, to_lon: ArrayLike, to_lat: ArrayLike
) -> float | Floats:
    """Measure great-circle distances in metres (haversine, within 0.6 % of the ellipsoid).

    Args:
        lon: Degrees east of the first points.
        lat: Degrees north of the first points.
        to_lon: Degrees east of the second points; shapes broadcast.
        to_lat: Degrees north of the second points.

    Returns:
        A float for scalars, otherwise an array in the broadcast shape; NaN where an input is NaN.
    """
    here_y, there_y = np.radians(lat), np.radians(to_lat)
    half_x = np.radians(np.subtract(to_lon, lon)) / 2
    half_y = (there_y - here_y) / 2
    chord = np.sin(half_y) ** 2 + np.cos(here_y) * np.cos(there_y) * np.sin(half_x) ** 2
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return float(metres) if np.ndim(metres) == 0 else metres


def _through(
    lon: ArrayLike, lat: ArrayLike, crs: str, steps: dict[str, list[Step]]
) -> tuple[ArrayLike, ArrayLike]:
    if crs not in steps:
        raise CrsUnknown(crs)
    given_x, given_y = np.broadcast_arrays(np.asarray(lon, np.float64), np.asarray(lat, np.float64))
    x, y = given_x.ravel().copy(), given_y.ravel().copy()
    known = np.isfinite(x) & np.isfinite(y)
    x[~known] = y[~known] = np.nan
    for step in steps[crs]:
        x, y = step(x, y)
    if given_x.ndim == 0:
        return float(x[0]), float(y[0])
    return x.reshape(given_x.shape), y.reshape(given_x.shape)


def _offset(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """The full GCJ-02 shift at WGS-84 positions, degrees; the usual published formula."""
    east, north = np.empty_like(lon), np.empty_like(lat)
    for start in range(0, lon.size, _BLOCK):
        part = slice(start, start + _BLOCK)
        east[part], north[part] = _offset_block(lon[part], lat[part])
    return east, north


def _offset_block(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    x, y = lon - 105.0, lat - 35.0
    x_30, x_12, x_3, x_1, x_ripple = _waves(x)
    y_30, y_12, y_3, y_1, _ = _waves(y)
    root = np.sqrt(np.abs(x))
    ripple = 20 * x_ripple
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (ripple + 20 * y_1 + 40 * y_3 + 160 * y_12 + 320 * y_30) * (2 / 3)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (ripple + 20 * x_1 + 40 * x_3 + 150 * x_12 + 300 * x_30) * (2 / 3)
    sine = np.sin(np.radians(lat))
    curve = 1 - _ECCENTRICITY_2 * sine * sine
    parallel_m = _AXIS_M / np.sqrt(curve) * np.sqrt(1 - sine * sine)
    meridian_m = _AXIS_M * (1 - _ECCENTRICITY_2) / (curve * np.sqrt(curve))
    return np.degrees(east / parallel_m), np.degrees(north / meridian_m)


def _waves(degrees: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Sines of pi/30, pi/12, pi/3 and pi times the argument, and those of 2 pi and 6 pi added up.

    All are powers of one turn of pi/60; multiplying is several times quicker than six sines.
    """
    angle = degrees * (np.pi / 60)
    turn = np.cos(angle) + 1j * np.sin(angle)
    second = turn * turn
    fourth = second * second
    fifth = fourth * turn
    tenth = fifth * fifth
    twentieth = tenth * tenth
    sixtieth = twentieth * twentieth * twentieth
    double = sixtieth * sixtieth
    ripple = (double + double * double * double).imag
    return second.imag, fifth.imag, twentieth.imag, sixtieth.imag, ripple


def _in_box(lon: Floats, lat: Floats) -> NDArray[np.intp]:
    west, south, east, north = BOX
    return np.flatnonzero((lon > west) & (lon < east) & (lat > south) & (lat < north))


def _shift(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    near = _in_box(lon, lat)
    x, y = lon[near], lat[near]
    share = shift_share(x, y)
    share[untouched(x, y)] = 0
    east, north = _offset(x, y)
    lon[near], lat[near] = x + share * east, y + share * north
    return lon, lat


def _unshift(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    near = _in_box(lon, lat)
    x, y = lon[near].copy(), lat[near].copy()
    for _ in range(_FULL_ROUNDS):
        east, north = _offset(x, y)
        x, y = lon[near] - east, lat[near] - north
    # The shift with its fading edge sends no two places to one, so a place within the outline that
    # explains the reading is the only one.
    settled = in_mainland(x, y) & ~untouched(x, y)
    rest = np.flatnonzero(~settled)
    x[rest], y[rest] = _unshift_belt(lon[near[rest]], lat[near[rest]])
    lon[near], lat[near] = x, y
    return lon, lat


def _unshift_belt(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Invert the shift where it fades; readings far from the outline come back unchanged."""
    x, y = lon.copy(), lat.copy()
    moving = np.arange(x.size)
    for _ in range(_BELT_ROUNDS):
        if not moving.size:
            break
        share = shift_share(x[moving], y[moving])
        east, north = _offset(x[moving], y[moving])
        next_x, next_y = lon[moving] - share * east, lat[moving] - share * north
        step = np.abs(next_x - x[moving]) + np.abs(next_y - y[moving])
        x[moving], y[moving] = next_x, next_y
        moving = moving[step > _STILL_DEGREES]
    kept = untouched(x, y)
    x[kept], y[kept] = lon[kept], lat[kept]
    return x, y


def _to_bd09(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    real = np.flatnonzero((np.abs(lon) <= _DEGREES) & (np.abs(lat) <= _DEGREES))
    x, y = lon[real], lat[real]
    radius = np.hypot(x, y) + 2e-5 * np.sin(y * _BD_TURN)
    angle = np.arctan2(y, x) + 3e-6 * np.cos(x * _BD_TURN)
    lon[real] = radius * np.cos(angle) + _BD_LON
    lat[real] = radius * np.sin(angle) + _BD_LAT
    return lon, lat


def _from_bd09(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    real = np.flatnonzero((np.abs(lon) <= _DEGREES) & (np.abs(lat) <= _DEGREES))
    x, y = lon[real] - _BD_LON, lat[real] - _BD_LAT
    for _ in range(_BD_ROUNDS):
        there_x, there_y = _to_bd09(x.copy(), y.copy())
        x, y = x + lon[real] - there_x, y + lat[real] - there_y
    lon[real], lat[real] = x, y
    return lon, lat
