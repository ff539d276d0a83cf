"""Decides what a report from a phone must hold, and how long a phone may have kept it.

The reporter stays unnamed: a report needs words and a place, nothing else (DOMAIN R20).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from rules.errors import RuleViolation

TEXT_LEAST, TEXT_MOST = 2, 2_000
ADDRESS_MOST = 200
ANSWER_MOST = 300
MOST_ANSWERS = 12
MOST_PHOTOS = 4
TITLE_MOST = 40
KEPT_FOR = timedelta(days=30)  # ours: a draft may wait that long for the network
_CLIENT_ID = re.compile(r"^[0-9A-Za-z_-]{22,64}$")


class ReportIncomplete(RuleViolation):
    """Something the report needs is missing or too long; `field` says which."""

    code = "report_incomplete"


class ReportIdInvalid(RuleViolation):
    """The phone's id of the report is none; open the page anew."""

    code = "report_id_invalid"


class PlaceUnknown(RuleViolation):
    """The place of the link or form is not registered here."""

    code = "place_unknown"


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """A report as a phone sends it.

    Attributes:
        client_id: The phone's own secret random id; the same id is the same report.
        community_id: Where it goes.
        text: What is the matter.
        category: Code the reporter chose; empty where the words shall decide.
        place_id: Place of the QR code or the list.
        lon: Degrees as the phone says them, None without.
        lat: Degrees.
        crs: Frame the phone says them in.
        accuracy_m: How exact it says they are, metres.
        address: Floor, door or landmark in the reporter's words.
        answers: (Question, answer) of the category.
        number: Telephone number to be called back on; optional, sealed.
        reported_at: When the phone took it down, aware; None for now.
        channel: report, or phone where staff enter it for a caller.
    """

    client_id: str
    community_id: str
    text: str
    category: str = ""
    place_id: str = ""
    lon: float | None = None
    lat: float | None = None
    crs: str = "WGS84"
    accuracy_m: float | None = None
    address: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    number: str = ""
    reported_at: datetime | None = None
    channel: str = "report"


def check_report(draft: ReportDraft) -> None:
    """Hold that a report can be taken.

    Raises:
        ReportIdInvalid, ReportIncomplete: With the field at fault.
    """
    check_client_id(draft.client_id)
    if not TEXT_LEAST <= len(draft.text) <= TEXT_MOST:
        raise ReportIncomplete(field="text", least=TEXT_LEAST, most=TEXT_MOST)
    if not draft.place_id and draft.lon is None and not draft.address:
        raise ReportIncomplete(field="place")
    if len(draft.address) > ADDRESS_MOST:
        raise ReportIncomplete(field="address", most=ADDRESS_MOST)
    if len(draft.answers) > MOST_ANSWERS or any(len(a) > ANSWER_MOST for _, a in draft.answers):
        raise ReportIncomplete(field="answers", most=ANSWER_MOST)


def check_client_id(client_id: str) -> None:
    """Hold that a phone's id has at least 128 bits and only plain signs.

    Raises:
        ReportIdInvalid: It has not.
    """
    if not _CLIENT_ID.match(client_id):
        raise ReportIdInvalid()


def reported_when(said: datetime | None, now: datetime) -> datetime:
    """Return when a report counts as made: what the phone says, within what can be believed."""
    if said is None or said > now or said < now - KEPT_FOR:
        return now
    return said


def described(draft: ReportDraft) -> str:
    """Return the words of a report with the answers below them."""
    lines = [draft.text, *(f"{asked} {answer}" for asked, answer in draft.answers if answer)]
    return "\n".join(lines)


def title_of(text: str) -> str:
    """Return the beginning of a text as its title."""
    first = text.strip().splitlines()[0] if text.strip() else ""
    return first if len(first) <= TITLE_MOST else first[: TITLE_MOST - 1] + "…"
