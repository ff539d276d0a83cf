"""What the checklist counts: an empty community, one that is filled, and what follows a change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions.intake.recording import record
from actions.setup.community import acknowledge_limits, save_centre, save_facts
from actions.setup.directory import DirectoryDraft, save_contact
from actions.setup.errors import SetupRefused
from actions.setup.facts import open_setup_checks, setup_facts
from actions.setup.workers import WorkerDraft, save_worker
from actions.users.keys import create_key
from data.store import Store
from rules.errors import RuleViolation
from rules.records import DeviceRecord, PlaceRecord
from rules.setup_checks import NIGHT_SERVICES, SetupFacts
from tests.actions.setup_stage import LAT, LON, Stage, box, stage


@pytest.fixture
def here(store: Store, tmp_path: Path) -> Iterator[Stage]:
    with stage(store, tmp_path, centred=False) as made:
        yield made


def facts(here: Stage) -> SetupFacts:
    return setup_facts(here.store, "t", None)


def test_a_community_that_was_only_made_has_a_name_and_a_zone(here: Stage) -> None:
    assert facts(here) == SetupFacts(named=True, zone="Asia/Shanghai")


def test_a_community_that_does_not_exist_has_nothing(here: Stage) -> None:
    assert setup_facts(here.store, "nowhere", None) == SetupFacts()


def test_registers_are_counted_with_what_they_lack(here: Stage) -> None:
    here.area("community", box(-500, -500, 500, 500))
    here.area("zone", box(0, 0, 300, 300))
    here.area("grid", box(0, 0, 100, 100))
    here.place("place", "building", (50, 50))
    here.place("place", "building", (400, 400), name_zh="远楼")
    here.place("place", "qr_point", (10, 10))
    here.place("device", "camera", (20, 20))
    here.place("device", "camera", (30, 30), heading_deg="10")
    shape = {"type": "Polygon", "coordinates": [[*box(0, 0, 9, 9), box(0, 0, 9, 9)[0]]]}
    rows = [
        PlaceRecord(source_id="r", kind="green", geometry=shape),
        PlaceRecord(source_id="s", kind="green", geometry=shape, attribution="© 示例"),
        PlaceRecord(source_id="p", kind="hydrant", name_zh="无位置"),
    ]
    record(here.store, "places", "t", "plan", rows).result()
    record(
        here.store, "devices", "t", "iot", [DeviceRecord(source_id="d", kind="smoke", name_zh="x")]
    ).result()
    found = facts(here)
    assert (found.boundaries, found.zones, found.grids) == (1, 1, 1)
    assert (found.grids_without_leader, found.grids_without_outline) == (1, 0)
    assert (found.buildings, found.buildings_without_grid) == (2, 1)
    assert (found.places, found.places_without_position) == (4, 1)
    assert (found.plan_shapes, found.uncredited, found.qr_points) == (2, 1, 1)
    assert (found.cameras, found.cameras_without_heading) == (2, 1)
    assert (found.devices, found.devices_never_seen) == (3, 3)


def test_night_numbers_keys_and_workers_close_their_checks(here: Stage) -> None:
    contact = {
        "post_zh": "总值班",
        "services": list(NIGHT_SERVICES[:3]),
        "work_days": "everyday",
        "work_from": "08:00",
        "work_until": "20:00",
        "after_number": "199-0000-0001",
    }
    save_contact(here.desk, here.vault.keyring, DirectoryDraft(contact))
    daytime = {**contact, "services": ["gas"], "after_number": ""}
    save_contact(here.desk, here.vault.keyring, DirectoryDraft(daytime))
    create_key(here.store, "source", "t")
    save_worker(here.desk, WorkerDraft({"callsign": "W-1", "kind": "patrol"}))
    found = facts(here)
    assert found.uncovered_services == ("gas", "fire")
    assert (found.senders, found.workers) == (1, 1)


def test_accounts_count_for_every_community_they_cover(here: Stage) -> None:
    def account(account_id: str, role: str, **more: object) -> dict[str, object]:
        return {
            "event_kind": "created",
            "happened_at": datetime.now(UTC),
            "actor": "cli",
            "account_id": account_id,
            "community_id": "u",
            "login": account_id,
            "role": role,
            "also_communities": ["t"],
            "area_ids": [],
            **more,
        }

    grid = here.area("grid", box(0, 0, 100, 100))
    rows = [
        account("d", "duty_officer"),
        account("a", "admin"),
        account("b", "admin", removed_at=datetime.now(UTC)),
        account("e", "admin", also_communities=None),  # of the other community alone
        account("g", "grid_worker", area_ids=[grid]),
        account("h", "grid_worker", area_ids=["gone"]),
    ]
    here.store.write(lambda tx: tx.append("account", rows)).result()
    found = facts(here)
    assert (found.duty_officers, found.admins, found.privacy_officers) == (1, 1, 0)
    assert found.astray_accounts == 1


def test_facts_centre_and_review_close_their_checks(here: Stage) -> None:
    before = open_setup_checks(here.store, "t", None)
    values = {
        "name_zh": "试点社区",
        "name_en": "Trial",
        "timezone": "Asia/Shanghai",
        "households": "100",
        "residents": "300",
    }
    save_facts(here.desk, values, here.version("community", "t"))
    save_centre(here.desk, LON, LAT, "WGS84", here.version("community", "t"))
    acknowledge_limits(here.desk)
    assert open_setup_checks(here.store, "t", datetime.now(UTC)) == before - 5


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"name_zh": ""}, "setup_value_missing"),
        ({"timezone": "Mars/Base"}, "setup_choice_unknown"),
        ({"households": "many"}, "setup_value_invalid"),
        ({"residents": "1000001"}, "setup_value_invalid"),
    ],
)
def test_bad_facts_are_refused(here: Stage, change: dict[str, str], code: str) -> None:
    values = {"name_zh": "试点社区", "timezone": "Asia/Shanghai", **change}
    with pytest.raises(RuleViolation) as refusal:
        save_facts(here.desk, values, here.version("community", "t"))
    assert refusal.value.code == code


def test_a_stale_community_is_refused(here: Stage) -> None:
    read = here.version("community", "t")
    save_centre(here.desk, LON, LAT, "WGS84", read)
    with pytest.raises(SetupRefused) as refusal:
        save_centre(here.other, LON, LAT + 0.01, "WGS84", read)
    assert refusal.value.code == "changed_meanwhile"


def test_a_callsign_is_taken_once(here: Stage) -> None:
    values = {"callsign": "网格员-01", "kind": "grid_worker"}
    first = save_worker(here.desk, WorkerDraft(values))
    with pytest.raises(SetupRefused) as refusal:
        save_worker(here.desk, WorkerDraft(values))
    assert refusal.value.code == "callsign_taken"
    save_worker(here.desk, WorkerDraft(values, first, here.version("worker", first)))
    save_worker(here.abroad, WorkerDraft(values))  # another community has its own
    for bad in ({"kind": "spy"}, {"callsign": ""}, {"area_id": "nowhere"}):
        with pytest.raises(RuleViolation):
            save_worker(here.desk, WorkerDraft({**values, "callsign": "W-2", **bad}))
