"""The accounts of staff: who there is, with what role, and everything that can be changed."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, no_update

from actions.access import NotAllowed, NotThere, SignInRequired, communities, viewer
from actions.users.account_drafts import AccountDraft
from actions.users.accounts import Accounts
from actions.users.passwords import generated_password, password_hashing
from components import ids
from components.account_panels import Choices, account_list, account_panel
from components.door_form import done, door_page, refused, shown_once
from components.filters import filter_of
from components.wording import local_name, text
from pages.callbacks import now, services
from pages.door_request import DoorRequest, read_door_request, zone_of_viewer
from pages.registration import opened_community, page_callback, page_frame, register_page
from rules.errors import RuleViolation

NEW = "new"
# What a button does to an account, and the sentence that says so.
SIMPLE = {
    "close": ("close", "accounts.done_close"),
    "reopen": ("reopen", "accounts.done_reopen"),
    "unlock": ("unlock", "accounts.done_unlock"),
    "end_sessions": ("end_sessions", "accounts.done_end"),
    "reset_factor": ("reset_second_factor", "accounts.done_factor"),
}


def layout(**query: object) -> Any:
    """The list, and the account that `?account=` names, or a new one."""
    community_id = opened_community(filter_of(query).community)
    opened = str(query.get("account") or "")[:60]
    content = door_page("accounts", ids.ACCOUNTS, body(opened))
    return page_frame("/accounts", community_id, content)


register_page(
    __name__,
    path="/accounts",
    name="accounts",
    order=30,
    group="system",
    title=lambda: text("accounts.title"),
    action="account.manage",
    layout=layout,
)


@page_callback(
    Output(ids.ACCOUNTS[1], "children"),
    Output(ids.ACCOUNTS[2], "children"),
    Input(ids.ACCOUNTS[0], "data"),
    action="account.manage",
    prevent_initial_call=True,
)
def answer_accounts(data: object) -> tuple[Any, Any]:
    """Carry out what a form asks; where it is refused the form stays as it was typed."""
    try:
        request = read_door_request(data)
        notice = _carry_out(request)
    except (NotAllowed, SignInRequired):
        raise
    except RuleViolation as refusal:
        return refused(refusal), no_update
    return notice, body("" if request.object_id == NEW else request.object_id)


def body(opened: str = "") -> list[Any]:
    """The list of accounts, below the panel of the opened one."""
    rows = _accounts().listed()
    choices = _choices()
    zone = zone_of_viewer()
    row = next((each for each in rows if each["account_id"] == opened), None)
    parts = [account_panel(row, choices)] if row or opened == NEW else []
    return [*parts, *account_list(rows, choices, zone, now())]


def _carry_out(request: DoorRequest) -> Any:
    accounts = _accounts()
    if request.action == "save" and request.object_id == NEW:
        return _create(accounts, request)
    row = _row(accounts, request.object_id)
    login = row["login"]
    if request.action == "save":
        accounts.change(row["account_id"], _draft(request, login))
        return done(text("accounts.done_change", login=login))
    if request.action == "set_password":
        password = generated_password()
        hashed = password_hashing().hash(password).result()
        accounts.set_password(row["account_id"], hashed)
        return shown_once(text("accounts.new_password", login=login), password)
    if request.action not in SIMPLE:
        raise NotThere(action=request.action)
    step, code = SIMPLE[request.action]
    getattr(accounts, step)(row["account_id"])
    return done(text(code, login=login))


def _create(accounts: Accounts, request: DoorRequest) -> Any:
    draft = _draft(request, request.value("login").lower())
    password = generated_password()
    accounts.create(draft, password_hashing().hash(password).result())
    return shown_once(text("accounts.new_password", login=draft.login), password)


def _draft(request: DoorRequest, login: str) -> AccountDraft:
    community_id = request.value("community")
    also = tuple(each for each in request.chosen.get("also", ()) if each != community_id)
    return AccountDraft(
        login,
        request.value("role"),
        community_id,
        also,
        request.chosen.get("areas", ()),
        request.value("worker") or None,
        request.value("subject") or None,
    )


def _row(accounts: Accounts, account_id: str) -> dict[str, Any]:
    for row in accounts.listed():
        if row["account_id"] == account_id:
            return row
    raise NotThere(account=account_id)


def _choices() -> Choices:
    store = services().store
    rows = communities(store)
    known = [row["community_id"] for row in rows]
    return Choices(
        {row["community_id"]: local_name(row) or row["community_id"] for row in rows},
        store.rows("account/areas", community_ids=known),
        store.rows("account/workers", community_ids=known),
    )


def _accounts() -> Accounts:
    running = services()
    return Accounts(running.store, running.audit, viewer())
