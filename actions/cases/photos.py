"""Takes photos of cases in, lists and reads them, for whom the case is in reach (DOMAIN §3).

What is kept was encoded anew by actions/images.py: no position, time or camera of the phone. The
file is written before its row, so that a row always has a picture; a picture whose row did not come
about is removed again.
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from actions.access import NotThere, allow
from actions.cases.access import reached_case
from actions.cases.photo_files import photo_files
from actions.images import CleanImage, clean_image
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.privacy import may
from rules.viewer import Viewer
from rules.vocabulary import PHOTO_KINDS

PhotoKind = Literal["report", "before", "after", "camera", "covered"]
Row = dict[str, Any]

MOST_OF_A_KIND = 9  # photos of one kind on one case


class PhotosTooMany(RuleViolation):
    """The case has as many photos of this kind as it may have."""

    code = "photos_too_many"


class PhotoKindUnknown(RuleViolation):
    """The kind is none of PHOTO_KINDS."""

    code = "photo_kind_unknown"


def attach_photo(
    store: Store,
    asking: Viewer,
    case_id: str,
    raw: bytes,
    kind: PhotoKind,
    source_id: str | None = None,
) -> str:
    """Add a photo for a viewer who works on the case; returns its id when it is on disk.

    Args:
        raw: The upload; takes up to a second or two, so call it in a thread.
        source_id: The sender's own id of the photo; sent again, it changes nothing.

    Raises:
        NotThere, NotAllowed: The case is not the viewer's, or the role may not work on it.
        ImageRefused, PhotosTooMany, PhotoKindUnknown: Tell the sender.
    """
    here = reached_case(store, asking, case_id)
    allow("case.write", here["community_id"])
    return attach(store, case_id, raw, kind, asking.actor, source_id=source_id)


def attach(
    store: Store,
    case_id: str,
    raw: bytes,
    kind: PhotoKind,
    taken_by: str,
    *,
    source_id: str | None = None,
) -> str:
    """Add a photo to a case whose sender the caller has checked; returns its id.

    The same picture of the same kind is kept once, and so is what brings the same `source_id`.

    Args:
        store: The open store.
        case_id: The case.
        raw: JPEG, PNG or WebP as it was uploaded.
        kind: One of PHOTO_KINDS.
        taken_by: How the log names who added it.
        source_id: The sender's own id of the photo.

    Raises:
        NotThere: There is no such case.
        ImageRefused, PhotosTooMany, PhotoKindUnknown: Tell the sender.
    """
    if kind not in PHOTO_KINDS:
        raise PhotoKindUnknown(kind=kind)
    image = clean_image(raw)
    photo_id: str = store.write(lambda tx: tx.ids(1)[0]).result()
    files = photo_files(store)
    files.write(photo_id, image.jpeg)
    kept = ""
    try:
        row = _row(photo_id, case_id, kind, taken_by, source_id, image)
        kept = store.write(lambda tx: _keep(tx, row)).result()
    finally:
        if kept != photo_id:
            files.delete([photo_id])
    return kept


def photos_of(store: Store, asking: Viewer, case_id: str) -> list[Row]:
    """Return the photos of a case a viewer may see, the first taken over first.

    A still of a camera is for who may watch cameras: others see its covered copies (DOMAIN R14).

    Returns:
        photo_id, kind, happened_at, actor, width, height and size_bytes of each.

    Raises:
        NotThere, NotAllowed: The case is not the viewer's, or the role sees cases masked.
    """
    here = reached_case(store, asking, case_id)
    allow("case.read_text", here["community_id"])
    rows = list_photos(store, case_id)
    return rows if may(asking.role, "video.view") else [r for r in rows if r["kind"] != "camera"]


def list_photos(store: Store, case_id: str) -> list[Row]:
    """Return the photos of a case whose reader the caller has checked, as `photos_of` does."""
    return store.rows("case_photo/of_case", case_id=case_id)


def read_photo(store: Store, asking: Viewer, case_id: str, photo_id: str) -> bytes:
    """Return a photo as JPEG to a viewer who may read what was reported.

    Raises:
        NotThere, NotAllowed: The case or photo is not there for this viewer.
    """
    if all(row["photo_id"] != photo_id for row in photos_of(store, asking, case_id)):
        raise NotThere()
    return read(store, case_id, photo_id)


def read(store: Store, case_id: str, photo_id: str) -> bytes:
    """Return a photo as JPEG whose reader the caller has checked.

    Raises:
        NotThere: The case has no such photo, or its file is gone.
    """
    known = any(row["photo_id"] == photo_id for row in list_photos(store, case_id))
    jpeg = photo_files(store).read(photo_id) if known else None
    if jpeg is None:
        raise NotThere()
    return jpeg


def _row(
    photo_id: str,
    case_id: str,
    kind: PhotoKind,
    taken_by: str,
    source_id: str | None,
    image: CleanImage,
) -> Row:
    return {
        "event_kind": "added",
        "photo_id": photo_id,
        "case_id": case_id,
        "actor": taken_by,
        "kind": kind,
        "source_id": source_id,
        "width": image.width,
        "height": image.height,
        "size_bytes": len(image.jpeg),
        "sha256": hashlib.sha256(image.jpeg).hexdigest(),
    }


def _keep(tx: Transaction, row: Row) -> str:
    """Write a photo's row; returns the id of the photo that is kept, an older one's perhaps."""
    cases = tx.rows("case/place_in_reach", case_id=row["case_id"])
    if not cases:
        raise NotThere()
    alike = [
        known
        for known in tx.rows("case_photo/of_case", case_id=row["case_id"])
        if known["kind"] == row["kind"]
    ]
    for known in alike:
        named = row["source_id"] is not None and known["source_id"] == row["source_id"]
        if named or known["sha256"] == row["sha256"]:
            return str(known["photo_id"])
    if len(alike) >= MOST_OF_A_KIND:
        raise PhotosTooMany(most=MOST_OF_A_KIND)
    community_id = cases[0]["community_id"]
    tx.append("case_photo", [{**row, "community_id": community_id, "happened_at": tx.now}])
    return str(row["photo_id"])
