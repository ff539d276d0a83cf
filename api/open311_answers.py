"""Writes Open311 answers and errors as XML 1.0 or JSON (GeoReport v2, REFERENCE §5)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from starlette.responses import Response

FORMATS = ("xml", "json")
TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
DISCOVERY_SPACE = "http://open311.org/spec/discovery"
# Characters no XML 1.0 document may hold, however escaped.
_UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The element of one entry of a list, by the element of the list.
_ENTRY = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "notes": "note",
    "endpoints": "endpoint",
    "formats": "format",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say, before it is written.

    Attributes:
        root: Name of the XML root.
        content: A list of entries, or for a service definition and the discovery one object.
    """

    root: str
    content: Sequence[Mapping[str, Any]] | Mapping[str, Any]
    status: int = 200


def failed(status: int, description: str) -> Answer:
    """Return an error: an array of code and description."""
    return Answer("errors", [{"code": str(status), "description": description}], status)


def written(answer: Answer, fmt: str) -> Response:
    """Return the response in a format; XML where the format is none of ours."""
    kind = fmt if fmt in FORMATS else "xml"
    body = _json(answer) if kind == "json" else _xml(answer)
    headers = {"Content-Type": TYPES[kind], "Cache-Control": "no-store"}
    return Response(body, answer.status, headers)


def moment(at: datetime | None) -> str | None:
    """Return a time as the W3C note has it, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None


def _json(answer: Answer) -> str:
    return json.dumps(answer.content, ensure_ascii=False, allow_nan=False)


def _xml(answer: Answer) -> str:
    space = f' xmlns="{DISCOVERY_SPACE}"' if answer.root == "discovery" else ""
    inner = _inner(answer.root, answer.content)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f"{head}<{answer.root}{space}>{inner}</{answer.root}>"


def _inner(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return "".join(f"<{key}>{_inner(key, each)}</{key}>" for key, each in value.items())
    if isinstance(value, list | tuple):
        entry = _ENTRY[name]
        return "".join(f"<{entry}>{_inner(entry, each)}</{entry}>" for each in value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(_UNWRITABLE.sub("", str(value)))
