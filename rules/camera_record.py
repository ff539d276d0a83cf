"""What a camera list hands over: one row per camera, its device and its record together.

What is wrong with a row is said by a code and never by quoting it: in a shifted column the password
would stand where the name should (ADR 0029).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from rules.camera_address import Address, address_of
from rules.cameras import LEGAL_CLASSES, camera_facts, gb_id_of, site_of
from rules.record_fields import (
    Finite,
    Located,
    OptionalReference,
    OptionalWord,
    SourceRecord,
    Word,
    one_of,
)
from rules.setup_fields import FieldRefused

# Codes of refusals this file makes; components/wording has a sentence for each.
REFUSALS = (
    "camera_site_forbidden",
    "camera_gb_id",
    "camera_retention_short",
    "camera_sign_needed",
    "camera_address_invalid",
    "camera_scheme_wrong",
    "camera_film_name",
    "setup_value_missing",
    "setup_value_invalid",
    "setup_choice_unknown",
)
YES = frozenset({"true", "yes", "y", "1", "是", "有", "已", "已设", "已备案"})
NO = frozenset({"", "false", "no", "n", "0", "否", "无", "未", "未设", "未备案"})


def _by(check: Callable[[object], object]) -> BeforeValidator:
    def checked(value: object) -> object:
        try:
            return check(value)
        except FieldRefused as refusal:
            raise _refused(refusal) from None

    return BeforeValidator(checked)


def _refused(refusal: FieldRefused) -> PydanticCustomError:
    # The sentence goes into logs and lists; it names the field and nothing of the row.
    named = refusal.code if refusal.code in REFUSALS else "setup_value_invalid"
    return PydanticCustomError(named, "cannot be taken: {field}", {"field": refusal.field})


def _yes(value: object) -> object:
    text = str(value).strip().casefold()
    if text in YES:
        return True
    if text in NO:
        return False
    raise PydanticCustomError("setup_value_invalid", "is neither yes nor no")


def _text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Yes = Annotated[bool, BeforeValidator(_yes)]
Secret = Annotated[str, BeforeValidator(_text), Field(repr=False)]


class CameraRecord(SourceRecord, Located):
    """A camera of a list: where it stands, how it is read, and what the law asks."""

    name_zh: Word
    name_en: OptionalWord = None
    area_id: OptionalReference = None
    place_id: OptionalReference = None
    heading_deg: Annotated[Finite, Field(ge=0, lt=360)] | None = None
    source_kind: Annotated[str, one_of("mjpeg", "snapshot", "rtsp", "file", "phone")] = "rtsp"
    address: Secret = ""
    user: Secret = ""
    password: Secret = ""
    gb_id: Annotated[str | None, _by(gb_id_of)] = None
    fov_deg: Finite | None = None
    range_m: Finite | None = None
    legal_class: Annotated[str, one_of(*LEGAL_CLASSES)]
    site: Annotated[str, _by(site_of)] = "other"
    sign_posted: Yes = False
    owner: OptionalWord = None
    retention_days: int | None = None
    filed_with_police: Yes = False
    pre_event: Yes = False

    @model_validator(mode="after")
    def _whole(self) -> CameraRecord:
        try:
            self.facts()
            self.read_address()
        except FieldRefused as refusal:
            raise _refused(refusal) from None
        return self

    def facts(self) -> dict[str, Any]:
        """Return what the record says, as a record entered by hand would."""
        values = self.model_dump(include=set(_FACTS))
        return {**camera_facts(values), "kind": self.source_kind}

    def read_address(self) -> Address:
        """Return the address with name and password taken apart."""
        return address_of(self.source_kind, self.address, self.user, self.password)


_FACTS = (
    "gb_id",
    "fov_deg",
    "range_m",
    "legal_class",
    "site",
    "sign_posted",
    "owner",
    "retention_days",
    "filed_with_police",
    "pre_event",
)
