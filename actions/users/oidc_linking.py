"""Finds the account of a person that the provider has proved; makes none and grants nothing."""

from __future__ import annotations

from contextvars import copy_context
from typing import Any

from actions.auditing import line_for
from actions.users.account_drafts import LOGIN
from actions.users.oidc import Person
from actions.users.signin_steps import viewer_of
from data.audit import AuditChain
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation

Row = dict[str, Any]


class ProviderUnknownPerson(RuleViolation):
    """No account is linked with this person; an administrator links one."""

    code = "provider_unknown_person"


def account_of_person(store: Store, audit: AuditChain, person: Person, link_by_login: bool) -> Row:
    """Return the account of a person, linking it at the first sign-in where that is allowed.

    Args:
        store: The open store.
        audit: Where a new link is written down.
        person: Whom the provider has proved.
        link_by_login: Link an open account of the same login that is linked with nobody.

    Returns:
        Row of account/one; it may be closed.

    Raises:
        ProviderUnknownPerson: There is none.
    """

    def work(tx: Transaction) -> Row | None:
        linked = tx.rows("account/by_subject", oidc_subject=person.subject)
        if linked:
            return linked[0]
        if not link_by_login or LOGIN.fullmatch(person.login) is None:
            return None
        named = tx.rows("account/by_login", login=person.login)
        if not named or named[0]["removed_at"] is not None or named[0]["oidc_subject"]:
            return None
        row = {**named[0], "oidc_subject": person.subject}
        actor = viewer_of(row)
        stamp = {"event_kind": "changed", "happened_at": tx.now, "actor": actor.actor}
        tx.append("account", [{**row, **stamp}])
        line = line_for(
            actor,
            "account.link",
            row["community_id"],
            subject_kind="account",
            subject_id=row["account_id"],
        )
        audit.note(tx, line)
        return row

    asked_in = copy_context()  # the writer's thread does not know where this came from
    found = store.write(lambda tx: asked_in.run(work, tx)).result()
    if found is None:
        raise ProviderUnknownPerson()
    return found
