"""The bar above the list for what can safely be done with several cases at once: accept, file."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html

from components import ids
from components.attributes import dashed
from components.wording import named, text

BATCH_ACTIONS = ("accept", "file")  # no text, no choice, and each can be taken back
_KEYS = {"accept": "A", "file": "F"}


def batch_bar() -> list[html.Div | dcc.Store]:
    """The bar, hidden until a case is marked (assets/case_batch.js), and where answers stand."""
    buttons = [
        html.Button(
            [named("case_action", action), html.Kbd(f"Shift {_KEYS[action]}")],
            className="quiet",
            **dashed(data_batch=action, data_batch_key=_KEYS[action]),
        )
        for action in BATCH_ACTIONS
    ]
    clear = html.Button(text("case_batch.clear"), className="quiet", **dashed(data_batch="clear"))
    hint = html.Span(text("case_batch.hint"), className="door-hint")
    count = html.Strong(id=ids.DESK_BATCH_COUNT)
    return [
        dcc.Store(id=ids.DESK_BATCH),
        html.Div(
            [count, *buttons, clear, hint],
            id=ids.DESK_BATCH_BAR,
            className="case-batch",
            hidden=True,
        ),
        html.Div(id=ids.DESK_BATCH_SAID, className="list-note", role="status"),
    ]


def batch_words(action: str, done: int, refusals: Sequence[str]) -> list[html.P]:
    """What became of a batch: how many were done, and why the others were not.

    Args:
        action: The move.
        done: Cases moved.
        refusals: The sentence of each refusal, in any order.
    """
    said = [text("case_batch.done", action=named("case_action", action), n=done)] if done else []
    for why in dict.fromkeys(refusals):
        said.append(text("case_batch.refused", n=refusals.count(why), why=why))
    return [html.P(sentence, className="note") for sentence in said]
