"""Opens a gate once: posts a token that is good for one message to the gate's opener (ADR 0031).

POST of JSON, signed as Standard Webhooks 1.0 under the gate's own secret. The opener takes a
message whose signature is right, whose id it has not seen, before `expires_at`.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from actions.gates.calls import GateCall
from actions.notify.posting import Guard, Outcome, post_json
from actions.notify.secrets import secrets_of, unseal
from actions.notify.signing import signature, signed_headers
from actions.outgoing import AddressRefused, UrlHostUnknown
from data.keyring import Keyring
from data.store import Store
from rules.gates import new_token, token_until

Row = dict[str, Any]
TYPE = "gate.open"
CLOCKS_APART = timedelta(minutes=5)  # Standard Webhooks 1.0: how old a message may be


@dataclass(frozen=True, slots=True)
class Opener:
    """What opens gates.

    Attributes:
        guard: Where messages may go.
    """

    store: Store
    keyring: Keyring
    guard: Guard

    def open(self, gate: Row, call: GateCall) -> Outcome:
        """Open a gate for a call; blocks, so call it in a thread, and once for a call at most.

        A simulated gate answers here and now: nothing is sent and nothing moves.

        Args:
            gate: Row of gate/one, held against rules/gates.may_open by the caller.
            call: For whom.
        """
        if gate["kind"] == "simulated":
            return Outcome(None)
        address = self._clear(gate, "address")
        secret = self._clear(gate, "secret")
        if address is None or secret is None:
            return Outcome("key_missing")
        at = datetime.now(UTC)
        said = {
            "type": TYPE,
            "gate": gate["gate_id"],
            "call": call.call_id,
            "token": new_token(),
            "expires_at": token_until(at).isoformat().replace("+00:00", "Z"),
        }
        body = json.dumps(said, separators=(",", ":")).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": call.call_id,
            **signed_headers(call.call_id, body, at, [secret]),
        }
        try:
            return post_json(self.guard.check(address), body, headers)
        except UrlHostUnknown:  # the usual sign of a network that is down
            return Outcome("unreachable")
        except AddressRefused:
            return Outcome("address_refused")

    def signed_by(self, gate: Row, headers: dict[str, str], body: bytes, now: datetime) -> bool:
        """Tell whether a message is from the gate's door station, and is young enough.

        Args:
            gate: Row of gate/one.
            headers: webhook-id, webhook-timestamp and webhook-signature, by name in lower case.
            body: The very bytes that came.
            now: Aware present moment.
        """
        secret = self._clear(gate, "secret")
        stamp = headers.get("webhook-timestamp", "")
        if secret is None or not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
            return False
        if abs(now.timestamp() - int(stamp)) > CLOCKS_APART.total_seconds():
            return False
        right = f"v1,{signature(headers.get('webhook-id', ''), stamp, body, secret)}"
        shown = headers.get("webhook-signature", "").split(" ")
        return any(_same(each, right) for each in shown[:8])

    def _clear(self, gate: Row, part: str) -> str | None:
        held = secrets_of(self.store, gate["secret_id"]).get(part)
        return unseal(self.keyring, gate["secret_id"], part, held.sealed) if held else None


def _same(shown: str, right: str) -> bool:
    return hmac.compare_digest(shown.encode("utf-8", "surrogatepass"), right.encode())
