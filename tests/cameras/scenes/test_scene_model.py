"""What may be drawn as a scene, and at which minutes it is watched."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cameras.scenes.watching import Watching
from rules.scenes import Scene, SceneWrong, clock_of, hours_of, points_of, points_written

ZONE = ((0.1, 0.1), (0.9, 0.1), (0.5, 0.9))
LINE = ((0.1, 0.1), (0.9, 0.1))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "face"}, "kind"),
        ({"points": LINE}, "points"),  # a zone of two corners
        ({"kind": "crossing"}, "points"),  # a line of three ends
        ({"points": ((0.1, 0.1), (1.2, 0.1), (0.5, 0.9))}, "points"),
        ({"points": tuple((0.5, n / 30) for n in range(25))}, "points"),
        ({"direction": "up"}, "direction"),
        ({"hours": (0, 1441)}, "hours"),
        ({"seconds": 1.0}, "seconds"),
        ({"points": ((0.1, 0.1), (0.12, 0.1), (0.1, 0.12))}, "points"),  # some pixels
        ({"points": ((0.1, 0.1), (0.9, 0.9), (0.5, 0.5))}, "points"),  # no area
        ({"kind": "water", "points": ((0.5, 0.5), (0.5, 0.51))}, "points"),
        ({"points": ((0.1, 0.1), (0.9, 0.1), (0.5, float("nan")))}, "points"),
        ({"sensitivity": 1.5}, "sensitivity"),
    ],
)
def test_what_cannot_be_watched_is_refused_by_its_field(
    changed: dict[str, Any], field: str
) -> None:
    given = {"kind": "occupancy", "points": ZONE, **changed}
    with pytest.raises(SceneWrong) as wrong:
        Scene("s", "c", **given)
    assert wrong.value.field == field


@pytest.mark.parametrize(
    ("hours", "minute", "watched"),
    [
        (None, 0, True),
        ((480, 1080), 480, True),
        ((480, 1080), 1080, False),  # the last minute is not included
        ((1320, 360), 1400, True),  # over midnight
        ((1320, 360), 100, True),
        ((1320, 360), 720, False),
    ],
)
def test_hours_run_over_midnight(hours: tuple[int, int] | None, minute: int, watched: bool) -> None:
    assert Scene("s", "c", "occupancy", ZONE, hours=hours).open_at(minute) is watched


def test_points_are_kept_as_they_were_drawn() -> None:
    assert points_of(points_written(ZONE)) == ZONE


@pytest.mark.parametrize(
    "written", ["", "3", "[1, 2]", "{}", '["ab"]', "[[0.1, null]]", "[" * 100_000, "[[1]]"]
)
def test_what_is_no_drawing_is_refused(written: str) -> None:
    if written == "{}":
        assert points_of(written) == ()  # without a point; a scene of it is refused
        return
    with pytest.raises(SceneWrong):
        Scene("s", "c", "occupancy", points_of(written))


@pytest.mark.parametrize(
    ("first", "last", "hours"),
    [
        ("", " ", None),
        ("22:00", "6:30", (1320, 390)),
        ("00:00", "24:00", (0, 1440)),
        ("22:00", "", "refused"),
        ("8", "9", "refused"),
        ("8:00", "08:00", "refused"),
        ("25:00", "08:00", "refused"),
    ],
)
def test_hours_are_two_times_of_day(first: str, last: str, hours: object) -> None:
    if hours == "refused":
        with pytest.raises(SceneWrong):
            hours_of(first, last)
    else:
        assert hours_of(first, last) == hours


def test_a_minute_is_written_as_a_clock_shows_it() -> None:
    assert [clock_of(minute) for minute in (0, 390, 1440)] == ["00:00", "06:30", "24:00"]


def test_a_changed_scene_learns_anew_and_the_others_go_on() -> None:
    lane, fence = Scene("lane", "c", "night", ZONE), Scene("fence", "c", "crossing", LINE)
    watching, still = Watching([lane, fence]), np.full((180, 320), 90, np.uint8)
    for step in range(20):
        watching.look(still, 250 * step)
    watching.change([replace(lane, sensitivity=0.9), fence])
    told = [event for step in range(20, 40) for event in watching.look(still, 250 * step)]
    assert [(event.scene_id, event.kind) for event in told] == [
        ("lane", "learning"),
        ("lane", "watching"),
    ]
