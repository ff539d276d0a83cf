"""The registry of personal fields: sensitivity, purpose, basis, retention, mask, consent (R3, R4).

Every value that is, or may be, about a person has its line here or, where it lies in a table that
is no file of a person, in rules/fields_elsewhere.py; tests/rules/test_fields.py walks all tables
and mappings. The periods are ours, the shortest the purposes allow (PIPL art. 19); a deployer may
shorten them. ADR 0016: facts stand in the logs, values sealed apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Literal

from rules.errors import RuleViolation
from rules.masking import MaskStyle

Sensitivity = Literal["public", "internal", "personal", "sensitive"]
Basis = Literal["consent", "statutory", "emergency", "contract"]
# From what event on the days of `Keep` count.
KeepFrom = Literal[
    "moved_out", "left", "care_ended", "closed", "decided", "recorded", "ended", "replaced"
]
KEEP_FROM: tuple[KeepFrom, ...] = (
    "moved_out",
    "left",
    "care_ended",
    "closed",
    "decided",
    "recorded",
    "ended",
    "replaced",
)
PURPOSES = (
    "residence_register",
    "contact",
    "emergency",
    "care_service",
    "consent_proof",
    "enterprise_service",
    "building_safety",
    "case_handling",
    "staff_duty",
    "sign_in",
    "accountability",
    "data_quality",
)
# What a consent can be for; "minor_file" is given by a guardian and covers a whole file (R5).
CONSENT_PURPOSES = ("contact", "care_service", "minor_file")
CONSENT_GIVERS = ("self", "guardian")
CONSENT_FORMS = ("paper", "online", "oral")


@dataclass(frozen=True, slots=True)
class Keep:
    """How long a value is kept: `days` after an event, as long as that has not happened."""

    days: int
    after: KeepFrom


@dataclass(frozen=True, slots=True)
class Field:
    """One registered field.

    Attributes:
        subject: Noun of the file it belongs to; a table name in fields_elsewhere.
        name: Field of the file, or column of the table.
        sensitivity: public, internal, personal or sensitive (PIPL art. 28).
        purpose: A code of PURPOSES.
        basis: What allows it (PIPL art. 13).
        keep: How long; None: as long as the thing itself is kept.
        mask: What a masked view shows.
        sealed: True where the value lies only in `personal_field`, under the subject's own key.
        expected: Counts towards the completeness of a file.
        exact: Found by exact value, through a keyed hash.
        consent: Purpose of the consent it rests on; the value goes when that is withdrawn.
        separate: True where that consent must be on record before it is written (R4).
        by: Who writes it: roles with person.write, importers, the people themselves, the program.
    """

    subject: str
    name: str
    sensitivity: Sensitivity
    purpose: str
    basis: Basis
    keep: Keep | None
    mask: MaskStyle = "hidden"
    sealed: bool = True
    expected: bool = False
    exact: bool = False
    consent: str | None = None
    separate: bool = False
    by: tuple[str, ...] = ("person.write", "import")


_AWAY = Keep(180, "moved_out")
_HOME = Keep(180, "left")
_FIRM = Keep(365, "left")


def _person(name: str, **more: object) -> Field:
    given: dict[str, object] = {
        "sensitivity": "personal",
        "purpose": "residence_register",
        "basis": "statutory",
        "keep": _AWAY,
    }
    return Field("person", name, **{**given, **more})  # type: ignore[arg-type]


def _contact(name: str, **more: object) -> Field:
    given = {"purpose": "contact", "basis": "consent", "consent": "contact"}
    return _person(name, **{**given, **more})


def _care(name: str) -> Field:
    return _person(
        name,
        sensitivity="sensitive",
        purpose="care_service",
        basis="consent",
        keep=Keep(0, "care_ended"),
        consent="care_service",
        separate=True,
    )


def _fact(subject: str, name: str, purpose: str, **more: object) -> Field:
    given: dict[str, object] = {
        "sensitivity": "internal",
        "basis": "statutory",
        "keep": None,
        "mask": "shown",
        "sealed": False,
    }
    return Field(subject, name, purpose=purpose, **{**given, **more})  # type: ignore[arg-type]


_FIELDS = (
    _person("name", mask="name", expected=True),
    _person("sex", expected=True),
    _person("id_number", mask="id_number", expected=True, exact=True),
    _person("birth_date", mask="age_band", expected=True),
    _contact("phone", mask="phone", expected=True, exact=True),
    _person("unit"),
    _person("door", expected=True),
    _person("address"),
    _person("relation", mask="shown", expected=True),
    _contact("employer"),
    _contact("emergency_name", purpose="emergency", mask="name"),
    _contact("emergency_phone", purpose="emergency", mask="phone"),
    _care("care_category"),
    _care("care_need"),
    _fact("person", "household_id", "residence_register", expected=True),
    _fact("person", "place_id", "residence_register", expected=True),
    _fact("person", "area_id", "residence_register"),
    _fact("person", "residence", "residence_register", expected=True),
    Field("household", "unit", "personal", "residence_register", "statutory", _HOME),
    Field("household", "door", "personal", "residence_register", "statutory", _HOME, expected=True),
    _fact("household", "place_id", "residence_register", expected=True),
    _fact("household", "area_id", "residence_register"),
    Field(
        "enterprise", "contact_name", "personal", "enterprise_service", "contract", _FIRM, "name",
        expected=True,
    ),
    Field(
        "enterprise", "contact_phone", "personal", "enterprise_service", "contract", _FIRM,
        "phone", expected=True, exact=True,
    ),
    Field(
        "enterprise", "address", "personal", "enterprise_service", "statutory", _FIRM,
        expected=True,
    ),
    _fact("enterprise", "name_zh", "enterprise_service", sensitivity="public", expected=True),
    _fact("enterprise", "credit_code", "enterprise_service", sensitivity="public", expected=True),
    _fact("enterprise", "industry", "enterprise_service", sensitivity="public", expected=True),
    _fact("enterprise", "place_id", "enterprise_service", expected=True),
    _fact("enterprise", "area_id", "enterprise_service"),
    *(
        _fact("building_file", name, "building_safety", sensitivity="public", expected=True)
        for name in (
            "built_year", "floors_above", "floors_below", "lifts", "units", "structure",
            "property_company",
        )
    ),
    _fact("building_file", "place_id", "building_safety", sensitivity="public"),
    # A consent is about a person: facts and codes, proof of what was allowed (PIPL arts. 13–15).
    *(
        _fact("consent", name, "consent_proof", keep=Keep(1_095, "ended"))
        for name in (
            "person_id", "purpose", "given_by", "form", "given_on", "withdrawn_on", "paper_ref",
        )
    ),
    _fact("care_recipient", "person_id", "care_service", sensitivity="sensitive", basis="consent",
          keep=Keep(0, "care_ended")),
    _fact("care_recipient", "place_id", "care_service", basis="consent"),
    _fact("care_recipient", "visit_every_days", "care_service", basis="consent"),
)  # fmt: skip

FIELDS: dict[tuple[str, str], Field] = {(field.subject, field.name): field for field in _FIELDS}
SUBJECTS = ("person", "household", "enterprise", "building_file")

# DOMAIN R7: what no register of a community holds about a person. Compared without width and case.
FORBIDDEN_WORDS = (
    "犯罪", "前科", "刑满", "刑释", "社区矫正", "涉案", "违法记录", "信访", "上访", "宗教", "信仰",
    "民族", "种族", "吸毒", "戒毒", "涉毒", "精神", "邪教", "涉稳", "维稳", "重点人员", "重点人口",
    "管控", "政治面貌", "艾滋", "标签", "评分", "积分排名", "人脸",
    "criminal", "convict", "petition", "religio", "ethnic", "race", "drug", "psychiatr", "mental",
    "political", "hiv", "blacklist", "label", "score", "biometric",
)  # fmt: skip


_LATIN_WORD = re.compile(r"[a-z]+")


class ConsentMissing(RuleViolation):
    """The value needs a separate consent on record first; record it, or leave the value out."""

    code = "consent_missing"


@cache
def sealed_fields(subject: str) -> tuple[Field, ...]:
    """Return the fields of a file whose values are sealed, in the order they are shown."""
    return tuple(field for field in _FIELDS if field.subject == subject and field.sealed)


def field_of(subject: str, name: str) -> Field | None:
    """Return a registered field of a file, None where there is none of that name."""
    return FIELDS.get((subject, name))


def completeness(subject: str, present: Collection[str]) -> float:
    """Return the share of a file's expected fields that have a value, 0 to 1."""
    expected = _expected(subject)
    return round(sum(name in present for name in expected) / len(expected), 3) if expected else 1.0


@cache
def _expected(subject: str) -> tuple[str, ...]:
    return tuple(f.name for f in _FIELDS if f.subject == subject and f.expected)


def consent_needed(field: Field, guarded: bool) -> str | None:
    """Return the purpose of the consent that must be on record before a value is written.

    Args:
        field: What is written.
        guarded: The person is under fourteen: a guardian's consent covers the whole file (R5).
    """
    if field.separate:
        return field.consent
    return "minor_file" if guarded and field.subject == "person" and field.sealed else None


def resting_on(purpose: str) -> tuple[str, ...]:
    """Return the sealed fields of a person that go when a consent is withdrawn.

    Withdrawing the guardian's consent takes all of them.
    """
    fields = sealed_fields("person")
    return tuple(f.name for f in fields if purpose in ("minor_file", f.consent))


def forbidden_word(heading: str) -> str | None:
    """Return the word for which a column is refused by its heading, None where it may be read."""
    folded = unicodedata.normalize("NFKC", heading).casefold()
    tokens = _LATIN_WORD.findall(folded)
    return next((word for word in FORBIDDEN_WORDS if _carries(folded, tokens, word)), None)


def _carries(heading: str, tokens: list[str], word: str) -> bool:
    # A Latin word counts from its beginning only: "mental" is not meant by "environmental".
    return any(t.startswith(word) for t in tokens) if word.isascii() else word in heading
