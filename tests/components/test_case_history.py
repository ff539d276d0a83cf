"""Histories in words: each difference one sentence, in both languages and local time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from components.case_history import actor_words, changes, history_steps, limit_words
from components.wording import Language, current_language

AT = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def english() -> Any:
    token = current_language.set("en")
    yield
    current_language.reset(token)


def state(**facts: Any) -> dict[str, Any]:
    """One event with the whole state after it."""
    return {
        "event_id": "1",
        "event_kind": "reported",
        "happened_at": AT,
        "recorded_at": AT,
        "actor": "source:http",
        "status": "reported",
        "category": "noise",
        "urgency": "ordinary",
        "channel": None,
        "place_id": None,
        "area_id": None,
        "locality": None,
        "lon": None,
        "lat": None,
        "location_flag": None,
        "reported_at": AT,
        "deadline_at": None,
        "limit_value": None,
        "limit_kind": None,
        "closed_at": None,
        "outcome": None,
        "source_flag": None,
        "source_version": None,
        "place_zh": None,
        "place_en": None,
        "area_zh": None,
        "area_en": None,
        "has_text": True,
        "title": None,
        "description": None,
        "address": None,
        **facts,
    }


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ({}, {"status": "handling"}, "Status: Reported → Handling"),
        ({}, {"category": "Pothole"}, "Category: Noise → Pothole"),  # a source's own word
        ({}, {"urgency": "urgent"}, "Urgency: Ordinary → Urgent"),
        ({}, {"outcome": "solved"}, "Outcome: Solved"),
        ({}, {"deadline_at": AT}, "Due: 2026-03-10 12:00"),  # local time
        ({"deadline_at": AT}, {}, "Due: “2026-03-10 12:00” removed"),
        (
            {"limit_value": 4.0, "limit_kind": "work_hour"},
            {"limit_value": 2.0, "limit_kind": "work_day"},
            "Limit: 4 working hours → 2 working days",
        ),
        ({}, {"place_id": "p", "place_zh": "2号楼", "place_en": "Block 2"}, "Place: Block 2"),
        ({}, {"place_id": "p"}, "Place: p"),  # a place that was taken out of use
        ({"title": "a"}, {"title": "b"}, "Title: a → b"),
        ({}, {"lon": 114.0, "lat": 38.0}, "Position: 114.000000, 38.000000"),
        ({"lon": 114.0, "lat": 38.0}, {}, "Position removed"),
        (
            {"lon": 114.0, "lat": 38.0},
            {"lon": 114.0, "lat": 38.001},
            "Position moved by 111 m",
        ),
        ({"source_version": 1}, {"source_version": 2}, "Source's version: 1 → 2"),
    ],
)
def test_each_difference_is_one_sentence(
    before: dict[str, Any], after: dict[str, Any], sentence: str
) -> None:
    assert changes(state(**before), state(**after), ZONE) == (sentence,)


def test_a_rounding_of_the_source_is_no_move() -> None:
    here, there = state(lon=114.0, lat=38.0), state(lon=114.000001, lat=38.0)
    assert changes(here, there, ZONE) == ()


def test_long_texts_that_differ_only_at_their_end_still_differ() -> None:
    [sentence] = changes(state(title="x" * 200 + "a"), state(title="x" * 200 + "b"), ZONE)
    assert sentence.startswith("Title: xxx")
    assert len(sentence) < 300


def test_an_event_without_text_leaves_the_text_as_it_was() -> None:
    events = [
        state(title="leak"),
        state(event_id="2", status="handling", has_text=False),
        state(event_id="3", status="closed", has_text=False),
    ]
    steps = history_steps(events, ZONE)
    assert [step.changes for step in steps] == [
        (),
        ("Status: Reported → Handling",),
        ("Status: Handling → Closed",),
    ]


def test_a_repeat_without_change_says_so() -> None:
    steps = history_steps([state(), state(event_id="2")], ZONE)
    assert steps[1].changes == ("Reported again, nothing changed",)
    assert steps[1].heading == "Corrected"


def test_what_was_recorded_later_says_when_and_a_batch_says_it_once() -> None:
    late = {"recorded_at": AT + timedelta(hours=2)}
    steps = history_steps([state(**late), state(event_id="2", status="filed", **late)], ZONE)
    assert steps[0].recorded == "Recorded at 2026-03-10 14:00 (2 h 00 m later)"
    assert steps[1].recorded is None
    assert history_steps([state()], ZONE)[0].recorded is None


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        ("source:http:k1", "Source HTTP in · k1"),
        ("source:boston311", "Source boston311"),
        ("officer:7", "Officer 7"),
        ("cli", "Command line"),
        ("something else", "something else"),
    ],
)
def test_actors_are_named(actor: str, words: str) -> None:
    assert actor_words(actor) == words


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_limit_kind_has_words(language: Language) -> None:
    token = current_language.set(language)
    kinds = ("urgent_hour", "natural_day", "work_hour", "work_day")
    words = [limit_words(2.5, kind) for kind in kinds]
    current_language.reset(token)
    assert len(set(words)) == 4
    assert all(word.startswith("2.5 ") for word in words)
    assert limit_words(2.0, "source") == limit_words(None, None) == ""
