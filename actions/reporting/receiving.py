"""Takes a report from a phone exactly once, however often the phone sends it, and gives its link.

Recorded like every source's rows (source `report`), so limits, grids and the feed treat it alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.access import NotThere
from actions.cases.photos import attach
from actions.catalogue.reading import categories
from actions.images import ImageRefused
from actions.intake.recording import record
from actions.reporting.contacts import clean_number, keep_number
from actions.reporting.links import (
    SOURCE,
    Link,
    link_of_source,
    make_link,
    source_id_for,
    token_for,
)
from actions.reporting.messages import write_message
from data.keyring import Keyring
from data.store import Store
from rules.catalogue import FALLBACK, suggested
from rules.duplicates import MergeNotPossible, Report, possible_twins
from rules.errors import RowRejected, RuleViolation
from rules.records import parse_record
from rules.reports import (
    PlaceUnknown,
    ReportDraft,
    ReportIncomplete,
    check_client_id,
    check_report,
    described,
    reported_when,
    title_of,
)
from rules.vocabulary import OPEN_STATUSES

MOST_COMPARED = 500
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Photo:
    """One picture of a report: the phone's id of it and its bytes."""

    source_id: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a report.

    Attributes:
        token: Secret of the private link.
        case_id: The case.
        fresh: False where the same report had been taken before.
        refused: Why pictures were not taken, one each.
    """

    token: str
    case_id: str
    fresh: bool
    refused: tuple[RuleViolation, ...] = ()


def receive(
    store: Store,
    keyring: Keyring,
    draft: ReportDraft,
    photos: Sequence[Photo],
    now: datetime,
    actor: str | None = None,
) -> Received:
    """Record a report with its pictures and number; everything is on disk when this returns.

    Args:
        store: The open store.
        keyring: The keys, for link and number.
        draft: The report.
        photos: Its pictures; one that is refused does not hold the report up.
        now: Aware present moment.
        actor: Who enters it for a caller; None for a reporter.

    Raises:
        ReportIdInvalid, ReportIncomplete, PlaceUnknown, ContactInvalid: Tell the reporter.
    """
    check_report(draft)
    number = clean_number(draft.number)
    source_id, token = source_id_for(draft.client_id), token_for(keyring, draft.client_id)
    known = link_of_source(store, draft.community_id, source_id)
    if known is None:
        row = _row(store, draft, source_id, now)
        result = record(store, "cases", draft.community_id, SOURCE, [row], actor=actor).result()[0]
        if result.id is None:
            field = result.error.field if result.error else None
            raise ReportIncomplete(field=field or "text")
        link = make_link(store, draft.community_id, result.id, "reporter", source_id, token)
    else:
        link = known
    if number:
        keep_number(store, keyring, link, number)
    refused = _attach(store, link, photos, actor or link.actor)
    return Received(token, link.case_id, known is None, tuple(refused))


def follow(
    store: Store, keyring: Keyring, draft: ReportDraft, case_id: str, photos: Sequence[Photo]
) -> Received:
    """Follow an open report in the place of making a twin; what was written goes along with it.

    Raises:
        ReportIdInvalid, ContactInvalid: Tell the reporter.
        MergeNotPossible: The report is finished meanwhile, or belongs elsewhere; send one's own.
    """
    check_client_id(draft.client_id)
    number = clean_number(draft.number)
    rows = store.rows("case/place_in_reach", case_id=case_id)
    if not rows or rows[0]["community_id"] != draft.community_id:
        raise MergeNotPossible(reason="other_community")
    source_id, token = source_id_for(draft.client_id), token_for(keyring, draft.client_id)
    known = link_of_source(store, draft.community_id, source_id)
    if known is None and rows[0]["status"] not in OPEN_STATUSES:
        raise MergeNotPossible(reason="finished")
    link = known or make_link(store, draft.community_id, case_id, "follower", source_id, token)
    if known is None and draft.text.strip():
        write_message(store, link.case_id, link.community_id, link.actor, draft.text, link.link_id)
    if number:
        keep_number(store, keyring, link, number)
    refused = _attach(store, link, photos, link.actor)
    return Received(token, link.case_id, known is None, tuple(refused))


def category_of(store: Store, draft: ReportDraft) -> str:
    """Return the chosen category, or the one the words suggest; never one that is out of use."""
    entries = categories(store, draft.community_id)
    if any(entry.code == draft.category for entry in entries):
        return draft.category
    return next(iter(suggested(draft.text, entries, 1)), FALLBACK)


def nearby(store: Store, draft: ReportDraft, category: str, now: datetime) -> list[Row]:
    """Return open reports that may be the same matter: the same building first, then the nearest.

    Returns:
        case_id, status, reported_at and distance_m (None in the same building) of each; nothing
        that anybody wrote.
    """
    place = _place(store, draft)
    lon, lat = _position(draft, place)
    mine = Report(
        case_id="",
        community_id=draft.community_id,
        category=category,
        status="reported",
        reported_at=now,
        lon=lon,
        lat=lat,
        building_id=place["place_id"] if place and place["kind"] == "building" else None,
    )
    rows = store.rows(
        "case/open_of_category",
        community_id=draft.community_id,
        category=category,
        open_statuses=list(OPEN_STATUSES),
        reach=None,
        most=MOST_COMPARED,
    )
    return [
        {
            "case_id": twin.report.case_id,
            "status": twin.report.status,
            "reported_at": twin.report.reported_at,
            "distance_m": None if twin.same_building else twin.distance_m,
        }
        for twin in possible_twins(mine, [Report(**row) for row in rows])
    ]


def _place(store: Store, draft: ReportDraft) -> Row | None:
    if not draft.place_id:
        return None
    rows = store.rows("place/one", place_id=draft.place_id)
    if not rows or rows[0]["community_id"] != draft.community_id:
        raise PlaceUnknown()
    return rows[0]


def _position(draft: ReportDraft, place: Row | None) -> tuple[float | None, float | None]:
    if draft.lon is not None:
        return draft.lon, draft.lat
    return (place["lon"], place["lat"]) if place else (None, None)


def _row(store: Store, draft: ReportDraft, source_id: str, now: datetime) -> Any:
    place = _place(store, draft)
    located = draft.lon is not None
    lon, lat = _position(draft, place)
    facts: dict[str, object] = {
        "source_id": source_id,
        "version": 1,  # a report that was taken is never news again
        "category": category_of(store, draft),
        "reported_at": reported_when(draft.reported_at, now).isoformat(),
        "title": title_of(draft.text),
        "description": described(draft),
        "address": draft.address or None,
        "place_id": draft.place_id or None,
        "locality": place["name_zh"] if place else None,
        "channel": draft.channel,
        "lon": lon,
        "lat": lat,
        "crs": draft.crs if located else "WGS84",
        "accuracy_m": draft.accuracy_m if located else None,
    }
    try:
        return parse_record("cases", facts)
    except RowRejected as refusal:
        raise ReportIncomplete(field=refusal.field or "text") from None


def _attach(store: Store, link: Link, photos: Sequence[Photo], actor: str) -> list[RuleViolation]:
    refused: list[RuleViolation] = []
    for photo in photos:
        try:
            attach(store, link.case_id, photo.raw, "report", actor, source_id=photo.source_id)
        except NotThere:
            raise
        except (ImageRefused, RuleViolation) as refusal:
            refused.append(refusal)
    return refused
