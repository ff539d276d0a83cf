"""All registers of the demo community in the order they must be recorded, from a seed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from data.demo.areas import area_records
from data.demo.devices import device_records
from data.demo.facilities import facility_spots
from data.demo.people import care_recipient_records, worker_records
from data.demo.places import building_spots, key_place_spots, plan_spots
from data.demo.spots import place_records
from rules.records import PlaceRecord, Record

SOURCE = "simulator"  # everything generated says so in its source


def registers(seed: int, now: datetime) -> dict[str, Sequence[Record]]:
    """Return records by kind, each kind after those it refers to.

    Args:
        seed: Decides who needs visits and which devices are not well; the plan is always the same.
        now: Moment the device states are as of, aware.

    Returns:
        Kinds of `rules.records.RECORDS` → records, the same for the same arguments.
    """
    return {
        "areas": area_records(),
        "places": all_places(),
        "workers": worker_records(),
        "devices": device_records(seed, now),
        "care_recipients": care_recipient_records(seed),
    }


def all_places() -> list[PlaceRecord]:
    """Return plan features, buildings, key places and facilities."""
    spots = [*plan_spots(), *building_spots(), *key_place_spots(), *facility_spots()]
    return place_records(spots)
