"""The kinds of value a source's row may hold: texts, words, counts, instants, coordinates."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

EARLIEST = datetime(1949, 10, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
MAX_GEOMETRY_CHARS = 500_000


def clean_text(text: str) -> str | None:
    """Strip, compose (NFC) and drop control characters other than newline and tab.

    Returns:
        None where nothing is left.
    """
    if not text.isprintable():
        text = "".join(
            c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")
        )
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return text.strip() or None


def one_of(*allowed: str) -> AfterValidator:
    """Accept only these words."""

    def check(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"is not one of {', '.join(allowed)}")
        return value

    return AfterValidator(check)


def _in_utc(value: datetime) -> datetime:
    return value if value.tzinfo is UTC else value.astimezone(UTC)


def _not_boolean(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("is true or false, not a number")
    return value


SourceKey = Annotated[str, Field(min_length=1, max_length=200)]
Word = Annotated[str, Field(min_length=1, max_length=120)]
Text = Annotated[str, Field(min_length=1, max_length=4_000)]
OptionalWord = Word | None
OptionalText = Text | None
OptionalReference = SourceKey | None
Instant = Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST), AfterValidator(_in_utc)]
OptionalInstant = Instant | None
Finite = Annotated[float, BeforeValidator(_not_boolean), Field(allow_inf_nan=False)]
Longitude = Annotated[Finite, Field(ge=-180, le=180)]
Latitude = Annotated[Finite, Field(ge=-90, le=90)]
Count = Annotated[int, BeforeValidator(_not_boolean), Field(ge=0, le=1_000_000_000)]
Version = Annotated[int, BeforeValidator(_not_boolean), Field(ge=0, lt=2**63)]
Crs = Literal["WGS84", "GCJ02", "BD09"]


class Record(BaseModel):
    """Base of everything a source hands over; unknown fields are refused, not dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SourceRecord(Record):
    """A row that its source knows by an id and may send again in a newer version."""

    source_id: SourceKey
    version: Version | None = None


class Located(Record):
    """A row with a position as received; both coordinates or neither."""

    lon: Longitude | None = None
    lat: Latitude | None = None
    crs: Crs = "WGS84"
    accuracy_m: Annotated[Finite, Field(ge=0, le=1_000_000)] | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> Located:
        if (self.lon is None) != (self.lat is None):
            raise ValueError("needs both lon and lat, or neither")
        return self
