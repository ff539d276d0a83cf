"""Reads what the scripts of the set-up pages send, and holds it to the shape it must have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.access import allow
from actions.setup.errors import OutlineTooMany, OutlineUnreadable
from actions.setup.shapes import MOST_CORNERS
from actions.setup.step import SETUP_NOUNS, SetupDesk
from pages.callbacks import services
from rules.coordinates import CRS
from rules.errors import RuleViolation

LONGEST_WORD = 200
LONGEST_VALUE = 2_000
MOST_VALUES = 40
LONGEST_CORNERS = 60 * MOST_CORNERS  # characters of corners pasted as text


class RequestUnreadable(RuleViolation):
    """What came is not what our own pages send; reload the page."""

    code = "setup_request_unreadable"


@dataclass(frozen=True, slots=True)
class SetupRequest:
    """One wish of a set-up page, checked for shape and size only.

    Attributes:
        seq: Counted up by the page; the answer repeats it.
        community_id: The community it is about; `allow` decides whether the viewer may.
        page: Which page sent it: checklist, workers, contacts or map.
        action: What is wanted, e.g. save.
        noun: Kind of object, a word of SETUP_NOUNS or empty.
        object_id: Id of an object or step, or empty.
        version: Event the object was read at, or empty.
        kind: Level or kind of a new object, or empty.
        values: Fields of the form.
        ring: Drawn corners as from a browser, or None.
        position: Clicked position as from a browser, or None.
        crs: Frame of typed coordinates.
        fit: Cut a drawn outline to its neighbours.
    """

    seq: int
    community_id: str
    page: str
    action: str
    noun: str = ""
    object_id: str = ""
    version: str = ""
    kind: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    ring: object = None
    position: object = None
    crs: str = "WGS84"
    fit: bool = False


def read_request(data: object) -> SetupRequest:
    """Read what a page sent.

    Raises:
        RequestUnreadable: It is not what our pages send.
        OutlineUnreadable, OutlineTooMany: Corners typed as text cannot be read.
    """
    if not isinstance(data, Mapping):
        raise RequestUnreadable()
    noun = _word(data, "noun")
    if noun and noun not in SETUP_NOUNS:
        raise RequestUnreadable()
    values = _values(data.get("values"))
    crs = str(values.pop("crs", "") or "WGS84")
    if crs not in CRS:
        raise RequestUnreadable()
    typed_ring = _typed_corners(values.pop("corners", None))
    typed_position = _typed_position(values.pop("lon", None), values.pop("lat", None))
    fit = values.pop("fit", None)
    seq = data.get("seq")
    return SetupRequest(
        seq=seq if isinstance(seq, int) else 0,
        community_id=_word(data, "community"),
        page=_word(data, "page"),
        action=_word(data, "action"),
        noun=noun,
        object_id=_word(data, "id"),
        version=_word(data, "version"),
        kind=_word(data, "kind"),
        values=values,
        ring=typed_ring if typed_ring is not None else data.get("ring"),
        position=typed_position if typed_position is not None else data.get("position"),
        # What is clicked on our map is WGS-84, whatever the choice beside the typed fields says.
        crs=crs if typed_ring is not None or typed_position is not None else "WGS84",
        fit=bool(fit),
    )


def desk_for(community_id: str) -> SetupDesk:
    """Return the desk at which the current viewer sets up a community.

    Raises:
        SignInRequired, NotThere, NotAllowed: As actions/access.py decides.
    """
    viewer = allow("config.write", community_id)
    running = services()
    return SetupDesk(running.store, running.audit, viewer, community_id)


def _word(data: Mapping[Any, Any], name: str) -> str:
    value = data.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_WORD:
        raise RequestUnreadable()
    return value


def _values(given: object) -> dict[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, Mapping) or len(given) > MOST_VALUES:
        raise RequestUnreadable()
    for name, value in given.items():
        longest = LONGEST_CORNERS if name == "corners" else LONGEST_VALUE
        parts = value if isinstance(value, list) else [value]
        if len(parts) > MOST_VALUES or not isinstance(name, str):
            raise RequestUnreadable()
        for part in parts:
            if not isinstance(part, str | int | float | bool | None):
                raise RequestUnreadable()
            if isinstance(part, str) and len(part) > longest:
                raise RequestUnreadable()
    return dict(given)


def _typed_corners(text: object) -> object:
    """Read corners pasted as GeoJSON or as lines of longitude and latitude; None where empty.

    Raises:
        OutlineUnreadable, OutlineTooMany: Show the sentence.
    """
    if not isinstance(text, str) or not text.strip():
        return None
    if text.lstrip().startswith(("{", "[")):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise OutlineUnreadable() from None
    lines = [line for line in text.replace(";", "\n").splitlines() if line.strip()]
    if len(lines) > MOST_CORNERS:
        raise OutlineTooMany(most=MOST_CORNERS)
    try:
        return [[float(part) for part in line.replace(",", " ").split()] for line in lines]
    except (ValueError, OverflowError):
        raise OutlineUnreadable() from None


def _typed_position(lon: object, lat: object) -> list[float | None] | None:
    """Read typed degrees; None where nothing was typed, [None, None] where it is no number."""
    typed = [str(value).strip() if value is not None else "" for value in (lon, lat)]
    if not any(typed):
        return None
    try:
        return [float(typed[0]), float(typed[1])]
    except (ValueError, OverflowError):
        return [None, None]
