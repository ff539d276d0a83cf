"""What a drawn scene found is an alarm that a person confirms, cleared when it is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from actions.alarms.reading import alarm_in_reach
from actions.cameras.detections import KIND_OF, FindingUnknown, report_detection
from cameras.scenes.watching import FINDINGS
from data.store import Store
from rules.alarm_kinds import ALARM_KINDS
from tests.case_desk import CaseDesk

NOW = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=5)


def report(store: Store, finding: str, seconds: float, *, over: bool = False) -> list[str]:
    at = NOW + timedelta(seconds=seconds)
    results = report_detection(store, "demo", "cam-1", finding, at, over=over).result()
    return [result.result for result in results]


def test_every_finding_of_the_scenes_is_a_kind_of_alarm() -> None:
    assert set(KIND_OF) == set(FINDINGS.values())
    assert set(KIND_OF.values()) <= set(ALARM_KINDS)


def test_an_obstruction_is_one_alarm_until_it_is_over(store: Store) -> None:
    officer = CaseDesk(store).set_up().viewers["officer"]
    assert report(store, "obstruction", 0) == ["new"]
    assert report(store, "obstruction", 60) == ["repeated"]  # another scene sees it too
    results = report_detection(store, "demo", "cam-1", "obstruction", NOW, over=False).result()
    alarm_id = results[0].alarm_id
    assert alarm_id is not None
    before = alarm_in_reach(store, officer, alarm_id, NOW)
    assert (before["kind"], before["source"]) == ("fire_lane", "scenes")
    assert report(store, "obstruction", 90, over=True) == ["cleared"]


def test_a_crossing_stays_until_somebody_looks(store: Store) -> None:
    CaseDesk(store).set_up()
    assert report(store, "crossing", 0) == ["new"]
    assert report(store, "crossing", 0, over=True) == []
    assert report(store, "crossing", 30) == ["repeated"]


def test_a_kind_of_vehicle_is_no_finding(store: Store) -> None:
    with pytest.raises(FindingUnknown):
        report_detection(store, "demo", "cam-1", "car", NOW, over=False)
