"""Covers faces and plates on a copy of a photo, which alone may be published (DOMAIN R14, art. 22).

A person draws the boxes; the original stays as it is, keeps its period of retention and is shown to
nobody who may not read the case, and the still of a camera to nobody who may not watch one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from actions.access import NotAllowed, NotThere
from actions.auditing import line_for
from actions.cases.access import reached_case
from actions.cases.photo_files import photo_files
from actions.cases.photos import Row, attach, list_photos, read_photo
from data.audit import AuditChain
from data.store import Store
from data.transaction import Transaction
from rules.covering import Box
from rules.privacy import may
from rules.viewer import Viewer

COVERED = "covered"


def cover(
    store: Store,
    audit: AuditChain,
    asking: Viewer,
    case_id: str,
    photo_id: str,
    boxes: Sequence[Box],
) -> str:
    """Make the copy of a photo that may be published; returns its id.

    Args:
        boxes: What to cover; none where the person says that nobody can be known on it.

    Raises:
        NotThere, NotAllowed: The case or photo is not the viewer's to work on.
        PhotosTooMany: The case has as many covered copies as it may have.
    """
    community_id = _worked_on(store, asking, case_id)
    _photo(store, case_id, photo_id, covered=False)
    burnt = _burn(read_photo(store, asking, case_id, photo_id), boxes)
    drawn = hashlib.sha256(repr(tuple(boxes)).encode()).hexdigest()[:12]
    copy_id = attach(
        store, case_id, burnt, "covered", asking.actor, source_id=f"{photo_id}/{drawn}"
    )
    detail = f"{len(boxes)} boxes, {photo_id} → {copy_id}"
    line = line_for(
        asking, "photo.cover", community_id, subject_kind="case", subject_id=case_id,
        case_id=case_id, purpose="case_handling", detail=detail,
    )  # fmt: skip
    audit.record(line).result()
    return copy_id


def take_back(store: Store, audit: AuditChain, asking: Viewer, case_id: str, copy_id: str) -> None:
    """Delete a covered copy, so that it is published no more; the original stays.

    Raises:
        NotThere, NotAllowed: There is no such copy, or it is not the viewer's to work on.
    """
    community_id = _worked_on(store, asking, case_id)
    _photo(store, case_id, copy_id, covered=True)
    line = line_for(
        asking, "photo.take_back", community_id, subject_kind="case", subject_id=case_id,
        case_id=case_id, purpose="case_handling", detail=copy_id,
    )  # fmt: skip

    def unit(tx: Transaction) -> None:
        tx.run("case_photo/delete_log", photo_ids=[copy_id])
        tx.run("case_photo/delete_now", photo_ids=[copy_id])
        tx.touch("case", community_id)
        audit.note(tx, line)

    store.write(unit).result()
    photo_files(store).delete([copy_id])


def _worked_on(store: Store, asking: Viewer, case_id: str) -> str:
    here = reached_case(store, asking, case_id)
    if not may(asking.role, "case.write") or not may(asking.role, "case.read_text"):
        raise NotAllowed(role=asking.role, action="case.write")
    return str(here["community_id"])


def _photo(store: Store, case_id: str, photo_id: str, covered: bool) -> Row:
    for row in list_photos(store, case_id):
        if row["photo_id"] == photo_id and (row["kind"] == COVERED) is covered:
            return row
    raise NotThere(photo=photo_id)


def _burn(jpeg: bytes, boxes: Sequence[Box]) -> bytes:
    with Image.open(BytesIO(jpeg), formats=("JPEG",)) as image:
        picture = image.convert("RGB")
    pen = ImageDraw.Draw(picture)
    for box in boxes:
        pen.rectangle(box.pixels(picture.width, picture.height), fill="black")
    written = BytesIO()
    picture.save(written, "JPEG", quality=95)
    return written.getvalue()
