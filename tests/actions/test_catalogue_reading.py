"""A community reads its own catalogue, and a change is seen at once."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from actions.catalogue.reading import categories, category
from data.store import Store
from rules.vocabulary import CATEGORIES

ROW = {
    "event_kind": "created",
    "happened_at": datetime(2026, 3, 10, tzinfo=UTC),
    "actor": "cli",
    "category_id": "demo:drone",
    "community_id": "demo",
    "code": "drone",
    "name_zh": "无人机",
    "category_group": "hazards",
    "urgency": "hazard",
    "limit_value": 2.0,
    "limit_kind": "work_hour",
    "responders": json.dumps([["partner", ["police"], 1], ["grid_worker", [], 2]]),
    "questions": json.dumps([["在哪里？", "Where?"]]),
    "keywords": json.dumps(["无人机", "drone"]),
    "standard_ref": "04-12",
    "position": 5,
}


def test_an_empty_store_has_the_defaults_in_order(store: Store) -> None:
    assert [entry.code for entry in categories(store, "demo")] == list(CATEGORIES)


def test_an_own_category_is_there_at_once_and_in_its_community_only(store: Store) -> None:
    assert category(store, "demo", "drone") is None
    store.write(lambda tx: tx.append("category", [ROW])).result()
    own = categories(store, "demo")[0]
    assert (own.code, own.default, own.standard_ref) == ("drone", False, "04-12")
    assert [(want.kind, want.services, want.count) for want in own.wants] == [
        ("partner", ("police",), 1),
        ("grid_worker", (), 2),
    ]
    assert own.questions == (("在哪里？", "Where?"),)
    assert category(store, "other", "drone") is None


def test_a_category_out_of_use_is_read_by_code_only(store: Store) -> None:
    gone = {**ROW, "removed_at": ROW["happened_at"]}
    store.write(lambda tx: tx.append("category", [gone])).result()
    assert "drone" not in [entry.code for entry in categories(store, "demo")]
    kept = category(store, "demo", "drone")
    assert kept is not None and kept.name_zh == "无人机"
