"""Carries out one move on the cases marked in the desk's list; each answers by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import Input, Output

from actions.access import viewer
from actions.cases.moves import MOST_AT_ONCE, move_many
from components import ids
from components.case_batch import BATCH_ACTIONS, batch_words
from components.wording import text
from pages.callbacks import services
from pages.door_request import DoorRequestUnreadable
from pages.registration import page_callback
from rules.case_facts import Move

LONGEST_ID = 64


@page_callback(
    Output(ids.DESK_BATCH_SAID, "children"),
    Input(ids.DESK_BATCH, "data"),
    action="case.write",
    prevent_initial_call=True,
)
def answer_batch(data: object) -> Any:
    """Accept or file every marked case that is still as it was seen."""
    action, wishes = read_batch(data)
    results = move_many(services().store, viewer(), wishes)
    refused = [
        text(f"error.{result.refusal.code}", None, **result.refusal.fields)
        for result in results
        if result.refusal is not None
    ]
    return batch_words(action, len(results) - len(refused), refused)


def read_batch(data: object) -> tuple[str, list[tuple[str, Move]]]:
    """Read what assets/case_batch.js sends: an action and pairs of case id and version.

    Raises:
        DoorRequestUnreadable: It is not what our page sends.
    """
    if not isinstance(data, Mapping) or data.get("action") not in BATCH_ACTIONS:
        raise DoorRequestUnreadable()
    action, marked = str(data["action"]), data.get("cases")
    if not isinstance(marked, list) or len(marked) > MOST_AT_ONCE:
        raise DoorRequestUnreadable()
    wishes = []
    for pair in marked:
        if not isinstance(pair, list) or len(pair) != 2 or not all(map(_is_id, pair)):
            raise DoorRequestUnreadable()
        case_id, version = pair
        wishes.append((case_id, Move(action, seen_version=version)))
    return action, wishes


def _is_id(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID
