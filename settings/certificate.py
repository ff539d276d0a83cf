"""Reads the certificate and key the app does HTTPS with, and says what is wrong with them."""

from __future__ import annotations

import stat
import sys
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from settings.loading import SettingsInvalid, SettingsProblem
from settings.model import Settings


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says of itself.

    Attributes:
        names: Host names and addresses it is for, as written in it.
        not_before: From when on it is valid, aware UTC.
        not_after: Until when, aware UTC.
    """

    names: tuple[str, ...]
    not_before: datetime
    not_after: datetime

    def covers(self, host: str) -> bool:
        """Say whether a browser takes it for a host (RFC 6125: `*` stands for one label)."""
        name = host.lower()
        above = name.partition(".")[2]
        return name in self.names or (bool(above) and f"*.{above}" in self.names)


def read_certificate(cert: Path, key: Path) -> Certificate:
    """Return the first certificate of a file after holding the key against it.

    Raises:
        SettingsInvalid: A file is missing, unreadable or no PEM, the key has a passphrase, is
            open to others or belongs to another certificate. Names the file and the reason.
    """
    try:
        found = x509.load_pem_x509_certificates(_read(cert, "tls_cert"))[0]
    except ValueError:
        raise _invalid(cert, "tls_cert", "holds no certificate in PEM form") from None
    pem = _read(key, "tls_key")
    if sys.platform != "win32" and stat.S_IMODE(key.stat().st_mode) & 0o007:
        raise _invalid(key, "tls_key", "everybody on this machine may read this key; chmod 600 it")
    try:
        private = serialization.load_pem_private_key(pem, None)
    except TypeError:
        raise _invalid(
            key, "tls_key", "has a passphrase, which nobody could type at start"
        ) from None
    except ValueError:
        raise _invalid(key, "tls_key", "holds no private key in PEM form") from None
    if _public(private.public_key()) != _public(found.public_key()):
        raise _invalid(key, "tls_key", f"belongs to another certificate than {cert}")
    return Certificate(_names(found), found.not_valid_before_utc, found.not_valid_after_utc)


def certificate_problems(settings: Settings, now: datetime) -> list[SettingsProblem]:
    """Return what is wrong with the certificate of an installation, expiry and names included.

    Args:
        settings: The settings; without tls_cert there is nothing wrong.
        now: The moment, aware UTC.
    """
    if settings.tls_cert is None or settings.tls_key is None:
        return []
    try:
        found = read_certificate(settings.tls_cert, settings.tls_key)
    except SettingsInvalid as invalid:
        return invalid.problems
    problems = []
    if now < found.not_before:
        problems.append(f"is not valid before {found.not_before:%Y-%m-%d %H:%M} UTC")
    if now > found.not_after:
        problems.append(f"has expired on {found.not_after:%Y-%m-%d %H:%M} UTC")
    host = urlsplit(settings.public_url or "").hostname
    if host and not found.covers(host):
        problems.append(f"is for {', '.join(found.names) or 'nobody'}, not for {host}")
    return [_problem(settings.tls_cert, "tls_cert", message) for message in problems]


def _read(path: Path, key: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise _invalid(path, key, str(fault.strerror)) from None


def _names(found: x509.Certificate) -> tuple[str, ...]:
    try:
        extension = found.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound:  # browsers have not looked at the common name since 2017
        return ()
    names = [name.lower() for name in extension.value.get_values_for_type(x509.DNSName)]
    addresses = extension.value.get_values_for_type(x509.IPAddress)
    return (*names, *(str(ip_address(str(address))) for address in addresses))


def _public(key: object) -> bytes:
    encoded: bytes = key.public_bytes(  # type: ignore[attr-defined]
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return encoded


def _invalid(path: Path, key: str, message: str) -> SettingsInvalid:
    return SettingsInvalid([_problem(path, key, message)])


def _problem(path: Path, key: str, message: str) -> SettingsProblem:
    return SettingsProblem("settings", key, str(path), message)
