"""What the holder of a private link sees and may do: state, answers, photos, rating, reopening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.access import NotThere
from actions.cases.moves import move_as_reporter
from actions.cases.photos import list_photos, read
from actions.reporting.links import Link
from actions.reporting.messages import messages_of, write_message
from data.store import Store
from rules.case_facts import Move
from rules.cases import MoveNotYours

Row = dict[str, Any]
# Kinds of photos a reporter sees: of cameras never the picture itself, only a covered copy of it.
PUBLISHED = frozenset({"after", "covered"})
# Moves whose words are the community's answer to the reporter; all others are staff's own notes.
ANSWERS = frozenset({"answer", "reject", "close"})


@dataclass(frozen=True, slots=True)
class Followed:
    """A report as its reporter sees it.

    Attributes:
        case: desk/case of the case, or of the one it was merged into.
        own: desk/case of the case the link was made for.
        steps: (status, when, words told) in order; only changes of state.
        photos: The reporter's own pictures, those of the finished work, and covered copies.
        messages: To and fro.
    """

    link: Link
    case: Row
    own: Row
    steps: tuple[tuple[str, Any, str], ...]
    photos: tuple[Row, ...]
    messages: tuple[Row, ...]


def followed(store: Store, link: Link) -> Followed:
    """Return what a private link shows.

    Raises:
        NotThere: The case is gone.
    """
    own = _case(store, link.case_id)
    case = _case(store, own["merged_into"]) if own["merged_into"] else own
    photos = [
        row
        for row in list_photos(store, case["case_id"])
        if row["kind"] in PUBLISHED or row["actor"] == link.actor
    ]
    if case is not own:
        photos = [
            r for r in list_photos(store, own["case_id"]) if r["actor"] == link.actor
        ] + photos
    return Followed(
        link,
        case,
        own,
        tuple(_steps(store.rows("desk/case_history", case_id=case["case_id"]))),
        tuple(photos),
        tuple(messages_of(store, own["case_id"], link.link_id)),
    )


def followed_photo(store: Store, link: Link, photo_id: str) -> bytes:
    """Return a photo that a private link shows, as JPEG.

    Raises:
        NotThere: The link shows no such photo.
    """
    seen = followed(store, link)
    if not any(row["photo_id"] == photo_id for row in seen.photos):
        raise NotThere()
    for case_id in {seen.own["case_id"], seen.case["case_id"]}:
        if any(row["photo_id"] == photo_id for row in list_photos(store, case_id)):
            return read(store, case_id, photo_id)
    raise NotThere()


def reply(store: Store, link: Link, words: str) -> None:
    """Write to the staff of the case.

    Raises:
        MessageInvalid, MessagesTooMany: Tell the sender.
    """
    write_message(store, link.case_id, link.community_id, link.actor, words, link.link_id)


def rate(store: Store, link: Link, stars: int, words: str) -> None:
    """Rate how the case was done: 1 to 5, with a few words where wanted.

    Raises:
        MoveNotYours: The link only follows somebody else's report.
        RuleViolation: What rules/cases.py objects to, e.g. that the case is not closed.
    """
    _move(store, link, Move("rate", rating=stars, text=words.strip() or None))


def ask_reopen(store: Store, link: Link, words: str) -> None:
    """Ask that a closed case be taken up again; an officer decides.

    Raises:
        MoveNotYours, RuleViolation: As `rate`.
    """
    _move(store, link, Move("ask_reopen", text=words))


def _move(store: Store, link: Link, move: Move) -> None:
    if link.kind != "reporter":
        raise MoveNotYours(action=move.action)
    move_as_reporter(store, link.community_id, link.case_id, move, link.actor)


def _case(store: Store, case_id: str) -> Row:
    rows = store.rows("desk/case", case_id=case_id)
    if not rows:
        raise NotThere()
    return rows[0]


def _steps(events: list[Row]) -> list[tuple[str, Any, str]]:
    steps: list[tuple[str, Any, str]] = []
    for event in events:
        told = (event["note"] or "") if event["action"] in ANSWERS else ""
        if steps and steps[-1][0] == event["status"] and not told:
            continue
        steps.append((event["status"], event["happened_at"], told))
    return steps
