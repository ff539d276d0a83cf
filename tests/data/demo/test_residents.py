"""The demo's files: ten thousand people who cannot be meant, the same for the same seed."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from data.demo.areas import community_record
from data.demo.dwellings import AS_OF, DIVISION, PHONE_RANGE
from data.demo.people import care_recipient_records
from data.demo.residents import Files, files
from rules.identity import birth_date_of, credit_code_valid, id_number_valid
from rules.masking import is_guarded
from tests.data.demo.conftest import SEED


@pytest.fixture(scope="module")
def made() -> Files:
    return files(SEED, care_recipient_records(SEED))


def test_everybody_has_a_home_and_the_numbers_are_the_published_ones(made: Files) -> None:
    people, homes = made.records["persons"], made.records["households"]
    published = community_record()
    assert (len(homes), len(people)) == (published.households, published.residents)
    lived_in = Counter(p.household_id for p in people)
    assert set(lived_in) == {h.source_id for h in homes}
    assert max(lived_in.values()) <= 8
    doors = {(h.place_id, h.unit, h.door) for h in homes}
    assert len(doors) == len(homes)
    heads = Counter(p.household_id for p in people if p.relation == "head")
    assert set(heads.values()) == {1} and len(heads) == len(homes)


def test_nobody_real_can_be_meant(made: Files) -> None:
    for person in made.records["persons"]:
        assert person.name[1] == "演"
        assert person.id_number.startswith(DIVISION) and id_number_valid(person.id_number)
        assert birth_date_of(person.id_number) == person.birth_date
        assert person.phone is None or person.phone.startswith(PHONE_RANGE)
        assert person.employer is None and person.address is None
    for firm in made.records["enterprises"]:
        assert firm.name_zh.startswith("演示") and credit_code_valid(firm.credit_code)
        assert firm.credit_code[2:8] == "999999" and firm.contact_phone.startswith(PHONE_RANGE)
    assert len(made.records["enterprises"]) == 60
    assert len({f.credit_code for f in made.records["enterprises"]}) == 60


def test_sensitive_values_come_with_consents_and_nothing_else_does(made: Files) -> None:
    cared = [p for p in made.records["persons"] if p.care_category]
    assert len(cared) == len(made.carers) == 640
    for person in made.records["persons"]:
        assert (person.care_category is None) == (person.care_consent_on is None)
        if is_guarded(person.birth_date.isoformat(), date(2026, 11, 22)):
            assert person.guardian_consent_on is not None
            assert person.phone is None


def test_care_recipients_live_where_the_care_register_says(made: Files) -> None:
    where = {p.source_id: p.place_id for p in made.records["persons"]}
    for recipient in care_recipient_records(SEED):
        assert where[made.carers[recipient.source_id]] == recipient.place_id
    assert len(set(made.carers.values())) == 640


def test_the_same_seed_makes_the_same_people_and_another_makes_others(made: Files) -> None:
    again = files(SEED, care_recipient_records(SEED))
    assert again == made
    other = files(SEED + 1, care_recipient_records(SEED + 1))
    assert other.records["persons"] != made.records["persons"]
    assert other.records["building_files"] == made.records["building_files"]
    assert date(2026, 6, 30) == AS_OF  # births do not move with the day the demo is loaded
