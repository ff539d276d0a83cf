"""`init`: start empty, with one real community to fill."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from actions.intake.recording import record_community
from commands.context import Context
from rules.records import CommunityRecord


def run_init(
    context: Context,
    community_id: str,
    name_zh: str,
    name_en: str | None,
    timezone: str,
    households: int | None,
    residents: int | None,
) -> int:
    """Create or change the community; returns 0, or 2 where a value cannot be used."""
    try:
        ZoneInfo(timezone)
        community = CommunityRecord(
            community_id=community_id,
            name_zh=name_zh,
            name_en=name_en,
            timezone=timezone,
            households=households,
            residents=residents,
        )
    except (ZoneInfoNotFoundError, ValueError, ValidationError) as fault:
        context.err(f"This community cannot be set up: {fault}")
        return 2
    verdict = record_community(context.store, community).result()
    context.out(f"Community {community_id} ({name_zh}): {verdict}.")
    return 0
