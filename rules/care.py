"""The fixed care categories with their visit cadence, and when the next visit is due.

DOMAIN R7: these six and no others, no tags and no free text. DOMAIN R8: need is a visit interval,
never a level, a score or a colour of a person.
"""

from __future__ import annotations

from datetime import date, timedelta

# Default interval of visits in days. Ours, within R8 (weekly, monthly or quarterly; once a month
# was the national aim for people in difficulty by the end of 2025); agreed with each recipient.
CARE_CATEGORIES: dict[str, int] = {
    "living_alone": 30,
    "disability_support": 30,
    "long_term_illness": 30,
    "low_income": 90,
    "child_support": 30,
    "bereaved": 7,
}
# What a visitor or a rescuer has to bring or to know; codes, so that nobody writes a diagnosis.
CARE_NEEDS = ("company", "meals", "errands", "hearing", "sight", "walking", "wheelchair")
CADENCES_DAYS = (7, 14, 30, 90)


def default_cadence(category: str) -> int:
    """Return the days between visits a category starts with.

    Raises:
        KeyError: No such category; there are no others.
    """
    return CARE_CATEGORIES[category]


def next_visit(since: date, every_days: int, visited: date | None = None) -> date:
    """Return the day the next visit is due.

    Args:
        since: Local day the care was agreed on.
        every_days: Agreed cadence.
        visited: Local day of the last visit; None before the first.
    """
    return (visited or since) + timedelta(days=every_days)
