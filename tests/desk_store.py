"""A small community whose few cases cover every light, both kinds of place and hostile text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from actions.intake.recording import record, record_community
from data.store import Store
from rules.records import AreaRecord, CaseRecord, CommunityRecord, PlaceRecord

NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)  # noon of a Tuesday in the community
HOSTILE = (
    '<img src=x onerror="alert(1)"><script>alert(2)</script> **bold** [x](javascript:alert(3))'
)


def case(source_id: str, **facts: object) -> CaseRecord:
    """A case reported two hours before NOW unless told otherwise."""
    return CaseRecord.model_validate(
        {
            "source_id": source_id,
            "category": "noise",
            "reported_at": NOW - timedelta(hours=2),
            "deadline_at": NOW + timedelta(days=2),
            "limit_kind": "source",
            **facts,
        }
    )


def fill(store: Store) -> dict[str, str]:
    """Fill a store; returns case_id by source_id."""
    community = CommunityRecord(
        community_id="demo", name_zh="石榴社区", name_en="Pomegranate", is_demo=True
    )
    record_community(store, community).result()
    areas = [
        AreaRecord(source_id="z1", level="zone", name_zh="一片区", name_en="Zone 1", code="1"),
        AreaRecord(source_id="g1", level="grid", name_zh="网格1", code="01", parent_id="z1"),
        AreaRecord(source_id="g2", level="grid", name_zh="网格2", code="02"),
    ]
    record(store, "areas", "demo", "test", areas).result()
    place = PlaceRecord(source_id="b2", kind="building", name_zh="2号楼", name_en="Building 2")
    record(store, "places", "demo", "test", [place]).result()
    cases = [
        case("over", urgency="urgent", deadline_at=NOW - timedelta(minutes=6), area_id="g1"),
        case("soon", urgency="hazard", deadline_at=NOW + timedelta(minutes=12), place_id="b2"),
        case("calm", category="pets", area_id="g2", title="Large DOG off the lead"),
        case("free", category="Pothole", deadline_at=None, limit_kind=None, locality="南门"),
        case("hostile", category="other", title=HOSTILE, description=HOSTILE, address=HOSTILE),
        case("done", status="closed", closed_at=NOW - timedelta(hours=1), outcome="solved"),
        case(
            "late",
            status="closed",
            closed_at=NOW - timedelta(minutes=30),
            deadline_at=NOW - timedelta(hours=1),
        ),
    ]
    results = record(store, "cases", "demo", "test", cases).result()
    assert [row.result for row in results] == ["new"] * len(cases), results
    return {row.source_id: str(row.id) for row in results}
