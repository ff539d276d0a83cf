"""What a mapping file says: which columns of a table fill which fields, and how they are read.

One TOML file per kind of export; see README.md of this folder for every key with examples.
"""

from __future__ import annotations

import codecs
from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from ingest.files.table import heading_key
from rules.fields import forbidden_word
from rules.records import PERSONAL_KINDS, RECORDS, Crs

FILE_KINDS = tuple(kind for kind in RECORDS if kind != "positions")
Headings = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else tuple(value)),
]
Constant = str | bool | int | float
# Kinds in which columns that DOMAIN R7 forbids are refused by their heading.
PEOPLE_KINDS = PERSONAL_KINDS | {"care_recipients", "workers", "roster"}
# Fields that the id section or the geometry fills.
OWN_FIELDS = ("source_id", "geometry")


class Strict(BaseModel):
    """Frozen, and a key it does not know is an error rather than ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class IdSpec(Strict):
    """Where a row's own id comes from."""

    columns: Headings = Field(description="Headings of the id; the first filled one counts.")
    prefix: Headings = Field(
        default=(),
        description="Fields put before the id with a slash, where ids repeat between kinds.",
    )
    missing: Literal["reject", "content"] = Field(
        default="reject",
        description="A row without id is set aside, or known by a hash of its content.",
    )


class FieldSpec(Strict):
    """How one field of the record is read from a row."""

    columns: Headings = Field(
        default=(), description="Headings that may hold it; the first filled one counts."
    )
    constant: Constant | None = Field(default=None, description="The same value for every row.")
    only_if: str | None = Field(
        default=None, description="Heading that must be filled for this field to be set at all."
    )
    empty: tuple[str, ...] = Field(
        default=(), description="Texts that mean no value, besides the empty cell."
    )
    values: dict[str, Constant] = Field(
        default_factory=dict, description="The source's words and ours; case does not count."
    )
    by_length: dict[str, Constant] = Field(
        default_factory=dict, description="Number of characters and our value, for graded codes."
    )
    otherwise: Literal["keep", "reject", "empty", "skip"] = Field(
        default="keep",
        description="A word not listed is kept, sets the row aside, counts as no value, or means "
        "that the row is not wanted at all.",
    )
    scale: float = Field(default=1.0, gt=0, description="Factor from the source's unit to ours.")
    formats: tuple[str, ...] = Field(
        default=(), description="strptime formats of times, besides ISO 8601 and year-first forms."
    )
    day: Literal["start", "end"] = Field(
        default="start", description="Which moment a date without time means, local."
    )
    repeated_hour: Literal["first", "second", "by_id"] = Field(
        default="first",
        description="Which pass of the hour repeated in autumn is meant; by_id asks the order of "
        "the ids.",
    )
    not_before: str | None = Field(
        default=None,
        description="Field this time cannot precede; it decides the repeated hour where it can.",
    )

    @model_validator(mode="after")
    def _has_a_source(self) -> FieldSpec:
        if bool(self.columns) == (self.constant is not None):
            raise ValueError("needs either columns or constant")
        return self


class DefaultLocation(Strict):
    """The point where a source puts what it cannot locate; such rows make no hotspot."""

    lon: float = Field(ge=-180, le=180, description="Degrees east, as the source writes it.")
    lat: float = Field(ge=-90, le=90, description="Degrees north, as the source writes it.")
    tolerance_deg: float = Field(default=1e-6, ge=0, lt=1, description="Degrees.")


class GeometrySpec(Strict):
    """What becomes of GeoJSON geometries."""

    unite: bool = Field(
        default=False, description="Join the pieces that share an id, e.g. cut at tile edges."
    )
    required: bool = Field(default=True, description="A feature without geometry is set aside.")
    shapes: dict[str, tuple[Literal["point", "line", "polygon"], ...]] = Field(
        default_factory=dict,
        description="Families wanted per place kind; other pieces of it are left out.",
    )


class Mapping(Strict):
    """One mapping file, checked."""

    kind: str = Field(description="What a row becomes: cases, places, areas, ...")
    source: str = Field(
        pattern=r"^[a-z0-9][a-z0-9_]{0,39}$", description="Whose ids these are; names the source."
    )
    about: str = Field(default="", description="One sentence for people.")
    timezone: str = Field(default="Asia/Shanghai", description="IANA zone of times without offset.")
    crs: Crs = Field(default="WGS84", description="Frame of coordinates unless a column says.")
    sheet: str | None = Field(default=None, description="Sheet of a workbook; else the first.")
    encoding: str | None = Field(default=None, description="Encoding; detected when left out.")
    delimiter: str | None = Field(
        default=None, min_length=1, max_length=1, description="Delimiter; detected when left out."
    )
    duplicates: Literal["first", "in_order"] = Field(
        default="first",
        description="A later row with the same id and other content is set aside, or is taken as "
        "a newer state (for exports that list every change and carry a version).",
    )
    id: IdSpec
    fields: dict[str, FieldSpec]
    default_location: DefaultLocation | None = None
    geometry: GeometrySpec = GeometrySpec()
    code_columns: Headings = Field(
        default=(), description="Graded code that --only-under compares, e.g. a division code."
    )

    @field_validator("kind")
    @classmethod
    def _kind_known(cls, kind: str) -> str:
        if kind not in FILE_KINDS:
            raise ValueError(f"is not one of {', '.join(FILE_KINDS)}")
        return kind

    @field_validator("timezone")
    @classmethod
    def _zone_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("is not an IANA time zone") from None
        return name

    @field_validator("encoding")
    @classmethod
    def _encoding_known(cls, name: str | None) -> str | None:
        try:
            return name if name is None else codecs.lookup(name).name
        except LookupError:
            raise ValueError("is not an encoding") from None

    @model_validator(mode="after")
    def _fields_known(self) -> Mapping:
        known = set(RECORDS[self.kind].model_fields) - set(OWN_FIELDS)
        for name, spec in self.fields.items():
            if name not in known:
                raise ValueError(f"fields.{name} is not a field of {self.kind}")
            if spec.not_before is not None and spec.not_before not in self.fields:
                raise ValueError(f"fields.{name}.not_before names no field of this mapping")
        for name in self.id.prefix:
            if name not in self.fields:
                raise ValueError(f"id.prefix names {name}, which is no field of this mapping")
        return self

    @model_validator(mode="after")
    def _nothing_forbidden(self) -> Mapping:
        """DOMAIN R7: there are things no register of people holds, by whatever field they come."""
        if self.kind in PEOPLE_KINDS:
            for heading in self.headings:
                word = forbidden_word(heading)
                if word is not None:
                    raise ValueError(f"reads the column {heading!r}; {word} is never recorded")
        return self

    @property
    def headings(self) -> list[str]:
        """Every heading any field reads, as the mapping writes it."""
        names = [*self.id.columns, *self.code_columns]
        for spec in self.fields.values():
            names += [*spec.columns, *([spec.only_if] if spec.only_if else [])]
        return names

    @cached_property
    def known_headings(self) -> frozenset[str]:
        """Every heading any field reads, folded by `heading_key`."""
        return frozenset(heading_key(name) for name in self.headings)

    @cached_property
    def required_headings(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The headings without which no row could be taken: the id's and the required fields'."""
        groups = []
        if self.id.missing == "reject":
            groups.append(("source_id", self.id.columns))
        for name, info in RECORDS[self.kind].model_fields.items():
            spec = self.fields.get(name)
            if info.is_required() and name not in OWN_FIELDS and (spec is None or spec.columns):
                groups.append((name, spec.columns if spec else ()))
        return tuple((name, frozenset(map(heading_key, columns))) for name, columns in groups)
