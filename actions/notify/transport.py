"""Makes one try to send one delivery: words a message or signs an event, and hands it over."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.notify.posting import Guard, Outcome, post_json
from actions.notify.robots import Letter, send_letter
from actions.notify.secrets import Secret, secrets_of, unseal
from actions.notify.signing import ROTATION, signed_headers
from actions.outgoing import AddressRefused, UrlHostUnknown
from data.keyring import Keyring
from data.store import Store
from rules.errors import RuleViolation

Row = dict[str, Any]
# Words a message: kind, facts, language and time zone to title and body.
Words = Callable[[str, Mapping[str, str], str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Transport:
    """Sends deliveries.

    Attributes:
        store: The open store.
        keyring: Opens addresses and secrets.
        guard: Where messages may go.
        words: Words a message for the language of its channel.
    """

    store: Store
    keyring: Keyring
    guard: Guard
    words: Words

    def send(self, row: Row, at: datetime) -> Outcome:
        """Make one try; blocks, so call it in a thread of its own.

        Args:
            row: delivery/one.
            at: Aware present moment.
        """
        try:
            if row["target_kind"] == "channel":
                return self._message(row)
            return self._event(row, at)
        except UrlHostUnknown:  # the usual sign of a network that is down
            return Outcome("unreachable")
        except AddressRefused:
            return Outcome("address_refused")
        except RuleViolation:
            return Outcome("refused")

    def _message(self, row: Row) -> Outcome:
        channels = self.store.rows("notify_channel/one", channel_id=row["target_id"])
        messages = self.store.rows("message/one", message_id=row["message_id"])
        if not channels or not messages or channels[0]["removed_at"] is not None:
            return Outcome("target_removed")
        channel, message = channels[0], messages[0]
        secrets = secrets_of(self.store, channel["channel_id"])
        address = self._clear(channel["channel_id"], secrets, "address")
        if address is None:
            return Outcome("key_missing")
        facts = json.loads(message["facts"] or "{}")
        zone = channel["timezone"] or "UTC"
        title, body = self.words(message["kind"], facts, channel["language"], zone)
        letter = Letter(
            title=title,
            body=body,
            delivery_id=row["delivery_id"],
            message_id=message["message_id"],
            kind=message["kind"],
            subject_id=message["subject_id"],
            community_id=message["community_id"],
        )
        return send_letter(channel["kind"], address, letter, self.guard)

    def _event(self, row: Row, at: datetime) -> Outcome:
        hooks = self.store.rows("webhook/one", webhook_id=row["target_id"])
        if not hooks or hooks[0]["removed_at"] is not None:
            return Outcome("target_removed")
        hook = hooks[0]
        secrets = secrets_of(self.store, hook["webhook_id"])
        address = self._clear(hook["webhook_id"], secrets, "address")
        parts = ["secret"] + ["former"] * (at - hook["rotated_at"] < ROTATION)
        signing = [self._clear(hook["webhook_id"], secrets, part) for part in parts]
        keys = [secret for secret in signing if secret is not None]
        if address is None or not keys:
            return Outcome("key_missing")
        body = row["event_body"].encode()
        headers = {
            "Content-Type": "application/cloudevents+json; charset=utf-8",
            "Idempotency-Key": row["delivery_id"],
            **signed_headers(row["delivery_id"], body, at, keys),
        }
        return post_json(self.guard.check(address), body, headers)

    def _clear(self, owner_id: str, secrets: Mapping[str, Secret], part: str) -> str | None:
        if part not in secrets:
            return None
        return unseal(self.keyring, owner_id, part, secrets[part].sealed)
