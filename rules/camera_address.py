"""Decides what may be entered as the address of a camera, and takes its name and password apart.

Nothing here connects or resolves: actions/outgoing.py decides where an address may lead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit, urlunsplit

from rules.setup_fields import FieldRefused, ValueMissing

SCHEMES: dict[str, tuple[str, ...]] = {
    "mjpeg": ("http", "https"),
    "snapshot": ("http", "https"),
    "rtsp": ("rtsp", "rtsps"),
}
# What a person may enter; the scenes of a demo community need no record.
SOURCE_KINDS = (*SCHEMES, "file", "phone")
LONGEST = 2048
LONGEST_SECRET = 200
# A name in the folder of films and nothing that leads out of it.
_FILM = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}\.(?:mp4|mkv|mov|avi|webm|mjpe?g)")


class CameraAddressInvalid(FieldRefused):
    """Not an address such a camera can have."""

    code = "camera_address_invalid"


class CameraSchemeWrong(FieldRefused):
    """The address begins otherwise than addresses of this kind do."""

    code = "camera_scheme_wrong"


class FilmNameInvalid(FieldRefused):
    """Not the name of a film in the folder of films."""

    code = "camera_film_name"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the pictures of a camera come from; never shown, never logged.

    Attributes:
        scheme: What screens may show of it: its scheme, or the kind where it has none.
        url: The address without name and password, or the name of a film; empty for a phone.
        user: Name at the camera, empty where it asks for none.
        password: Its password.
    """

    scheme: str
    url: str = field(default="", repr=False)
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def address_of(kind: str, url: object, user: object = "", password: object = "") -> Address:
    """Return the address of a camera; one with name and password inside is taken apart.

    Args:
        kind: One of SOURCE_KINDS.
        url: What was entered: an address, a film's name, nothing for a phone.
        user: Name entered beside it; wins over one inside.
        password: Password entered beside it; wins over one inside.

    Raises:
        FieldRefused: One of its subclasses; none repeats what was entered.
    """
    text = url.strip() if isinstance(url, str) else ""
    name, secret = _secret("user", user), _secret("password", password)
    if kind == "phone":
        return Address("phone")
    if not text:
        raise ValueMissing("address")
    if kind == "file":
        if _FILM.fullmatch(text) is None:
            raise FilmNameInvalid("address")
        return Address("file", text)
    if kind not in SCHEMES:
        raise FieldRefused("source_kind")
    return _network_address(kind, text, name, secret)


def _network_address(kind: str, text: str, name: str, secret: str) -> Address:
    if len(text) > LONGEST or not text.isprintable() or " " in text:
        raise CameraAddressInvalid("address")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise CameraAddressInvalid("address") from None
    scheme = parts.scheme.lower()
    if "://" not in text or not host:
        raise CameraAddressInvalid("address")
    if scheme not in SCHEMES[kind]:
        raise CameraSchemeWrong("address", schemes=", ".join(SCHEMES[kind]))
    inside, _, place = parts.netloc.rpartition("@")
    inner_name, _, inner_secret = inside.partition(":")
    bare = urlunsplit((scheme, place, parts.path, parts.query, ""))
    return Address(
        scheme,
        bare,
        name or _secret("user", unquote(inner_name)),
        secret or _secret("password", unquote(inner_secret)),
    )


def _secret(field_name: str, typed: object) -> str:
    text = str(typed) if isinstance(typed, str | int) and not isinstance(typed, bool) else ""
    if len(text) > LONGEST_SECRET or not all(sign.isprintable() for sign in text):
        raise FieldRefused(field_name)
    return text.strip() if field_name == "user" else text
