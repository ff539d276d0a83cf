"""Reads what assets/door_forms.js sends, and says under which address this site is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import dash

from actions.access import communities
from pages.callbacks import services
from rules.errors import RuleViolation

LONGEST_WORD = 100
LONGEST_VALUE = 2_000
MOST_VALUES = 20
MOST_CHOSEN = 500
DEFAULT_ZONE = "Asia/Shanghai"


class DoorRequestUnreadable(RuleViolation):
    """What came is not what our own pages send; reload the page."""

    code = "door_request_unreadable"


@dataclass(frozen=True, slots=True)
class DoorRequest:
    """One wish of a page, checked for shape and size only.

    Attributes:
        action: The pressed button's.
        object_id: What the form is about, or empty.
        values: What was typed and chosen, by name.
        chosen: What was switched on, by name.
    """

    action: str
    object_id: str
    values: dict[str, str]
    chosen: dict[str, tuple[str, ...]]

    def value(self, name: str) -> str:
        """What was typed or chosen, without spaces around it; empty without."""
        return self.values.get(name, "").strip()


def read_door_request(data: object) -> DoorRequest:
    """Read what a page sent.

    Raises:
        DoorRequestUnreadable: It is not what our pages send.
    """
    if not isinstance(data, Mapping):
        raise DoorRequestUnreadable()
    action, object_id, given = data.get("action"), data.get("id"), data.get("values")
    if not _is_word(action) or not _is_word(object_id) or not isinstance(given, Mapping):
        raise DoorRequestUnreadable()
    if len(given) > MOST_VALUES:
        raise DoorRequestUnreadable()
    values: dict[str, str] = {}
    chosen: dict[str, tuple[str, ...]] = {}
    for name, value in given.items():
        if not _is_word(name):
            raise DoorRequestUnreadable()
        if isinstance(value, str) and _is_text(value):
            values[str(name)] = value
        elif isinstance(value, list) and len(value) <= MOST_CHOSEN and all(map(_is_word, value)):
            chosen[str(name)] = tuple(value)
        else:
            raise DoorRequestUnreadable()
    return DoorRequest(str(action), str(object_id), values, chosen)


def own_address() -> str:
    """Return the address under which this site is reached, without a slash at its end."""
    public = services().settings.public_url
    if public:
        return str(public).rstrip("/")
    root: Any = dash.get_app().backend.request_adapter().root
    return str(root).rstrip("/")


def zone_of_viewer() -> ZoneInfo:
    """Return the zone of the viewer's first community."""
    zones = (str(row["timezone"]) for row in communities(services().store))
    return ZoneInfo(next(zones, DEFAULT_ZONE))


def _is_text(value: str) -> bool:
    # Half a surrogate pair, which JSON can carry, is no text the store could keep.
    return len(value) <= LONGEST_VALUE and not any("\ud800" <= c <= "\udfff" for c in value)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_WORD and value.isprintable()
