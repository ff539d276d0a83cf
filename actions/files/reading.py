"""Reads single files for a viewer: every field masked, consents, care, and who changed what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.access import NotThere, reach
from actions.auditing import line_for
from actions.files.consulting import care_of, local_day, values_of_subjects
from actions.files.listing import FilesReader
from rules.care import next_visit
from rules.fields import Field, completeness, sealed_fields
from rules.masking import HIDDEN, is_guarded, mask
from rules.privacy import may
from rules.unmasking import GUARDED_ROLE
from rules.vocabulary import OPEN_STATUSES

HISTORY_ROWS = 200
CASES_OFFERED = 30
BUILDING_FACTS = (
    "built_year",
    "floors_above",
    "floors_below",
    "lifts",
    "units",
    "structure",
    "property_company",
)


@dataclass(frozen=True, slots=True)
class MaskedField:
    """One field of a file as a masked view shows it; None where it is not recorded."""

    field: Field
    masked: str | None


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """One file for one viewer.

    Attributes:
        kind: person, household or enterprise.
        facts: The row of files/<kind>.
        fields: Its sealed fields, masked.
        guarded: A child under fourteen: only the secretary opens values (R5).
        may_unmask, may_write: What this viewer may do with it.
        history: Rows of files/history, newest first.
        consents: Rows of consent/of_person.
        care: place, cadence and next visit, where the person is in the care register.
        cases: Open cases that may be named as a reason.
    """

    kind: str
    subject_id: str
    facts: dict[str, Any]
    fields: list[MaskedField]
    guarded: bool = False
    may_unmask: bool = False
    may_write: bool = False
    history: list[dict[str, Any]] = field(default_factory=list)
    consents: list[dict[str, Any]] = field(default_factory=list)
    care: dict[str, Any] | None = None
    cases: list[dict[str, Any]] = field(default_factory=list)


def open_file(reader: FilesReader, kind: str, subject_id: str) -> OpenedFile:
    """Read one file, masked; its opening leaves a line in the audit before this returns.

    Raises:
        NotThere: No such file in the reader's community and reach.
    """
    rows = reader.store.rows(f"files/{kind}", **{f"{kind}_id": subject_id})
    if not rows or rows[0]["community_id"] != reader.community_id:
        raise NotThere()
    facts = rows[0]
    if reader.reach is not None and facts["area_id"] not in reader.reach:
        raise NotThere()
    values = values_of_subjects(reader.store, reader.keyring, [subject_id]).get(subject_id, {})
    guarded = is_guarded(values.get("birth_date"), reader.today)
    reader.audit.record(
        line_for(
            reader.viewer,
            "person.read",
            reader.community_id,
            subject_kind=kind,
            subject_id=subject_id,
        )
    ).result()
    return OpenedFile(
        kind,
        subject_id,
        facts,
        [_masked(each, values, guarded, reader.today) for each in sealed_fields(kind)],
        guarded,
        _may_unmask(reader, facts, guarded),
        _may_write(reader, facts),
        reader.store.rows("files/history", subject_id=subject_id, limit=HISTORY_ROWS),
        reader.store.rows("consent/of_person", person_id=subject_id) if kind == "person" else [],
        _care(reader, subject_id) if kind == "person" else None,
        _cases(reader, facts),
    )


def community_of(store: Any, kind: str, subject_id: str) -> str:
    """Return the community of a file, empty where there is none; the reader then decides."""
    rows = store.rows("files/subject", subject_id=subject_id)
    return rows[0]["community_id"] if rows and rows[0]["kind"] == kind else ""


@dataclass(frozen=True, slots=True)
class BuildingFile:
    """The file of a building: facts, how much is registered in it, what changed."""

    facts: dict[str, Any]
    counts: dict[str, int]
    completeness: float
    history: list[dict[str, Any]]
    may_write: bool


def open_building(reader: FilesReader, place_id: str) -> BuildingFile:
    """Read the file of a building.

    Raises:
        NotThere: No such building in the reader's community and reach.
    """
    scope = {"community_id": reader.community_id, "place_id": place_id}
    rows = reader.store.rows("building_file/of_place", **scope)
    if not rows or rows[0]["place_kind"] != "building":
        raise NotThere()
    facts = rows[0]
    if reader.reach is not None and facts["area_id"] not in reader.reach:
        raise NotThere()
    known = {name for name in BUILDING_FACTS if facts[name] is not None}
    return BuildingFile(
        facts,
        reader.store.rows("files/building_counts", **scope)[0],
        completeness("building_file", known),
        _building_steps(reader.store.rows("building_file/history", **scope)),
        _may_write(reader, facts),
    )


def _building_steps(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tell which facts each event changed, newest first."""
    before: dict[str, Any] = {}
    steps = []
    for event in events:
        changed = [name for name in BUILDING_FACTS if event[name] != before.get(name)]
        steps.append({**event, "fields_changed": changed})
        before = event
    return steps[::-1]


def _masked(field: Field, values: dict[str, str], guarded: bool, today: date) -> MaskedField:
    value = values.get(field.name)
    if value is None:
        return MaskedField(field, None)
    if guarded and field.mask != "age_band":
        return MaskedField(field, HIDDEN)
    return MaskedField(field, mask(field.mask, value, today))


def _may_unmask(reader: FilesReader, facts: dict[str, Any], guarded: bool) -> bool:
    viewer = reader.viewer
    if not may(viewer.role, "person.unmask") or viewer.kind != "account":
        return False
    if guarded and viewer.role != GUARDED_ROLE:
        return False
    areas = reach(reader.store, viewer, "person.unmask", reader.community_id)
    return areas is None or facts["area_id"] in areas


def _may_write(reader: FilesReader, facts: dict[str, Any]) -> bool:
    if not may(reader.viewer.role, "person.write"):
        return False
    areas = reach(reader.store, reader.viewer, "person.write", reader.community_id)
    return areas is None or facts["area_id"] in areas


def _care(reader: FilesReader, person_id: str) -> dict[str, Any] | None:
    held = care_of(reader.store, [person_id]).get(person_id)
    if held is None:
        return None
    begun = reader.store.rows("care_recipient/begun", care_recipient_id=held["care_recipient_id"])[
        0
    ]["happened_at"]
    since = local_day(reader.store, reader.community_id, begun)
    return {**held, "due": next_visit(since, held["visit_every_days"])}


def _cases(reader: FilesReader, facts: dict[str, Any]) -> list[dict[str, Any]]:
    if not may(reader.viewer.role, "person.unmask"):
        return []
    return reader.store.rows(
        "files/open_cases",
        community_id=reader.community_id,
        reach=reach(reader.store, reader.viewer, "case.read", reader.community_id),
        place_id=facts["place_id"],
        area_id=facts["area_id"],
        open_statuses=list(OPEN_STATUSES),
        limit=CASES_OFFERED,
    )
