"""What may be drawn as a scene, and at which minutes it is watched."""

from __future__ import annotations

from typing import Any

import pytest

from rules.scenes import Scene, SceneWrong

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
