"""What an installation can be told: yiping.toml and YIPING_* variables, frozen and checked.

The environment wins over the file. An unknown key anywhere stops start-up (STYLE 15).
"""

from __future__ import annotations

from settings.loading import (
    DEFAULT_FILE,
    PREFIX,
    SettingsInvalid,
    SettingsProblem,
    load_settings,
    shown,
    variable,
)
from settings.model import Settings
from settings.secret_file import read_client_secret
from settings.sections import (
    BackupSettings,
    LimitSettings,
    OidcSettings,
    SessionSettings,
    WallSettings,
)

__all__ = [
    "DEFAULT_FILE",
    "PREFIX",
    "BackupSettings",
    "LimitSettings",
    "OidcSettings",
    "SessionSettings",
    "Settings",
    "SettingsInvalid",
    "SettingsProblem",
    "WallSettings",
    "load_settings",
    "read_client_secret",
    "shown",
    "variable",
]
