"""Parts a row about a person, home or firm: facts for the log, values to seal, what it refers to.

Whatever could name someone, the source's own id included, leaves this module hashed or not at all.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from data.keyring import Keyring
from rules.fields import FIELDS, sealed_fields
from rules.identity import birth_date_of, sex_of
from rules.record_fields import SourceRecord
from rules.residents import EnterpriseRecord, HouseholdRecord, PersonRecord

# Facts of each file that stand in its log, besides references resolved by place and household.
PLAIN_FACTS = {
    "person": ("residence",),
    "household": (),
    "enterprise": ("name_zh", "credit_code", "industry"),
}
# Both kinds of telephone number are searched together, so their hashes must be the same.
INDEX_NAMES = {"contact_phone": "phone"}


@dataclass(slots=True)
class FileDraft:
    """One row, ready to be compared with what is known.

    Attributes:
        source_id: The source's own id as received, for the answer to the sender only.
        key: Its keyed hash, as stored.
        facts: Log columns without references.
        values: Field name → clear value to be sealed.
        place: Reference to the building, as received.
        household: Reference to the household, as received.
        record: The row itself.
    """

    source_id: str
    key: str
    version: int | None
    content_hash: str
    facts: dict[str, Any]
    values: dict[str, str]
    record: SourceRecord
    place: str | None = None
    household: str | None = None


@dataclass(slots=True)
class Sealing:
    """Values of one subject on their way into `personal_field`."""

    subject_id: str
    values: dict[str, str] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)


def file_draft(noun: str, record: SourceRecord, keyring: Keyring) -> FileDraft:
    """Part one row of persons, households or enterprises."""
    draft = FileDraft(
        source_id=record.source_id,
        key=hashed(keyring, "source_id", record.source_id),
        version=record.version,
        content_hash=content_hash(keyring, record),
        facts={name: getattr(record, name) for name in PLAIN_FACTS[noun]},
        values=values_of(noun, record),
        record=record,
    )
    if isinstance(record, PersonRecord | HouseholdRecord | EnterpriseRecord):
        draft.place = record.place_id or record.building
    if isinstance(record, PersonRecord):
        draft.household = record.household_id
    return draft


def values_of(noun: str, record: SourceRecord) -> dict[str, str]:
    """Return the values of a row that are sealed, as text; a day as YYYY-MM-DD.

    An identity number fills in birth date and sex where the row leaves them out.
    """
    values = {
        each.name: _as_text(value)
        for each in sealed_fields(noun)
        if (value := getattr(record, each.name, None)) is not None
    }
    if isinstance(record, PersonRecord) and record.id_number:
        born = birth_date_of(record.id_number)
        if born is not None:
            values.setdefault("birth_date", born.isoformat())
        values.setdefault("sex", sex_of(record.id_number))
    return values


def hashed(keyring: Keyring, purpose: str, text: str) -> str:
    """Return a keyed hash that tells upper from lower case, which `Keyring.index` does not."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return keyring.index(purpose, digest)[:32]


def content_hash(keyring: Keyring, record: SourceRecord) -> str:
    """Return a keyed hash of everything a source said in a row, its version number apart."""
    content = record.model_dump(mode="json", exclude={"version"}, exclude_defaults=True)
    return hashed(keyring, "content", json.dumps(content, sort_keys=True, ensure_ascii=False))


def index_hash(keyring: Keyring, noun: str, name: str, value: str) -> str | None:
    """Return the keyed hash for exact match of a value, None where the registry asks for none."""
    known = FIELDS.get((noun, name))
    return keyring.index(INDEX_NAMES.get(name, name), value) if known and known.exact else None


def folded(name: str) -> str:
    """Fold a place's name for comparing: width, spaces and case do not count."""
    return unicodedata.normalize("NFKC", name).replace(" ", "").casefold()


def present(facts: Mapping[str, Any], values: Mapping[str, str] | set[str]) -> set[str]:
    """Return the names of fields that have a value, facts and sealed values alike."""
    return {name for name, value in facts.items() if value is not None} | set(values)


def _as_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
