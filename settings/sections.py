"""The sections of the settings: wall, session, backup, limits, cameras, sign-in and others."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator


class Section(BaseModel):
    """A part of the settings: frozen, and an unknown key in it is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class WallSettings(Section):
    """How the wall stands in its room, for the smallest legible text."""

    distance_m: Annotated[
        float, Field(gt=0.3, le=50, description="Reading distance of the wall, metres.")
    ] = 5.0
    pixel_pitch_mm: Annotated[
        float, Field(gt=0.05, le=10, description="Width of one pixel of the wall, millimetres.")
    ] = 2.5


class SessionSettings(Section):
    """How long somebody stays signed in."""

    idle_minutes: Annotated[
        int,
        Field(ge=5, le=1440, description="Minutes without any request after which a session ends."),
    ] = 60
    absolute_hours: Annotated[
        int,
        Field(ge=1, le=168, description="Hours after which a session ends, however busy it is."),
    ] = 12

    @property
    def idle(self) -> timedelta:
        """Time without use after which a session ends."""
        return timedelta(minutes=self.idle_minutes)

    @property
    def absolute(self) -> timedelta:
        """Time after which a session ends, used or not."""
        return timedelta(hours=self.absolute_hours)


class BackupSettings(Section):
    """The nightly backup that the running app takes and checks."""

    enabled: Annotated[bool, Field(description="Take a backup every night.")] = True
    folder: Annotated[
        Path | None,
        Field(
            description="Folder with one folder per night; `<var>/backups` when left out. Better "
            "on another disk."
        ),
    ] = None
    at: Annotated[
        str,
        Field(
            pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
            description="Local time of the machine at which it is taken, hh:mm.",
        ),
    ] = "03:30"
    keep_days: Annotated[
        int,
        Field(ge=1, le=3650, description="Days a nightly backup is kept once newer ones are good."),
    ] = 14


class LimitSettings(Section):
    """What one client may ask of the server before it is turned away."""

    sockets: Annotated[
        int,
        Field(ge=16, le=100_000, description="Most open connections in all, websockets included."),
    ] = 1000
    sockets_per_address: Annotated[
        int,
        Field(
            ge=8,
            le=100_000,
            description="Most open connections from one address; trusted proxies are exempt.",
        ),
    ] = 200
    header_s: Annotated[
        float, Field(gt=0, le=120, description="Seconds in which a request's head must be there.")
    ] = 10.0
    body_s: Annotated[
        float, Field(gt=0, le=3600, description="Seconds in which a request's body must be there.")
    ] = 60.0


class Open311Settings(Section):
    """What anybody may ask under /open311/v2; whoever has a key may ask about its community."""

    communities: Annotated[
        tuple[str, ...],
        Field(
            description="Communities whose services and requests anybody may read, as Open311 has "
            "it; none when left out, and every question needs a key."
        ),
    ] = ()
    contact: Annotated[
        str | None, Field(description="Whom developers may ask, shown in the discovery document.")
    ] = None
    key_service: Annotated[
        str | None, Field(description="How developers get a key, shown there as well.")
    ] = None
    type: Annotated[
        str,
        Field(
            pattern=r"^(production|test)$", description="What reports lead to: production or test."
        ),
    ] = "production"


class VideoSettings(Section):
    """Video calls from the field; on one network they need nothing beside the browsers."""

    ice_urls: Annotated[
        tuple[Annotated[str, Field(pattern=r"^(stun|turns?):[^\s]+$")], ...],
        Field(
            description="STUN or TURN servers of your own for phones outside the network, e.g. "
            "turn:turn.example:3478; none when left out, and no other server is asked."
        ),
    ] = ()
    turn_username: Annotated[str | None, Field(description="User name at the TURN server.")] = None
    turn_password: Annotated[
        SecretStr | None,
        Field(
            description="Password there; by the variable only, never in the file. Signed-in "
            "browsers get it when a call is answered."
        ),
    ] = None


class CameraSettings(Section):
    """How cameras are read; which there are stands in the register."""

    enabled: Annotated[
        bool, Field(description="Connect to cameras; without it every tile stays without picture.")
    ] = True
    workers: Annotated[
        int,
        Field(ge=1, le=16, description="Processes that read and decode; one uses about one core."),
    ] = 1
    memory_mb: Annotated[
        int,
        Field(
            ge=256,
            le=65536,
            description="Memory of one such process, megabytes, above which it is replaced.",
        ),
    ] = 2048
    probe_s: Annotated[
        float,
        Field(
            ge=0,
            le=3600,
            description="Seconds in which every registered camera is looked at once, watched or "
            "not; 0 for never.",
        ),
    ] = 60.0
    pre_event_s: Annotated[
        int,
        Field(
            ge=0,
            le=30,
            description="Seconds of pictures held in memory, of cameras whose records name them, "
            "and kept with an alarm nearby; 10 is of use, 0 holds nothing.",
        ),
    ] = 0
    pre_event_mb: Annotated[
        int,
        Field(
            ge=1,
            le=1024,
            description="Memory for all such pictures together, megabytes, shared out equally.",
        ),
    ] = 64
    detector_model: Annotated[
        str,
        Field(
            max_length=200,
            description="ONNX file in `<var>/models` that names what an obstruction looks like, "
            "once for each; none when left empty.",
        ),
    ] = ""
    detector_classes: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[0-9]{1,4}=[a-z]{1,20}$")], ...],
        Field(
            max_length=40,
            description="Number of the model's class and the thing it stands for, of a closed list "
            "of things and vehicles; other classes are never read.",
        ),
    ] = ("1=bicycle", "2=car", "3=motorcycle", "5=bus", "7=truck")
    detector_size: Annotated[
        int,
        Field(
            ge=32,
            le=1280,
            multiple_of=32,
            description="Side of the square picture the model takes, pixels.",
        ),
    ] = 640


class OidcSettings(Section):
    """Sign-in through an OpenID Connect provider; off until `issuer` is set."""

    issuer: Annotated[
        str | None,
        Field(description="Address of the provider, as its discovery document names it; https."),
    ] = None
    client_id: Annotated[str | None, Field(description="Our id at the provider.")] = None
    client_secret: Annotated[
        SecretStr | None,
        Field(description="Our secret at the provider; by the variable only, never in the file."),
    ] = None
    client_secret_file: Annotated[
        Path | None,
        Field(description="File that holds the secret alone, readable by its owner only."),
    ] = None
    scopes: Annotated[tuple[str, ...], Field(description="Scopes asked for beside `openid`.")] = (
        "profile",
    )
    label: Annotated[
        str,
        Field(min_length=1, max_length=60, description="Name of the provider on the sign-in page."),
    ] = "SSO"
    link_by_login: Annotated[
        bool,
        Field(
            description="At a person's first sign-in, link the account whose login is the person's "
            "`login_claim`. Only where people cannot choose that name themselves at the provider. "
            "Otherwise an administrator links accounts."
        ),
    ] = False
    login_claim: Annotated[
        str, Field(description="Claim that names the account to link, with `link_by_login`.")
    ] = "preferred_username"

    @property
    def enabled(self) -> bool:
        """True where a provider is set."""
        return self.issuer is not None

    @field_validator("issuer")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "https://unset")
        here = parts.hostname in ("127.0.0.1", "::1", "localhost")
        if parts.scheme != "https" and not (parts.scheme == "http" and here):
            raise ValueError("must be https; http is taken from this machine only, for trials")
        if not parts.hostname or parts.username or parts.query or parts.fragment:
            raise ValueError("must be an address without user, query or fragment")
        return value

    @model_validator(mode="after")
    def _is_whole(self) -> OidcSettings:
        if self.issuer is not None and not self.client_id:
            raise ValueError("issuer needs client_id as well")
        if self.client_secret is not None and self.client_secret_file is not None:
            raise ValueError("either client_secret_file or the variable, not both")
        return self
