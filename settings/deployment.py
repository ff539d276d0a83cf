"""Checks what the settings name outside themselves before anything starts: files and folders."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from settings.certificate import certificate_problems
from settings.loading import SettingsInvalid, SettingsProblem
from settings.model import Settings
from settings.secret_file import read_client_secret


def deployment_problems(settings: Settings, now: datetime) -> list[SettingsProblem]:
    """Return what is wrong with certificate, secret and backup folder; shows no secret.

    Args:
        settings: The settings.
        now: The moment, aware UTC.
    """
    problems = certificate_problems(settings, now)
    try:
        read_client_secret(settings.oidc)
    except SettingsInvalid as invalid:
        problems += invalid.problems
    if settings.backup.enabled:
        problems += _folder_problems(settings.backup_folder, "backup.folder")
    return problems


def _folder_problems(folder: Path, key: str) -> list[SettingsProblem]:
    """A folder that is not there yet is made later, where the one above it lets us."""
    there = next((each for each in (folder, *folder.absolute().parents) if each.exists()), None)
    if there is None or not there.is_dir():
        return [SettingsProblem("settings", key, str(folder), "is not a folder")]
    if not os.access(there, os.W_OK | os.X_OK):
        return [SettingsProblem("settings", key, str(folder), f"{there} cannot be written to")]
    return []
