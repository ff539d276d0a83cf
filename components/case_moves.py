"""The panel to work on a case: a button and a key for every move, a form only where one is needed.

Forms are sent by assets/door_forms.js, keys and drafts are in assets/case_work.js. The id of every
form is the version of the case its maker looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html

from components import ids
from components.attributes import dashed
from components.door_form import Option, choice_field, door_form, labelled, line_field
from components.wording import named, text
from rules.case_transitions import MOVES
from rules.case_undo import UNDO
from rules.cases import TEXT_CHARS
from rules.vocabulary import OUTCOMES, REPORT_CHECKS, SUPERVISIONS, VERIFICATIONS

# One key per move; moves that never stand side by side share one.
KEYS: Mapping[str, str] = {
    "check_report": "c",
    "accept": "a",
    "file": "f",
    "reject": "x",
    "answer": "w",
    "merge": "m",
    "dispatch": "d",
    "reinforce": "e",
    "start": "s",
    "return": "b",
    "feed_back": "k",
    "transfer": "t",
    "verify": "v",
    "verify_fix": "g",
    "rework": "r",
    "close": "z",
    "ask_suspend": "p",
    "suspend": "p",
    "resume": "p",
    "ask_extend": "l",
    "extend": "l",
    "ask_cancel": "n",
    "cancel": "n",
    "reopen": "o",
    "decline": "q",
    "remind": "i",
    "supervise": "j",
    "call_back": "h",
    UNDO: "u",
}
# What usually comes next, shown first.
NEXT: Mapping[str, tuple[str, ...]] = {
    "reported": ("accept",),
    "accepted": ("file",),
    "filed": ("dispatch",),
    "dispatched": ("start",),
    "handling": ("feed_back",),
    "feedback": ("verify",),
    "verifying": ("close",),
    "returned": ("dispatch",),
    "rework": ("feed_back",),
    "suspended": ("resume",),
    "transferred": ("start",),
    "reopened": ("dispatch",),
    "closed": ("reopen", "call_back"),
    "rejected": ("reopen",),
}
_CHOICES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "check_report": ("report_check", REPORT_CHECKS),
    "verify_fix": ("verification", VERIFICATIONS),
    "supervise": ("supervision", SUPERVISIONS),
}


@dataclass(frozen=True, slots=True)
class MoveChoices:
    """What can be chosen in the forms, as (value, words).

    Attributes:
        assignees: Workers and organisations, the likeliest first.
        organisations: Who can take the case over.
        twins: Cases that can be followed instead.
        deadlines: Later deadlines; the one asked for first.
    """

    assignees: Sequence[Option] = ()
    organisations: Sequence[Option] = ()
    twins: Sequence[Option] = ()
    deadlines: Sequence[Option] = ()


def moves_panel(
    case: Mapping[str, Any], possible: Sequence[str], choices: MoveChoices, waiting: Sequence[str]
) -> html.Section:
    """Everything the viewer can do with a case now.

    Args:
        case: A row of data/sql/desk/case.sql.
        possible: Moves open to the viewer, in the order of the table.
        choices: What the forms offer.
        waiting: Sentences about what waits for approval.
    """
    first = [action for action in NEXT.get(case["status"], ()) if action in possible]
    asked = [action for action in (case["asked_action"], "decline") if action in possible]
    order = list(dict.fromkeys([*asked, *first, *possible]))
    controls = [_control(case, action, choices, action in (*asked[:1], *first)) for action in order]
    nothing = html.P(text("case_work.none"), className="note")
    hint = html.P(text("case_work.keys_hint"), className="door-hint keys-hint no-print")
    return html.Section(
        [
            html.H2(text("case_work.title")),
            html.P(id=ids.CASE_ALSO, className="case-also", role="status", hidden=True),
            *(html.P(sentence, className="note case-waiting") for sentence in waiting),
            html.Div(controls, className="case-moves") if controls else nothing,
            hint if controls else None,
        ],
        className="sheet case-section case-work",
        **dashed(data_case_id=case["case_id"], data_case_version=case["event_id"]),
    )


def undo_form(version: str) -> html.Form:
    """The button that takes the move just made back."""
    return door_form(
        [], _send(UNDO, text("case_work.undo"), KEYS[UNDO]), object_id=version, style="inline"
    )


def _control(
    case: Mapping[str, Any], action: str, choices: MoveChoices, main: bool
) -> html.Details | html.Form:
    version = case["event_id"]
    fields = _fields(case, action, choices)
    words, key = named("case_action", action), KEYS.get(action, "")
    if not fields and action not in _CHOICES and action != "call_back":
        return door_form([], _send(action, words, key, main), object_id=version, style="inline")
    buttons = _buttons(action, words)
    summary = html.Summary(
        [words, html.Kbd(key.upper())],
        className="door-button main" if main else "door-button",
        **dashed(data_move_key=key),
    )
    form = door_form(fields or [html.Span()], *buttons, object_id=version, style="single")
    return html.Details(
        [summary, form],
        className="case-move",
        key=f"{action}-{version}",
        **dashed(data_move=action),
    )


def _buttons(action: str, words: str) -> list[html.Button]:
    if action in _CHOICES:
        kind, codes = _CHOICES[action]
        return [_send(f"{action}:{code}", named(kind, code)) for code in codes]
    if action == "call_back":
        answers = (("yes", "case_work.reached"), ("no", "case_work.not_reached"))
        return [_send(f"{action}:{answer}", text(code)) for answer, code in answers]
    return [_send(action, words, main=True, sends=True)]


def _send(
    action: str, words: str, key: str = "", main: bool = False, sends: bool = False
) -> html.Button:
    content: list[Any] = [words]
    if key:
        content.append(html.Kbd(key.upper()))
    if sends:
        content.append(html.Kbd("Ctrl ↵"))
    return html.Button(
        content,
        type="submit",
        className="door-button main" if main else "door-button",
        **dashed(data_action=action, data_move_key=key, data_confirm=""),
    )


def _fields(case: Mapping[str, Any], action: str, choices: MoveChoices) -> list[Any]:
    rule = MOVES[action]
    fields = []
    for need in rule.needs:
        make = _FIELDS.get(need)
        if make is not None:
            fields += make(case, action, choices)
    if rule.text:
        fields.append(_text_field())
    return fields


def _text_field() -> html.Label:
    box = html.Textarea(
        name="text",
        rows=3,
        maxLength=TEXT_CHARS[1],
        className="door-input case-text",
        **dashed(data_draft="text"),
    )
    return labelled(text("case_work.text"), box)


def _assignees(case: Mapping[str, Any], action: str, choices: MoveChoices) -> list[Any]:
    if not choices.assignees:
        return [html.P(text("case_work.nobody"), className="note")]
    also = [("", text("case_work.nobody_else")), *choices.assignees]
    return [
        choice_field("assignee", text("case_work.assignee"), choices.assignees),
        choice_field("also", text("case_work.also"), also),
    ]


def _transfer(case: Mapping[str, Any], action: str, choices: MoveChoices) -> list[Any]:
    if not choices.organisations:
        return [html.P(text("case_work.nobody"), className="note")]
    return [choice_field("transfer_to", text("case_work.transfer_to"), choices.organisations)]


def _merge(case: Mapping[str, Any], action: str, choices: MoveChoices) -> list[Any]:
    twins = choices.twins or [("", text("case_work.no_twin"))]
    return [
        choice_field("merge_into", text("case_work.merge_into"), twins),
        line_field("merge_id", text("case_work.merge_id"), longest=64),
    ]


def _outcome(case: Mapping[str, Any], action: str, choices: MoveChoices) -> list[Any]:
    options = [(code, named("outcome", code)) for code in OUTCOMES]
    return [choice_field("outcome", text("case_work.outcome"), options)]


def _verification(case: Mapping[str, Any], action: str, choices: MoveChoices) -> list[Any]:
    if action != "close" or case["verification"] is not None:
        return []  # the check of the fix has answered already, or is itself the button
    options = [(code, named("verification", code)) for code in VERIFICATIONS if code != "fail"]
    return [choice_field("verification", text("case_work.verification"), options)]


def _deadline(case: Mapping[str, Any], action: str, choices: MoveChoices) -> list[Any]:
    return [choice_field("deadline_at", text("case_work.deadline"), choices.deadlines)]


_FIELDS: Mapping[str, Callable[[Mapping[str, Any], str, MoveChoices], list[Any]]] = {
    "assignees": _assignees,
    "transfer_to": _transfer,
    "merge_into": _merge,
    "outcome": _outcome,
    "verification": _verification,
    "deadline_at": _deadline,
}
