"""What a sign-in goes through: its stages, what it can object to, and whom it lets in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from data.store import Store
from rules.errors import RuleViolation
from rules.viewer import Viewer

Row = dict[str, Any]
Stage = Literal["code", "change"]


class SignInFailed(RuleViolation):
    """Login or password is wrong, or the account has to pause; nobody is told which."""

    code = "sign_in_failed"


class CodeWrong(RuleViolation):
    """The code of the second factor is wrong, or was used before."""

    code = "code_wrong"


class SignInOver(RuleViolation):
    """The half-done sign-in was not finished in time; begin again."""

    code = "sign_in_over"


class PasswordSame(RuleViolation):
    """The new password is the old one."""

    code = "password_same"


@dataclass(frozen=True, slots=True)
class Pending:
    """A sign-in that is half done."""

    account_id: str
    method: str
    stage: Stage
    codes_tried: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next.

    Attributes:
        account_id: The account that may come in now; empty while a stage is missing.
        method: How it proved itself, for its session.
        stage: What is still to be shown: `code`, `change`, or None.
        ticket: Word of the half-done sign-in, for the browser's cookie.
    """

    account_id: str = ""
    method: str = ""
    stage: Stage | None = None
    ticket: str = ""


def viewer_of(account: Row) -> Viewer:
    """Return whom a row of account/one may act as."""
    return Viewer(
        "account",
        account["account_id"],
        account["role"],
        frozenset([account["community_id"], *(account["also_communities"] or [])]),
        frozenset(account["area_ids"] or []),
        account["login"],
    )


def names_of(store: Store, account: Row) -> list[str]:
    """Return what others would try first as the password of an account."""
    own = [account["community_id"], *(account["also_communities"] or [])]
    rows = [row for row in store.rows("community/list") if row["community_id"] in own]
    names = [account["login"], *own]
    return names + [row[key] for row in rows for key in ("name_zh", "name_en") if row[key]]
