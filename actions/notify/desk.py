"""What managing channels, webhooks and deliveries has in common: who may, and the audit's line."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, TypeVar

from actions.access import NotAllowed, NotThere
from actions.auditing import line_for
from actions.notify.posting import Guard
from data.audit import AuditChain
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.privacy import may
from rules.viewer import Viewer

T = TypeVar("T")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OutgoingDesk:
    """A desk over what one community sends out.

    Attributes:
        store: The open store.
        audit: Takes a line for each step and each refusal.
        keyring: Seals addresses and secrets.
        guard: Where messages may go.
        asking: Who acts.
        community_id: The community.
    """

    store: Store
    audit: AuditChain
    keyring: Keyring
    guard: Guard
    asking: Viewer
    community_id: str

    def _unit(self, action: str, prepare: Callable[[], Any], work: Callable[..., T]) -> T:
        try:
            self._allow()
            made = prepare()
            asked_in = copy_context()  # the writer's thread does not know where this came from
            return self.store.write(lambda tx: asked_in.run(work, tx, made)).result()
        except RuleViolation as refusal:
            here = self.community_id
            line = line_for(self.asking, action, here, result="refused", detail=refusal.code)
            self.audit.refused(line)
            raise

    def _allow(self) -> None:
        if self.asking.kind == "cli":
            return
        if self.community_id not in self.asking.community_ids:
            raise NotThere(community=self.community_id)
        if not may(self.asking.role, "config.write"):
            raise NotAllowed(role=self.asking.role, action="config.write")

    def _found(self, rows: list[Row]) -> Row:
        if not rows or rows[0]["community_id"] != self.community_id or rows[0]["removed_at"]:
            raise NotThere()
        return rows[0]

    def _append(self, tx: Transaction, noun: str, event_kind: str, state: Row) -> None:
        stamp = {"event_kind": event_kind, "happened_at": tx.now, "actor": self.asking.actor}
        tx.append(noun, [{**state, **stamp, "community_id": self.community_id}])

    def _note(
        self,
        tx: Transaction,
        action: str,
        subject_id: str,
        detail: str | None = None,
        reason: str | None = None,
    ) -> None:
        line = line_for(
            self.asking,
            action,
            self.community_id,
            subject_kind=action.partition(".")[0],
            subject_id=subject_id,
            detail=detail,
            reason=reason,
        )
        self.audit.note(tx, line)


def nothing() -> None:
    """Prepare nothing."""
    return
