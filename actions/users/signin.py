"""Decides who comes in: password, second factor, new password where one was set by somebody else.

ADR 0011. Every wrong answer sounds the same and takes the same time, whether the account exists,
is closed or has to pause; the audit knows which it was. Nothing opens before all steps are done.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from actions.access import current_origin
from actions.auditing import line_for
from actions.users.account_drafts import LOGIN
from actions.users.attempts import Charged, OriginLimit, charge, pay_back, put_credential
from actions.users.passwords import Checked, HashingBusy, PasswordHashing
from actions.users.signin_steps import (
    CodeWrong,
    PasswordSame,
    Pending,
    SignInFailed,
    SignInOver,
    Stage,
    Step,
    names_of,
    viewer_of,
)
from actions.users.tickets import Tickets
from actions.users.totp import secret_of, step_of, use_recovery_code
from data.audit import AuditChain, AuditLine
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.passwords import accepted_password

T = TypeVar("T")
Row = dict[str, Any]

FLOOR_S = 0.6  # no wrong answer comes sooner, so that none can be told apart by the clock
AT_ONCE = 16
CODES_PER_TICKET = 5


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SignIn:
    """The door; one per process.

    Args:
        store: The open store.
        audit: Where each success and failure is written.
        keyring: Opens secrets of second factors.
        hashing: Threads that hash.
        now: Clock, replaceable in tests.
        floor_s: Least time of a wrong answer, seconds.
    """

    def __init__(
        self,
        store: Store,
        audit: AuditChain,
        keyring: Keyring,
        hashing: PasswordHashing,
        now: Callable[[], datetime] = _utc_now,
        floor_s: float = FLOOR_S,
    ) -> None:
        self._store = store
        self._audit = audit
        self._keyring = keyring
        self._hashing = hashing
        self._now = now
        self._floor_s = floor_s
        self._tickets: Tickets[Pending] = Tickets(now)
        self._at_once = 0
        self.origins = OriginLimit(now)

    async def password(self, login: str, typed: str) -> Step:
        """Check a login and a password.

        Raises:
            SignInFailed: Wrong, unknown, closed or pausing.
            TooManyAttempts: This network address has to wait.
            HashingBusy: Too many are signing in at this moment.
        """
        self.origins.check(current_origin.get())
        began = time.monotonic()
        typed_login = login.strip().lower()
        name = typed_login if LOGIN.fullmatch(typed_login) else ""  # nobody's
        if self._at_once >= AT_ONCE:
            raise HashingBusy()
        self._at_once += 1
        try:
            charged, checked = await self._check(name, typed)
        finally:
            self._at_once -= 1
        if not checked.right or charged.account is None or charged.credential is None:
            why = charged.barred or "password"
            await self._refuse(charged.account, why, began)
            raise SignInFailed()
        credential = charged.credential
        if credential["totp_confirmed"]:
            await self._unit(lambda tx: pay_back(tx, charged))
            return self._pending(credential["account_id"], "password", "code")
        if credential["must_change"]:
            await self._unit(lambda tx: pay_back(tx, charged))
            return self._pending(credential["account_id"], "password", "change")
        return await self._admit(charged.account, "password", {"password_hash": checked.better})

    async def code(self, ticket: str, typed: str) -> Step:
        """Check the second factor of a half-done sign-in.

        Raises:
            CodeWrong: Wrong, used before, or the account has to pause.
            SignInOver: Too late, or too many wrong codes; begin again.
            TooManyAttempts: This network address has to wait.
        """
        self.origins.check(current_origin.get())
        began = time.monotonic()
        pending = self._tickets.find(ticket)
        if pending is None or pending.stage != "code":
            raise SignInOver()
        account, why = await self._unit(lambda tx: self._use_code(tx, pending.account_id, typed))
        self._tickets.take(ticket)
        if why or account is None:
            await self._refuse(account, why, began)
            tried = replace(pending, codes_tried=pending.codes_tried + 1)
            if tried.codes_tried >= CODES_PER_TICKET:
                raise SignInOver()
            raise CodeWrong(ticket=self._tickets.issue(tried))
        if account["must_change"]:
            return self._pending(pending.account_id, "password+totp", "change")
        return await self._admit(account, "password+totp", {})

    async def new_password(self, ticket: str, typed: str) -> Step:
        """Set the password that the account's owner chose, as the last step.

        Raises:
            PasswordRefused: It may not be used; the ticket stays good.
            PasswordSame: It is the one that somebody else knows.
            SignInOver: Too late; begin again.
        """
        pending = self._tickets.find(ticket)
        if pending is None or pending.stage != "change":
            raise SignInOver()
        found = await self._unit(lambda tx: self._row(tx, pending.account_id))
        if found is None:
            raise SignInOver()
        account, credential = found
        normal = accepted_password(typed, names_of(self._store, account))
        same = await asyncio.wrap_future(self._hashing.check(credential["password_hash"], normal))
        if same.right:
            raise PasswordSame()
        hashed = await asyncio.wrap_future(self._hashing.hash(normal))
        if self._tickets.take(ticket) is None:
            raise SignInOver()
        changes = {"password_hash": hashed, "must_change": False, "changed_at": self._now()}
        return await self._admit(account, pending.method, changes)

    async def provider(self, account: Row) -> Step:
        """Let in an account that the provider has proved; no password, no pause.

        Raises:
            SignInFailed: It is closed.
        """
        if account["removed_at"] is not None:
            await self._refuse(account, "closed", time.monotonic())
            raise SignInFailed()
        return await self._admit(account, "oidc", {})

    async def _check(self, name: str, typed: str) -> tuple[Charged, Checked]:
        def work(tx: Transaction) -> Charged:
            found = tx.rows("account/by_login", login=name)
            return charge(tx, found[0] if found else None, self._now())

        charged = await self._unit(work)
        credential = None if charged.barred else charged.credential
        try:
            kept = credential["password_hash"] if credential else None
            return charged, await asyncio.wrap_future(self._hashing.check(kept, typed))
        except HashingBusy:
            await self._unit(lambda tx: pay_back(tx, charged))
            raise

    def _use_code(self, tx: Transaction, account_id: str, typed: str) -> tuple[Row | None, str]:
        """Look at one code; returns the account, and why it was refused or an empty text."""
        found = tx.rows("account/one", account_id=account_id)
        charged = charge(tx, found[0] if found else None, self._now())
        if charged.account is None or charged.credential is None or not charged.failures:
            return charged.account, charged.barred or "unknown"
        credential = charged.credential
        secret = secret_of(self._keyring, credential)
        step = step_of(secret, typed, self._now(), credential["totp_last_step"]) if secret else None
        if step is not None:
            credential = {**credential, "totp_last_step": step}
        elif not use_recovery_code(tx, account_id, typed):
            return charged.account, "code"
        put_credential(tx, {**credential, "failures": 0, "locked_until": None})
        return {**charged.account, "must_change": credential["must_change"]}, ""

    async def _admit(self, account: Row, method: str, changes: Row) -> Step:
        """Write down that an account came in, with what the sign-in changed."""
        kept = {name: value for name, value in changes.items() if value is not None}
        line = line_for(
            viewer_of(account),
            "sign_in",
            account["community_id"],
            subject_kind="account",
            subject_id=account["account_id"],
            detail=method + (" new_password" if "must_change" in kept else ""),
        )

        def work(tx: Transaction) -> bool:
            found = self._row(tx, account["account_id"])
            if found is None:
                return False
            admitted = {"failures": 0, "locked_until": None, "signed_in_at": self._now()}
            put_credential(tx, {**found[1], **kept, **admitted})
            self._audit.note(tx, line)
            return True

        if not await self._unit(work):
            raise SignInFailed()
        return Step(account["account_id"], method)

    def _row(self, tx: Transaction, account_id: str) -> tuple[Row, Row] | None:
        """Return an open account and its credential, None where it was closed meanwhile."""
        accounts = tx.rows("account/one", account_id=account_id)
        credentials = tx.rows("credential/of_account", account_id=account_id)
        if not accounts or not credentials or accounts[0]["removed_at"] is not None:
            return None
        return accounts[0], credentials[0]

    def _pending(self, account_id: str, method: str, stage: Stage) -> Step:
        ticket = self._tickets.issue(Pending(account_id, method, stage))
        return Step(stage=stage, ticket=ticket)

    async def _refuse(self, account: Row | None, why: str, began: float) -> None:
        """Take a failure down and answer no sooner than any other."""
        self.origins.failed(current_origin.get())
        self._audit.refused(
            AuditLine(
                "sign_in",
                "refused",
                "anonymous",
                community_id=account["community_id"] if account else "",
                subject_kind="account" if account else None,
                subject_id=account["account_id"] if account else None,
                origin=current_origin.get(),
                detail=why,
            )
        )
        await asyncio.sleep(max(0.0, began + self._floor_s - time.monotonic()))

    async def _unit(self, work: Callable[[Transaction], T]) -> T:
        """Carry out a unit of work without holding up the event loop."""
        return await asyncio.to_thread(lambda: self._store.write(work).result())
