"""The demo registers: 7,180 objects, the same for the same seed, nobody named."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pandas as pd

from data.demo.areas import community_record
from data.demo.registers import registers
from rules.records import (
    AreaRecord,
    CareRecipientRecord,
    DeviceRecord,
    PlaceRecord,
    Record,
    WorkerRecord,
)
from rules.vocabulary import DEVICE_KINDS, FACILITY_KINDS, KEY_PLACE_KINDS, WORKER_KINDS
from tests.data.demo.conftest import NOW, SEED

ROOT = Path(__file__).parents[3]
Registered = dict[str, Sequence[Record]]


def _places(registered: Registered) -> list[PlaceRecord]:
    return [row for row in registered["places"] if isinstance(row, PlaceRecord)]


def _devices(registered: Registered) -> list[DeviceRecord]:
    return [row for row in registered["devices"] if isinstance(row, DeviceRecord)]


def test_the_map_has_exactly_7180_objects(registered: Registered) -> None:
    kinds = Counter(place.kind for place in _places(registered))
    devices = Counter(device.kind == "camera" for device in _devices(registered))
    layers = {
        "worker": len(registered["workers"]),
        "care_recipient": len(registered["care_recipients"]),
        "key_place": sum(kinds[kind] for kind in KEY_PLACE_KINDS),
        "facility": sum(kinds[kind] for kind in FACILITY_KINDS),
        "building": kinds["building"],
        "device": devices[False],
        "camera": devices[True],
    }
    assert layers == {
        "worker": 64,
        "care_recipient": 640,
        "key_place": 186,
        "facility": 4_980,
        "building": 120,
        "device": 690,
        "camera": 500,
    }
    assert sum(layers.values()) == 7_180


def test_homes_and_residents_add_up_at_every_level(registered: Registered) -> None:
    areas = [row for row in registered["areas"] if isinstance(row, AreaRecord)]
    community = community_record()
    assert community.is_demo
    assert community.households == 3_876
    assert community.residents is not None and 10_000 < community.residents < 11_000
    for level, count in (("community", 1), ("zone", 3), ("estate", 8), ("grid", 60)):
        own = [area for area in areas if area.level == level]
        assert len(own) == count
        assert sum(area.households or 0 for area in own) == 3_876, level
        assert sum(area.residents or 0 for area in own) == community.residents, level
    assert sum(p.households or 0 for p in _places(registered)) == 3_876


def test_every_source_id_is_given_once(registered: Registered) -> None:
    for kind, rows in registered.items():
        ids = [getattr(row, "source_id", "") for row in rows]
        assert len(set(ids)) == len(ids), kind


def test_every_reference_points_to_something_registered(registered: Registered) -> None:
    areas = {row.source_id for row in registered["areas"] if isinstance(row, AreaRecord)}
    places = {place.source_id for place in _places(registered)}
    for row in (*registered["places"], *registered["devices"], *registered["workers"]):
        assert getattr(row, "area_id", None) in areas | {None}
        assert getattr(row, "place_id", None) in places | {None}
    for row in registered["care_recipients"]:
        assert isinstance(row, CareRecipientRecord) and row.place_id in places


def test_every_object_stands_in_a_grid(registered: Registered) -> None:
    astray = [p.source_id for p in _places(registered) if not p.area_id and p.kind != "water"]
    assert astray == []
    assert all(device.area_id for device in _devices(registered))


def test_cameras_look_somewhere_and_every_device_kind_is_present(registered: Registered) -> None:
    devices = _devices(registered)
    assert {device.kind for device in devices} == set(DEVICE_KINDS)
    cameras = [device for device in devices if device.kind == "camera"]
    assert all(camera.heading_deg is not None for camera in cameras)
    assert len({camera.name_zh for camera in cameras}) == 500
    sick = Counter(device.kind == "camera" for device in devices if device.state != "online")
    assert sick == {True: 7, False: 9}


def test_workers_have_callsigns_of_role_and_number(registered: Registered) -> None:
    workers = [row for row in registered["workers"] if isinstance(row, WorkerRecord)]
    assert {worker.kind for worker in workers} == set(WORKER_KINDS)
    assert all(re.fullmatch(r"(网格员|物业|巡逻|志愿者|值班员)\d\d", w.callsign) for w in workers)
    assert sum(w.kind == "grid_worker" for w in workers) == 12


def test_care_recipients_carry_a_building_a_cadence_and_at_most_an_opaque_id(
    registered: Registered,
) -> None:
    fields = {"source_id", "version", "place_id", "visit_every_days", "person_id"}
    assert set(CareRecipientRecord.model_fields) == fields
    for row in registered["care_recipients"]:
        assert isinstance(row, CareRecipientRecord)
        assert row.place_id.startswith("building-") and row.visit_every_days in (7, 14, 30, 90)
        assert row.person_id is None  # the files of people come apart


def test_another_seed_changes_people_and_states_but_not_the_place(registered: Registered) -> None:
    other = registers(SEED + 1, NOW)
    assert other["places"] == registered["places"]
    assert other["areas"] == registered["areas"]
    assert other["care_recipients"] != registered["care_recipients"]
    assert other["devices"] != registered["devices"]


def test_a_later_moment_changes_only_when_devices_were_heard_of(registered: Registered) -> None:
    later = registers(SEED, NOW + timedelta(days=3))
    assert {k: v for k, v in later.items() if k != "devices"} == {
        k: v for k, v in registered.items() if k != "devices"
    }
    for before, after in zip(_devices(registered), _devices(later), strict=True):
        assert after.model_copy(update={"seen_at": before.seen_at}) == before


def test_another_process_with_another_hash_seed_makes_the_same_bytes(
    registered: Registered, events: pd.DataFrame
) -> None:
    script = (
        "import sys\n"
        "from datetime import datetime\n"
        "from data.demo.history import history\n"
        "from data.demo.registers import registers\n"
        "from tests.data.demo.test_registers import digest_of\n"
        "seed, now = int(sys.argv[1]), datetime.fromisoformat(sys.argv[2])\n"
        "print(digest_of(registers(seed, now), history(seed, now)))\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(SEED), NOW.isoformat()],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONHASHSEED": "12345", "PYTHONPATH": str(ROOT)},
        text=True,
    )
    assert answer.stdout.strip() == digest_of(registered, events)


def digest_of(registered: Registered, events: pd.DataFrame) -> str:
    """Return a digest of everything generated, byte for byte."""
    digest = hashlib.sha256(events.to_json().encode())
    for rows in registered.values():
        for row in rows:
            digest.update(row.model_dump_json().encode())
    return digest.hexdigest()
