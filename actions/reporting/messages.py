"""What staff ask the reporter of a case and what comes back; free text, so it is in no log."""

from __future__ import annotations

from typing import Any

from actions.access import allow
from actions.cases.access import reached_case
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.viewer import Viewer

Row = dict[str, Any]
MOST_CHARS = 1_000
MOST_OF_A_LINK = 30


class MessageInvalid(RuleViolation):
    """A message has 2 to 1,000 characters."""

    code = "message_invalid"


class MessagesTooMany(RuleViolation):
    """This link has written as much as one may; call the community."""

    code = "messages_too_many"


def ask_reporter(store: Store, asking: Viewer, case_id: str, words: str) -> None:
    """Ask everybody who holds a private link of a case; they read it there.

    Raises:
        NotThere, NotAllowed: The case is not the viewer's, or the role may not work on it.
        MessageInvalid: Too short or too long.
    """
    here = reached_case(store, asking, case_id)
    allow("case.write", here["community_id"])
    write_message(store, case_id, here["community_id"], asking.actor, words, None)


def write_message(
    store: Store, case_id: str, community_id: str, actor: str, words: str, link_id: str | None
) -> None:
    """Keep a message whose sender the caller has checked; the same one twice in a row stays one.

    Raises:
        MessageInvalid, MessagesTooMany: Tell the sender.
    """
    note = words.strip()
    if not 2 <= len(note) <= MOST_CHARS:
        raise MessageInvalid(most=MOST_CHARS)

    def unit(tx: Transaction) -> None:
        known = tx.rows("case_message/of_case", case_id=case_id, link_id=None)
        own = [row for row in known if row["link_id"] == link_id]
        if own and own[-1]["note"] == note:
            return
        if link_id is not None and len(own) >= MOST_OF_A_LINK:
            raise MessagesTooMany()
        row = {
            "message_id": tx.ids(1)[0],
            "case_id": case_id,
            "link_id": link_id,
            "community_id": community_id,
            "actor": actor,
            "note": note,
            "written_at": tx.now,
        }
        tx.insert("case_message", [row])
        tx.touch("case_message", community_id)

    store.write(unit).result()


def messages_of(store: Store, case_id: str, link_id: str | None = None) -> list[Row]:
    """Return the messages of a case, the oldest first; for a link only its own and staff's.

    Returns:
        message_id, link_id, actor, note and written_at of each. The caller has checked the reader.
    """
    return store.rows("case_message/of_case", case_id=case_id, link_id=link_id)
