"""Reads what the pages of setting up show: registers, choices and single objects."""

from __future__ import annotations

from typing import Any

from actions.access import NotThere
from actions.auditing import line_for
from actions.setup.areas import DRAWN_LEVELS, gap_report
from actions.setup.directory import NUMBER_FIELD
from actions.setup.objects import PLACED_KINDS
from actions.setup.step import SetupDesk
from data.keyring import Keyring
from rules.vocabulary import KEY_PLACE_KINDS

Row = dict[str, Any]
MOST_CHOICES = 1_000
MOST_UNPLACED = 200


def community_of(desk: SetupDesk) -> Row:
    """Return what is registered of the community, with the version it was read at.

    Raises:
        NotThere: There is no such community.
    """
    rows = desk.store.rows("setup/community", community_id=desk.community_id)
    if not rows:
        raise NotThere(community=desk.community_id)
    return rows[0]


def workers_of(desk: SetupDesk) -> list[Row]:
    """Return the rows of setup/workers."""
    return desk.store.rows("setup/workers", community_id=desk.community_id)


def areas_of(desk: SetupDesk) -> list[Row]:
    """Return the rows of setup/areas."""
    return desk.store.rows("setup/areas", community_id=desk.community_id)


def organisations_of(desk: SetupDesk) -> list[Row]:
    """Return the rows of organisation/register."""
    return desk.store.rows("organisation/register", community_id=desk.community_id)


def contacts_of(desk: SetupDesk) -> list[Row]:
    """Return the rows of contact/directory, without numbers."""
    return desk.store.rows("contact/directory", community_id=desk.community_id)


def overwritten_of(desk: SetupDesk) -> list[Row]:
    """Return what was changed by hand and by a source since: rows of setup/overwritten."""
    return desk.store.rows("setup/overwritten", community_id=desk.community_id)


def numbers_of(desk: SetupDesk, keyring: Keyring) -> dict[tuple[str, str], str]:
    """Open the numbers of the directory, leaving one audit line; (contact_id, part) → number.

    A number whose key is gone is left out; part is `work` or `after`.

    Raises:
        SealBroken: A number was altered in the store.
    """
    rows = desk.store.rows("contact/numbers", community_id=desk.community_id)
    sealed = [(row["contact_id"], NUMBER_FIELD, row["sealed"]) for row in rows]
    opened = keyring.open_many(sealed)
    line = line_for(
        desk.viewer,
        "contact.read_numbers",
        desk.community_id,
        subject_kind="contact",
        field="number",
        detail=f"{len(rows)} numbers",
    )
    desk.audit.record(line).result()
    return {
        (row["contact_id"], row["part"]): number
        for row, number in zip(rows, opened, strict=True)
        if number is not None
    }


def object_of(desk: SetupDesk, noun: str, object_id: str) -> Row:
    """Return the whole state of an object in use; its `event_id` is the version to save against.

    Raises:
        NotThere: This community has no such object any more.
    """
    rows = desk.store.rows(
        f"setup/state_{noun}",
        community_id=desk.community_id,
        object_id=object_id,
        event_id=None,
    )
    if not rows or rows[0]["removed_at"] is not None:
        raise NotThere(noun=noun)
    return rows[0]


def place_choices(desk: SetupDesk, chosen: str | None) -> list[Row]:
    """Return the places a device may be said to belong to."""
    return desk.store.rows(
        "setup/place_choices",
        community_id=desk.community_id,
        kinds=["building", *KEY_PLACE_KINDS],
        chosen=chosen,
        most=MOST_CHOICES,
    )


def unplaced_of(desk: SetupDesk) -> list[Row]:
    """Return places and devices without a position, the first MOST_UNPLACED."""
    return desk.store.rows(
        "setup/unplaced",
        community_id=desk.community_id,
        placed_kinds=list(PLACED_KINDS),
        most=MOST_UNPLACED,
    )


def drawing_of(desk: SetupDesk) -> Row:
    """Return the outlines the editor draws and what no grid covers, JSON-ready.

    Geometries are GeoJSON text as stored, so that nothing is parsed only to be written again.
    """
    rows = desk.store.rows("setup/outlines", community_id=desk.community_id)
    return {
        "areas": [row for row in rows if row["level"] in DRAWN_LEVELS],
        "gaps": gap_report(desk),
    }
