"""What a worker does from the telephone: accept, return, finish with photos, report, say where.

Every deed may be sent again after a lost answer and changes nothing then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.access import NotThere, reach
from actions.cases.photos import PhotoKind, attach_photo
from actions.cases.task_moves import (
    TaskEnded,
    accept_task,
    finish_task,
    return_task,
    start_task,
    tasks_of,
)
from actions.cases.tasks import OPEN
from actions.field.day import may_report, worker_of_viewer
from actions.intake.grids import grids_of
from actions.intake.positions import record_positions
from actions.reporting.links import source_id_for
from actions.reporting.places import place_of
from actions.reporting.receiving import Photo, Received, receive
from data.keyring import Keyring
from data.store import Store
from rules.coordinates import to_wgs84
from rules.errors import RuleViolation
from rules.records import PositionRecord
from rules.reports import ReportDraft
from rules.viewer import Viewer

SOURCE = "field"
DEEDS = ("accept", "start", "return", "finish")


class NotYourGrid(RuleViolation):
    """The place lies outside the grid the worker is responsible for."""

    code = "not_your_grid"


class OffDuty(RuleViolation):
    """The worker is off duty: no position is taken."""

    code = "off_duty"


class FieldDeedUnknown(RuleViolation):
    """The page asked for something that is no deed of a task."""

    code = "field_deed_unknown"


@dataclass(frozen=True, slots=True)
class FieldDeed:
    """One deed on a task.

    Attributes:
        deed: accept, start, return or finish.
        words: Why, or what was done.
        before: Pictures of before.
        after: Pictures of after.
        at: When the worker did it, aware; None for now.
    """

    deed: str
    task_id: str
    words: str = ""
    before: tuple[Photo, ...] = ()
    after: tuple[Photo, ...] = ()
    at: datetime | None = None


def do_deed(store: Store, asking: Viewer, wish: FieldDeed) -> None:
    """Do a deed on the own task; everything is on disk when this returns.

    Raises:
        NotThere, NotAllowed, TaskEnded, TransitionNotAllowed, CaseTextNeeded: As task_moves says.
        ImageRefused, PhotosTooMany: A picture; the task stands as it was.
    """
    if wish.deed == "accept":
        accept_task(store, asking, wish.task_id, at=wish.at)
    elif wish.deed == "start":
        start_task(store, asking, wish.task_id, at=wish.at)
    elif wish.deed == "return":
        return_task(store, asking, wish.task_id, wish.words, at=wish.at)
    elif wish.deed == "finish":
        case_id = _case_of(store, asking, wish.task_id)
        # The pictures first: who verifies the work must find them when the case says it is done.
        _attach(store, asking, case_id, wish.before, "before")
        _attach(store, asking, case_id, wish.after, "after")
        finish_task(store, asking, wish.task_id, wish.words, at=wish.at)
    else:
        raise FieldDeedUnknown(deed=wish.deed)


def report_from_field(
    store: Store,
    keyring: Keyring,
    asking: Viewer,
    draft: ReportDraft,
    photos: Sequence[Photo],
    now: datetime,
) -> Received:
    """Record what a worker saw, within the own grid.

    Raises:
        NotAllowed, NotYourGrid: It is not the worker's to report.
        ReportIncomplete, ReportIdInvalid, PlaceUnknown: As `receive`.
    """
    worker = worker_of_viewer(store, asking)
    if not may_report(asking) or draft.community_id != worker["community_id"]:
        raise NotYourGrid()
    areas = reach(store, asking, "case.write", draft.community_id)
    if areas is not None and _area_of(store, draft) not in areas:
        raise NotYourGrid()
    return receive(store, keyring, draft, photos, now, asking.actor)


def keep_position(
    store: Store, asking: Viewer, lon: float, lat: float, accuracy_m: float | None, at: datetime
) -> None:
    """Keep where a worker on duty is now; the position before is forgotten (DOMAIN R20).

    Raises:
        NotAllowed: No worker uses this account.
        OffDuty: Nothing was kept.
    """
    worker = worker_of_viewer(store, asking)
    if not worker["on_duty"]:
        raise OffDuty()
    row = PositionRecord(
        worker_id=worker["worker_id"], lon=lon, lat=lat, accuracy_m=accuracy_m, located_at=at
    )
    record_positions(store, worker["community_id"], SOURCE, [row]).result()


def _case_of(store: Store, asking: Viewer, task_id: str) -> str:
    for row in tasks_of(store, asking, (*OPEN, "finished")):
        if row["task_id"] == task_id:
            return str(row["case_id"])
    rows = store.rows("task/one", task_id=task_id)
    mine = [
        r for r in tasks_of(store, asking, ("returned", "cancelled")) if r["task_id"] == task_id
    ]
    if rows and mine:
        raise TaskEnded(status=mine[0]["status"])
    raise NotThere(task=task_id)


def _attach(
    store: Store, asking: Viewer, case_id: str, photos: Sequence[Photo], kind: PhotoKind
) -> None:
    for photo in photos:
        attach_photo(store, asking, case_id, photo.raw, kind, photo.source_id)


def _area_of(store: Store, draft: ReportDraft) -> str | None:
    """Return the grid of a report: of its place, else of its position."""
    if draft.place_id:
        rows = store.rows("place/area", place_id=draft.place_id)
        if rows and rows[0]["area_id"]:
            return str(rows[0]["area_id"])
    place = place_of(store, draft.place_id) if draft.place_id else None
    lon, lat = draft.lon, draft.lat
    if lon is None and place is not None:
        lon, lat = place["lon"], place["lat"]
    elif lon is not None and lat is not None:
        lon, lat = to_wgs84(lon, lat, draft.crs)
    if lon is None or lat is None:
        return None
    return grids_of(store).locate(draft.community_id, [lon], [lat])[0]


def stem_of(client_id: str) -> str:
    """Return what the store knows a phone's deed by, for the ids of its pictures."""
    return source_id_for(client_id)
