"""Asks another Open311 server and reads its answers, whatever they are (GeoReport v2)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from actions.fetching import FetchFailed, FetchTooSlow, fetch_checked
from actions.outgoing import AddressRefused, UrlHostUnknown
from ingest.base import SourceContext
from ingest.errors import SourceError, SourceMisconfigured, SourceUnreachable
from ingest.open311.config import Open311Config
from settings import SettingsInvalid
from settings.secret_file import read_secret

MEGABYTE = 1024 * 1024
WAITING_MAY_HELP = (UrlHostUnknown, FetchFailed, FetchTooSlow)
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
Row = Mapping[str, object]


class Client:
    """One server; every address is checked again whenever it is asked (actions/outgoing.py)."""

    def __init__(self, config: Open311Config, context: SourceContext) -> None:
        self._config = config
        self._context = context

    def requests(self, **asked: str) -> Sequence[Row]:
        """Return the requests that fit.

        Args:
            asked: Parameters of GET requests.

        Raises:
            SourceUnreachable: No answer now.
            SourceError: An answer that is refused, too large or unreadable.
            SourceMisconfigured: The key's file cannot be read.
        """
        config = self._config
        query = {**asked, **self._key()}
        if config.jurisdiction:
            query["jurisdiction_id"] = config.jurisdiction
        try:
            answer = fetch_checked(
                f"{config.endpoint}/requests.{config.format}?{urlencode(query)}",
                allowed_networks=self._context.outgoing_networks,
                allowed_ports=self._context.outgoing_ports,
                most_bytes=config.most_mb * MEGABYTE,
                total_s=config.timeout_s,
            )
        except WAITING_MAY_HELP as failure:
            raise SourceUnreachable(why=failure.code) from None
        except AddressRefused as refusal:
            raise SourceError(refusal.code, **refusal.fields) from None
        if answer.status in BUSY:
            raise SourceUnreachable(status=answer.status)
        if answer.status != 200:
            raise SourceError("open311_refused", status=answer.status)
        return read_json(answer.body) if config.format == "json" else read_xml(answer.body)

    def _key(self) -> dict[str, str]:
        if self._config.key_file is None:
            return {}
        try:
            return {"api_key": read_secret(self._config.key_file, "sources.open311.key_file")}
        except SettingsInvalid as invalid:
            raise SourceMisconfigured(key="key_file", why=str(invalid.problems[0])) from None


def read_json(body: bytes) -> Sequence[Row]:
    """Return the entries of a JSON answer.

    Raises:
        SourceError: It is no list of objects in UTF-8.
    """
    try:
        found = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # bad UTF-8, bad JSON, endless digits, a deep nest
        raise SourceError("open311_malformed", format="json") from None
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise SourceError("open311_malformed", format="json")
    return found


def read_xml(body: bytes) -> Sequence[Row]:
    """Return the entries of an XML answer; DTDs and entities are refused.

    Raises:
        SourceError: It is no `service_requests` document.
    """
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        # LookupError: an encoding nobody knows.
        raise SourceError("open311_malformed", format="xml") from None
    if root.tag != "service_requests":
        raise SourceError("open311_malformed", format="xml")
    return [
        {str(field.tag): field.text for field in request if len(field) == 0}
        for request in root.findall("request")
    ]
