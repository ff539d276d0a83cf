"""Makes, changes and closes accounts of staff; each change and its audit line are one unit.

Whoever manages accounts reaches those whose communities are all its own; others answer as if they
did not exist. The last open administrator of a community stays one (ADR 0011).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, TypeVar

from actions.access import NotAllowed, NotThere
from actions.auditing import line_for
from actions.users.account_drafts import AccountDraft, LoginTaken, check_draft
from actions.users.attempts import put_credential
from data.audit import AuditChain
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.privacy import may
from rules.viewer import Viewer

T = TypeVar("T")
Row = dict[str, Any]


class LastAdmin(RuleViolation):
    """The community would be left without an administrator; make another one first."""

    code = "last_admin"


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts as far as `asking` may manage them."""

    store: Store
    audit: AuditChain
    asking: Viewer

    def listed(self) -> list[Row]:
        """Return rows of account/list, open accounts first.

        Raises:
            NotAllowed: The role may not.
        """
        self._allow()
        return self.store.rows("account/list", community_ids=self._reach())

    def create(
        self, draft: AccountDraft, password_hash: str | None, must_change: bool = True
    ) -> str:
        """Make an account and return its id.

        Args:
            draft: What it is to be.
            password_hash: By actions/users/passwords.py; None where only the provider signs it in.
            must_change: Its owner sets another password when signing in for the first time.

        Raises:
            RuleViolation: LoginInvalid, LoginTaken, RoleUnknown, CommunityUnknown, AreaUnknown,
                WorkerUnknown, SubjectTaken, NotThere or NotAllowed.
        """

        def work(tx: Transaction) -> str:
            check_draft(tx, draft, self._reach())
            if tx.rows("account/by_login", login=draft.login):
                raise LoginTaken(login=draft.login)
            account_id = tx.ids(1)[0]
            row: Row = {"account_id": account_id, "login": draft.login, "removed_at": None}
            self._append(tx, "created", {**row, **draft.facts()})
            put_credential(tx, _new_credential(tx, account_id, password_hash, must_change))
            self._note(tx, "account.create", draft.community_id, account_id, draft.role)
            return account_id

        return self._unit("account.create", None, work)

    def change(self, account_id: str, draft: AccountDraft) -> None:
        """Give an account another role, other communities, areas, worker or person; ends sessions.

        Raises:
            RuleViolation: As `create`; LastAdmin.
        """

        def work(tx: Transaction) -> None:
            row = self._find(tx, account_id)
            check_draft(tx, draft, self._reach(), account_id)
            kept = set(draft.communities) if draft.role == "admin" else set()
            self._keep_an_admin(tx, row, losing=set(_communities(row)) - kept)
            self._append(tx, "changed", {**row, **draft.facts()})
            end_sessions_of(tx, account_id)
            told = row["role"] if row["role"] == draft.role else f"{row['role']} > {draft.role}"
            self._note(tx, "account.change", draft.community_id, account_id, told)

        self._unit("account.change", account_id, work)

    def close(self, account_id: str) -> None:
        """Close an account at once, its sessions with it.

        Raises:
            LastAdmin: It is the last open administrator of a community.
        """

        def work(tx: Transaction) -> None:
            row = self._find(tx, account_id)
            if row["removed_at"] is not None:
                return
            self._keep_an_admin(tx, row, losing=set(_communities(row)))
            self._append(tx, "closed", {**row, "removed_at": tx.now})
            end_sessions_of(tx, account_id)
            self._note(tx, "account.close", row["community_id"], account_id, row["role"])

        self._unit("account.close", account_id, work)

    def reopen(self, account_id: str) -> None:
        """Open a closed account again, with the password it had."""

        def work(tx: Transaction) -> None:
            row = self._find(tx, account_id)
            if row["removed_at"] is None:
                return
            self._append(tx, "reopened", {**row, "removed_at": None})
            self._note(tx, "account.reopen", row["community_id"], account_id, row["role"])

        self._unit("account.reopen", account_id, work)

    def set_password(self, account_id: str, password_hash: str, must_change: bool = True) -> None:
        """Give an account a new password; ends its sessions and its pause."""
        changes = {"password_hash": password_hash, "must_change": must_change}
        self._amend("account.password", account_id, {**changes, **_UNLOCKED}, end_sessions=True)

    def reset_second_factor(self, account_id: str) -> None:
        """Take away the second factor of somebody who lost it; ends the account's sessions."""
        self._amend("account.second_factor_reset", account_id, {**NO_SECOND_FACTOR}, True)

    def unlock(self, account_id: str) -> None:
        """End the pause after failed attempts."""
        self._amend("account.unlock", account_id, {**_UNLOCKED})

    def end_sessions(self, account_id: str) -> None:
        """Sign an account out everywhere."""
        self._amend("account.sessions_end", account_id, {}, end_sessions=True)

    def _amend(
        self, action: str, account_id: str, changes: Row, end_sessions: bool = False
    ) -> None:
        def work(tx: Transaction) -> None:
            row = self._find(tx, account_id)
            found = tx.rows("credential/of_account", account_id=account_id)
            kept = found[0] if found else _new_credential(tx, account_id, None, False)
            stamp = {"changed_at": tx.now} if "password_hash" in changes else {}
            put_credential(tx, {**kept, **changes, **stamp})
            if "totp_sealed" in changes:
                tx.run("recovery_code/take", account_id=account_id, code_hash=None)
            if end_sessions:
                end_sessions_of(tx, account_id)
            self._note(tx, action, row["community_id"], account_id, row["role"])

        self._unit(action, account_id, work)

    def _unit(self, action: str, account_id: str | None, work: Callable[[Transaction], T]) -> T:
        """Carry out a unit of work; what is refused leaves a line as well."""
        first = min(self.asking.community_ids, default="")
        subject = {"subject_kind": "account", "subject_id": account_id}
        try:
            self._allow()
            asked_in = copy_context()  # the writer's thread does not know where this came from
            return self.store.write(lambda tx: asked_in.run(work, tx)).result()
        except RuleViolation as refusal:
            line = line_for(
                self.asking, action, first, result="refused", detail=refusal.code, **subject
            )
            self.audit.refused(line)
            raise

    def _reach(self) -> list[str] | None:
        return None if self.asking.kind == "cli" else sorted(self.asking.community_ids)

    def _allow(self) -> None:
        if self.asking.kind != "cli" and not may(self.asking.role, "account.manage"):
            raise NotAllowed(role=self.asking.role, action="account.manage")

    def _covers(self, communities: Sequence[str]) -> bool:
        return self.asking.kind == "cli" or self.asking.community_ids.issuperset(communities)

    def _find(self, tx: Transaction, account_id: str) -> Row:
        found = tx.rows("account/one", account_id=account_id)
        if not found or not self._covers(_communities(found[0])):
            raise NotThere(account=account_id)
        return found[0]

    def _keep_an_admin(self, tx: Transaction, row: Row, losing: set[str]) -> None:
        if row["role"] != "admin" or row["removed_at"] is not None or not losing:
            return
        others = tx.rows(
            "account/other_admins", account_id=row["account_id"], community_ids=sorted(losing)
        )
        orphaned = losing - {other["community_id"] for other in others}
        if orphaned:
            raise LastAdmin(community_id=min(orphaned))

    def _append(self, tx: Transaction, event_kind: str, state: Row) -> None:
        stamp = {
            "event_kind": event_kind,
            "happened_at": tx.now,
            "actor": self.asking.actor,
        }
        tx.append("account", [{**state, **stamp}])

    def _note(
        self, tx: Transaction, action: str, community_id: str, account_id: str, detail: str
    ) -> None:
        line = line_for(
            self.asking,
            action,
            community_id,
            subject_kind="account",
            subject_id=account_id,
            detail=detail,
        )
        self.audit.note(tx, line)


NO_SECOND_FACTOR: Row = {"totp_sealed": None, "totp_confirmed": False, "totp_last_step": None}
_UNLOCKED: Row = {"failures": 0, "locked_until": None}


def end_sessions_of(tx: Transaction, account_id: str, keep: str | None = None) -> None:
    """Sign an account out everywhere but in one session."""
    holder: Row = {"holder_kind": "account", "holder_id": account_id}
    tx.run("session/end", session_ids=None, except_id=keep, **holder)
    tx.touch("session", "")


def _communities(row: Row) -> list[str]:
    return [row["community_id"], *(row["also_communities"] or [])]


def _new_credential(
    tx: Transaction, account_id: str, password_hash: str | None, must_change: bool
) -> Row:
    return {
        "account_id": account_id,
        "password_hash": password_hash,
        "must_change": must_change and password_hash is not None,
        "changed_at": tx.now,
        **NO_SECOND_FACTOR,
        **_UNLOCKED,
    }
