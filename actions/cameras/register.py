"""Adds, changes and takes down records of cameras; addresses go in, never come out (ADR 0029)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.access import NotThere
from actions.cameras import secrets
from actions.notify.desk import OutgoingDesk, nothing
from actions.setup.errors import ChangedMeanwhile
from actions.setup.step import MANUAL
from data.transaction import Transaction
from rules.camera_address import SCHEMES, SOURCE_KINDS, Address, address_of
from rules.cameras import camera_facts
from rules.setup_fields import choice_of

Row = dict[str, Any]
_FROM_SOURCE = ("source", "content_hash")
_OWN_COLUMNS = ("community_id", "event_id", "actor", "recorded_at")


@dataclass(frozen=True, slots=True)
class CameraDraft:
    """A record as typed, unchecked.

    Attributes:
        device_id: The camera, a device of this kind.
        values: kind, and the facts of rules/cameras.camera_facts.
        address: Address or film; left empty, the one there is stays.
        user: Name at the camera; only with an address, or to change it alone.
        password: Its password; likewise.
        version: The event it was read at; empty for a camera without a record.
    """

    device_id: str
    values: Mapping[str, Any]
    address: str = field(default="", repr=False)
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    version: str = ""

    @property
    def says_address(self) -> bool:
        """Whether anything of the address was typed."""
        return bool(self.address.strip() or self.user.strip() or self.password)


@dataclass(frozen=True, slots=True)
class _Made:
    """What is prepared outside the unit of work."""

    facts: Row
    secret_id: str | None
    sealed: dict[str, str]
    keeps: bool


class CameraDesk(OutgoingDesk):
    """Records of the cameras of one community."""

    def listing(self) -> list[Row]:
        """Return rows of camera/list: every camera in use, with or without a record."""
        self._allow()
        return self.store.rows("camera/list", community_id=self.community_id)

    def one(self, device_id: str) -> Row:
        """Return one camera's row of camera/list.

        Raises:
            NotThere: This community has no such camera.
        """
        found = [row for row in self.listing() if row["device_id"] == device_id]
        if not found:
            raise NotThere(camera=device_id)
        return found[0]

    def save(self, draft: CameraDraft) -> None:
        """Write a camera's record; its name is resolved, so call it in a thread.

        Raises:
            FieldRefused, AddressRefused, ChangedMeanwhile, NotThere, NotAllowed: Nothing changed.
        """
        known = self._state(self.store.rows("camera/one", device_id=draft.device_id))
        action = "camera.change" if known else "camera.register"

        def work(tx: Transaction, made: _Made) -> list[str]:
            self._camera(tx, draft.device_id)
            before = self._state(tx.rows("camera/one", device_id=draft.device_id))
            self._check_version(before, draft.version)
            state = {**made.facts, "device_id": draft.device_id, "secret_id": made.secret_id}
            # An imported row that has not changed since does not write over what is said here.
            state |= {name: before[name] if before else MANUAL for name in _FROM_SOURCE}
            gone: list[str] = []
            if not made.keeps:
                gone = secrets.keep(tx, draft.device_id, made.secret_id, made.sealed)
            kind = "changed" if before else "registered"
            self._append(tx, "camera", kind, {**state, "removed_at": None})
            self._note(tx, action, draft.device_id)
            return gone

        self.keyring.erase(self._unit(action, lambda: self._prepared(draft, known), work))

    def remove(self, device_id: str, version: str) -> None:
        """Take a camera's record away and destroy its address; the device itself stays.

        Raises:
            NotThere, NotAllowed, ChangedMeanwhile: Nothing was changed.
        """

        def work(tx: Transaction, _: None) -> list[str]:
            before = self._state(tx.rows("camera/one", device_id=device_id))
            if before is None:
                raise NotThere(camera=device_id)
            self._check_version(before, version)
            gone = secrets.keep(tx, device_id, None, {})
            kept = {name: value for name, value in before.items() if name not in _OWN_COLUMNS}
            after = {**kept, "secret_id": None, "removed_at": tx.now}
            self._append(tx, "camera", "removed", after)
            self._note(tx, "camera.remove", device_id)
            return gone

        self.keyring.erase(self._unit("camera.remove", nothing, work))

    def _prepared(self, draft: CameraDraft, known: Row | None) -> _Made:
        kind = choice_of("source_kind", draft.values.get("kind"), SOURCE_KINDS)
        facts = {**camera_facts(draft.values), "kind": kind}
        if known is not None and known["kind"] == kind and not draft.says_address:
            facts["scheme"] = known["scheme"]
            return _Made(facts, known["secret_id"], {}, keeps=True)
        address = self._address(kind, draft, known)
        if kind in SCHEMES:
            self.guard.check(address.url, SCHEMES[kind])
        secret_id, sealed = secrets.seal_address(self.keyring, address)
        return _Made({**facts, "scheme": address.scheme}, secret_id, sealed, keeps=False)

    def _address(self, kind: str, draft: CameraDraft, known: Row | None) -> Address:
        """What was typed; where only a part was, the rest as it is kept."""
        if draft.address.strip() or known is None or known["secret_id"] is None:
            return address_of(kind, draft.address, draft.user, draft.password)
        kept = secrets.open_one(self.store, self.keyring, known["secret_id"])
        user = draft.user.strip() or kept.get("user", "")
        password = draft.password or kept.get("password", "")
        return address_of(kind, kept.get("address", ""), user, password)

    def _camera(self, tx: Transaction, device_id: str) -> None:
        rows = tx.rows("camera/device", device_id=device_id)
        if not rows or rows[0]["community_id"] != self.community_id:
            raise NotThere(camera=device_id)

    def _state(self, rows: list[Row]) -> Row | None:
        """Return the record there is, of this community and in use."""
        mine = [row for row in rows if row["community_id"] == self.community_id]
        return mine[0] if mine and mine[0]["removed_at"] is None else None

    def _check_version(self, before: Row | None, version: str) -> None:
        if before is not None and before["event_id"] != version:
            raise ChangedMeanwhile(noun="camera", actor=before["actor"], at=before["recorded_at"])
