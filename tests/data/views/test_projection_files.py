"""DOMAIN R1: of ten thousand residents on record no view, card, plan or API answer says a name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from actions.demo import load_demo
from actions.vault import Vault
from data.demo.areas import COMMUNITY_ID
from data.demo.dwellings import DIVISION, PHONE_RANGE
from data.demo.people import care_recipient_records
from data.demo.residents import files
from data.store import Store
from data.views import VIEWS
from data.views.card import card
from data.views.plan import plan
from data.views.view import Question

SEED = 3
NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The whole demo, files included."""
    folder: Path = tmp_path_factory.mktemp("demo")
    store = Store.open()
    vault = Vault.open(folder / "keys", store)
    load_demo(store, SEED, NOW)
    yield store
    vault.close()
    store.close()


def told(store: Store) -> str:
    """Everything the wall, the map and the API of the wall are told."""
    question = Question(store, COMMUNITY_ID, "Asia/Shanghai", NOW, list, lambda nouns: 0)
    parts = [json.dumps(view.compute(question), ensure_ascii=False) for view in VIEWS]
    parts.append(plan(store, COMMUNITY_ID).decode())
    objects = store.rows("store/fingerprint")
    assert objects
    cursor = store.cursor()
    chosen = cursor.execute(
        "select place_id from place_now using sample 40 rows (reservoir, 1) union all "
        "select care_recipient_id from care_recipient_now limit 60"
    ).fetchall()
    cursor.close()
    parts += [json.dumps(card(store, COMMUNITY_ID, i), ensure_ascii=False) for (i,) in chosen]
    return "\n".join(parts)


def test_nothing_the_wall_is_told_names_or_numbers_anybody(loaded: Store) -> None:
    text = told(loaded)
    made = files(SEED, care_recipient_records(SEED)).records
    assert len(text) > 100_000  # silence means something
    for person in made["persons"]:
        assert person.name not in text
    assert PHONE_RANGE not in text and DIVISION not in text
    for word in ("bereaved", "living_alone", "person_id", "household_id"):
        assert word not in text


def test_no_log_of_the_demo_holds_a_value(loaded: Store) -> None:
    cursor = loaded.cursor()
    for noun in ("person", "household", "enterprise", "consent", "care_recipient"):
        rows = cursor.execute(f"select distinct t::varchar from {noun}_event as t").fetchall()
        text = "\n".join(row[0] for row in rows)
        assert PHONE_RANGE not in text and DIVISION + "19" not in text
        if noun != "enterprise":
            assert "演" not in text
    cursor.close()
