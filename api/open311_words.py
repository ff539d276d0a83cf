"""What services and requests look like in Open311 answers, in the caller's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from actions.open311.services import Service
from api.open311_answers import TYPES, moment
from components.case_history import limit_words
from components.wording import local_name, named, text
from rules.open311 import Question, open311_status
from settings.sections import Open311Settings

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
# The day this server's answers last changed their shape.
CHANGESET = datetime(2026, 11, 22, tzinfo=UTC)
# About 10 m: enough to find a lamp post, too coarse to tell a door (DOMAIN R1).
PLACES = 4


def discovery(settings: Open311Settings, url: str) -> dict[str, Any]:
    """The discovery document."""
    endpoint = {
        "specification": SPECIFICATION,
        "url": url,
        "changeset": moment(CHANGESET),
        "type": settings.type,
        "formats": [kind.partition(";")[0] for kind in TYPES.values()],
    }
    return {
        "changeset": moment(CHANGESET),
        "contact": settings.contact,
        "key_service": settings.key_service,
        "endpoints": [endpoint],
    }


def service_name(service: Service) -> str:
    """A service's name in the community's catalogue."""
    return local_name({"name_zh": service.entry.name_zh, "name_en": service.entry.name_en})


def service_entry(service: Service) -> dict[str, Any]:
    """One entry of GET services."""
    entry = service.entry
    return {
        "service_code": entry.code,
        "service_name": service_name(service),
        "description": service_notice(service),
        "metadata": bool(service.questions),
        "type": "realtime",
        "keywords": ",".join(entry.keywords),
        "group": named("category_group", entry.group),
    }


def definition_entry(service: Service) -> dict[str, Any]:
    """The service definition."""
    asked = [_attribute(place, question) for place, question in enumerate(service.questions, 1)]
    return {"service_code": service.entry.code, "attributes": asked}


def service_notice(service: Service) -> str:
    """How long a matter of this kind may take."""
    limit = limit_words(service.entry.limit_value, service.entry.limit_kind)
    return text("open311.limit", limit=limit)


def answer_lines(answers: Sequence[tuple[Question, tuple[str, ...]]]) -> list[str]:
    """Questions and what was answered, a line each, with the names of what was chosen."""
    lines = []
    for question, given in answers:
        names = dict(question.values)
        chosen = text("list.comma").join(names.get(value, value) for value in given)
        lines.append(text("open311.answer", question=question.text, answer=chosen))
    return lines


def request_entry(
    row: Mapping[str, Any],
    known: Mapping[str, Service],
    agency: Mapping[str, Any],
    history: Mapping[str, Sequence[Mapping[str, Any]]] | None,
) -> dict[str, Any]:
    """One request.

    Args:
        row: Of open311/requests.
        known: Services by code; a case may be of a kind that is offered no more.
        agency: Names of the community.
        history: Steps by case where extended attributes are asked for.
    """
    service = known.get(row["category"])
    lon, lat = _point(row)
    name = service_name(service) if service else named("category", row["category"])
    entry = {
        "service_request_id": row["case_id"],
        "status": open311_status(row["status"]),
        "status_notes": _notes(row),
        "service_name": name,
        "service_code": row["category"],
        "description": None,
        "agency_responsible": local_name(dict(agency)),
        "service_notice": _limit(row),
        "requested_datetime": moment(row["reported_at"]),
        "updated_datetime": moment(row["updated_at"]),
        "expected_datetime": moment(row["deadline_at"]),
        "address": _place(row),
        "address_id": row["place_id"],
        "zipcode": None,
        "lat": lat,
        "long": lon,
        "media_url": None,
    }
    if history is not None:
        entry["extended_attributes"] = {
            "status_detail": row["status"],
            "outcome": row["outcome"],
            "closed_datetime": moment(row["closed_at"]),
            "merged_into": row["merged_into"],
        }
        entry["notes"] = [_step(step) for step in history[row["case_id"]]]
    return entry


def _attribute(place: int, question: Question) -> dict[str, Any]:
    return {
        "variable": question.variable,
        "code": question.code,
        "datatype": question.datatype,
        "required": question.required,
        "datatype_description": text(f"open311.datatype_{question.datatype}"),
        "order": place,
        "description": question.text,
        "values": [{"key": key, "name": name} for key, name in question.values],
    }


def _notes(row: Mapping[str, Any]) -> str:
    if row["merged_into"]:
        return text("open311.merged", case=row["merged_into"])
    status = named("status", row["status"])
    outcome = named("outcome", row["outcome"]) if row["outcome"] else ""
    return text("open311.closed_as", status=status, outcome=outcome) if outcome else status


def _limit(row: Mapping[str, Any]) -> str | None:
    limit = limit_words(row["limit_value"], row["limit_kind"])
    return text("open311.limit", limit=limit) if limit else None


def _place(row: Mapping[str, Any]) -> str | None:
    """The public name of where it is, as on the wall: never the address as reported."""
    shown = local_name(dict(row), stem="place") or row["locality"]
    return shown or local_name(dict(row), stem="area") or None


def _point(row: Mapping[str, Any]) -> tuple[float | None, float | None]:
    lon, lat = row["place_lon"], row["place_lat"]
    if lon is None and row["location_flag"] is None:
        lon, lat = row["lon"], row["lat"]
    return (None, None) if lon is None else (round(lon, PLACES), round(lat, PLACES))


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    words = named("status", step["status"])
    return {"datetime": moment(step["happened_at"]), "description": words, "type": step["status"]}
