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

# The matrix of DOMAIN §3, written down a second time: what each role may do, and how far. Whatever
# is not named here it may not.
CASES = {"case.read": "community", "case.read_text": "community", "case.write": "community"}
ROSTER = dict.fromkeys(["roster.read", "roster.cover"], "community")
SHIFT = {"shift.hand_over": "community"}
ALARMS = dict.fromkeys(["alarm.read", "alarm.raise", "alarm.handle"], "community")
PLANS = dict.fromkeys(["plan.read", "plan.run", "plan.approve"], "community")
ALLOWED: dict[str, dict[str, str]] = {
    # sees its own projection and the tiles
    "wall": {"feed.read": "community", "video.view": "community"},
    # works on cases; opens a person's field for an open case only
    "duty_officer": {
        **CASES,
        **ROSTER,
        **ALARMS,
        **SHIFT,
        **PLANS,
        "feed.read": "community",
        "health.read": "community",
        "person.read": "community",
        "person.unmask": "active_case",
        "video.view": "community",
    },
    # everything in the own grid, nothing elsewhere
    "grid_worker": {
        **dict.fromkeys(CASES, "own_grid"),
        "alarm.raise": "own_grid",
        "plan.read": "community",
        "feed.read": "community",
        "person.read": "own_grid",
        "person.unmask": "own_grid",
        "person.write": "own_grid",
    },
    # approves, reads files, sees of the audit how often but not whose; makes no accounts
    "secretary": {
        **CASES,
        **ROSTER,
        "roster.write": "community",
        **ALARMS,
        **SHIFT,
        **PLANS,
        "plan.write": "community",
        **dict.fromkeys(
            [
                "case.approve",
                "case.supervise",
                "feed.read",
                "health.read",
                "person.read",
                "person.unmask",
                "person.write",
                "person.count",
                "video.approve",
                "export.request",
                "export.approve",
                "audit.summary",
                "rights.approve",
                "config.write",
            ],
            "community",
        ),
    },
    # what was handed to it, and no person's file
    "property": {
        **dict.fromkeys(CASES, "assigned"),
        "plan.read": "community",
        "feed.read": "community",
    },
    # many communities, masked; counts instead of people; the second word on exports
    "subdistrict": dict.fromkeys(
        [
            "case.read",
            "roster.read",
            "alarm.read",
            "plan.read",
            "plan.approve",
            "case.supervise",
            "feed.read",
            "person.count",
            "export.approve",
            "audit.summary",
        ],
        "community",
    ),
    # the whole audit and the rights of the people on record; no files, no settings
    "privacy": dict.fromkeys(
        [
            "case.read",
            "feed.read",
            "health.read",
            "export.approve",
            "audit.read",
            "audit.summary",
            "rights.handle",
            "retention.run",
        ],
        "community",
    ),
    # runs the system, handles no cases and reads no files
    "admin": dict.fromkeys(
        ["feed.read", "health.read", "config.write", "account.manage"], "community"
    ),
    "resident": {**dict.fromkeys(CASES, "own"), "own.read": "own"},
    # hands in and reads back what became of it
    "source": dict.fromkeys(["case.read", "case.write", "alarm.raise"], "own_source"),
}


def test_every_role_has_a_row_here() -> None:
    assert set(ROLES) == set(ALLOWED)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ACTIONS)
def test_a_role_may_exactly_what_its_row_says(role: str, action: str) -> None:
    assert may(role, action) is (action in ALLOWED[role])
    assert scope_of(role, action) == ALLOWED[role].get(action)


def test_duties_that_exclude_each_other_are_in_different_hands() -> None:
    for one, other in (
        ("account.manage", "person.read"),
        ("account.manage", "audit.read"),
        ("audit.read", "config.write"),
        ("audit.read", "person.unmask"),
    ):
        assert not [role for role in ROLES if may(role, one) and may(role, other)]


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
