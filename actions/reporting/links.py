"""Private links of reporters: 128 bits, kept as a hash, made again from the phone's own id.

The link follows from the phone's secret id and this installation's keys, so that a report sent
twice gets the same link though the store knows neither.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Literal

from actions.access import NotThere
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction

Row = dict[str, Any]
LinkKind = Literal["reporter", "follower"]
SOURCE = "report"
_TOKEN = re.compile(r"^[0-9a-f]{32}$")


@dataclass(frozen=True, slots=True)
class Link:
    """An open private link.

    Attributes:
        link_id: How logs name it.
        case_id: The case it was made for.
        kind: reporter or follower.
    """

    link_id: str
    case_id: str
    community_id: str
    kind: LinkKind

    @property
    def actor(self) -> str:
        """How logs name whoever holds it."""
        return f"link:{self.link_id}"


def token_for(keyring: Keyring, client_id: str) -> str:
    """Return the secret of the link that belongs to a phone's id: 32 hexadecimal digits."""
    return keyring.index("case_link", f"{client_id.encode().hex()}")[:32]


def source_id_for(client_id: str) -> str:
    """Return what the store knows a report by: whoever reads it cannot ask for the link."""
    return "phone-" + hashlib.sha256(f"report:{client_id}".encode()).hexdigest()[:32]


def open_link(store: Store, token: str) -> Link:
    """Return the link with a secret.

    Raises:
        NotThere: There is none, or it was ended.
    """
    rows = []
    if _TOKEN.match(token):
        rows = store.rows("case_link/by_secret", secret_hash=_hashed(token))
    if not rows:
        raise NotThere()
    return Link(**rows[0])


def link_of_source(source: Store | Transaction, community_id: str, source_id: str) -> Link | None:
    """Return the link a phone's report has got already."""
    rows = source.rows("case_link/by_source", community_id=community_id, source_id=source_id)
    return Link(**rows[0]) if rows else None


def make_link(
    store: Store, community_id: str, case_id: str, kind: LinkKind, source_id: str, token: str
) -> Link:
    """Make the link of a report, or return the one it has; on disk when this returns."""

    def unit(tx: Transaction) -> Link:
        known = link_of_source(tx, community_id, source_id)
        if known is not None:
            return known
        link = Link(tx.ids(1)[0], case_id, community_id, kind)
        row = {
            "event_kind": "made",
            "happened_at": tx.now,
            "actor": link.actor,
            "link_id": link.link_id,
            "case_id": case_id,
            "community_id": community_id,
            "kind": kind,
            "source_id": source_id,
            "secret_hash": _hashed(token),
        }
        tx.append("case_link", [row])
        return link

    return store.write(unit).result()


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
