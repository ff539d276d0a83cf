"""What a source hands over: one frozen model per kind of row, checked field by field.

References (`place_id`, `area_id`, `parent_id`, `worker_id`) may hold our id or the source's own
id of the same source; `actions/intake/recording.py` resolves them. Coordinates are as received, in
`crs`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

from pydantic import Field, ValidationError

from rules.camera_record import REFUSALS as CAMERA_REFUSALS
from rules.camera_record import CameraRecord
from rules.contact_record import ContactRecord
from rules.errors import RowRejected
from rules.record_fields import MAX_GEOMETRY_CHARS as MAX_GEOMETRY_CHARS
from rules.record_fields import (
    Count,
    Finite,
    Instant,
    Latitude,
    Located,
    Longitude,
    OptionalInstant,
    OptionalReference,
    OptionalText,
    OptionalWord,
    SourceKey,
    SourceRecord,
    Word,
    clean_text,
    one_of,
)
from rules.record_fields import Crs as Crs
from rules.record_fields import Record as Record
from rules.residents import (
    REFUSALS,
    BuildingFileRecord,
    ConsentRecord,
    EnterpriseRecord,
    HouseholdRecord,
    PersonRecord,
)
from rules.roster_record import RosterRecord
from rules.vocabulary import (
    AREA_LEVELS,
    CASE_STATUSES,
    DEVICE_KINDS,
    DEVICE_STATES,
    LIMIT_KINDS,
    LOCATION_FLAGS,
    NOTICE_KINDS,
    OUTCOMES,
    PLACE_KINDS,
    SOURCE_LIMIT,
    URGENCIES,
    WORKER_KINDS,
)

FUTURE_SKEW = timedelta(days=1)


class CaseRecord(SourceRecord, Located):
    """A report as a source gives it; status and closing only where the source keeps them."""

    category: Word
    reported_at: Instant
    title: OptionalText = None
    description: OptionalText = None
    address: OptionalText = None
    place_id: OptionalReference = None
    area_id: OptionalReference = None
    locality: OptionalWord = None
    deadline_at: OptionalInstant = None
    limit_value: Annotated[Finite, Field(gt=0, le=100_000)] | None = None
    limit_kind: Annotated[str, one_of(*LIMIT_KINDS, SOURCE_LIMIT)] | None = None
    channel: OptionalWord = None
    urgency: Annotated[str, one_of(*URGENCIES)] | None = None
    status: Annotated[str, one_of(*CASE_STATUSES)] | None = None
    closed_at: OptionalInstant = None
    outcome: Annotated[str, one_of(*OUTCOMES)] | None = None
    location_flag: Annotated[str, one_of(*LOCATION_FLAGS)] | None = None
    source_flag: OptionalWord = None


class AreaRecord(SourceRecord):
    """A city, district, sub-district, community, zone, grid, building or unit."""

    level: Annotated[str, one_of(*AREA_LEVELS)]
    name_zh: Word
    name_en: OptionalWord = None
    code: OptionalWord = None
    parent_id: OptionalReference = None
    leader_worker_id: OptionalReference = None
    geometry: dict[str, Any] | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
    households: Count | None = None
    residents: Count | None = None


class PlaceRecord(SourceRecord, Located):
    """A building, key place, facility, or a road, green or water of the plan."""

    kind: Annotated[str, one_of(*PLACE_KINDS)]
    name_zh: OptionalWord = None
    name_en: OptionalWord = None
    area_id: OptionalReference = None
    contact_role: Annotated[str, one_of(*WORKER_KINDS)] | None = None
    geometry: dict[str, Any] | None = None
    floors: Annotated[Count, Field(le=500)] | None = None
    households: Count | None = None
    attribution: OptionalWord = None


class DeviceRecord(SourceRecord, Located):
    """A sensor, camera, help post or gate."""

    kind: Annotated[str, one_of(*DEVICE_KINDS)]
    name_zh: Word
    name_en: OptionalWord = None
    area_id: OptionalReference = None
    place_id: OptionalReference = None
    heading_deg: Annotated[Finite, Field(ge=0, lt=360)] | None = None
    state: Annotated[str, one_of(*DEVICE_STATES)] = "unknown"
    seen_at: OptionalInstant = None


class WorkerRecord(SourceRecord):
    """Somebody at work, by callsign; never a name."""

    kind: Annotated[str, one_of(*WORKER_KINDS)]
    callsign: Word
    area_id: OptionalReference = None
    on_duty: bool = False


class PositionRecord(Located):
    """Where a worker is now; it replaces the last position and is never logged."""

    worker_id: SourceKey
    lon: Longitude
    lat: Latitude
    located_at: Instant

    @property
    def source_id(self) -> str:
        """The worker it belongs to, for the per-row answer."""
        return self.worker_id


class CareRecipientRecord(SourceRecord):
    """A resident with an agreed visit cadence, by building; `person_id` is our id of the file."""

    place_id: SourceKey
    visit_every_days: Annotated[Count, Field(ge=1, le=366)]
    person_id: OptionalReference = None


class NoticeRecord(SourceRecord):
    """A notice for the wall."""

    kind: Annotated[str, one_of(*NOTICE_KINDS)]
    title_zh: Word
    title_en: OptionalWord = None
    published_at: Instant
    expires_at: OptionalInstant = None


class CommunityRecord(Record):
    """A community that runs its day from one wall."""

    community_id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
    name_zh: Word
    name_en: OptionalWord = None
    timezone: Word = "Asia/Shanghai"
    is_demo: bool = False
    households: Count | None = None
    residents: Count | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
    area_id: OptionalReference = None


RECORDS: dict[str, type[Record]] = {
    "cases": CaseRecord,
    "areas": AreaRecord,
    "places": PlaceRecord,
    "devices": DeviceRecord,
    "workers": WorkerRecord,
    "positions": PositionRecord,
    "care_recipients": CareRecipientRecord,
    "notices": NoticeRecord,
    "building_files": BuildingFileRecord,
    "households": HouseholdRecord,
    "persons": PersonRecord,
    "enterprises": EnterpriseRecord,
    "consents": ConsentRecord,
    "contacts": ContactRecord,
    "roster": RosterRecord,
    "cameras": CameraRecord,
}
# Rows about people: their values are sealed, and quarantine keeps the shape of a row only.
PERSONAL_KINDS = frozenset({"households", "persons", "enterprises", "consents", "contacts"})
# Of these a listing shows shapes only: what stands in a row opens more than the row is about.
WITHHELD_KINDS = PERSONAL_KINDS | {"cameras"}


def parse_record(kind: str, row: Mapping[str, object]) -> Record:
    """Clean the texts of one row as received and check it; an empty text is a missing one.

    Args:
        kind: A key of RECORDS.
        row: Field name → value, as decoded from JSON or mapped from a file.

    Returns:
        The frozen record.

    Raises:
        RowRejected: Naming the first field at fault; put the row into quarantine and go on.
    """
    cleaned = {
        field: clean_text(value) if isinstance(value, str) else value
        for field, value in row.items()
    }
    try:
        return RECORDS[kind].model_validate(cleaned)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"][:1]) or None
        code = {
            "missing": "field_missing",
            "extra_forbidden": "field_unknown",
            **{refusal: refusal for refusal in (*REFUSALS, *CAMERA_REFUSALS)},
        }.get(first["type"], "field_invalid")
        message = first["msg"].removeprefix("Value error, ")
        raise RowRejected(code, field, message) from None


def too_far_ahead(reported_at: datetime, now: datetime) -> bool:
    """Tell whether a report claims to come from the future by more than a clock's error."""
    return reported_at > now + FUTURE_SKEW
