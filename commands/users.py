"""`user …`: accounts of staff on the command line, named by their login."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from actions.access import CLI
from actions.users.account_drafts import AccountDraft, AreaUnknown
from actions.users.accounts import Accounts
from actions.users.passwords import generated_password, password_hashing
from actions.users.signin_steps import names_of
from commands.context import Context
from rules.errors import RuleViolation
from rules.passwords import accepted_password

Row = dict[str, Any]
# What of an account is printed; nothing that helps to sign in.
PRINTED = (
    "login",
    "role",
    "community_id",
    "also_communities",
    "area_ids",
    "worker_id",
    "oidc_subject",
    "must_change",
    "totp",
    "locked_until",
    "signed_in_at",
    "sessions",
    "removed_at",
)
WHY = {
    "login_invalid": "a login has 2 to 40 of a-z, 0-9, dot, hyphen, underscore",
    "login_taken": "an account, open or closed, has this login",
    "area_unknown": "the communities have no such area; give its id, code or name",
    "last_admin": "the community would be left without an administrator; make another one first",
    "password_short": "the password needs at least 15 characters",
    "password_long": "the password has more than 128 characters",
    "password_characters": "the password holds control characters",
    "password_easy": "the password is made of common words, keys in a row, repeats or own names",
}


class UserUnknown(RuleViolation):
    """No account has this login; list them."""

    code = "user_unknown"


def run_user_create(
    context: Context,
    login: str,
    role: str,
    community_id: str,
    also: Sequence[str] = (),
    areas: Sequence[str] = (),
    subject: str | None = None,
    password: str | None = None,
    keep_password: bool = False,
) -> int:
    """Make an account; a generated password is the only line of standard output.

    Args:
        context: The open store and where the words go.
        login: Name to sign in with.
        role: One of rules/privacy.ACCOUNT_ROLES.
        community_id: Its first community.
        also: Further communities.
        areas: Areas it covers, by id, code or name.
        subject: `issuer|subject` of the person at the provider.
        password: Read from standard input; None for a generated one.
        keep_password: The person need not choose another one at the first sign-in.

    Returns:
        0, or 2 where it cannot be made.
    """

    def work(accounts: Accounts) -> None:
        area_ids = _areas(context, [community_id, *also], areas)
        draft = AccountDraft(login, role, community_id, tuple(also), area_ids, None, subject)
        chosen, hashed = _password(context, draft_row(draft), password)
        accounts.create(draft, hashed, must_change=not keep_password)
        context.err(f"Account {login} ({role}) of {community_id} is made.")
        if role == "grid_worker" and not areas:
            context.err("It covers no area yet, so it sees no grid: give it --area.")
        _print_password(context, chosen, password, keep_password)

    return _run(context, work)


def run_user_list(context: Context) -> int:
    """Print one JSON line per account."""
    for row in _accounts(context).listed():
        shown = {name: row[name] for name in PRINTED}
        context.out(json.dumps(shown, ensure_ascii=False, default=str))
    return 0


def run_user_set_password(
    context: Context, login: str, password: str | None = None, keep_password: bool = False
) -> int:
    """Give an account another password, printed where it was generated; returns 0 or 2."""

    def work(accounts: Accounts) -> None:
        row = _find(accounts, login)
        chosen, hashed = _password(context, row, password)
        accounts.set_password(row["account_id"], hashed, must_change=not keep_password)
        context.err(f"{login} has a new password and is signed out everywhere.")
        _print_password(context, chosen, password, keep_password)

    return _run(context, work)


def run_user_role(
    context: Context,
    login: str,
    role: str | None = None,
    community_id: str | None = None,
    also: Sequence[str] | None = None,
    areas: Sequence[str] | None = None,
    subject: str | None = None,
) -> int:
    """Change what an account may do and where; what is not named stays. Returns 0 or 2."""

    def work(accounts: Accounts) -> None:
        row = _find(accounts, login)
        first = community_id or row["community_id"]
        further = row["also_communities"] if also is None else also
        area_ids = (
            tuple(row["area_ids"]) if areas is None else _areas(context, [first, *further], areas)
        )
        linked = row["oidc_subject"] if subject is None else subject or None
        draft = AccountDraft(
            row["login"],
            role or row["role"],
            first,
            tuple(further),
            area_ids,
            row["worker_id"],
            linked,
        )
        accounts.change(row["account_id"], draft)
        context.out(f"{login} is {draft.role} of {', '.join(draft.communities)}; signed out.")

    return _run(context, work)


def run_user_step(context: Context, step: str, login: str) -> int:
    """Close, reopen, unlock, sign out or take the second factor of an account; returns 0 or 2."""
    said = {
        "close": "is closed and signed out everywhere.",
        "reopen": "is open again, with the password it had.",
        "unlock": "may sign in at once.",
        "end_sessions": "is signed out everywhere.",
        "reset_second_factor": "has no second factor any more.",
    }

    def work(accounts: Accounts) -> None:
        getattr(accounts, step)(_find(accounts, login)["account_id"])
        context.out(f"{login} {said[step]}")

    return _run(context, work)


def draft_row(draft: AccountDraft) -> Row:
    """Return a draft in the shape of account/one, as far as passwords are concerned."""
    return {
        "login": draft.login,
        "community_id": draft.community_id,
        "also_communities": list(draft.also_communities),
    }


def _password(context: Context, row: Row, given: str | None) -> tuple[str, str]:
    chosen = generated_password() if given is None else given
    normal = accepted_password(chosen, names_of(context.store, row)) if given else chosen
    return chosen, password_hashing().hash(normal).result()


def _print_password(context: Context, chosen: str, given: str | None, keep: bool) -> None:
    if not keep:
        context.err("The password has to be replaced at the first sign-in.")
    if given is None:
        context.err("It is shown once:" if not keep else "The password is shown once:")
        context.out(chosen)


def _areas(context: Context, communities: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    """Find areas by id, code, the source's id or name."""
    rows = context.store.rows("account/areas", community_ids=list(communities))
    found = []
    for name in wanted:
        fits = [
            row["area_id"]
            for row in rows
            if name in (row["area_id"], row["code"], row["source_id"], row["name_zh"])
            or (row["name_en"] and name == row["name_en"])
        ]
        if len(set(fits)) != 1:
            raise AreaUnknown(area=name)
        found.append(fits[0])
    return tuple(found)


def _find(accounts: Accounts, login: str) -> Row:
    for row in accounts.listed():
        if row["login"] == login:
            return row
    raise UserUnknown(login=login)


def _accounts(context: Context) -> Accounts:
    return Accounts(context.store, context.audit, CLI)


def _run(context: Context, work: Callable[[Accounts], None]) -> int:
    try:
        work(_accounts(context))
    except RuleViolation as refusal:
        why = WHY.get(refusal.code, "")
        context.err(f"Nothing was changed: {refusal}" + (f" - {why}" if why else ""))
        return 2
    return 0
