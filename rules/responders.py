"""Says which kinds of responder a category of case needs, in the order they are asked.

Ours, labelled so wherever it is shown; the deployer's catalogue replaces it. Emergency services are
partners that are called, never sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ResponderKind = Literal["grid_worker", "property", "patrol", "volunteer", "partner"]


@dataclass(frozen=True, slots=True)
class Want:
    """One kind of responder a case needs.

    Attributes:
        kind: Kind of responder.
        services: Services one of which a partner must offer, codes of SERVICES; empty for any.
        count: How many are needed at first.
    """

    kind: ResponderKind
    services: tuple[str, ...] = ()
    count: int = 1


_GRID, _PROPERTY, _PATROL = Want("grid_worker"), Want("property"), Want("patrol")


def _partner(*services: str) -> Want:
    return Want("partner", services)


RESPONDERS: Mapping[str, tuple[Want, ...]] = {
    "lift_entrapment": (_PROPERTY, _partner("lift", "fire"), _GRID),
    "gas_leak": (_partner("gas", "fire"), _PROPERTY, _GRID),
    "sewage_overflow": (_GRID, _PROPERTY, _partner("drainage")),
    "water_outage": (_PROPERTY, _partner("water"), _GRID),
    "power_outage": (_PROPERTY, _partner("power"), _GRID),
    "lift_fault": (_PROPERTY, _partner("lift")),
    "fire_lane_blocked": (_PATROL, _PROPERTY),
    "wire_charging": (_GRID, _PROPERTY),
    "ebike_in_lift": (_PROPERTY, _PATROL),
    "manhole_damage": (_PROPERTY, _GRID),
    "facade_falling": (_PROPERTY, _GRID),
    "falling_object": (_PATROL, _PROPERTY),
    "hazard": (_GRID, _PROPERTY),
    "waste_overflow": (_PROPERTY,),
    "littering": (_PROPERTY,),
    "dirty_road": (_PROPERTY,),
    "street_light": (_PROPERTY,),
    "pipe_leak": (_PROPERTY,),
    "public_repair": (_PROPERTY,),
    "fitness_repair": (_PROPERTY,),
    "parking": (_PATROL, _PROPERTY),
    "noise": (_GRID, _PATROL),
    "pets": (_GRID, _PROPERTY),
    "greening": (_PROPERTY,),
    "dispute": (_GRID,),
    "consultation": (_GRID,),
    "elder_help": (_GRID, Want("volunteer")),
    "project": (_GRID,),
    "other": (_GRID,),
}
ANYBODY = (_GRID, _PROPERTY)  # for a category of a source that is not ours


def wants_of(category: str) -> tuple[Want, ...]:
    """Return who a category needs, in the order they are asked."""
    return RESPONDERS.get(category, ANYBODY)
