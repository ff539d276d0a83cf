"""Makes sure a community exists before anything is recorded for it."""

from __future__ import annotations

from actions.intake.recording import record_community
from data.store import Store
from rules.records import CommunityRecord

DEFAULT_ZONE = "Asia/Shanghai"


def ensure_community(store: Store, community_id: str, timezone: str | None = None) -> bool:
    """Create a community under its bare id where there is none.

    Args:
        store: The open store.
        community_id: Lower-case letters, digits, hyphen and underscore.
        timezone: IANA zone it gets when it is made.

    Returns:
        True where it was made now.

    Raises:
        pydantic.ValidationError: The id cannot be one.
    """
    if store.rows("community/timezone", community_id=community_id):
        return False
    community = CommunityRecord(
        community_id=community_id, name_zh=community_id, timezone=timezone or DEFAULT_ZONE
    )
    record_community(store, community).result()
    return True
