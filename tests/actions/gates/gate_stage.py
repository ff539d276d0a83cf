"""A gate on a demo stage, with an opener on this machine and two people to agree to it."""

from __future__ import annotations

from typing import Any

from actions.deciding import decide
from actions.gates.calls import gate_of
from actions.gates.opening import Opener
from actions.gates.register import GateDesk, GateDraft
from actions.notify.posting import Guard
from rules.viewer import Viewer
from tests.rights_stage import Stage, officer

ADDRESS = "http://10.1.2.9:8080/open?door=east"
GUARD = Guard(("10.1.0.0/16", "127.0.0.0/8"), tuple(range(1024, 65536)))


def desk(stage: Stage, viewer: Viewer | None = None) -> GateDesk:
    """The desk of whoever keeps the gates."""
    asking = viewer or officer("admin")
    return GateDesk(stage.store, stage.audit, stage.keyring, GUARD, asking, "demo")


def listed(stage: Stage) -> dict[str, Any]:
    """The only gate, as the register shows it."""
    rows = stage.store.rows("gate/list", community_ids=["demo"], now=stage.now)
    assert len(rows) == 1
    return rows[0]


def added(stage: Stage, address: str = ADDRESS, **values: Any) -> tuple[str, str]:
    """Add a gate; returns its id and its signing secret."""
    given = {"name_zh": "东门", "kind": "http", **values}
    secret = desk(stage).save(GateDraft(given, address))
    return listed(stage)["gate_id"], secret


def agreed(stage: Stage, gate_id: str) -> None:
    """Have a second person agree to opening it from afar."""
    asked = desk(stage).ask_opening(stage.approvals, gate_id, "夜间无门岗")
    decide(stage.approvals, officer("secretary"), asked, confirm=True)


def ready(stage: Stage, address: str = ADDRESS, **values: Any) -> tuple[str, str]:
    """A gate that rings and may be opened."""
    gate_id, secret = added(stage, address, **values)
    desk(stage).switch(gate_id, True)
    agreed(stage, gate_id)
    return gate_id, secret


def row(stage: Stage, gate_id: str) -> dict[str, Any]:
    """Its whole state."""
    found = gate_of(stage.store, gate_id)
    assert found is not None
    return found


def opener(stage: Stage) -> Opener:
    """What opens it."""
    return Opener(stage.store, stage.keyring, GUARD)
