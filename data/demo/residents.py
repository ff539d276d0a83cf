"""The demo community's files: residents with consents, households, enterprises and buildings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from data.demo.areas import COMMUNITY_ID
from data.demo.dwellings import AS_OF, SURNAMES, Home, Person, everyone, homes
from data.demo.places import key_place_spots
from data.demo.plan import draw_plan
from data.demo.spots import VERSION, Spot, evenly
from rules.care import CARE_NEEDS
from rules.identity import credit_code_valid
from rules.masking import GUARDED_BELOW
from rules.records import CareRecipientRecord, Record
from rules.residents import (
    BuildingFileRecord,
    EnterpriseRecord,
    HouseholdRecord,
    PersonRecord,
)

ENTERPRISE_COUNT = 60
PROPERTY_COMPANIES = ("演示物业甲", "演示物业乙", "演示物业丙")
_BUILT = {
    "shiliu": 1994, "anju": 1987, "wenchang": 1999, "liuhua": 2006, "wangshan": 2015,
    "binhe": 2012, "jinsui": 2003, "liyuan": 1968,
}  # fmt: skip
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True, slots=True)
class Files:
    """Records by kind in the order they must be recorded, and who of them is a care recipient.

    Attributes:
        carers: Source id of a care recipient → source id of the person's file.
    """

    records: dict[str, Sequence[Record]]
    carers: dict[str, str]


def files(seed: int, recipients: Sequence[CareRecipientRecord]) -> Files:
    """Return the files of the demo community, the same for the same arguments.

    Args:
        seed: Decides who lives where.
        recipients: The care register, by building; each recipient is found among the residents.
    """
    dwellings = homes(seed)
    chosen = _recipients(seed, dwellings, recipients)
    needs = Random(f"{COMMUNITY_ID}/{seed}/needs")
    people = []
    for source_id, home, person in everyone(dwellings):
        category = chosen.get(source_id, ("", ""))[1] or None
        people.append(_person_record(source_id, home, person, category, needs))
    records: dict[str, Sequence[Record]] = {
        "building_files": building_file_records(),
        "households": [_household_record(home) for home in dwellings],
        "persons": people,
        "enterprises": enterprise_records(seed),
    }
    return Files(records, {care_id: person_id for person_id, (care_id, _) in chosen.items()})


def building_file_records() -> list[BuildingFileRecord]:
    """Return the facts of every building of the plan."""
    return [
        BuildingFileRecord(
            source_id=b.source_id,
            version=VERSION,
            place_id=b.source_id,
            built_year=_BUILT[b.estate.code] + b.number % 3,
            floors_above=b.estate.floors,
            floors_below=1 if b.estate.floors > 7 else 0,
            lifts=b.estate.stairs * (2 if b.estate.floors > 12 else 1)
            if b.estate.floors > 7
            else 0,
            units=b.estate.stairs,
            structure="shear_wall" if b.estate.floors > 7 else "brick_concrete",
            property_company=PROPERTY_COMPANIES[b.number % 3],
        )
        for b in draw_plan().buildings
    ]


def enterprise_records(seed: int) -> list[EnterpriseRecord]:
    """Return made-up shops at the street; their names say so, their division does not exist."""
    chance = Random(f"{COMMUNITY_ID}/{seed}/enterprises")
    shops = [spot for spot in key_place_spots() if spot.source_id.startswith("shop-")]
    chosen = evenly(shops, ENTERPRISE_COUNT)
    return [_enterprise_record(n, spot, chance) for n, spot in enumerate(chosen, start=1)]


def _enterprise_record(number: int, spot: Spot, chance: Random) -> EnterpriseRecord:
    road, _, kind = (spot.name_zh or "").partition(" ")
    return EnterpriseRecord(
        source_id=f"enterprise-{number:03d}",
        version=VERSION,
        name_zh=f"演示{kind}（{road}）",
        credit_code=_credit_code(number),
        industry=kind,
        place_id=spot.source_id,
        address=f"示例市示例区{road}",
        contact_name=f"{chance.choice(SURNAMES)}演{number % 10}",
        contact_phone=f"1990000{9_000 + number:04d}",
    )


def _credit_code(number: int) -> str:
    first = f"92999999MA{number:07d}"
    return next(first + c for c in _LETTERS if credit_code_valid(first + c))


def _household_record(home: Home) -> HouseholdRecord:
    return HouseholdRecord(
        source_id=home.source_id,
        version=VERSION,
        place_id=home.building.source_id,
        unit=home.unit,
        door=home.door,
    )


def _person_record(
    source_id: str, home: Home, person: Person, category: str | None, needs: Random
) -> PersonRecord:
    guarded = person.age < GUARDED_BELOW + 1  # also who has just turned fourteen
    return PersonRecord(
        source_id=source_id,
        version=VERSION,
        name=person.name,
        sex=person.sex,
        id_number=person.id_number,
        birth_date=person.born,
        phone=person.phone,
        place_id=home.building.source_id,
        unit=home.unit,
        door=home.door,
        household_id=home.source_id,
        relation=person.relation,
        residence=home.residence,
        care_category=category,
        care_need=needs.choice(CARE_NEEDS) if category else None,
        care_consent_on=AS_OF if category else None,
        guardian_consent_on=AS_OF - timedelta(days=30) if guarded else None,
    )


def _recipients(
    seed: int, dwellings: Sequence[Home], recipients: Sequence[CareRecipientRecord]
) -> dict[str, tuple[str, str]]:
    """Find a resident of the right building for each care recipient: person → (care, category)."""
    chance = Random(f"{COMMUNITY_ID}/{seed}/recipients")
    waiting: dict[str, list[tuple[str, Home, Person]]] = {}
    for entry in everyone(dwellings):
        waiting.setdefault(entry[1].building.source_id, []).append(entry)
    for entries in waiting.values():
        chance.shuffle(entries)
        entries.sort(key=lambda entry: entry[2].age)  # the oldest are taken first, from the end
    chosen = {}
    for recipient in recipients:
        source_id, home, person = waiting[recipient.place_id].pop()
        chosen[source_id] = (recipient.source_id, _category(home, person, chance))
    return chosen


def _category(home: Home, person: Person, chance: Random) -> str:
    if person.age < 18:
        return "child_support"
    if len(home.people) == 1 and person.age >= 60:
        return "living_alone"
    return chance.choice(("disability_support", "long_term_illness", "low_income", "bereaved"))
