"""Shows pictures kept with an alarm to whom a second person has allowed it (DOMAIN R15, ADR 0032).

Whoever asks says purpose and reason. What is allowed is to look, for a day, and to put single
pictures into the alarm's case, where they are stills like any other: covered before they leave.
Every look is a line of the call register, on disk before the picture is sent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.access import NotAllowed, NotThere, reach
from actions.alarms.reading import alarm_in_reach
from actions.approvals import Approvals, Wish
from actions.auditing import line_for
from actions.cameras.keeping import SUBJECT
from actions.cameras.strip_files import StripFiles
from actions.cameras.viewing_rows import NOTE_OWNER
from actions.cameras.watchable import watchable
from actions.cases.access import reached_case
from actions.cases.photos import attach
from data.store import Store
from data.transaction import Transaction
from rules.cameras import CHOSEN_PURPOSES, ViewPurposeNeeded
from rules.pre_event import LOOK_IS_ONE, NoCaseYet, PicturesSealed, open_until
from rules.privacy import may
from rules.viewer import Viewer

Row = dict[str, Any]
MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class KeptPictures:
    """What is kept of one alarm, as one viewer may know it.

    Attributes:
        alarm: The alarm, as actions/alarms/reading.py returns it.
        strips: Rows of alarm_strip/of_alarm, of cameras within the viewer's reach.
        asked: The viewer's last asking, a row of alarm_strip/asked; None where there is none.
        until: Until when the viewer may look; None where nobody agreed or the word has run out.
    """

    alarm: Row
    strips: list[Row]
    asked: Row | None
    until: datetime | None


def alarms_with_pictures(store: Store, asking: Viewer, community_id: str) -> list[Row]:
    """Return the alarms of which a viewer may ask to see pictures, the newest first.

    Returns:
        Rows of alarm_strip/recent; counts, never a picture.

    Raises:
        NotThere, NotAllowed: The community is not the viewer's, or the role watches no cameras.
    """
    _allow(asking)
    if community_id not in asking.community_ids:
        raise NotThere(community=community_id)
    found = store.rows("alarm_strip/recent", community_id=community_id, most=MOST_LISTED)
    mine = _reached(store, asking, community_id)
    return [row for row in found if mine is None or mine & set(row["device_ids"])]


def kept_pictures(store: Store, asking: Viewer, alarm_id: str, now: datetime) -> KeptPictures:
    """Return what is kept of an alarm and whether the viewer may look at it.

    Raises:
        NotThere, NotAllowed: The alarm is not the viewer's, or the role watches no cameras.
    """
    _allow(asking)
    alarm = alarm_in_reach(store, asking, alarm_id, now)
    mine = _reached(store, asking, alarm["community_id"])
    rows = store.rows("alarm_strip/of_alarm", alarm_id=alarm_id)
    strips = [row for row in rows if mine is None or row["device_id"] in mine]
    asked = store.rows(
        "alarm_strip/asked", subject_kind=SUBJECT, alarm_id=alarm_id, actor=asking.actor
    )
    if not asked:
        return KeptPictures(alarm, strips, None, None)
    until = open_until(asked[0]["state"], asked[0]["decided_at"])
    return KeptPictures(alarm, strips, asked[0], until if until and now < until else None)


def ask_pictures(
    approvals: Approvals, asking: Viewer, alarm_id: str, purpose: str, reason: str
) -> str:
    """Ask a second person to let the viewer look; returns the approval's id.

    Args:
        purpose: A code of rules/cameras.CHOSEN_PURPOSES.
        reason: Why, in the officer's words.

    Raises:
        NotThere, NotAllowed: The alarm is not the viewer's, or nothing is kept of it.
        ViewPurposeNeeded, ReasonNeeded: Purpose or reason are missing.
        ApprovalUnderWay: Somebody asked for the same already.
    """
    found = kept_pictures(approvals.store, asking, alarm_id, approvals.now())
    if not found.strips:
        raise NotThere(alarm=alarm_id)
    if purpose not in CHOSEN_PURPOSES:
        raise ViewPurposeNeeded()
    detail = {
        "alarm_kind": found.alarm["kind"],
        "camera": ", ".join(row["name_zh"] or row["device_id"] for row in found.strips),
        "pictures": sum(row["pictures"] for row in found.strips),
    }
    here = found.alarm["community_id"]
    wish = Wish("camera_retrieval", here, SUBJECT, alarm_id, purpose, reason, detail)
    return approvals.ask(asking, wish)


def look(approvals: Approvals, asking: Viewer, strip_id: str, number: int) -> bytes:
    """Return one kept picture as JPEG; the register says so before this returns.

    Args:
        number: Which, counted from 0.

    Raises:
        NotThere, NotAllowed: There is none for this viewer, or its key is gone.
        PicturesSealed: Nobody has agreed, or the word has run out.
    """
    found, strip = _opened(approvals, asking, strip_id)
    jpeg = StripFiles(approvals.store, approvals.keyring).picture(strip_id, number)
    if jpeg is None:
        raise NotThere(strip=strip_id)
    _register(approvals, asking, found, strip)
    return jpeg


def put_into_case(approvals: Approvals, asking: Viewer, strip_id: str, number: int) -> str:
    """Make a still of the alarm's case out of a kept picture; returns the photo's id.

    Raises:
        NotThere, NotAllowed: The picture or the case is not the viewer's.
        PicturesSealed, NoCaseYet, PhotosTooMany: As they say.
    """
    found, strip = _opened(approvals, asking, strip_id)
    case_id = found.alarm["case_id"]
    if case_id is None:
        raise NoCaseYet()
    if not may(asking.role, "case.write"):
        raise NotAllowed(role=asking.role, action="case.write")
    here = reached_case(approvals.store, asking, case_id)
    jpeg = look(approvals, asking, strip_id, number)
    source = f"{strip['device_id']}/{strip_id}/{number}"
    photo_id = attach(approvals.store, case_id, jpeg, "camera", asking.actor, source_id=source)
    line = line_for(
        asking,
        "camera.put_into_case",
        here["community_id"],
        subject_kind=SUBJECT,
        subject_id=found.alarm["alarm_id"],
        case_id=case_id,
        detail=f"{source} → {photo_id}",
    )
    approvals.audit.record(line).result()
    return photo_id


def _opened(approvals: Approvals, asking: Viewer, strip_id: str) -> tuple[KeptPictures, Row]:
    """Return what a strip belongs to, for whom a second person has allowed it."""
    known = approvals.store.rows("alarm_strip/one", strip_id=strip_id)
    if not known:
        raise NotThere(strip=strip_id)
    found = kept_pictures(approvals.store, asking, known[0]["alarm_id"], approvals.now())
    strip = next((row for row in found.strips if row["strip_id"] == strip_id), None)
    if strip is None:
        raise NotThere(strip=strip_id)
    if found.until is None:
        raise PicturesSealed()
    return found, strip


def _register(approvals: Approvals, asking: Viewer, found: KeptPictures, strip: Row) -> None:
    """Write a look into the call register, once for all pictures of a strip seen together."""
    assert found.asked is not None  # `until` is only there with an asking
    at = approvals.now()
    which = {
        "viewer": asking.actor,
        "device_id": strip["device_id"],
        "approval_id": found.asked["approval_id"],
    }
    since = at - LOOK_IS_ONE
    if approvals.store.rows("camera_viewing/kept_since", since=since, **which):
        return
    row = {
        **which,
        "event_kind": "ended",
        "actor": asking.actor,
        "happened_at": at,
        "community_id": strip["community_id"],
        "mode": "kept",
        "viewer_role": asking.role,
        "purpose": found.asked["purpose"],
        "started_at": at,
        "ended_at": at,
        "seconds": 0.0,
        "glances": 1,
        "outcome": "closed",
    }
    line = line_for(
        asking,
        "camera.view_kept",
        strip["community_id"],
        subject_kind=SUBJECT,
        subject_id=strip["alarm_id"],
        case_id=found.alarm["case_id"],
        purpose=found.asked["purpose"],
        detail=f"{strip['device_id']}: {strip['pictures']}",
    )

    def unit(tx: Transaction) -> None:
        # Its pictures are asked for side by side: only the first writes.
        if not tx.rows("camera_viewing/kept_since", since=since, **which):
            tx.append(NOTE_OWNER, [{**row, "viewing_id": tx.ids(1)[0]}])
            approvals.audit.note(tx, line)

    approvals.store.write(unit).result()


def _allow(asking: Viewer) -> None:
    """Hold that a person asks who may watch cameras; a wall or a key has nobody to say why."""
    if asking.kind != "account" or not may(asking.role, "video.view"):
        raise NotAllowed(role=asking.role, action="video.view")


def _reached(store: Store, asking: Viewer, community_id: str) -> set[str] | None:
    """Return the cameras of a community a viewer may watch; None for all, also those taken down."""
    if reach(store, asking, "video.view", community_id) is None:
        return None
    return set(watchable(store, asking, community_id))
