"""The demo community's workers by callsign and its care recipients by building; no names."""

from __future__ import annotations

from random import Random

from data.demo.areas import COMMUNITY_ID as _COMMUNITY_ID
from data.demo.plan import draw_plan
from data.demo.spots import VERSION, grid_id
from rules.records import CareRecipientRecord, WorkerRecord

CARE_RECIPIENT_COUNT = 640
# kind, Chinese callsign, how many, how many of them on duty when the demo starts
CREWS = (
    ("grid_worker", "网格员", 12, 11),
    ("property", "物业", 20, 14),
    ("patrol", "巡逻", 14, 9),
    ("volunteer", "志愿者", 12, 5),
    ("duty_officer", "值班员", 6, 2),
)
# Weekly, fortnightly, monthly, quarterly visits and how common each is (DOMAIN R8).
_CADENCES_DAYS = (7, 14, 30, 90)
_CADENCE_WEIGHTS = (12, 18, 52, 18)
# Older estates have more recipients per building.
_WEIGHTS = {"shiliu": 9, "anju": 9, "wenchang": 7, "liyuan": 4, "jinsui": 4, "liuhua": 3}


def worker_records() -> list[WorkerRecord]:
    """Return everybody at work; grid workers share the 60 grids, five each."""
    records = []
    for kind, callsign, count, on_duty in CREWS:
        for k in range(count):
            records.append(
                WorkerRecord(
                    source_id=f"{kind}-{k + 1:02d}",
                    version=VERSION,
                    kind=kind,
                    callsign=f"{callsign}{k + 1:02d}",
                    area_id=home_area(kind, k),
                    on_duty=k < on_duty,
                )
            )
    return records


def home_area(kind: str, index: int) -> str:
    """Return the area a worker answers for: the first of a grid worker's grids, else a zone."""
    if kind == "grid_worker":
        return grid_id(index * 5 + 1)
    return f"zone-{index % 3 + 1}"


def care_recipient_records(seed: int) -> list[CareRecipientRecord]:
    """Return the care recipients: building of residence and agreed visit cadence, nothing else."""
    chance = Random(f"{_COMMUNITY_ID}/{seed}/care")
    buildings = draw_plan().buildings
    homes = chance.choices(
        buildings,
        weights=[_WEIGHTS.get(b.estate.code, 2) for b in buildings],
        k=CARE_RECIPIENT_COUNT,
    )
    return [
        CareRecipientRecord(
            source_id=f"care-{k:04d}",
            version=VERSION,
            place_id=building.source_id,
            visit_every_days=chance.choices(_CADENCES_DAYS, _CADENCE_WEIGHTS)[0],
        )
        for k, building in enumerate(homes, start=1)
    ]
