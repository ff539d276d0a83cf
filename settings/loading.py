"""Reads yiping.toml and YIPING_* variables; says what is wrong without showing a secret."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from settings.model import Settings

PREFIX = "YIPING_"
DEFAULT_FILE = Path("yiping.toml")
NOT_SETTINGS = frozenset({"YIPING_REALDATA", "YIPING_CONFIG"})
IN_FILE_ONLY = frozenset({"sources"})
NOT_IN_FILE = frozenset({"oidc.client_secret"})
SECRET_NAME = re.compile(r"secr|passw|token|credential|api_?key|private", re.IGNORECASE)
USER_IN_ADDRESS = re.compile(r"(?<=://)[^/@\s'\"]+@")


@dataclass(frozen=True, slots=True)
class SettingsProblem:
    """One thing that is wrong: where it stands, which key, its value and what is the matter."""

    place: str
    key: str
    value: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.key} = {self.value}: {self.message}"


class SettingsInvalid(Exception):
    """The settings cannot be used; `problems` names every file, key and value at fault."""

    code = "settings_invalid"

    def __init__(self, problems: list[SettingsProblem]) -> None:
        self.problems = problems
        super().__init__("; ".join(map(str, problems)))


def load_settings(file: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the file (YIPING_CONFIG or yiping.toml, where it exists) and the environment.

    Args:
        file: The settings file; a named one must exist.
        environ: Environment to read; the process's own when left out.

    Raises:
        SettingsInvalid: Naming file, key and value of everything that is wrong.
    """
    env = dict(os.environ) if environ is None else environ
    named = file or (Path(env["YIPING_CONFIG"]) if env.get("YIPING_CONFIG") else None)
    path = named or DEFAULT_FILE
    values = _read_file(path, required=named is not None)
    variables = _read_environment(env)
    try:
        return Settings.model_validate(_merged(values, variables))
    except ValidationError as invalid:
        raise SettingsInvalid(
            [_problem(error, str(path), variables) for error in invalid.errors()]
        ) from None


def variable(key: str) -> str:
    """Return the environment variable of a setting, nothing where only the file sets it."""
    if key in IN_FILE_ONLY or key.partition(".")[0] in IN_FILE_ONLY:
        return ""
    return PREFIX + key.replace(".", "_").upper()


def shown(key: str, value: object) -> str:
    """Return a value as it may be printed: no secret, and no user name in an address."""
    if isinstance(value, dict):
        return "{…}"
    if SECRET_NAME.search(key.rpartition(".")[2]) and not key.endswith("_file"):
        return "(not shown)"
    return USER_IN_ADDRESS.sub("…@", repr(str(value) if isinstance(value, Path) else value))


def _read_file(path: Path, *, required: bool) -> dict[str, Any]:
    if not path.exists() and not required:
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsInvalid([SettingsProblem(str(path), "-", "-", "does not exist")]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        raise SettingsInvalid([SettingsProblem(str(path), "-", "-", str(fault))]) from None
    misplaced = [key for key in NOT_IN_FILE if _holds(values, key)]
    if misplaced:
        message = "is a secret, and this file is in every backup: use {} or a file of its own"
        raise SettingsInvalid(
            [
                SettingsProblem(str(path), key, "(not shown)", message.format(variable(key)))
                for key in misplaced
            ]
        )
    return values


def _holds(values: dict[str, Any], key: str) -> bool:
    section, _, name = key.partition(".")
    return isinstance(values.get(section), dict) and name in values[section]


def _read_environment(env: Mapping[str, str]) -> dict[str, str | tuple[str, ...]]:
    """Return the settings named by variables, by dotted key; a list is split at commas."""
    names = {variable(key): (key, field) for key, field in _fields(Settings) if variable(key)}
    values: dict[str, str | tuple[str, ...]] = {}
    problems = []
    for name, value in sorted(env.items()):
        if not name.startswith(PREFIX) or name in NOT_SETTINGS:
            continue
        if name not in names:
            problems.append(
                SettingsProblem("environment", name, shown(name, value), "is not a setting")
            )
            continue
        key, field = names[name]
        is_list = "tuple" in str(field.annotation)
        parts = tuple(part.strip() for part in value.split(",") if part.strip())
        values[key] = parts if is_list else value
    if problems:
        raise SettingsInvalid(problems)
    return values


def _fields(model: type[BaseModel], prefix: str = "") -> list[tuple[str, FieldInfo]]:
    """Return every setting by dotted key, sections opened."""
    found: list[tuple[str, FieldInfo]] = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += _fields(kind, f"{prefix}{name}.")
        else:
            found.append((prefix + name, field))
    return found


def _merged(values: dict[str, Any], variables: dict[str, Any]) -> dict[str, Any]:
    merged = dict(values)
    for key, value in variables.items():
        section, _, name = key.rpartition(".")
        if not section:
            merged[name] = value
        elif isinstance(merged.get(section, {}), dict):
            merged[section] = {**merged.get(section, {}), name: value}
    return merged


def _problem(error: Any, file: str, variables: dict[str, Any]) -> SettingsProblem:
    context = error.get("ctx") or {}
    parts = [str(context["key"])] if "key" in context else [str(part) for part in error["loc"]]
    key = ".".join(parts)
    # An item of a list that a variable gave: the variable is what is wrong.
    above = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    named = next((each for each in above if each in variables), None)
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        message = "is not a setting"
    given = error["input"]
    if "key" in context:
        given = given.get(key, "") if isinstance(given, dict) else ""
    return SettingsProblem(
        "environment" if named else file,
        variable(named) if named else key,
        shown(key, given),
        message,
    )
