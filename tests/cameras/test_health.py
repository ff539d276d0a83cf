"""Faults on made clips are found; nothing is on the real clip, by night or in infrared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from cameras.health import HEIGHT, WIDTH, Luma
from cameras.looking import Looker
from cameras.rendering.scene import Scene
from cameras.rendering.shapes import Canvas
from cameras.sources.shrinking import luma_of_bgr, luma_of_jpeg
from cameras.timing import Timing

_draw = np.random.default_rng(3)
_NOISE = _draw.normal(0, 3, (700, 900, 3)).astype(np.int16)
NOON, NIGHT = datetime(2026, 11, 22, 12, 3).astimezone(), datetime(2026, 11, 22, 23, 3).astimezone()


def noisy(picture: Canvas) -> Canvas:
    """Return a picture with the noise of a sensor, another one each time."""
    height, width = picture.shape[:2]
    y, x = _draw.integers(0, 100, 2)
    noise = _NOISE[y : y + height, x : x + width]
    return np.clip(picture.astype(np.int16) + noise, 0, 255).astype(np.uint8)


def dark(picture: Canvas) -> Canvas:
    """Return a picture as by night without any lamp."""
    return noisy((picture * 0.12).astype(np.uint8))


def infrared(picture: Canvas) -> Canvas:
    """Return a picture as a camera gives it that has switched to infrared."""
    gray = cv2.convertScaleAbs(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), alpha=0.8, beta=20)
    return np.asarray(cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR), np.uint8)


def covered(picture: Canvas) -> Canvas:
    """Return a picture with a bag over the lens, through which light comes."""
    small = cv2.resize(picture, (6, 4), interpolation=cv2.INTER_AREA)
    size = picture.shape[1], picture.shape[0]
    return noisy((cv2.resize(small, size, interpolation=cv2.INTER_CUBIC) * 0.35 + 20).astype("u1"))


def hand(picture: Canvas) -> Canvas:
    """Return a picture of a hand close before the lens."""
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    shade = 60 + 40 * np.sin(x / 400 + 1) + 20 * y / height
    return noisy((shade[:, :, None] * np.array([0.6, 0.8, 1.0])).astype(np.uint8))


def turned(picture: Canvas) -> Canvas:
    """Return a picture of a camera turned away."""
    return noisy(np.roll(picture, (60, 85), (0, 1)))


def same(picture: Canvas) -> Canvas:
    """Return a picture as it is."""
    return picture


def scene(name: str, begin: datetime, count: int) -> list[Canvas]:
    """Return pictures of a demo scene, a second apart."""
    drawn = Scene(name, 480)
    return [drawn.draw(begin + timedelta(seconds=k)) for k in range(count)]


def findings(pictures: Iterable[Canvas]) -> list[str]:
    """Return what is found after each of some pictures that come a second apart."""
    looker, found = Looker(Timing()), []
    for second, picture in enumerate(pictures):
        luma = luma_of_bgr(picture)
        found.append(looker.look(picture.tobytes(), luma, float(second)))
    return found


@pytest.fixture(scope="module")
def street(realdata: Path) -> list[Canvas]:
    """Eighty pictures of the real clip, 0.4 to 1 seconds apart."""
    clip = realdata / "video_pedestrians_opencv_vtest" / "vtest.avi"
    with av.open(str(clip)) as container:
        frames = enumerate(container.decode(video=0))
        return [
            f.reformat(384, 288, "bgr24").to_ndarray() for number, f in frames if number % 10 == 0
        ]


@pytest.mark.parametrize("change", [same, dark, infrared])
def test_nothing_is_found_on_the_real_clip(
    street: list[Canvas], change: Callable[[Canvas], Canvas]
) -> None:
    assert set(findings(map(change, street))) == {""}
    turning = [*street[:40], *map(change, street[40:])]
    assert set(findings(turning)) == {""}, "the change comes while somebody looks"


@pytest.mark.parametrize(
    ("fault", "name", "within_s"),
    [(covered, "covered", 8), (hand, "covered", 8), (turned, "moved", 22)],
)
def test_a_fault_on_the_real_clip_is_found_in_time(
    street: list[Canvas], fault: Callable[[Canvas], Canvas], name: str, within_s: int
) -> None:
    found = findings([*street[:40], *map(fault, street[40:])])
    assert set(found[:41]) == {""}
    assert set(found[40 + within_s :]) == {name}
    healed = findings([*street[:20], *map(fault, street[20:50]), *street[50:]])
    assert set(healed[51:]) == {""}


@pytest.mark.parametrize("level", [0, 255])
def test_black_and_white_pictures_are_no_pictures(street: list[Canvas], level: int) -> None:
    found = findings([*street[:10], *[np.full_like(street[0], level)] * 5])
    assert found[10:] == ["", "black", "black", "black", "black"]


def test_the_same_bytes_again_and_again_are_frozen_and_a_quiet_picture_is_suspected(
    street: list[Canvas],
) -> None:
    found = findings([*street[:40], *[street[40]] * 20])
    assert found[45] == "" and set(found[47:]) == {"frozen"}
    # A picture that stands, encoded anew each time: a few grey levels change here and there.
    stands = []
    for k in range(40):
        picture = street[40].copy()
        picture[k : k + 8, :40] += 1
        stands.append(picture)
    found = findings([*street[:40], *stands])
    assert set(found[:50]) == {""} and found[-1] == "suspected"


@pytest.mark.parametrize("name", ["camera-001", "camera-017", "camera-333"])
@pytest.mark.parametrize("begin", [NOON, NIGHT], ids=["noon", "night"])
def test_nothing_is_found_on_the_scenes_of_the_demo(name: str, begin: datetime) -> None:
    assert set(findings(scene(name, begin, 60))) == {""}


def test_a_camera_covered_by_night_is_found_as_well() -> None:
    pictures = scene("camera-001", NIGHT, 40)
    found = findings([*pictures[:20], *map(covered, pictures[20:])])
    assert set(found[:21]) == {""} and set(found[30:]) == {"covered"}


def test_what_a_moved_camera_sees_is_taken_for_the_scene_when_somebody_says_so() -> None:
    looker = Looker(Timing())
    shifted = np.roll(_scene_luma(), (7, 23), (0, 1))
    for second in range(60):
        luma = _scene_luma() if second < 20 else shifted
        noise = _draw.integers(0, 3, luma.shape, dtype=np.uint8)
        looker.look(bytes([second]), luma + noise, float(second))
    assert looker.finding == "moved"
    looker.relearn()
    assert looker.look(b"new", shifted, 61.0) == ""


def test_a_jpeg_is_looked_at_without_decoding_it_whole_and_a_broken_one_is_passed_over() -> None:
    picture = scene("camera-040", NOON, 1)[0]
    jpeg = cv2.imencode(".jpg", picture)[1].tobytes()
    luma = luma_of_jpeg(jpeg)
    assert luma is not None and luma.shape == (HEIGHT, WIDTH)
    assert np.abs(luma.astype(int) - luma_of_bgr(picture)).mean() < 4
    assert luma_of_jpeg(b"\xff\xd8garbage") is None
    assert Looker(Timing()).look(b"x", None, 0.0) == ""


def _scene_luma() -> Luma:
    blocks = np.random.default_rng(9).integers(40, 200, (9, 16), dtype=np.uint8)
    return blocks.repeat(5, 0).repeat(5, 1)
