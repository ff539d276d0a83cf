"""The view behind the small charts: unfinished cases by status, category and zone, last days."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from data.views.view import Question, Row, View

DAYS = 7
TOP_CATEGORIES = 6


def summary(question: Question) -> dict[str, Any]:
    """Return counts by status, category, zone and day, and what changed last."""
    store, community_id = question.store, question.community_id
    groups = store.rows("view/summary_open", community_id=community_id, now=question.now)
    areas = store.rows("view/summary_area", community_id=community_id)
    return {
        "by_status": _by_status(groups),
        "by_category": _by_category(groups),
        "by_zone": by_zone(groups, areas),
        "by_day": _by_day(question),
        "recent": store.rows("view/summary_recent", community_id=community_id),
    }


def by_zone(groups: list[Row], areas: list[Row]) -> list[Row]:
    """Sum unfinished cases by the zone above their area.

    Args:
        groups: Rows of `view/summary_open`.
        areas: Rows of `view/summary_area`.

    Returns:
        One row per zone, zones without cases included, in the order of `areas`.
    """
    zone_of = _zones(areas)
    opened: Counter[str] = Counter()
    overdue: Counter[str] = Counter()
    for group in groups:
        zone_id = zone_of.get(group["area_id"])
        if zone_id is not None:
            opened[zone_id] += group["n"]
            overdue[zone_id] += group["overdue"]
    return [
        {
            "area_id": area["area_id"],
            "name_zh": area["name_zh"],
            "name_en": area["name_en"],
            "open": opened[area["area_id"]],
            "overdue": overdue[area["area_id"]],
        }
        for area in areas
        if area["level"] == "zone"
    ]


def _zones(areas: list[Row]) -> dict[str, str | None]:
    """Return the zone above each area; a loop in a register's parents has none."""
    known = {area["area_id"]: area for area in areas}
    found: dict[str, str | None] = {}
    for area_id in known:
        passed: set[str] = set()
        at: str | None = area_id
        while at and at in known and at not in passed and known[at]["level"] != "zone":
            passed.add(at)
            at = known[at]["parent_id"]
        found[area_id] = at if at in known and known[at]["level"] == "zone" else None
    return found


def _by_status(groups: list[Row]) -> list[Row]:
    counts: Counter[str] = Counter()
    for group in groups:
        counts[group["status"]] += group["n"]
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [{"status": status, "n": n} for status, n in ordered]


def _by_category(groups: list[Row]) -> list[Row]:
    counts: Counter[str] = Counter()
    overdue: Counter[str] = Counter()
    for group in groups:
        counts[group["category"]] += group["n"]
        overdue[group["category"]] += group["overdue"]
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        {"category": category, "n": n, "overdue": overdue[category]}
        for category, n in ordered[:TOP_CATEGORIES]
    ]


def _by_day(question: Question) -> list[Row]:
    starts = [question.local_midnight(days_ago=DAYS - 1 - day) for day in range(DAYS + 1)]
    (counts,) = question.store.rows(
        "view/summary_day",
        community_id=question.community_id,
        **{f"day_{day}": start for day, start in enumerate(starts)},
    )
    today = question.now.astimezone(ZoneInfo(question.timezone)).date()
    return [
        {
            "date": (today - timedelta(days=DAYS - 1 - day)).isoformat(),
            "new": counts[f"new_{day}"],
            "closed": counts[f"closed_{day}"],
        }
        for day in range(DAYS)
    ]


SUMMARY = View("summary", summary, frozenset({"case", "place", "area"}), every_s=30.0, pause_s=0.25)
