"""Decides what an account may be made into: a login, a role, communities, areas, a worker."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from actions.users.keys import CommunityUnknown, RoleUnknown
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.privacy import ACCOUNT_ROLES

Row = dict[str, Any]

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
FACTS = ("role", "community_id", "also_communities", "area_ids", "worker_id", "oidc_subject")
MOST_AREAS = 500
LONGEST_SUBJECT = 600


class LoginInvalid(RuleViolation):
    """A login has 2 to 40 of a-z, 0-9, dot, hyphen, underscore."""

    code = "login_invalid"


class LoginTaken(RuleViolation):
    """An account, open or closed, has this login; reopen it or choose another."""

    code = "login_taken"


class SubjectTaken(RuleViolation):
    """Another account is linked with this person at the provider."""

    code = "oidc_subject_taken"


class SubjectInvalid(RuleViolation):
    """A person at the provider is named `issuer|subject`, in ASCII."""

    code = "oidc_subject_invalid"


class AreaUnknown(RuleViolation):
    """None of the account's communities has such an area."""

    code = "area_unknown"


class WorkerUnknown(RuleViolation):
    """None of the account's communities has such a worker."""

    code = "worker_unknown"


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """What an account is to be.

    Attributes:
        login: Name to sign in with; better a post than a person, e.g. duty1.
        role: One of rules/privacy.ACCOUNT_ROLES.
        community_id: Its first community.
        also_communities: Further ones, e.g. of a sub-district.
        area_ids: Roots of the areas it covers; empty for all (a grid worker then covers none).
        worker_id: The worker who uses it.
        oidc_subject: `issuer|subject` of the person at the provider.
    """

    login: str
    role: str
    community_id: str
    also_communities: tuple[str, ...] = ()
    area_ids: tuple[str, ...] = ()
    worker_id: str | None = None
    oidc_subject: str | None = None

    @property
    def communities(self) -> list[str]:
        """All communities it covers, the first one first."""
        return list(dict.fromkeys([self.community_id, *self.also_communities]))

    def facts(self) -> Row:
        """Return the columns of account_event it sets."""
        also = [community for community in self.communities if community != self.community_id]
        given = {name: getattr(self, name) for name in FACTS}
        return {**given, "also_communities": also, "area_ids": list(dict.fromkeys(self.area_ids))}


def check_draft(
    tx: Transaction,
    draft: AccountDraft,
    within: Collection[str] | None,
    account_id: str | None = None,
) -> None:
    """Hold a draft against the rules and the registers.

    Args:
        tx: The unit of work it is to be carried out in.
        draft: What the account is to be.
        within: Communities the account must stay within; None for all.
        account_id: The account as it is, where there is one.

    Raises:
        RuleViolation: LoginInvalid, RoleUnknown, CommunityUnknown, AreaUnknown, WorkerUnknown,
            SubjectInvalid or SubjectTaken. A community out of reach is unknown, as if it did not
            exist.
    """
    if LOGIN.fullmatch(draft.login) is None:
        raise LoginInvalid(login=draft.login[:60])
    if draft.role not in ACCOUNT_ROLES:
        raise RoleUnknown(role=draft.role[:60], known=", ".join(ACCOUNT_ROLES))
    known = {row["community_id"] for row in tx.rows("community/list")}
    reached = known if within is None else known & set(within)
    for community_id in draft.communities:
        if community_id not in reached:
            raise CommunityUnknown(community_id=community_id[:60])
    areas = {row["area_id"] for row in tx.rows("account/areas", community_ids=draft.communities)}
    if len(draft.area_ids) > MOST_AREAS or not areas.issuperset(draft.area_ids):
        raise AreaUnknown(area=min(set(draft.area_ids) - areas, default="")[:60])
    workers = tx.rows("account/workers", community_ids=draft.communities)
    if draft.worker_id and draft.worker_id not in {row["worker_id"] for row in workers}:
        raise WorkerUnknown(worker=draft.worker_id[:60])
    _check_subject(tx, draft.oidc_subject, account_id)


def _check_subject(tx: Transaction, oidc_subject: str | None, account_id: str | None) -> None:
    if not oidc_subject:
        return
    whole = all(oidc_subject.partition("|")) and oidc_subject.isascii()
    if not whole or not oidc_subject.isprintable() or len(oidc_subject) > LONGEST_SUBJECT:
        raise SubjectInvalid()
    linked = tx.rows("account/by_subject", oidc_subject=oidc_subject)
    if any(row["account_id"] != account_id for row in linked):
        raise SubjectTaken()
