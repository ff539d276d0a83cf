"""What a register hands over about people, homes and firms: one frozen model per kind of row.

Columns follow the 一标三实 sheets (vocabulary aligned with, DOMAIN §2.6). What stands here is the
whole of what can be taken in; there is no field for anything DOMAIN R7 forbids.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from rules.care import CARE_CATEGORIES, CARE_NEEDS
from rules.fields import CONSENT_FORMS, CONSENT_GIVERS, CONSENT_PURPOSES
from rules.identity import birth_date_of, credit_code_valid, id_number_valid, sex_of
from rules.record_fields import (
    Count,
    OptionalReference,
    OptionalWord,
    SourceKey,
    SourceRecord,
    one_of,
)

SEXES = ("male", "female")
RESIDENCES = ("own", "rent", "lodge")  # 自住, 租住, 寄住
RELATIONS = (
    "head", "spouse", "child", "parent", "grandchild", "grandparent", "sibling", "other",
)  # fmt: skip
STRUCTURES = ("brick_wood", "brick_concrete", "frame", "shear_wall", "steel", "other")
# Codes of refusals this file makes; components/wording has a sentence for each.
REFUSALS = (
    "id_number_invalid",
    "id_number_disagrees",
    "phone_invalid",
    "day_invalid",
    "credit_code_invalid",
)
_DAY = re.compile(
    r"^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))"
    r"(?:[ T]0{1,2}:00(?::00(?:\.0+)?)?)?$",  # a spreadsheet's day comes with midnight
    re.ASCII,
)
_PHONE = re.compile(r"^(?:\+?86-?)?(1\d{10}|0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|\d{7,8})$", re.ASCII)
_MOBILE_IN_GROUPS = re.compile(r"^((?:\+?86-?)?1\d{2})-(\d{4})-(\d{4})$", re.ASCII)
_EARLIEST = date(1880, 1, 1)
_LATEST = date(2200, 1, 1)


def _refuse(code: str, message: str) -> PydanticCustomError:
    return PydanticCustomError(code, message)


def read_day(value: object) -> object:
    """Read a day as sheets write it: 1950-03-02, 1950/3/2, 1950年3月2日, 19500302."""
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, str):
        return value
    match = _DAY.match(value)
    if match is None:
        raise _refuse("day_invalid", "is no day like 1950-03-02")
    try:
        return date(*(int(part) for part in match.groups() if part))
    except ValueError:
        raise _refuse("day_invalid", "is no day of the calendar") from None


def _id_number(text: str) -> str:
    number = text.replace(" ", "").upper()
    if not id_number_valid(number):
        raise _refuse("id_number_invalid", "is no identity number: 18 characters, check digit")
    return number


def _phone(text: str) -> str:
    plain = text.replace(" ", "").replace("—", "-")
    match = _PHONE.match(_MOBILE_IN_GROUPS.sub(r"\1\2\3", plain))
    if match is None:
        raise _refuse("phone_invalid", "is no telephone number")
    return match[1]


def _credit_code(text: str) -> str:
    code = text.replace(" ", "").upper()
    if not credit_code_valid(code):
        raise _refuse("credit_code_invalid", "is no credit code: 18 characters, check character")
    return code


def _shelf_mark(text: str) -> str:
    if re.search(r"\d{9}", text):
        raise ValueError("has nine digits in a row, like a number of a person")
    return text


Name = Annotated[str, Field(min_length=1, max_length=60)]
Day = Annotated[date, BeforeValidator(read_day), Field(ge=_EARLIEST, le=_LATEST)]
IdNumber = Annotated[str, AfterValidator(_id_number)]
Phone = Annotated[str, Field(max_length=40), AfterValidator(_phone)]
Door = Annotated[str, Field(min_length=1, max_length=20)]
# A shelf mark, not a name, and never so many digits in a row that it could be somebody's number.
PaperRef = Annotated[str, Field(pattern=r"^[A-Za-z0-9/_.-]{1,40}$"), AfterValidator(_shelf_mark)]


class PersonRecord(SourceRecord):
    """A resident; `building` is the building's public name where the sheet has no id of it."""

    name: Name
    sex: Annotated[str, one_of(*SEXES)] | None = None
    id_number: IdNumber | None = None
    birth_date: Day | None = None
    phone: Phone | None = None
    place_id: OptionalReference = None
    building: OptionalWord = None
    unit: Door | None = None
    door: Door | None = None
    address: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    household_id: OptionalReference = None
    relation: Annotated[str, one_of(*RELATIONS)] | None = None
    residence: Annotated[str, one_of(*RESIDENCES)] | None = None
    employer: OptionalWord = None
    emergency_name: Name | None = None
    emergency_phone: Phone | None = None
    care_category: Annotated[str, one_of(*CARE_CATEGORIES)] | None = None
    care_need: Annotated[str, one_of(*CARE_NEEDS)] | None = None
    visit_every_days: Annotated[Count, Field(ge=1, le=366)] | None = None
    care_consent_on: Day | None = None
    guardian_consent_on: Day | None = None

    @model_validator(mode="after")
    def _number_agrees(self) -> PersonRecord:
        """The identity number says birth date and sex as well; two stories are an error."""
        if self.id_number is None:
            return self
        born, sex = birth_date_of(self.id_number), sex_of(self.id_number)
        if (self.birth_date or born) != born or (self.sex or sex) != sex:
            raise _refuse("id_number_disagrees", "differs from birth date or sex of the row")
        return self


class HouseholdRecord(SourceRecord):
    """A home and who lives in it together; the head is told by the relation of its people."""

    place_id: OptionalReference = None
    building: OptionalWord = None
    unit: Door | None = None
    door: Door | None = None


class EnterpriseRecord(SourceRecord):
    """A firm, shop or office at an address of the community."""

    name_zh: OptionalWord = None
    credit_code: Annotated[str, AfterValidator(_credit_code)] | None = None
    industry: OptionalWord = None
    place_id: OptionalReference = None
    building: OptionalWord = None
    address: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    contact_name: Name | None = None
    contact_phone: Phone | None = None


class BuildingFileRecord(SourceRecord):
    """Facts of a building; nothing about a person."""

    place_id: SourceKey
    built_year: Annotated[Count, Field(ge=1700, le=2200)] | None = None
    floors_above: Annotated[Count, Field(le=500)] | None = None
    floors_below: Annotated[Count, Field(le=20)] | None = None
    lifts: Annotated[Count, Field(le=500)] | None = None
    units: Annotated[Count, Field(le=200)] | None = None
    structure: Annotated[str, one_of(*STRUCTURES)] | None = None
    property_company: OptionalWord = None


class ConsentRecord(SourceRecord):
    """What a person has agreed to, or no longer agrees to."""

    person_id: SourceKey
    purpose: Annotated[str, one_of(*CONSENT_PURPOSES)]
    given_by: Annotated[str, one_of(*CONSENT_GIVERS)] = "self"
    form: Annotated[str, one_of(*CONSENT_FORMS)] = "paper"
    given_on: Day
    withdrawn_on: Day | None = None
    paper_ref: PaperRef | None = None

    @model_validator(mode="after")
    def _in_order(self) -> ConsentRecord:
        if self.withdrawn_on is not None and self.withdrawn_on < self.given_on:
            raise ValueError("is withdrawn before it was given")
        if self.purpose == "minor_file" and self.given_by != "guardian":
            raise ValueError("of a minor's file is given by a guardian")
        return self
