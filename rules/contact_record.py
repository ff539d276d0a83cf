"""What a contact list hands over: posts to call by service, with their hours and numbers.

A row names a post and never a person; what DOMAIN R7 forbids has no field here.
"""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, model_validator

from rules.record_fields import OptionalWord, SourceRecord, one_of
from rules.setup_fields import FieldRefused, clock_of, needed_name, phone_of
from rules.vocabulary import ORGANISATION_KINDS, SERVICES, WORK_DAYS

# Words that lists use for a service; our own codes are words too.
SERVICE_WORDS: dict[str, str] = {
    **{code: code for code in SERVICES},
    "电梯": "lift",
    "电梯维保": "lift",
    "供水": "water",
    "水务": "water",
    "自来水": "water",
    "供电": "power",
    "电力": "power",
    "燃气": "gas",
    "天然气": "gas",
    "消防": "fire",
    "火警": "fire",
    "公安": "police",
    "派出所": "police",
    "医疗": "medical",
    "急救": "medical",
    "供暖": "heating",
    "供热": "heating",
    "排水": "drainage",
    "化粪池": "drainage",
    "通信": "network",
    "网络": "network",
    "物业": "property",
    "物业服务": "property",
    "其他": "other",
}
_PARTING = re.compile(r"[、，,;；/|\s]+")


def _services(value: object) -> object:
    """Read `电梯、供水` or a list of codes; every word must be known."""
    words = _PARTING.split(value.strip()) if isinstance(value, str) else value
    if not isinstance(words, list | tuple) or not words:
        raise ValueError("names no service")
    unknown = [word for word in words if word not in SERVICE_WORDS]
    if unknown:
        raise ValueError("names a service that is not known")
    found = {SERVICE_WORDS[word] for word in words}
    return tuple(code for code in SERVICES if code in found)


def _post(value: str) -> str:
    try:
        return needed_name("post_zh", value)
    except FieldRefused as refusal:
        raise ValueError(f"cannot be taken: {refusal.code}") from None


def _phone(value: object) -> object:
    try:
        return phone_of("number", str(value)) if value is not None else None
    except FieldRefused:
        raise ValueError("is no telephone number") from None


def _clock(value: object) -> object:
    """Read 08:00 or 8:00, as sheets write it; seconds of a spreadsheet's time are dropped."""
    text = str(value).strip()
    match = re.match(r"^(\d{1,2}:\d{2})(?::00)?$", text)
    try:
        return clock_of("clock", match[1].zfill(5) if match else text)
    except FieldRefused:
        raise ValueError("is no time of day like 08:00") from None


Post = Annotated[str, AfterValidator(_post)]
Number = Annotated[str | None, BeforeValidator(_phone)]
Clock = Annotated[str, BeforeValidator(_clock)]


class ContactRecord(SourceRecord):
    """A post to call: for which services, at which hours, under which numbers."""

    post_zh: Post
    post_en: OptionalWord = None
    services: Annotated[tuple[str, ...], BeforeValidator(_services)]
    organisation: OptionalWord = None
    organisation_kind: Annotated[str, one_of(*ORGANISATION_KINDS)] = "partner"
    work_days: Annotated[str, one_of(*WORK_DAYS)] = "everyday"
    work_from: Clock = "08:00"
    work_until: Clock = "18:00"
    work_number: Number = None
    after_number: Number = None

    @model_validator(mode="after")
    def _in_order(self) -> ContactRecord:
        if self.work_from >= self.work_until:
            raise ValueError("working hours end before they begin")
        return self
