"""Answers the forms of the set-up pages: one callback, one step each, and the page's body anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import Input, Output, no_update

from actions.access import NotAllowed, SignInRequired
from actions.setup.areas import remove_area, set_leader
from actions.setup.community import acknowledge_limits, save_facts
from actions.setup.directory import (
    PARTS,
    DirectoryDraft,
    remove_contact,
    remove_organisation,
    save_contact,
    save_organisation,
)
from actions.setup.step import SetupDesk
from actions.setup.undo import undo
from actions.setup.workers import WorkerDraft, remove_worker, save_worker
from components import ids
from components.setup_frame import done, refused
from pages.callbacks import services
from pages.registration import page_callback
from pages.setup_bodies import BODIES
from pages.setup_request import RequestUnreadable, SetupRequest, desk_for, read_request
from rules.errors import RuleViolation

Carry = Callable[[SetupDesk, SetupRequest], object]


@page_callback(
    Output(ids.SETUP_BODY, "children"),
    Output(ids.SETUP_NOTICE, "children"),
    Input(ids.SETUP_REQUEST, "data"),
    action="config.write",
    prevent_initial_call=True,
)
def answer_form(data: object) -> tuple[Any, Any]:
    """Carry out what a form asks; where it is refused the form stays as it was typed."""
    try:
        request = read_request(data)
        desk = desk_for(request.community_id)
        opened = _opened(request)
        if opened is None:
            carry_out(desk, request)
        body = _body(desk, request, opened)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return no_update, refused(refusal)
    return body, done(_done(request.action)) if opened is None else None


def carry_out(desk: SetupDesk, request: SetupRequest) -> None:
    """Take the step a form asks for.

    Raises:
        RequestUnreadable: No form asks for this.
        RuleViolation: The step was refused; nothing was changed.
    """
    step = _STEPS.get((request.action, request.noun)) or _STEPS.get((request.action, ""))
    if step is None:
        raise RequestUnreadable()
    step(desk, request)


def _opened(request: SetupRequest) -> tuple[str, str] | None:
    """What the body shall show open, or None where the request changes something."""
    if request.action == "open":
        return (request.noun, request.object_id)
    return ("", "") if request.action == "close" else None


def _body(desk: SetupDesk, request: SetupRequest, opened: tuple[str, str] | None) -> list[Any]:
    build = BODIES.get(request.page)
    if build is None:
        raise RequestUnreadable()
    return build(desk, opened)


def _done(action: str) -> str:
    return {"facts": "save"}.get(action, action)


def _save_facts(desk: SetupDesk, request: SetupRequest) -> None:
    save_facts(desk, request.values, request.version)


def _save_worker(desk: SetupDesk, request: SetupRequest) -> None:
    save_worker(desk, WorkerDraft(request.values, request.object_id or None, request.version))


def _save_organisation(desk: SetupDesk, request: SetupRequest) -> None:
    draft = DirectoryDraft(request.values, request.object_id or None, request.version)
    save_organisation(desk, draft)


def _save_contact(desk: SetupDesk, request: SetupRequest) -> None:
    """An empty number field keeps the number there is; its switch takes it away."""
    values = dict(request.values)
    for part in PARTS:
        taken = bool(values.pop(f"take_{part}", None))
        if taken:
            values[f"{part}_number"] = ""
        elif not str(values.get(f"{part}_number") or "").strip():
            values.pop(f"{part}_number", None)
    draft = DirectoryDraft(values, request.object_id or None, request.version)
    save_contact(desk, services().keyring, draft)


def _set_leader(desk: SetupDesk, request: SetupRequest) -> None:
    chosen = request.values.get("leader_worker_id")
    worker_id = chosen if isinstance(chosen, str) else None
    set_leader(desk, request.object_id, request.version, worker_id)


_STEPS: dict[tuple[str, str], Carry] = {
    ("facts", "community"): _save_facts,
    ("save", "worker"): _save_worker,
    ("save", "organisation"): _save_organisation,
    ("save", "contact"): _save_contact,
    ("lead", "area"): _set_leader,
    ("acknowledge", "acknowledgement"): lambda desk, _request: acknowledge_limits(desk),
    ("undo", ""): lambda desk, request: undo(desk, request.object_id),
    ("remove", "area"): lambda desk, r: remove_area(desk, r.object_id, r.version),
    ("remove", "worker"): lambda desk, r: remove_worker(desk, r.object_id, r.version),
    ("remove", "organisation"): lambda desk, r: remove_organisation(desk, r.object_id, r.version),
    ("remove", "contact"): lambda desk, r: remove_contact(desk, r.object_id, r.version),
}
