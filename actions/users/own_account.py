"""What everybody may do to the own account: password, second factor, recovery codes, sessions.

Whatever changes how the account proves itself asks for the present password once more, counted like
an attempt to sign in: a browser left open is not enough (SP 800-63B-4 §4).
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from actions.access import NotAllowed, NotThere
from actions.auditing import line_for
from actions.users.accounts import NO_SECOND_FACTOR, end_sessions_of
from actions.users.attempts import charge, pay_back, put_credential
from actions.users.passwords import HashingBusy, PasswordHashing
from actions.users.signin_steps import CodeWrong, PasswordSame, names_of
from actions.users.totp import (
    FIELD,
    keep_recovery_codes,
    new_recovery_codes,
    new_secret,
    secret_of,
    setup_address,
    step_of,
    subject_of,
)
from data.audit import AuditChain
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.passwords import accepted_password
from rules.viewer import Viewer

T = TypeVar("T")
Row = dict[str, Any]


class PasswordWrong(RuleViolation):
    """The present password is not right, or there were too many attempts."""

    code = "password_wrong"


@dataclass(frozen=True, slots=True)
class Setup:
    """A second factor that is being set up; shown to its owner alone.

    Attributes:
        secret: In base32, for typing.
        address: otpauth: address, for a QR code.
    """

    secret: str
    address: str


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The account of whoever is signed in.

    Attributes:
        session_id: The session that stays when others end.
        now: Clock, replaceable in tests.
    """

    store: Store
    audit: AuditChain
    keyring: Keyring
    hashing: PasswordHashing
    asking: Viewer
    session_id: str | None = None
    now: Callable[[], datetime] = _utc_now

    def facts(self) -> Row:
        """Return the account's row of account/list and how many recovery codes are left."""
        account_id = self._account_id()
        mine = self.store.rows("account/list", community_ids=None)
        row = next((row for row in mine if row["account_id"] == account_id), None)
        if row is None:
            raise NotThere(account=account_id)
        left = self.store.rows("recovery_code/of_account", account_id=account_id)
        return {**row, "recovery_codes": len(left)}

    def sessions(self) -> list[Row]:
        """Return rows of account/sessions, each with `present` for this browser's own."""
        rows = self.store.rows("account/sessions", account_id=self._account_id())
        return [{**row, "present": row["session_id"] == self.session_id} for row in rows]

    def end_session(self, session_id: str) -> None:
        """Sign one other browser out.

        Raises:
            NotThere: It is no session of this account.
        """
        if session_id not in {row["session_id"] for row in self.sessions()}:
            raise NotThere(session=session_id[:60])

        def work(tx: Transaction) -> None:
            tx.run(
                "session/end",
                session_ids=[session_id],
                holder_kind=None,
                holder_id=None,
                except_id=self.session_id,
            )
            tx.touch("session", "")
            self._note(tx, "account.own_session_end")

        self._unit(work)

    def end_other_sessions(self) -> None:
        """Sign out everywhere but here."""

        def work(tx: Transaction) -> None:
            end_sessions_of(tx, self._account_id(), keep=self.session_id)
            self._note(tx, "account.own_session_end", "all others")

        self._unit(work)

    def change_password(self, present: str, wanted: str) -> None:
        """Set another password; signs out everywhere but here.

        Raises:
            PasswordWrong: The present password is not right.
            PasswordRefused, PasswordSame: The new one may not be used.
            HashingBusy: Too many passwords are being checked; try again.
        """
        account = self._prove(present)
        normal = accepted_password(wanted, names_of(self.store, account))
        kept = self._credential()["password_hash"]
        if self.hashing.check(kept, normal).result().right:
            raise PasswordSame()
        hashed = self.hashing.hash(normal).result()

        def work(tx: Transaction) -> None:
            row = self._credential_in(tx)
            changes = {"password_hash": hashed, "must_change": False, "changed_at": self.now()}
            put_credential(tx, {**row, **changes})
            end_sessions_of(tx, self._account_id(), keep=self.session_id)
            self._note(tx, "account.own_password")

        self._unit(work)

    def begin_second_factor(self, present: str) -> Setup:
        """Make a secret for an authenticator app; it counts once `confirm_second_factor` is done.

        Raises:
            PasswordWrong: The present password is not right.
            NotAllowed: A second factor is on already; turn it off first.
        """
        self._prove(present)
        if self._credential()["totp_confirmed"]:
            raise NotAllowed(role=self.asking.role, action="account.own_second_factor")
        account_id = self._account_id()
        secret = new_secret()
        self.keyring.create([subject_of(account_id)])
        sealed = self.keyring.seal(subject_of(account_id), FIELD, secret)

        def work(tx: Transaction) -> None:
            pending = {**NO_SECOND_FACTOR, "totp_sealed": sealed}
            put_credential(tx, {**self._credential_in(tx), **pending})

        self._unit(work)
        return Setup(secret, setup_address(secret, self.asking.label))

    def confirm_second_factor(self, typed: str) -> list[str]:
        """Turn the second factor on with a first code; returns recovery codes, shown this once.

        Raises:
            CodeWrong: The code does not fit; the setting-up goes on.
        """
        codes = new_recovery_codes()

        def work(tx: Transaction) -> bool:
            row = self._credential_in(tx)
            secret = secret_of(self.keyring, row)
            step = step_of(secret, typed, self.now(), None) if secret else None
            if step is None or row["totp_confirmed"]:
                return False
            put_credential(tx, {**row, "totp_confirmed": True, "totp_last_step": step})
            keep_recovery_codes(tx, self._account_id(), codes)
            end_sessions_of(tx, self._account_id(), keep=self.session_id)
            self._note(tx, "account.own_second_factor", "on")
            return True

        if not self._unit(work):
            raise CodeWrong()
        return codes

    def remove_second_factor(self, present: str) -> None:
        """Turn the second factor off; the recovery codes go with it.

        Raises:
            PasswordWrong: The present password is not right.
        """
        self._prove(present)

        def work(tx: Transaction) -> None:
            put_credential(tx, {**self._credential_in(tx), **NO_SECOND_FACTOR})
            tx.run("recovery_code/take", account_id=self._account_id(), code_hash=None)
            self._note(tx, "account.own_second_factor", "off")

        self._unit(work)

    def renew_recovery_codes(self, present: str) -> list[str]:
        """Return ten new recovery codes, shown this once; the old ones count no more.

        Raises:
            PasswordWrong: The present password is not right.
            NotAllowed: There is no second factor they could stand in for.
        """
        self._prove(present)
        if not self._credential()["totp_confirmed"]:
            raise NotAllowed(role=self.asking.role, action="account.own_second_factor")
        codes = new_recovery_codes()

        def work(tx: Transaction) -> None:
            keep_recovery_codes(tx, self._account_id(), codes)
            self._note(tx, "account.own_recovery_codes")

        self._unit(work)
        return codes

    def _prove(self, present: str) -> Row:
        """Return the account's row once the present password was shown."""

        def work(tx: Transaction) -> Any:
            found = tx.rows("account/one", account_id=self._account_id())
            return charge(tx, found[0] if found else None, self.now())

        charged = self._unit(work)
        kept = charged.credential["password_hash"] if not charged.barred else None
        try:
            right = self.hashing.check(kept, present).result().right
        except HashingBusy:
            self._unit(lambda tx: pay_back(tx, charged))
            raise
        if not right or charged.account is None:
            line = line_for(
                self.asking,
                "account.own_proof",
                self._community(),
                result="refused",
                subject_kind="account",
                subject_id=self._account_id(),
                detail=charged.barred or "password",
            )
            self.audit.refused(line)
            raise PasswordWrong()
        self._unit(lambda tx: pay_back(tx, charged))
        account: Row = charged.account
        return account

    def _account_id(self) -> str:
        if self.asking.kind != "account":
            raise NotAllowed(role=self.asking.role, action="account.own")
        return self.asking.id

    def _community(self) -> str:
        return min(self.asking.community_ids, default="")

    def _credential(self) -> Row:
        found = self.store.rows("credential/of_account", account_id=self._account_id())
        if not found:
            raise NotThere(account=self._account_id())
        return found[0]

    def _credential_in(self, tx: Transaction) -> Row:
        return tx.rows("credential/of_account", account_id=self._account_id())[0]

    def _unit(self, work: Callable[[Transaction], T]) -> T:
        asked_in = copy_context()  # the writer's thread does not know where this came from
        return self.store.write(lambda tx: asked_in.run(work, tx)).result()

    def _note(self, tx: Transaction, action: str, detail: str | None = None) -> None:
        line = line_for(
            self.asking,
            action,
            self._community(),
            subject_kind="account",
            subject_id=self._account_id(),
            detail=detail,
        )
        self.audit.note(tx, line)
