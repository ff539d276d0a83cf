"""The views of everything that stands on the one map, and the counts behind its layer switches.

Care recipients appear as counts of at least five by building, the rest summed by grid
(DOMAIN R1): no smaller cell leaves the server.
"""

from __future__ import annotations

from data.views.care import care_cells
from data.views.view import Question, Row, View
from rules.privacy import SMALL_CELL
from rules.vocabulary import FACILITY_KINDS, KEY_PLACE_KINDS

COLUMNS = ("id", "layer", "kind", "name_zh", "name_en", "lon", "lat", "state")
LAYER_NAMES = (
    "worker",
    "care_recipient",
    "key_place",
    "facility",
    "building",
    "device",
    "camera",
)
_KINDS: dict[str, object] = {
    "key_place_kinds": list(KEY_PLACE_KINDS),
    "facility_kinds": list(FACILITY_KINDS),
}


def objects(question: Question) -> list[Row]:
    """Return every map object that has a position; about 7,000 rows for a large community."""
    store, community_id = question.store, question.community_id
    return [
        *store.rows("view/object_place", community_id=community_id, **_KINDS),
        *store.rows("view/object_device", community_id=community_id),
        *care_cells(store.rows("view/care_cell", community_id=community_id)),
    ]


def layers(question: Question) -> Row:
    """Return how many of each there are; a count of care recipients below five is null."""
    (counts,) = question.store.rows("view/layer", community_id=question.community_id, **_KINDS)
    recipients = counts["care_recipient"]
    total = sum(counts.values())
    if 0 < recipients < SMALL_CELL:
        counts["care_recipient"] = None
        total -= recipients
    return {**counts, "total": total}


OBJECTS = View(
    "objects",
    objects,
    frozenset({"place", "device", "care_recipient", "area"}),
    keyed=True,
    on_connect=False,
    pause_s=1.0,
)
LAYERS = View(
    "layers",
    layers,
    frozenset({"place", "device", "care_recipient", "worker"}),
    pause_s=1.0,
)
