"""Every role may exactly what its row says, and no number on show tells of fewer than five."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.privacy import (
    ACTIONS,
    ROLES,
    SMALL_CELL,
    CountInvalid,
    may,
    scope_of,
    suppress_small_cells,
)

# What each role may do now; everything not named here it may not.
ALLOWED = {
    "wall": {"feed.read"},  # the wall sees its own projection and nothing else
    "duty_officer": {"case.read", "case.read_text", "case.write", "feed.read"},
    "grid_worker": {"feed.read"},  # cases of the own grid come when keys know their grid
    "secretary": {"case.read", "case.read_text", "case.write", "feed.read"},
    "property": {"feed.read"},  # assigned cases come with assignment
    "subdistrict": {"case.read", "feed.read"},  # a masked view
    "privacy": {"case.read", "feed.read"},  # a masked view
    "admin": {"feed.read"},  # runs the system, handles no cases
    "resident": set(),  # own reports come with the residents' page
    "source": {"case.read", "case.write"},  # hands in and reads back what became of it
}


def test_every_role_has_a_row_here() -> None:
    assert set(ROLES) == set(ALLOWED)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ACTIONS)
def test_a_role_may_exactly_what_its_row_says(role: str, action: str) -> None:
    assert may(role, action) is (action in ALLOWED[role])


@pytest.mark.parametrize("action", [*ACTIONS, "case.erase", ""])
def test_an_unknown_role_may_nothing(action: str) -> None:
    assert not may("mayor", action)
    assert scope_of("", action) is None


@pytest.mark.parametrize("role", ROLES)
def test_no_role_may_an_unknown_action(role: str) -> None:
    assert not may(role, "case.erase")


def test_a_source_reaches_its_own_rows_only() -> None:
    assert scope_of("source", "case.read") == "own_source"
    assert scope_of("duty_officer", "case.read") == "community"


GRIDS = {f"b{n}": f"g{(n - 1) // 3}" for n in range(1, 10)}  # b1-b3 in g0, b4-b6 in g1, b7-b9 in g2


@pytest.mark.parametrize(
    ("counts", "buildings", "areas", "remainder"),
    [
        # five is shown, four is not; three small buildings become their grid's number
        ({"b1": 5, "b4": 3, "b5": 3, "b6": 1}, {"b1": 5}, {"g1": 7}, 0),
        # a grid's number covers its hidden buildings only, not the ones shown beside it
        ({"b1": 9, "b2": 4, "b3": 2}, {"b1": 9}, {"g0": 6}, 0),
        # two small remainders meet one level higher
        ({"b1": 2, "b4": 4}, {}, {}, 6),
        # eight over two buildings can only be four and four: it goes one level higher with others
        ({"b1": 4, "b2": 4, "b4": 1}, {}, {}, 9),
        # a lone remainder of two takes the smallest number on show with it
        ({"b1": 7, "b4": 6, "b7": 2}, {"b1": 7}, {}, 8),
        # at a tie the area goes before the building
        ({"b1": 5, "b4": 2, "b5": 3, "b7": 1}, {"b1": 5}, {}, 6),
        # a building without a grid joins the remainder
        ({"hut": 3, "b1": 3}, {}, {}, 6),
        # too few altogether: the remainder stays below five and is not to be shown
        ({"b1": 2, "b4": 1}, {}, {}, 3),
        # nobody anywhere: no rows, so that a zero tells nothing about a building
        ({"b1": 0, "b2": 0}, {}, {}, 0),
        ({}, {}, {}, 0),
    ],
)
def test_small_counts_move_to_the_next_larger_area(
    counts: dict[str, int], buildings: dict[str, int], areas: dict[str, int], remainder: int
) -> None:
    assert suppress_small_cells(counts, GRIDS) == (buildings, areas, remainder)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(CountInvalid) as raised:
        suppress_small_cells({"b1": -1}, GRIDS)
    assert raised.value.fields == {"building": "b1", "count": -1}


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from([*GRIDS, "hut"]), st.integers(0, 12)))
def test_nothing_on_show_or_left_over_tells_of_fewer_than_five(counts: dict[str, int]) -> None:
    shown = suppress_small_cells(counts, GRIDS)
    total = sum(counts.values())
    assert sum(shown.buildings.values()) + sum(shown.areas.values()) + shown.remainder == total
    assert all(count >= SMALL_CELL for count in shown.buildings.values())
    assert all(count >= SMALL_CELL for count in shown.areas.values())
    assert all(counts[building] == count for building, count in shown.buildings.items())
    # Taking what is shown from the known total leaves nobody, five or more, or everybody.
    left = total - sum(shown.buildings.values()) - sum(shown.areas.values())
    assert left == 0 or left >= SMALL_CELL or left == total
    # Taking the buildings from an area's whole count leaves exactly the number shown for it.
    for area, count in shown.areas.items():
        hidden = [counts[b] for b in counts if GRIDS.get(b) == area and b not in shown.buildings]
        small = [cell for cell in hidden if 0 < cell < SMALL_CELL]
        assert sum(small) == count
        assert set(small) != {SMALL_CELL - 1}
