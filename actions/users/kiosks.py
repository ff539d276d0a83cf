"""Makes and revokes the device links that open walls; only a hash of the secret is kept.

A link shows the wall's own projection of one community and nothing else (rules/privacy.py, role
wall). It does not run out by itself and is shown once.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, TypeVar

from actions.access import NotAllowed, NotThere
from actions.auditing import line_for
from actions.users.keys import CommunityUnknown
from actions.users.session_state import hash_of
from data.audit import AuditChain
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.privacy import may
from rules.viewer import Viewer

T = TypeVar("T")
Row = dict[str, Any]

LONGEST_LABEL = 80
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


class LabelInvalid(RuleViolation):
    """A label is one line of at most 80 characters."""

    code = "label_invalid"


@dataclass(frozen=True, slots=True)
class NewKiosk:
    """A device link; its secret exists nowhere else."""

    kiosk_id: str
    secret: str

    @property
    def path(self) -> str:
        """Address of the link on this site."""
        return f"/kiosk/{self.secret}"


@dataclass(frozen=True, slots=True)
class Kiosks:
    """The device links as far as `asking` may manage them."""

    store: Store
    audit: AuditChain
    asking: Viewer

    def listed(self) -> list[Row]:
        """Return rows of kiosk/list, live links first.

        Raises:
            NotAllowed: The role may not.
        """
        self._allow()
        reach = None if self.asking.kind == "cli" else sorted(self.asking.community_ids)
        return self.store.rows("kiosk/list", community_ids=reach)

    def create(self, community_id: str, label: str = "") -> NewKiosk:
        """Make a link for a wall of a community.

        Raises:
            CommunityUnknown: There is no such community, as far as `asking` knows.
            LabelInvalid: The label is too long or not one line.
            NotAllowed: The role may not.
        """
        secret = secrets.token_urlsafe(32)

        def work(tx: Transaction) -> str:
            known = {row["community_id"] for row in tx.rows("community/list")}
            if community_id not in known or not self._covers(community_id):
                raise CommunityUnknown(community_id=community_id[:60])
            place = checked_label(label)
            kiosk_id = tx.ids(1)[0]
            row = {"kiosk_id": kiosk_id, "community_id": community_id, "label": place or None}
            self._append(tx, "created", {**row, "secret_hash": hash_of(secret)})
            self._note(tx, "kiosk.create", community_id, kiosk_id)
            return kiosk_id

        return NewKiosk(self._unit("kiosk.create", work), secret)

    def revoke(self, kiosk_id: str) -> None:
        """Close a link at once; walls that it opened go dark within a second.

        Raises:
            NotThere: There is no such link, as far as `asking` knows.
            NotAllowed: The role may not.
        """

        def work(tx: Transaction) -> None:
            found = tx.rows("kiosk/one", kiosk_id=kiosk_id)
            if not found or not self._covers(found[0]["community_id"]):
                raise NotThere(kiosk=kiosk_id)
            row = found[0]
            if row["removed_at"] is not None:
                return
            self._append(tx, "revoked", {**row, "removed_at": tx.now})
            holder: Row = {"holder_kind": "kiosk", "holder_id": kiosk_id}
            tx.run("session/end", session_ids=None, except_id=None, **holder)
            tx.touch("session", "")
            self._note(tx, "kiosk.revoke", row["community_id"], kiosk_id)

        self._unit("kiosk.revoke", work)

    def _unit(self, action: str, work: Callable[[Transaction], T]) -> T:
        try:
            self._allow()
            asked_in = copy_context()  # the writer's thread does not know where this came from
            return self.store.write(lambda tx: asked_in.run(work, tx)).result()
        except RuleViolation as refusal:
            first = min(self.asking.community_ids, default="")
            line = line_for(self.asking, action, first, result="refused", detail=refusal.code)
            self.audit.refused(line)
            raise

    def _allow(self) -> None:
        if self.asking.kind != "cli" and not may(self.asking.role, "account.manage"):
            raise NotAllowed(role=self.asking.role, action="account.manage")

    def _covers(self, community_id: str) -> bool:
        return self.asking.kind == "cli" or community_id in self.asking.community_ids

    def _append(self, tx: Transaction, event_kind: str, state: Row) -> None:
        stamp = {"event_kind": event_kind, "happened_at": tx.now, "actor": self.asking.actor}
        tx.append("kiosk", [{**state, **stamp}])

    def _note(self, tx: Transaction, action: str, community_id: str, kiosk_id: str) -> None:
        line = line_for(
            self.asking, action, community_id, subject_kind="kiosk", subject_id=kiosk_id
        )
        self.audit.note(tx, line)


def find_kiosk(store: Store, secret: str) -> Row | None:
    """Return kiosk_id, community_id and label of a live link, None where there is none."""
    if _SECRET.fullmatch(secret) is None:
        return None
    found = store.rows("kiosk/by_secret", secret_hash=hash_of(secret))
    return found[0] if found else None


def checked_label(label: str) -> str:
    """Return a label as it is kept.

    Raises:
        LabelInvalid: It is too long or not one line of printable text.
    """
    kept = label.strip()
    if len(kept) > LONGEST_LABEL or not kept.isprintable():
        raise LabelInvalid()
    return kept
