"""Reads a secret from a file that only its owner may read, or from the variable that holds it."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from settings.loading import SettingsInvalid, SettingsProblem
from settings.sections import OidcSettings

MOST_BYTES = 10_000


def read_client_secret(oidc: OidcSettings) -> str | None:
    """Return our secret at the sign-in provider; None where it has none (a public client).

    Raises:
        SettingsInvalid: The file is missing, empty, too long or readable by others.
    """
    if oidc.client_secret is not None:
        return oidc.client_secret.get_secret_value()
    if oidc.client_secret_file is None:
        return None
    return read_secret(oidc.client_secret_file, "oidc.client_secret_file")


def read_secret(path: Path, key: str) -> str:
    """Return the secret a file holds alone.

    Args:
        path: The file.
        key: The setting that names it, for the message.

    Raises:
        SettingsInvalid: The file is missing, empty, too long or readable by others.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        reason = fault.strerror if isinstance(fault, OSError) else "is not text"
        raise _invalid(path, key, str(reason)) from None
    if sys.platform != "win32" and stat.S_IMODE(mode) & 0o077:
        raise _invalid(path, key, "others may read this file; chmod 600 it")
    if not text or len(text) > MOST_BYTES:
        raise _invalid(path, key, "must hold the secret alone")
    return text


def _invalid(path: Path, key: str, message: str) -> SettingsInvalid:
    return SettingsInvalid([SettingsProblem(str(path), key, "(not shown)", message)])
