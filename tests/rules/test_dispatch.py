"""Who is suggested for a case, why, who is left out, and what is missing."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from rules.dispatch import (
    Candidate,
    Gap,
    Need,
    Reason,
    Recommendation,
    Shortfall,
    Suggestion,
    position_state,
    recommend,
)
from rules.responders import RESPONDERS, Want, wants_of
from rules.vocabulary import (
    CATEGORIES,
    DISPATCH_GAPS,
    DISPATCH_REASONS,
    DISPATCH_SHORTFALLS,
    RESPONDER_KINDS,
    SERVICES,
)

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
LON, LAT = 121.5, 31.2
METRE_NORTH = 1 / 111_195  # degrees of latitude
GRID = (Want("grid_worker"),)
NEED = Need("noise", "ordinary", GRID, LON, LAT, "grid-3")


def worker(name: str, metres: float | None = 100, **known: object) -> Candidate:
    """A grid worker on shift, this many metres north of the case, seen a minute ago."""
    there = replace(
        Candidate(name, "grid_worker", on_shift=True, area_ids=("grid-3",)),
        lon=None if metres is None else LON,
        lat=None if metres is None else LAT + metres * METRE_NORTH,
        located_at=None if metres is None else NOW - timedelta(minutes=1),
    )
    return replace(there, **known)  # type: ignore[arg-type]


def order(found: Recommendation) -> list[str]:
    return [suggestion.responder_id for suggestion in found.suggestions]


def reasons(suggestion: Suggestion) -> dict[str, float | str | None]:
    return {reason.code: reason.value for reason in suggestion.reasons}


@pytest.mark.parametrize(
    ("urgency", "first", "second"),
    [
        # in an emergency the nearer one goes, busy or not
        ("urgent", worker("near", 100, load=5), worker("far", 400)),
        # otherwise a worker with three open tasks stays with them
        ("ordinary", worker("free", 700), worker("busy", 100, load=3)),
        ("hazard", worker("busy", 100, load=3), worker("free", 700)),
        # one's own grid is worth some hundred metres in ordinary matters
        ("ordinary", worker("own", 500), worker("other", 100, area_ids=("grid-4",))),
        # but not in an emergency
        ("urgent", worker("other", 100, area_ids=("grid-4",)), worker("own", 500)),
        # at nearly equal ways the own grid decides even there
        ("urgent", worker("own", 130), worker("other", 100, area_ids=("grid-4",))),
        # whoever has no position comes behind those who have one
        ("ordinary", worker("z-far", 5_000), worker("a-unseen", None)),
        # and among those without one, the own grid and the load decide
        ("ordinary", worker("z-own", None), worker("a-other", None, area_ids=("grid-4",))),
        ("ordinary", worker("z-free", None), worker("a-busy", None, load=1)),
        # nobody is preferred for being in no grid at all: a patrol covers everything
        ("ordinary", worker("own", 100), worker("roaming", 101, area_ids=())),
    ],
)
def test_the_order_is_made_of_way_load_and_grid(
    urgency: str, first: Candidate, second: Candidate
) -> None:
    need = replace(NEED, urgency=urgency)  # type: ignore[arg-type]
    for candidates in ([first, second], [second, first]):
        assert order(recommend(need, candidates, NOW)) == [
            first.responder_id,
            second.responder_id,
        ]


def test_every_place_in_the_order_shows_its_reasons() -> None:
    someone = worker("w-1", 250, load=2, area_ids=("grid-4",), stand_in_for="w-9")
    (suggestion,) = recommend(NEED, [someone], NOW).suggestions
    told = reasons(suggestion)
    assert told.pop("distance") == pytest.approx(250, abs=1)
    assert told == {"position_fresh": 60, "other_grid": None, "load": 2, "stand_in": "w-9"}
    # the order is the sum of what is shown: the way, two tasks of 300 m, another grid of 600 m
    assert suggestion.order_m == pytest.approx(250 + 600 + 600, abs=1)


@pytest.mark.parametrize(
    ("age", "code", "seconds"),
    [
        (timedelta(0), "position_fresh", 0),
        (timedelta(minutes=30), "position_fresh", 1_800),
        (timedelta(minutes=30, microseconds=1), "position_old", pytest.approx(1_800)),
        (timedelta(days=3), "position_old", 259_200),
        (timedelta(seconds=-60), "position_fresh", 0),  # a phone's clock runs a little ahead
        (timedelta(seconds=-61), "position_ahead", -61),  # this one is simply wrong
    ],
)
def test_a_position_older_than_thirty_minutes_is_not_used_and_shown_as_old(
    age: timedelta, code: str, seconds: float
) -> None:
    assert position_state(NOW - age, NOW) == Reason(code, seconds)
    (suggestion,) = recommend(NEED, [worker("w", located_at=NOW - age)], NOW).suggestions
    assert reasons(suggestion)[code] == seconds
    assert ("distance" in reasons(suggestion)) == (code == "position_fresh")
    assert (suggestion.order_m is None) == (code != "position_fresh")


def test_a_position_without_a_time_is_no_position() -> None:
    assert position_state(None, NOW) == Reason("position_unknown")
    (suggestion,) = recommend(NEED, [worker("w", 10, located_at=None)], NOW).suggestions
    assert suggestion.order_m is None
    (suggestion,) = recommend(NEED, [worker("w", None, located_at=NOW)], NOW).suggestions
    assert "position_unknown" in reasons(suggestion)


@pytest.mark.parametrize(
    ("candidate", "code"),
    [
        (worker("w", kind="patrol"), "wrong_kind"),
        (worker("w", on_shift=False), "off_shift"),
        (worker("w", absent=True), "absent"),
        (worker("w", reachable=False), "no_contact"),
        (worker("w", already_sent=True), "already_sent"),
        # of several, the one that would have to be mended first
        (worker("w", kind="patrol", on_shift=False), "wrong_kind"),
        (worker("w", on_shift=False, reachable=False), "off_shift"),
        (worker("w", absent=True, on_shift=False), "absent"),
    ],
)
def test_whoever_is_left_out_is_named_with_a_reason(candidate: Candidate, code: str) -> None:
    found = recommend(NEED, [candidate], NOW)
    assert found.suggestions == ()
    assert found.left_out == (Shortfall("w", candidate.kind, code),)


def test_a_partner_is_asked_for_its_service() -> None:
    need = replace(NEED, wants=(Want("partner", ("gas", "fire")),))
    gas = Candidate("gas", "partner", on_shift=True, services=("gas", "other"))
    lift = Candidate("lift", "partner", on_shift=True, services=("lift",))
    found = recommend(need, [lift, gas], NOW)
    assert order(found) == ["gas"]
    assert reasons(found.suggestions[0])["service"] == "gas"
    assert found.left_out == (Shortfall("lift", "partner", "wrong_service"),)
    # a partner is called, not tracked: that its position is unknown is no gap
    assert found.gaps == ()


@pytest.mark.parametrize(
    ("candidates", "gap"),
    [
        ([], Gap("grid_worker", "none_registered", 1)),
        ([worker("p", kind="patrol")], Gap("grid_worker", "none_registered", 1)),
        ([worker("w", on_shift=False)], Gap("grid_worker", "nobody_on_shift", 1)),
        ([worker("w", absent=True)], Gap("grid_worker", "nobody_on_shift", 1)),
        (
            [worker("w", reachable=False), worker("v", on_shift=False)],
            Gap("grid_worker", "nobody_reachable", 1),
        ),
        ([worker("w", already_sent=True)], Gap("grid_worker", "all_sent", 1)),
        (
            [worker("w", located_at=NOW - timedelta(hours=1)), worker("v", None)],
            Gap("grid_worker", "positions_old", 2),
        ),
    ],
)
def test_what_is_missing_is_said_with_its_reason(candidates: list[Candidate], gap: Gap) -> None:
    assert recommend(NEED, candidates, NOW).gaps == (gap,)


def test_no_partner_offers_the_service() -> None:
    need = replace(NEED, wants=(Want("partner", ("gas",)),))
    lift = Candidate("lift", "partner", on_shift=True, services=("lift",))
    assert recommend(need, [lift], NOW).gaps == (Gap("partner", "nobody_with_service", 1),)


def test_fewer_than_needed_is_a_gap_and_those_there_are_still_suggested() -> None:
    need = replace(NEED, wants=(Want("grid_worker", count=3),))
    found = recommend(need, [worker("a"), worker("b")], NOW)
    assert [s.recommended for s in found.suggestions] == [True, True]
    assert found.gaps == (Gap("grid_worker", "too_few", 1),)


def test_a_case_without_a_place_is_still_dispatched_and_says_so() -> None:
    need = replace(NEED, lon=None, lat=None, area_id="grid-4")
    own = worker("own", 5, area_ids=("grid-4",))
    found = recommend(need, [worker("other", 5), own], NOW)
    assert order(found) == ["own", "other"]
    assert "case_place_unknown" in reasons(found.suggestions[0])
    assert found.gaps == (Gap(None, "case_place_unknown"),)


def test_one_click_sends_the_best_of_every_wanted_kind() -> None:
    # REFERENCE §8: sewage overflows; a grid worker and the property company go
    crowd = [
        worker("g-2", 400),
        worker("g-1", 90),
        worker("p-1", 300, kind="property", area_ids=()),
        worker("p-2", 900, kind="property", area_ids=()),
        Candidate("drains", "partner", on_shift=True, services=("drainage",)),
    ]
    found = recommend(Need("sewage_overflow", "urgent", None, LON, LAT, "grid-3"), crowd, NOW)
    assert order(found) == ["g-1", "g-2", "p-1", "p-2", "drains"]
    sent = [s.responder_id for s in found.suggestions if s.recommended]
    assert sent == ["g-1", "p-1", "drains"]
    assert found.gaps == ()


def test_the_order_of_what_is_given_does_not_matter() -> None:
    chance = Random(7)
    crowd = [
        worker(f"w-{n}", chance.choice([None, 50, 50, 800]), load=chance.randint(0, 2))
        for n in range(40)
    ]
    expected = recommend(NEED, crowd, NOW)
    for _ in range(5):
        chance.shuffle(crowd)
        assert recommend(NEED, crowd, NOW) == expected


def test_nothing_about_a_worker_is_scored_or_kept() -> None:
    # DOMAIN R20: no figure over time goes in, and none comes out.
    known = {field.name for kind in (Candidate, Suggestion) for field in fields(kind)}
    words = ("score", "rating", "rank", "history", "count", "rate", "average", "days")
    assert not [name for name in known if any(word in name for word in words)]


class TestTables:
    def test_every_category_says_who_goes(self) -> None:
        assert set(RESPONDERS) == set(CATEGORIES)
        for wants in RESPONDERS.values():
            assert wants
            assert {want.kind for want in wants} <= set(RESPONDER_KINDS)
            assert {code for want in wants for code in want.services} <= set(SERVICES)

    def test_a_category_of_a_source_still_finds_somebody(self) -> None:
        assert [want.kind for want in wants_of("Missed Trash/Recycling")] == [
            "grid_worker",
            "property",
        ]

    def test_every_code_is_on_its_list(self) -> None:
        crowd = [
            worker("a"),
            worker("b", on_shift=False),
            worker("c", reachable=False),
            worker("d", None, stand_in_for="b"),
            worker("e", located_at=NOW + timedelta(hours=1)),
            Candidate("f", "partner", services=("gas",)),
        ]
        for category in CATEGORIES:
            found = recommend(Need(category, "hazard", None, LON, LAT, "grid-3"), crowd, NOW)
            told = {reason.code for s in found.suggestions for reason in s.reasons}
            assert told <= set(DISPATCH_REASONS)
            assert {each.code for each in found.left_out} <= set(DISPATCH_SHORTFALLS)
            assert {gap.code for gap in found.gaps} <= set(DISPATCH_GAPS)
