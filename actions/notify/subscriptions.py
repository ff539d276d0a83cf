"""Manages the programs that are told of events; a secret is shown once, when it is made."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from actions.notify.desk import OutgoingDesk, nothing
from actions.notify.secrets import drop, keep, new_owner, seal, secrets_of, unseal
from actions.notify.signing import new_secret
from actions.notify.webhooks import EVENT_TYPES
from actions.users.kiosks import LabelInvalid, checked_label
from data.transaction import Transaction
from rules.errors import RuleViolation

Row = dict[str, Any]


class EventTypesMissing(RuleViolation):
    """Choose at least one kind of event the program is to be told."""

    code = "event_types_missing"


@dataclass(frozen=True, slots=True)
class NewWebhook:
    """A subscription; its secret is shown this once."""

    webhook_id: str
    secret: str


@dataclass(frozen=True, slots=True)
class WebhookDesk(OutgoingDesk):
    """Webhooks of one community."""

    def webhooks(self) -> list[Row]:
        """Return rows of webhook/list."""
        self._allow()
        return self.store.rows("webhook/list", community_id=self.community_id)

    def add_webhook(self, label: str, address: str, event_types: Collection[str]) -> NewWebhook:
        """Subscribe a program; its secret is returned this once.

        Raises:
            LabelInvalid, EventTypesMissing, AddressRefused, NotAllowed: It cannot be.
        """
        secret, types = new_secret(), [name for name in EVENT_TYPES if name in set(event_types)]

        def prepared() -> tuple[str, list[tuple[str, str]]]:
            if not checked_label(label):
                raise LabelInvalid()
            if not types:
                raise EventTypesMissing()
            self.guard.check(address.strip())
            owner = new_owner(self.keyring)
            parts = (("address", address.strip()), ("secret", secret))
            return owner, [(part, seal(self.keyring, owner, part, text)) for part, text in parts]

        def work(tx: Transaction, made: tuple[str, list[tuple[str, str]]]) -> str:
            owner, sealed = made
            keep(tx, owner, sealed)
            row = {"webhook_id": owner, "label": checked_label(label), "rotated_at": tx.now}
            self._append(tx, "webhook", "created", {**row, "event_types": json.dumps(types)})
            self._note(tx, "webhook.create", owner, ", ".join(types))
            return owner

        return NewWebhook(self._unit("webhook.create", prepared, work), secret)

    def rotate_webhook(self, webhook_id: str) -> NewWebhook:
        """Give a webhook a new secret, shown once; the former one signs beside it for a day."""
        secret = new_secret()

        def prepared() -> str:
            self._found(self.store.rows("webhook/one", webhook_id=webhook_id))
            return seal(self.keyring, webhook_id, "secret", secret)

        def work(tx: Transaction, sealed: str) -> str:
            row = self._found(tx.rows("webhook/one", webhook_id=webhook_id))
            former = unseal(
                self.keyring, webhook_id, "secret", secrets_of(tx, webhook_id)["secret"].sealed
            )
            parts = [("secret", sealed)]
            if former is not None:
                parts.append(("former", seal(self.keyring, webhook_id, "former", former)))
            keep(tx, webhook_id, parts)
            self._append(tx, "webhook", "rotated", {**row, "rotated_at": tx.now})
            self._note(tx, "webhook.rotate", webhook_id)
            return webhook_id

        return NewWebhook(self._unit("webhook.rotate", prepared, work), secret)

    def remove_webhook(self, webhook_id: str) -> None:
        """End a subscription; what waits for it is given up."""

        def work(tx: Transaction, _: None) -> None:
            row = self._found(tx.rows("webhook/one", webhook_id=webhook_id))
            drop(tx, webhook_id)
            self._append(tx, "webhook", "removed", {**row, "removed_at": tx.now})
            self._note(tx, "webhook.remove", webhook_id)

        self._unit("webhook.remove", nothing, work)
