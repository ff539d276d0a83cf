"""Manages channels to people and who is told by which; addresses go in and never come out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from actions.access import NotThere
from actions.notify.desk import OutgoingDesk, nothing
from actions.notify.outbox import RECIPIENT_KINDS, RecipientUnknown
from actions.notify.robots import CHANNEL_KINDS, ChannelAddressInvalid, check_address
from actions.notify.secrets import drop, keep, new_owner, seal
from data.transaction import Transaction
from rules.errors import RuleViolation

Row = dict[str, Any]

LANGUAGES = ("zh-CN", "en")
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_ID = re.compile(r"\*|[A-Za-z0-9_-]{1,64}")


class ChannelCodeInvalid(RuleViolation):
    """A short name of small letters, digits, - and _, not used by another channel here."""

    code = "channel_code_invalid"


@dataclass(frozen=True, slots=True)
class ChannelDesk(OutgoingDesk):
    """Channels and routes of one community."""

    def channels(self) -> list[Row]:
        """Return rows of notify_channel/list."""
        self._allow()
        return self.store.rows("notify_channel/list", community_id=self.community_id)

    def routes(self) -> list[Row]:
        """Return rows of notify_route/list."""
        self._allow()
        return self.store.rows("notify_route/list", community_id=self.community_id)

    def add_channel(self, code: str, kind: str, address: str, language: str = "zh-CN") -> str:
        """Make a channel and return its id; its name is resolved, so call it in a thread.

        Raises:
            ChannelCodeInvalid, ChannelAddressInvalid, AddressRefused, NotAllowed: It cannot be.
        """

        def prepared() -> tuple[str, str]:
            if _CODE.fullmatch(code) is None:
                raise ChannelCodeInvalid()
            if kind not in CHANNEL_KINDS or language not in LANGUAGES:
                raise ChannelAddressInvalid()
            check_address(kind, address, self.guard)
            owner = new_owner(self.keyring)
            return owner, seal(self.keyring, owner, "address", address.strip())

        def work(tx: Transaction, made: tuple[str, str]) -> str:
            owner, sealed = made
            known = tx.rows("notify_channel/list", community_id=self.community_id)
            if any(row["code"] == code for row in known):
                raise ChannelCodeInvalid()
            keep(tx, owner, [("address", sealed)])
            row = {"channel_id": owner, "code": code, "kind": kind, "language": language}
            self._append(tx, "notify_channel", "created", row)
            self._note(tx, "channel.create", owner)
            return owner

        return self._unit("channel.create", prepared, work)

    def remove_channel(self, channel_id: str) -> None:
        """Remove a channel with its address; what waits for it is given up."""

        def work(tx: Transaction, _: None) -> None:
            row = self._found(tx.rows("notify_channel/one", channel_id=channel_id))
            drop(tx, channel_id)
            kept = {name: row[name] for name in ("channel_id", "code", "kind", "language")}
            self._append(tx, "notify_channel", "removed", {**kept, "removed_at": tx.now})
            self._note(tx, "channel.remove", channel_id)

        self._unit("channel.remove", nothing, work)

    def add_route(self, recipient: str, channel_id: str) -> None:
        """Have somebody told by a channel as well.

        Args:
            recipient: role:<role>, worker:<id> or organisation:<id>; * for all of a kind.
        """

        def work(tx: Transaction, _: None) -> None:
            kind, _sep, name = recipient.partition(":")
            if kind not in RECIPIENT_KINDS[:3] or _ID.fullmatch(name) is None:
                raise RecipientUnknown(recipient=recipient[:60])
            self._found(tx.rows("notify_channel/one", channel_id=channel_id))
            known = tx.rows("notify_route/list", community_id=self.community_id)
            if any((r["recipient"], r["channel_id"]) == (recipient, channel_id) for r in known):
                return
            row = {"route_id": tx.ids(1)[0], "recipient": recipient, "channel_id": channel_id}
            self._append(tx, "notify_route", "created", row)
            self._note(tx, "route.create", channel_id, recipient)

        self._unit("route.create", nothing, work)

    def remove_route(self, route_id: str) -> None:
        """Have somebody told by a channel no more."""

        def work(tx: Transaction, _: None) -> None:
            known = tx.rows("notify_route/list", community_id=self.community_id)
            row = next((each for each in known if each["route_id"] == route_id), None)
            if row is None:
                raise NotThere(route=route_id)
            kept = {name: row[name] for name in ("route_id", "recipient", "channel_id")}
            self._append(tx, "notify_route", "removed", {**kept, "removed_at": tx.now})
            self._note(tx, "route.remove", row["channel_id"], row["recipient"])

        self._unit("route.remove", nothing, work)
