"""Shows what was sent and what waits, and lets somebody try again or give up, with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.access import NotThere
from actions.notify.desk import OutgoingDesk, nothing
from data.transaction import Transaction
from rules.errors import RuleViolation

Row = dict[str, Any]

LONGEST_REASON = 300
MOST_SHOWN = 200


class GiveUpReasonMissing(RuleViolation):
    """Whoever gives a message up says why."""

    code = "give_up_reason_missing"


@dataclass(frozen=True, slots=True)
class DeliveryDesk(OutgoingDesk):
    """Deliveries of one community."""

    def deliveries(self) -> list[Row]:
        """Return rows of delivery/list; whoever asks has checked that the viewer may see them."""
        return self.store.rows("delivery/list", community_id=self.community_id, most=MOST_SHOWN)

    def retry(self, delivery_id: str) -> None:
        """Have a delivery tried again at once, also one that was given up."""

        def work(tx: Transaction, _: None) -> None:
            row = self._delivery(tx, delivery_id)
            # The time until it expires begins anew.
            again = {**row, "state": "waiting", "next_at": tx.now, "made_at": tx.now}
            self._append(tx, "delivery", "retried", again)
            self._note(tx, "delivery.retry", delivery_id)

        self._unit("delivery.retry", nothing, work)

    def give_up(self, delivery_id: str, reason: str) -> None:
        """Stop trying; the reason is kept in the audit alone.

        Raises:
            GiveUpReasonMissing: Nothing was written.
        """

        def work(tx: Transaction, _: None) -> None:
            row = self._delivery(tx, delivery_id)
            if not reason.strip():
                raise GiveUpReasonMissing()
            self._append(tx, "delivery", "given_up", {**row, "state": "given_up", "next_at": None})
            self._note(tx, "delivery.give_up", delivery_id, reason=reason.strip()[:LONGEST_REASON])

        self._unit("delivery.give_up", nothing, work)

    def _delivery(self, tx: Transaction, delivery_id: str) -> Row:
        rows = tx.rows("delivery/one", delivery_id=delivery_id)
        if not rows or rows[0]["community_id"] != self.community_id or rows[0]["state"] == "sent":
            raise NotThere(delivery=delivery_id)
        return rows[0]
