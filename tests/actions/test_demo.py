"""Loading the demo community: everything arrives, and a second load changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from actions.demo import load_demo
from data.demo.areas import COMMUNITY_ID
from data.demo.history import history
from data.store import Store
from data.views.cases import ticker
from data.views.view import Question
from rules.vocabulary import FACILITY_KINDS, KEY_PLACE_KINDS

SEED = 7
NOW = datetime(2026, 11, 18, 8, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Loaded:
    """A store with the demo in it, and what loading it said."""

    store: Store
    counts: dict[str, int]
    said: list[tuple[str, int]]


@pytest.fixture(scope="module")
def first_load() -> Iterator[Loaded]:
    said: list[tuple[str, int]] = []
    store = Store.open()
    counts = load_demo(store, SEED, NOW, lambda kind, count: said.append((kind, count)))
    yield Loaded(store, counts, said)
    store.close()


@pytest.fixture
def loaded(first_load: Loaded) -> Store:
    """A store with the demo in it; no test changes it."""
    return first_load.store


def _layers(store: Store) -> dict[str, int]:
    (row,) = store.rows(
        "view/layer",
        community_id=COMMUNITY_ID,
        key_place_kinds=list(KEY_PLACE_KINDS),
        facility_kinds=list(FACILITY_KINDS),
    )
    return row


def test_loading_reports_what_was_new_and_tells_its_progress(first_load: Loaded) -> None:
    counts, said = first_load.counts, first_load.said
    assert [kind for kind, _ in said] == [
        "communities",
        "areas",
        "places",
        "workers",
        "devices",
        "care_recipients",
        "gates",
        "roster",
        "positions",
        "case_events",
        "plans",
        "notices",
    ]
    assert dict(said) == counts
    assert counts["case_events"] == len(history(SEED, NOW))


def test_the_map_of_the_loaded_community_has_7180_objects(loaded: Store) -> None:
    assert sum(_layers(loaded).values()) == 7_180


def test_the_community_is_marked_as_a_demo_with_its_basics(loaded: Store) -> None:
    (profile,) = loaded.rows("view/profile", community_id=COMMUNITY_ID)
    assert profile["is_demo"] is True
    assert (profile["households"], profile["buildings"]) == (3_876, 120)
    assert (profile["zones"], profile["grids"], profile["estates"]) == (3, 60, 8)


def test_about_forty_cases_are_unfinished_and_each_says_where_in_both_languages(
    loaded: Store,
) -> None:
    asked = Question(loaded, COMMUNITY_ID, "Asia/Shanghai", NOW, list, lambda nouns: 0)
    lines = ticker(asked)
    assert 36 <= len(lines) <= 44
    assert all(line["place_zh"] and line["place_en"] for line in lines)
    assert all(line["place_en"].isascii() for line in lines)


def test_loading_again_later_or_with_another_seed_changes_nothing(loaded: Store) -> None:
    before = _layers(loaded)
    events = loaded.rows("store/last_event")
    for seed, now in ((SEED, NOW), (SEED, NOW + timedelta(days=9)), (SEED + 1, NOW)):
        counts = load_demo(loaded, seed, now)
        assert set(counts.values()) == {0}
    assert loaded.rows("store/last_event") == events
    assert _layers(loaded) == before
