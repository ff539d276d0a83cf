"""Everything an installation can be told, with what must fit together (ADR 0014)."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from settings.sections import (
    BackupSettings,
    CameraSettings,
    LimitSettings,
    OidcSettings,
    Open311Settings,
    Section,
    SessionSettings,
    VideoSettings,
    WallSettings,
)

IN_THE_CLEAR = (
    "is not a loopback address, and passwords would cross the network readable to everybody on it: "
    "set tls_cert and tls_key, or trusted_proxies where a proxy does HTTPS, or, for a trial with "
    "made-up data, insecure_http = true"
)


class Settings(Section):
    """Everything an installation can be told."""

    store: Annotated[
        str,
        Field(
            pattern=r"^duckdb:.+$",
            description="Where the tables are: duckdb:<file>. A relative file stands in the folder "
            "the program is started from.",
        ),
    ] = "duckdb:var/yiping.duckdb"
    var: Annotated[
        Path,
        Field(description="Folder for the inbox, photos, exports, logs and the control channel."),
    ] = Path("var")
    keys: Annotated[
        Path,
        Field(
            description="Folder of the keys that open personal fields and prove the audit; "
            "`<var>/keys` when left out. Outside the backups."
        ),
    ] = Path("var/keys")
    host: Annotated[
        str,
        Field(
            description="Address to listen on, e.g. 0.0.0.0. Beyond loopback it needs HTTPS, here "
            "or at a proxy."
        ),
    ] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="TCP port to listen on.")] = 8050
    tls_cert: Annotated[
        Path | None,
        Field(description="PEM file of the certificate and its chain; with it the app does HTTPS."),
    ] = None
    tls_key: Annotated[
        Path | None,
        Field(description="PEM file of its private key, without a passphrase, mode 600."),
    ] = None
    public_url: Annotated[
        str | None,
        Field(
            description="Address under which people reach the app, e.g. https://wall.example; for "
            "links, QR codes and cookies."
        ),
    ] = None
    trusted_proxies: Annotated[
        tuple[str, ...],
        Field(
            description="Addresses or networks of proxies whose X-Forwarded-For, -Proto and -Host "
            "are believed."
        ),
    ] = ()
    trusted_hosts: Annotated[
        tuple[str, ...],
        Field(description="Host names beside loopback under which pages may be opened."),
    ] = ()
    insecure_http: Annotated[
        bool,
        Field(description="Listen beyond loopback without HTTPS; shown as a warning for ever."),
    ] = False
    outgoing_networks: Annotated[
        tuple[str, ...],
        Field(
            description="Private networks that addresses entered by an administrator may lead to, "
            "e.g. of cameras; none when left out."
        ),
    ] = ()
    outgoing_ports: Annotated[
        tuple[Annotated[int, Field(ge=1, le=65535)], ...],
        Field(description="Ports such addresses may have beside those usual for web and cameras."),
    ] = ()
    community: Annotated[
        str | None,
        Field(
            pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$",
            description="Community the pages open with; the first one by name when left out.",
        ),
    ] = None
    language: Annotated[
        str, Field(pattern=r"^(zh-CN|en)$", description="Language of pages: zh-CN or en.")
    ] = "zh-CN"
    log_level: Annotated[
        str,
        Field(pattern=r"^(DEBUG|INFO|WARNING|ERROR)$", description="Least level that is logged."),
    ] = "INFO"
    wall: Annotated[WallSettings, Field(description="The room the wall stands in.")] = (
        WallSettings()
    )
    session: Annotated[SessionSettings, Field(description="How long a sign-in lasts.")] = (
        SessionSettings()
    )
    backup: Annotated[BackupSettings, Field(description="The nightly backup.")] = BackupSettings()
    limits: Annotated[LimitSettings, Field(description="What one client may ask.")] = (
        LimitSettings()
    )
    video: Annotated[VideoSettings, Field(description="Video calls from the field.")] = (
        VideoSettings()
    )
    cameras: Annotated[CameraSettings, Field(description="How cameras are read.")] = (
        CameraSettings()
    )
    oidc: Annotated[OidcSettings, Field(description="Sign-in through a provider.")] = OidcSettings()
    open311: Annotated[Open311Settings, Field(description="The Open311 server.")] = (
        Open311Settings()
    )
    sources: Annotated[
        dict[str, dict[str, Any]],
        Field(description="One table per ingest source; its keys are in docs/settings.md."),
    ] = Field(default_factory=dict)

    @property
    def tls(self) -> bool:
        """True where the app itself does HTTPS."""
        return self.tls_cert is not None

    @property
    def https(self) -> bool:
        """True where browsers reach the app over HTTPS, by itself or by its proxy."""
        return self.tls or (self.public_url or "").startswith("https:")

    @property
    def on_loopback(self) -> bool:
        """True where only this machine can connect."""
        return self.host == "localhost" or ip_address(self.host).is_loopback

    @property
    def backup_folder(self) -> Path:
        """Where the nightly backups are."""
        return self.backup.folder or self.var / "backups"

    @model_validator(mode="before")
    @classmethod
    def _keys_lie_below_var(cls, values: Any) -> Any:
        if isinstance(values, dict) and "keys" not in values and "var" in values:
            return {**values, "keys": Path(str(values["var"])) / "keys"}
        return values

    @field_validator("host")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value != "localhost":
            ip_address(value)
        return value

    @field_validator("trusted_proxies", "outgoing_networks")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            if ip_network(text).prefixlen == 0:
                raise ValueError(f"{text} is the whole internet")
        return value

    @field_validator("public_url")
    @classmethod
    def _is_origin(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "https://unset")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise ValueError("must be https://name or http://name, with a port where it needs one")
        if parts.path not in ("", "/") or parts.query or parts.fragment:
            raise ValueError("must end with the name or the port: the app has no path in front")
        parts.port  # noqa: B018 - raises where the port is no number
        return value.rstrip("/") if value else value

    @model_validator(mode="after")
    def _serves_safely(self) -> Settings:
        if (self.tls_cert is None) != (self.tls_key is None):
            missing = "tls_cert" if self.tls_cert is None else "tls_key"
            raise _objection(missing, "tls_cert and tls_key go together; this one is missing")
        protected = self.tls or self.trusted_proxies or self.insecure_http
        if not self.on_loopback and not protected:
            raise _objection("host", IN_THE_CLEAR)
        scheme = (self.public_url or "").partition(":")[0]
        if scheme == "http" and self.tls:
            raise _objection("public_url", "says http, but with tls_cert the app speaks https only")
        if scheme == "https" and not self.tls and not self.trusted_proxies:
            raise _objection(
                "public_url",
                "says https, but nothing does it: set tls_cert and tls_key, or trusted_proxies "
                "where a proxy does",
            )
        return self


def _objection(key: str, message: str) -> PydanticCustomError:
    """An error about one key that shows only together with others."""
    return PydanticCustomError("does_not_fit", "{message}", {"key": key, "message": message})
