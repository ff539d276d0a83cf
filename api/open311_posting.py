"""Reads a posted Open311 report and makes of it the row that every source hands to the intake."""

from __future__ import annotations

import json
import uuid
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from actions.open311.services import Service, offered
from api.open311_caller import MOST_PARAMETERS, Caller
from api.open311_words import answer_lines, service_name, service_notice
from api.services import services
from components.wording import current_language
from rules.open311 import (
    MOST_DESCRIPTION,
    Open311Refused,
    Report,
    attribute_answers,
    checked_report,
)

FORM = "application/x-www-form-urlencoded"
MOST_BYTES = 64 * 1024
TITLE_CHARS = 60
# Tokens handed out for reports that were not on disk yet; emptied as they arrive.
_waiting: set[str] = set()


@dataclass(frozen=True, slots=True)
class Checked:
    """A report ready for the intake.

    Attributes:
        token: Our id of it as a source's row; given to the sender where the id takes long.
        body: The batch of one row, as JSON.
        notice: What the answer says beside the id.
    """

    token: str
    body: bytes
    notice: dict[str, Any]


async def posted(request: Request) -> list[tuple[str, str]]:
    """Return the pairs of a posted form.

    Raises:
        Open311Refused: 400 where it is no form, too large or not UTF-8.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != FORM:
        raise Open311Refused(400, f"Content-Type: send {FORM}")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise Open311Refused(400, f"at most {MOST_BYTES} bytes")
    try:
        pairs = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            max_num_fields=MOST_PARAMETERS,
            errors="strict",
        )
    except ValueError:
        raise Open311Refused(400, "the form is not UTF-8 or has too many parameters") from None
    return [*request.query_params.multi_items(), *pairs]


def checked(
    request: Request, asked: Caller, fields: dict[str, str], pairs: list[tuple[str, str]]
) -> Checked:
    """Check a report and write it as a row.

    Raises:
        Open311Refused: 400 for what is missing or wrong, 404 for an unknown service.
    """
    code = fields.get("service_code", "")
    if not code:
        raise Open311Refused(400, "service_code was not provided")
    known = offered(services(request).store, asked.community_id, current_language.get())
    service = known.get(code)
    if service is None:
        raise Open311Refused(404, "service_code was not found")
    report = checked_report(fields, attribute_answers(pairs), service.questions)
    token = f"open311-{uuid.uuid4()}"
    row = _row(report, service, token)
    # Whom the report is from stays with its sender: no account of ours is made (ADR 0026).
    notice = {"service_notice": service_notice(service), "account_id": None}
    return Checked(token, json.dumps([row]).encode(), notice)


def remember(token: str, recorded: Future[Any]) -> None:
    """Keep a token known until its report is on disk or has failed."""
    _waiting.add(token)
    recorded.add_done_callback(lambda _done: _waiting.discard(token))


def waiting(token: str) -> bool:
    """Say whether the report of a token is still on its way."""
    return token in _waiting


def _row(report: Report, service: Service, token: str) -> dict[str, Any]:
    told = [report.description, *answer_lines(report.answers), report.media_url]
    description = "\n".join(filter(None, told))
    if len(description) > MOST_DESCRIPTION:
        raise Open311Refused(
            400, f"description with answers: at most {MOST_DESCRIPTION} characters"
        )
    first = report.description.partition("\n")[0].strip()
    if len(first) > TITLE_CHARS:
        first = first[: TITLE_CHARS - 1] + "…"
    row: dict[str, Any] = {
        "source_id": token,
        "category": report.service_code,
        "title": first or service_name(service),
        "description": description,
        "lon": report.lon,
        "lat": report.lat,
        "address": report.address,
        "place_id": report.address_id,
        "reported_at": datetime.now(UTC).isoformat(),
        "channel": "api",
    }
    return {name: value for name, value in row.items() if value not in (None, "")}
