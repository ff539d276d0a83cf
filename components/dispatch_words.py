"""Says reasons, shortfalls and gaps of a dispatch in a few words each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from components.wording import duration, named, text
from rules.dispatch import Gap, Reason

_AGES = ("position_fresh", "position_old")


def reason_words(reason: Reason, names: Mapping[str, str]) -> str:
    """One fact behind a place in the order, e.g. `相距 93 米`.

    Args:
        reason: The fact.
        names: Names of responders by id, for a stand-in.
    """
    words, value = named("dispatch_reason", reason.code), reason.value
    if value is None:
        return words
    if reason.code == "distance":
        return f"{words} {way_words(float(value))}"
    if reason.code in _AGES:
        return f"{words} {text('time.ago', age=duration(float(value)))}"
    if reason.code == "load":
        return text("dispatch.load", n=int(float(value)))
    if reason.code == "stand_in":
        return f"{words} {names.get(str(value), '')}".strip()
    if reason.code == "service":
        return f"{words} {named('service', str(value))}"
    return words


def way_words(way_m: float) -> str:
    """A way in metres, in kilometres from one up; to ten metres, as positions are no better."""
    if way_m >= 995:
        return text("dispatch.kilometres", n=f"{way_m / 1000:.1f}")
    return text("dispatch.metres", n=f"{round(way_m, -1):.0f}")


def gap_words(gap: Gap) -> str:
    """What is missing, e.g. `巡查员：无人在班`."""
    code = named("dispatch_gap", gap.code)
    return text("dispatch.gap", kind=named("responder", gap.kind), what=code) if gap.kind else code


def shortfall_words(code: str, names: Sequence[str]) -> str:
    """Why some are not suggested, and who."""
    joined = text("dispatch.and").join(names)
    return text("dispatch.gap", kind=named("dispatch_shortfall", code), what=joined)
