"""A community with its accounts, a vault and a clock that is set by hand, for tests of the door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from actions.access import CLI
from actions.intake.recording import record_community
from actions.users.account_drafts import AccountDraft
from actions.users.accounts import Accounts
from actions.users.passwords import PasswordHashing
from actions.users.signin import SignIn
from actions.vault import Vault
from data.store import Store
from rules.records import CommunityRecord
from rules.viewer import Viewer

PASSWORD = "correct horse battery staple"
OTHER_PASSWORD = "eleven purple lighthouses sing"
# As weak as argon2 can be made: these tests are about the steps, not about the cost.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Door:
    """Everything a sign-in needs, on a store of the test's own."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.now = datetime(2026, 3, 12, 8, tzinfo=UTC)
        for community_id in ("demo", "other"):
            community = CommunityRecord(community_id=community_id, name_zh="青禾社区")
            record_community(store, community).result()
        self.vault = Vault.open(folder, store)
        self.hashing = PasswordHashing(QUICK)
        self.signin = self.open_signin()

    def open_signin(self) -> SignIn:
        """The door of a process that has just started."""
        return SignIn(
            self.store,
            self.vault.audit,
            self.vault.keyring,
            self.hashing,
            now=lambda: self.now,
            floor_s=0,
        )

    def later(self, **span: float) -> None:
        """Move the clock on."""
        self.now += timedelta(**span)

    def accounts(self, asking: Viewer = CLI) -> Accounts:
        """The accounts as `asking` may manage them."""
        return Accounts(self.store, self.vault.audit, asking)

    def account(
        self,
        login: str = "duty1",
        role: str = "duty_officer",
        community_id: str = "demo",
        must_change: bool = False,
        **more: Any,
    ) -> str:
        """Make an account with PASSWORD; returns its id."""
        draft = AccountDraft(login, role, community_id, **more)
        hashed = self.hashing.hash(PASSWORD).result()
        return self.accounts().create(draft, hashed, must_change)

    def credential(self, account_id: str) -> dict[str, Any]:
        """The account's row of credential."""
        return self.store.rows("credential/of_account", account_id=account_id)[0]

    def sql(self, text: str) -> list[tuple[Any, ...]]:
        """Run SQL on the store."""
        cursor = self.store.cursor()
        try:
            return cursor.execute(text).fetchall()
        finally:
            cursor.close()

    def audited(self) -> list[tuple[Any, ...]]:
        """Every line of the audit: action, result, actor, subject_id, detail.

        To be asked at the end: refused attempts that come later are not written any more.
        """
        self.vault.audit.close()
        return self.sql(
            "select action, result, actor, subject_id, detail from audit_event order by seq"
        )


@contextmanager
def opened_door(store: Store, folder: Path) -> Iterator[Door]:
    """Open a door and close what it opened."""
    door = Door(store, folder / "keys")
    try:
        yield door
    finally:
        door.hashing.close()
        door.vault.close()
