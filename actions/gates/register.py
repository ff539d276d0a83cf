"""Adds, changes, switches and takes out gates; an address goes in and never comes out (ADR 0031).

Whatever changes what a gate opens or who looks at it takes the second person's word away with it.
"""

from __future__ import annotations

import secrets as random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.access import NotThere
from actions.approvals import Approvals, Wish
from actions.notify.desk import OutgoingDesk, nothing
from actions.notify.secrets import drop, keep, new_owner, seal, secrets_of, unseal
from actions.notify.signing import new_secret
from actions.setup.errors import ChangedMeanwhile
from actions.users.session_state import hash_of
from data.transaction import Transaction
from rules.gates import ACTUATORS, GateNotOpenable, SimulatedOnly
from rules.setup_fields import ValueMissing, choice_of, name_of, needed_name, reference_of

Row = dict[str, Any]
NOUN = "gate"
PURPOSE = "service_planning"  # of the asking to open a gate from afar
# A gate's state without what each event says for itself.
_STATE = (
    *("gate_id", "name_zh", "name_en", "camera_id", "kind", "scheme", "secret_id", "secret_hash"),
    *("calls_on", "opens_on", "approval_id", "removed_at"),
)


@dataclass(frozen=True, slots=True)
class GateDraft:
    """A gate as typed, unchecked.

    Attributes:
        values: name_zh, name_en, camera_id and kind.
        address: Address that opens it; left empty, the one there is stays.
        gate_id: Empty for a new one.
        version: The event it was read at; empty for a new one.
    """

    values: Mapping[str, Any]
    address: str = field(default="", repr=False)
    gate_id: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class _Sealed:
    """What is prepared outside the unit of work."""

    facts: Row
    secret_id: str
    parts: tuple[tuple[str, str], ...]
    secret: str = field(default="", repr=False)  # in clear, where it is new


@dataclass(frozen=True, slots=True)
class GateDesk(OutgoingDesk):
    """The gates of one community."""

    def save(self, draft: GateDraft) -> str:
        """Write a gate; its address is resolved, so call it in a thread.

        Returns:
            The secret its door station signs with, to be shown this once, where a new one was made;
            our messages to the gate are signed with the same. Empty where the gate keeps its own.

        Raises:
            FieldRefused, AddressRefused, SimulatedOnly, ChangedMeanwhile, NotThere, NotAllowed:
                Nothing was changed.
        """
        known = self._known(self.store.rows("gate/one", gate_id=draft.gate_id))
        action = "gate.change" if known else "gate.register"

        def prepared() -> _Sealed:
            if draft.gate_id and known is None:
                raise NotThere(gate=draft.gate_id)
            return self._prepared(draft, known)

        def work(tx: Transaction, made: _Sealed) -> tuple[list[str], str]:
            before = self._known(tx.rows("gate/one", gate_id=draft.gate_id))
            self._check_version(before, draft.version)
            gone: list[str] = []
            if before is None:
                state: Row = {"gate_id": tx.ids(1)[0], "calls_on": False, "opens_on": False}
            else:
                state = {name: before[name] for name in _STATE}
            moved = before is not None and self._moved(before, made)
            if moved:
                state |= {"opens_on": False, "approval_id": None}
            if before is None or before["secret_id"] != made.secret_id:
                keep(tx, made.secret_id, made.parts)
                if before is not None:
                    gone = [before["secret_id"]]
                    drop(tx, before["secret_id"])
            after = {**state, **made.facts, "secret_id": made.secret_id}
            kind = "registered" if before is None else "changed"
            self._append(tx, NOUN, kind, after)
            self._note(tx, action, after["gate_id"], "opening off" if moved else None)
            return gone, made.secret

        gone, secret = self._unit(action, prepared, work)
        self.keyring.erase(gone)
        return secret

    def switch(self, gate_id: str, on: bool) -> None:
        """Let a gate ring, or not.

        Raises:
            NotThere, NotAllowed: It is not this desk's.
        """
        self._change("gate.calls", gate_id, "switched", "on" if on else "off", {"calls_on": on})

    def link(self, gate_id: str) -> str:
        """Make the link of a gate's tablet in place of the one before; returns its path, once.

        Raises:
            NotThere, NotAllowed: It is not this desk's.
        """
        secret = random.token_urlsafe(32)
        self._change("gate.link", gate_id, "linked", "new", {"secret_hash": hash_of(secret)})
        return f"/gate/{secret}"

    def unlink(self, gate_id: str) -> None:
        """Close the link of a gate's tablet; it rings no more.

        Raises:
            NotThere, NotAllowed: It is not this desk's.
        """
        self._change("gate.link", gate_id, "linked", "closed", {"secret_hash": None})

    def ask_opening(self, approvals: Approvals, gate_id: str, reason: str) -> str:
        """Ask the second person to allow opening a gate from afar; returns the approval's id.

        Raises:
            NotThere, NotAllowed: The gate or the asking is not the viewer's.
            GateNotOpenable: Nothing is there that could open it.
            ApprovalUnderWay, ReasonNeeded: As actions/approvals.py says.
        """
        self._allow()
        row = self._found(self.store.rows("gate/one", gate_id=gate_id))
        if row["kind"] == "none":
            raise GateNotOpenable()
        # What is agreed to is this opener at this gate: see `settled`.
        detail = {"gate": row["name_zh"], "kind": row["kind"], "opener": row["secret_id"]}
        wish = Wish("gate_policy", self.community_id, NOUN, gate_id, PURPOSE, reason, detail)
        return approvals.ask(self.asking, wish)

    def stop_opening(self, gate_id: str) -> None:
        """Have a gate opened from afar no more; what makes it safer needs no second person.

        Raises:
            NotThere, NotAllowed: It is not this desk's.
        """
        off: Row = {"opens_on": False, "approval_id": None}
        self._change("gate.policy", gate_id, "policy", "off", off)

    def remove(self, gate_id: str, version: str) -> None:
        """Take a gate out and destroy its address and secrets.

        Raises:
            NotThere, NotAllowed, ChangedMeanwhile: Nothing was changed.
        """

        def work(tx: Transaction, _: None) -> str:
            row = self._found(tx.rows("gate/one", gate_id=gate_id))
            self._check_version(row, version)
            drop(tx, row["secret_id"])
            off = {"calls_on": False, "opens_on": False, "secret_hash": None, "removed_at": tx.now}
            self._append(tx, NOUN, "removed", {**{n: row[n] for n in _STATE}, **off})
            self._note(tx, "gate.remove", gate_id)
            return str(row["secret_id"])

        self.keyring.erase([self._unit("gate.remove", nothing, work)])

    def _change(self, action: str, gate_id: str, kind: str, detail: str, change: Row) -> None:
        def work(tx: Transaction, _: None) -> None:
            row = self._found(tx.rows("gate/one", gate_id=gate_id))
            self._append(tx, NOUN, kind, {**{n: row[n] for n in _STATE}, **change})
            self._note(tx, action, gate_id, detail)

        self._unit(action, nothing, work)

    def _prepared(self, draft: GateDraft, known: Row | None) -> _Sealed:
        kind = choice_of("gate_kind", draft.values.get("kind"), ACTUATORS)
        facts: Row = {
            "name_zh": needed_name("name_zh", draft.values.get("name_zh")),
            "name_en": name_of("name_en", draft.values.get("name_en")),
            "camera_id": self._camera(draft.values.get("camera_id")),
            "kind": kind,
            "scheme": None,
        }
        if kind == "simulated" and not self._made_up():
            raise SimulatedOnly()
        typed = draft.address.strip()
        same = known is not None and known["kind"] == kind and not typed
        if known is not None and same:
            facts["scheme"] = known["scheme"]
            return _Sealed(facts, known["secret_id"], ())
        held = self._secret_of(known)
        clear = {"secret": held or new_secret()}
        if kind == "http":
            if not typed:
                raise ValueMissing("gate_address")
            checked = self.guard.check(typed)
            clear["address"], facts["scheme"] = checked.url, checked.scheme
        owner = new_owner(self.keyring)
        parts = tuple((name, seal(self.keyring, owner, name, text)) for name, text in clear.items())
        return _Sealed(facts, owner, parts, "" if held else clear["secret"])

    def _camera(self, typed: object) -> str | None:
        camera_id = reference_of("gate_camera", typed)
        if camera_id is not None:
            rows = self.store.rows("camera/device", device_id=camera_id)
            if not rows or rows[0]["community_id"] != self.community_id:
                raise NotThere(camera=camera_id)
        return camera_id

    def _made_up(self) -> bool:
        rows = self.store.rows("view/community")
        return any(r["is_demo"] for r in rows if r["community_id"] == self.community_id)

    def _secret_of(self, known: Row | None) -> str | None:
        """Return the signing secret of a gate; a new opener leaves the door station as it is."""
        if known is None:
            return None
        held = secrets_of(self.store, known["secret_id"]).get("secret")
        return unseal(self.keyring, known["secret_id"], "secret", held.sealed) if held else None

    def _moved(self, before: Row, made: _Sealed) -> bool:
        changed = {"kind", "camera_id"} & {n for n in made.facts if made.facts[n] != before[n]}
        return bool(changed) or before["secret_id"] != made.secret_id

    def _known(self, rows: list[Row]) -> Row | None:
        mine = [row for row in rows if row["community_id"] == self.community_id]
        return mine[0] if mine and mine[0]["removed_at"] is None else None

    def _check_version(self, before: Row | None, version: str) -> None:
        if before is not None and before["event_id"] != version:
            raise ChangedMeanwhile(noun=NOUN, actor=before["actor"], at=before["recorded_at"])
