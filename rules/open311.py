"""Decides what a case is in the words of Open311, and what of a question or report is acceptable.

GeoReport v2 (REFERENCE §5): an empty parameter counts as absent; lists are separated by commas; a
window of requests spans at most 90 days.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rules.errors import RuleViolation
from rules.record_fields import EARLIEST, LATEST, clean_text
from rules.vocabulary import FINISHED_STATUSES, OPEN_STATUSES

MOST_ROWS = 1000
MOST_SPAN = timedelta(days=90)
MOST_IDS = 200
MOST_PAGE = 100_000
MOST_DESCRIPTION = 4000
MOST_FIELD = 1000
STATUSES = ("open", "closed")
_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]{1,100})\](\[\])?")


class Open311Refused(RuleViolation):
    """A question or report that cannot be answered as asked.

    Attributes:
        status: HTTP status: 404 for what does not exist, 403 for a bad key, 400 otherwise.
        description: What is wrong, in plain English for a developer's log.
    """

    code = "open311_refused"

    def __init__(self, status: int, description: str) -> None:
        super().__init__(status=status, description=description)
        self.status = status
        self.description = description


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a service: an attribute of its definition.

    Attributes:
        code: Its code within the service.
        datatype: string, number, datetime, text, singlevaluelist or multivaluelist.
        required: True where a report must answer it.
        text: The question, as shown.
        values: (key, name) of what may be chosen; empty for free answers.
        variable: False for a sentence that is only shown.
    """

    code: str
    datatype: str
    required: bool
    text: str
    values: tuple[tuple[str, str], ...] = ()
    variable: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests are asked for.

    Attributes:
        ids: Only these; they override all else.
        service_codes: Only of these services; empty for all.
        statuses: Our statuses.
        start_at, end_at: Bounds of the time of the report, both inclusive.
        limit, offset: The page.
        extensions: True where extended attributes are asked for.
    """

    ids: tuple[str, ...]
    service_codes: tuple[str, ...]
    statuses: tuple[str, ...]
    start_at: datetime
    end_at: datetime
    limit: int
    offset: int
    extensions: bool


@dataclass(frozen=True, slots=True)
class Report:
    """A checked report.

    Attributes:
        address_id: Id of a place, empty where none is named.
        answers: Question → what was answered, in the order of the questions.
    """

    service_code: str
    description: str
    lon: float | None
    lat: float | None
    address: str
    address_id: str
    media_url: str
    answers: tuple[tuple[Question, tuple[str, ...]], ...]


def open311_status(status: str) -> str:
    """Return `open` or `closed` for one of our statuses."""
    return "closed" if status in FINISHED_STATUSES else "open"


def wanted_requests(
    asked: Mapping[str, str], now: datetime, most_span: timedelta | None = MOST_SPAN
) -> Wanted:
    """Read the parameters of GET requests.

    Args:
        asked: Parameters, empty ones left out.
        now: Aware present moment.
        most_span: The longest span, also where none is asked for; None for any, a bulk copy's.

    Raises:
        Open311Refused: 400; the description names the parameter.
    """
    ids = split_list(asked.get("service_request_id", ""))
    if len(ids) > MOST_IDS:
        raise Open311Refused(400, f"service_request_id: at most {MOST_IDS} at once")
    statuses = split_list(asked.get("status", ""))
    if unknown := [status for status in statuses if status not in STATUSES]:
        raise Open311Refused(400, f"status: {unknown[0][:40]!r} is neither open nor closed")
    start_at, end_at = _window(asked, now, most_span)
    limit = _whole(asked, "page_size", MOST_ROWS, MOST_ROWS)
    page = _whole(asked, "page", 1, MOST_PAGE)
    return Wanted(
        ids=ids,
        service_codes=split_list(asked.get("service_code", "")),
        statuses=tuple(
            ours
            for theirs, names in (("open", OPEN_STATUSES), ("closed", FINISHED_STATUSES))
            if not statuses or theirs in statuses
            for ours in names
        ),
        start_at=start_at,
        end_at=end_at,
        limit=limit,
        offset=(page - 1) * limit,
        extensions=asked.get("extensions", "").lower() in ("true", "1", "v1"),
    )


def split_list(text: str) -> tuple[str, ...]:
    """Return the words of a comma-separated list, each once, in order."""
    return tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))


def moment_of(text: str, name: str) -> datetime:
    """Return a time of the W3C note on ISO 8601, in UTC.

    Raises:
        Open311Refused: 400 where it is none or has no zone.
    """
    try:
        # An unescaped `+` of an offset arrives as a space.
        moment = datetime.fromisoformat(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not EARLIEST <= moment <= LATEST:
        raise Open311Refused(400, f"{name}: needs ISO 8601 with a zone, e.g. 2026-11-20T00:00:00Z")
    return moment.astimezone(UTC)


def attribute_answers(fields: Sequence[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return what a form says under `attribute[code]` and `attribute[code][]`, by code."""
    found: dict[str, list[str]] = {}
    for name, value in fields:
        match = _ATTRIBUTE.fullmatch(name)
        if match and (words := clean_text(value)):
            found.setdefault(match[1], []).append(words)
    return {code: tuple(values) for code, values in found.items()}


def checked_report(
    fields: Mapping[str, str],
    answers: Mapping[str, tuple[str, ...]],
    questions: Sequence[Question],
) -> Report:
    """Check a posted report against its service's questions.

    Args:
        fields: Parameters as received, cleaned, empty ones left out.
        answers: As `attribute_answers` returns them.
        questions: Of the service it names.

    Raises:
        Open311Refused: 400; the description names the parameter.
    """
    description = fields.get("description", "")
    if len(description) > MOST_DESCRIPTION:
        raise Open311Refused(400, f"description: at most {MOST_DESCRIPTION} characters")
    for name, value in fields.items():
        if name != "description" and len(value) > MOST_FIELD:
            raise Open311Refused(400, f"{name[:40]}: at most {MOST_FIELD} characters")
    lon, lat = _position(fields)
    address, address_id = fields.get("address_string", ""), fields.get("address_id", "")
    if lon is None and not address and not address_id:
        raise Open311Refused(400, "location: send lat and long, address_string or address_id")
    media_url = fields.get("media_url", "")
    if media_url and not media_url.startswith(("https://", "http://")):
        raise Open311Refused(400, "media_url: needs an http or https address")
    return Report(
        service_code=fields["service_code"],
        description=description,
        lon=lon,
        lat=lat,
        address=address,
        address_id=address_id,
        media_url=media_url,
        answers=tuple(_answered(questions, answers)),
    )


def _answered(
    questions: Sequence[Question], answers: Mapping[str, tuple[str, ...]]
) -> list[tuple[Question, tuple[str, ...]]]:
    if unknown := answers.keys() - {question.code for question in questions if question.variable}:
        raise Open311Refused(400, f"attribute: the service has no {min(unknown)[:40]!r}")
    found = []
    for question in questions:
        given = answers.get(question.code, ())
        if question.required and question.variable and not given:
            raise Open311Refused(400, f"attribute[{question.code}] is required")
        if given:
            _check_answer(question, given)
            found.append((question, given))
    return found


def _check_answer(question: Question, given: tuple[str, ...]) -> None:
    name = f"attribute[{question.code}]"
    if len(given) > 1 and question.datatype != "multivaluelist":
        raise Open311Refused(400, f"{name}: takes one answer")
    if any(len(value) > MOST_FIELD for value in given):
        raise Open311Refused(400, f"{name}: at most {MOST_FIELD} characters")
    allowed = {key for key, _ in question.values}
    if question.datatype.endswith("valuelist") and (wrong := set(given) - allowed):
        raise Open311Refused(400, f"{name}: {min(wrong)[:40]!r} is not one of its values")
    if question.datatype == "number" and _number(given[0]) is None:
        raise Open311Refused(400, f"{name}: needs a number")
    if question.datatype == "datetime":
        moment_of(given[0], name)


def _position(fields: Mapping[str, str]) -> tuple[float | None, float | None]:
    lat, lon = fields.get("lat"), fields.get("long")
    if lat is None and lon is None:
        return None, None
    if lat is None or lon is None:
        raise Open311Refused(400, "lat and long go together")
    y, x = _number(lat), _number(lon)
    if y is None or x is None or abs(y) > 90 or abs(x) > 180:
        raise Open311Refused(400, "lat and long: need degrees of WGS-84")
    return x, y


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _window(
    asked: Mapping[str, str], now: datetime, most_span: timedelta | None
) -> tuple[datetime, datetime]:
    start, end = asked.get("start_date", ""), asked.get("end_date", "")
    end_at = moment_of(end, "end_date") if end else None
    start_at = moment_of(start, "start_date") if start else None
    if most_span is None:
        start_at, end_at = start_at or EARLIEST, end_at or LATEST
    elif start_at is None:
        end_at = end_at or now
        start_at = end_at - most_span
    else:
        end_at = end_at or min(max(now, start_at), start_at + most_span)
    if end_at < start_at:
        raise Open311Refused(400, "end_date lies before start_date")
    if most_span is not None and end_at - start_at > most_span:
        raise Open311Refused(400, f"start_date to end_date: at most {most_span.days} days")
    return start_at, end_at


def _whole(asked: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = asked.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
        raise Open311Refused(400, f"{name}: needs a whole number from 1 to {most}")
    return int(text)
