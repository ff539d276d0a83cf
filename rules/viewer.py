"""Says who asks: the role, the communities and the areas a request may speak for.

DOMAIN §3: a viewer never carries a name; its own screen shows the label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ViewerKind = Literal["account", "kiosk", "key", "cli"]


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who a request comes from, as far as decisions need it.

    Attributes:
        kind: How it showed itself: a signed-in account, a wall's device link, a key of other
            software, or the command line of the machine itself.
        id: Id of the account, kiosk or key.
        role: A key of rules/privacy.GRANTS.
        community_ids: Communities it may open.
        area_ids: Roots of the subtrees of areas it covers; empty for the whole community.
        label: Login name or label, for its own screen only.
    """

    kind: ViewerKind
    id: str
    role: str
    community_ids: frozenset[str]
    area_ids: frozenset[str] = frozenset()
    label: str = ""

    @property
    def actor(self) -> str:
        """How logs and the audit name it, e.g. `account:0193…`."""
        return "cli" if self.kind == "cli" else f"{self.kind}:{self.id}"
