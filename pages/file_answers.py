"""Answers the page of one file: its content, and each of its forms, for all kinds alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import Input, Output, State, no_update

from actions.access import NotThere, viewer
from actions.files.buildings import write_building_fact
from actions.files.consent_desk import ConsentSheet, give_consent, withdraw_consent
from actions.files.edit import write_field
from actions.files.editor import Editor
from actions.files.moving import leave, set_cadence
from components import ids
from components.file_forms import value_input
from components.file_view import fields_words, refusal_words
from components.wording import text
from pages.callbacks import now, services
from pages.file_bodies import file_body
from pages.registration import page_callback
from rules.errors import RowRejected
from rules.fields import ConsentMissing

Said = tuple[Any, Any]


@page_callback(
    Output(ids.FILE_BODY, "children"),
    Input(ids.FILE_ASKED, "data"),
    Input(ids.FILE_TICK, "data"),
    action="person.read",
)
def show_file(asked: dict[str, Any], _tick: int) -> Any:
    """The file, masked; anew after each change."""
    return file_body(asked)


@page_callback(
    Output(ids.FILE_VALUE_BOX, "children"),
    Input(ids.FILE_FIELD, "value"),
    action="person.write",
    prevent_initial_call=True,
)
def choose_field(field: str | None) -> Any:
    """What the chosen field's new value is given with."""
    return value_input(field)


@page_callback(
    Output(ids.FILE_SAID, "children", allow_duplicate=True),
    Output(ids.FILE_TICK, "data", allow_duplicate=True),
    Input(ids.FILE_SAVE, "n_clicks"),
    State(ids.FILE_ASKED, "data"),
    State(ids.FILE_TICK, "data"),
    State(ids.FILE_FIELD, "value"),
    State(ids.FILE_VALUE, "value"),
    action="person.write",
    prevent_initial_call=True,
)
def save_field(
    clicks: int | None, asked: dict[str, Any], tick: int, field: str | None, value: Any
) -> Said:
    """Write one field."""
    if not clicks or not field:
        return no_update, no_update
    typed = "" if value is None else str(value)

    def write() -> str:
        if asked.get("kind") == "building":
            community_id = str(asked.get("community"))
            done = write_building_fact(_editor(), community_id, str(asked["id"]), field, typed)
        else:
            done = write_field(_editor(), str(asked["id"]), field, typed)
        return text("file.saved" if done else "file.unchanged")

    return _answer(write, tick)


@page_callback(
    Output(ids.FILE_SAID, "children", allow_duplicate=True),
    Output(ids.FILE_TICK, "data", allow_duplicate=True),
    Input(ids.CONSENT_GIVE, "n_clicks"),
    State(ids.FILE_ASKED, "data"),
    State(ids.FILE_TICK, "data"),
    State(ids.CONSENT_PURPOSE, "value"),
    State(ids.CONSENT_BY, "value"),
    State(ids.CONSENT_FORM, "value"),
    State(ids.CONSENT_ON, "value"),
    State(ids.CONSENT_REF, "value"),
    action="person.write",
    prevent_initial_call=True,
)
def give(
    clicks: int | None,
    asked: dict[str, Any],
    tick: int,
    purpose: str,
    given_by: str,
    form: str,
    given_on: str,
    paper_ref: str,
) -> Said:
    """Put a consent on record."""
    if not clicks:
        return no_update, no_update

    def write() -> str:
        sheet = ConsentSheet(purpose, given_by, form, given_on or "", paper_ref or "")
        give_consent(_editor(), str(asked["id"]), sheet)
        return text("file.saved")

    return _answer(write, tick)


@page_callback(
    Output(ids.FILE_SAID, "children", allow_duplicate=True),
    Output(ids.FILE_TICK, "data", allow_duplicate=True),
    Input(ids.CONSENT_WITHDRAW, "n_clicks"),
    State(ids.FILE_ASKED, "data"),
    State(ids.FILE_TICK, "data"),
    State(ids.CONSENT_ENDED, "value"),
    action="person.write",
    prevent_initial_call=True,
)
def withdraw(clicks: int | None, asked: dict[str, Any], tick: int, purpose: str) -> Said:
    """Withdraw a consent with everything that rests on it."""
    if not clicks:
        return no_update, no_update

    def write() -> str:
        gone = withdraw_consent(_editor(), str(asked["id"]), str(purpose))
        if not gone:
            return text("file.withdrawn_nothing")
        return text("file.withdrawn", fields=fields_words(gone))

    return _answer(write, tick)


@page_callback(
    Output(ids.FILE_SAID, "children", allow_duplicate=True),
    Output(ids.FILE_TICK, "data", allow_duplicate=True),
    Input(ids.FILE_LEAVE, "n_clicks"),
    State(ids.FILE_ASKED, "data"),
    State(ids.FILE_TICK, "data"),
    action="person.write",
    prevent_initial_call=True,
)
def note_leaving(clicks: int | None, asked: dict[str, Any], tick: int) -> Said:
    """Note that somebody moved out or left."""
    return _move(clicks, asked, tick, back=False)


@page_callback(
    Output(ids.FILE_SAID, "children", allow_duplicate=True),
    Output(ids.FILE_TICK, "data", allow_duplicate=True),
    Input(ids.FILE_RETURN, "n_clicks"),
    State(ids.FILE_ASKED, "data"),
    State(ids.FILE_TICK, "data"),
    action="person.write",
    prevent_initial_call=True,
)
def note_return(clicks: int | None, asked: dict[str, Any], tick: int) -> Said:
    """Note that somebody is still here."""
    return _move(clicks, asked, tick, back=True)


@page_callback(
    Output(ids.FILE_SAID, "children", allow_duplicate=True),
    Output(ids.FILE_TICK, "data", allow_duplicate=True),
    Input(ids.FILE_CADENCE_SAVE, "n_clicks"),
    State(ids.FILE_ASKED, "data"),
    State(ids.FILE_TICK, "data"),
    State(ids.FILE_CADENCE, "value"),
    action="person.write",
    prevent_initial_call=True,
)
def agree_cadence(clicks: int | None, asked: dict[str, Any], tick: int, days: int | None) -> Said:
    """Agree on another interval of visits."""
    if not clicks or not days:
        return no_update, no_update

    def write() -> str:
        set_cadence(_editor(), str(asked["id"]), int(days))
        return text("file.saved")

    return _answer(write, tick)


def _move(clicks: int | None, asked: dict[str, Any], tick: int, *, back: bool) -> Said:
    if not clicks:
        return no_update, no_update

    def write() -> str:
        leave(_editor(), str(asked["id"]), back=back)
        return text("file.saved")

    return _answer(write, tick)


def _editor() -> Editor:
    parts = services()
    return Editor(parts.store, parts.audit, viewer(), now())


def _answer(write: Callable[[], str], tick: int) -> Said:
    """Carry a change out and say what became of it; the file is read anew after a change."""
    try:
        return write(), int(tick or 0) + 1
    except ConsentMissing as refusal:
        purpose = text(f"consent.{refusal.fields['purpose']}")
        return text("file.consent_hint", purpose=purpose), no_update
    except RowRejected as refusal:
        return refusal_words(refusal.code, refusal.field), no_update
    except NotThere:
        return refusal_words("subject_unknown"), no_update
