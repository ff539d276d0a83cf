"""What an installation can be told: yiping.toml and YIPING_* variables, frozen and checked.

The environment wins over the file. An unknown key anywhere stops start-up (STYLE 15).
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

PREFIX = "YIPING_"
DEFAULT_FILE = Path("yiping.toml")
NOT_SETTINGS = frozenset({"YIPING_REALDATA", "YIPING_CONFIG"})


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


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class WallSettings(_Section):
    """How the wall stands in its room, for the smallest legible text."""

    distance_m: Annotated[
        float, Field(gt=0.3, le=50, description="Reading distance of the wall, metres.")
    ] = 5.0
    pixel_pitch_mm: Annotated[
        float, Field(gt=0.05, le=10, description="Width of one pixel of the wall, millimetres.")
    ] = 2.5


class Settings(_Section):
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
    host: Annotated[
        str,
        Field(description="Address to listen on. Loopback only until accounts exist."),
    ] = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535, description="TCP port to listen on.")] = 8050
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
    trusted_hosts: Annotated[
        tuple[str, ...],
        Field(description="Host names beside loopback under which pages may be opened."),
    ] = ()
    wall: Annotated[WallSettings, Field(description="The room the wall stands in.")] = (
        WallSettings()
    )
    sources: Annotated[
        dict[str, dict[str, Any]],
        Field(description="One table per ingest source; its keys are in docs/settings.md."),
    ] = Field(default_factory=dict)

    @field_validator("host")
    @classmethod
    def _loopback_only(cls, value: str) -> str:
        if value == "localhost" or ip_address(value).is_loopback:
            return value
        raise ValueError(
            "is not a loopback address; pages are open to whoever reaches them until accounts "
            "exist, so this version listens on loopback only"
        )


def load_settings(file: Path | None = None, environ: dict[str, str] | None = None) -> Settings:
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
    merged = {**values, **variables}
    try:
        return Settings.model_validate(merged)
    except ValidationError as invalid:
        raise SettingsInvalid(
            [_problem(error, str(path), variables) for error in invalid.errors()]
        ) from None


def _read_file(path: Path, *, required: bool) -> dict[str, Any]:
    if not path.exists() and not required:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsInvalid([SettingsProblem(str(path), "-", "-", "does not exist")]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        raise SettingsInvalid([SettingsProblem(str(path), "-", "-", str(fault))]) from None


def _read_environment(env: dict[str, str]) -> dict[str, Any]:
    """Return the settings named by variables; a list is split at commas."""
    values: dict[str, Any] = {}
    problems = []
    for name, value in sorted(env.items()):
        if not name.startswith(PREFIX) or name in NOT_SETTINGS:
            continue
        key = name.removeprefix(PREFIX).lower()
        if key not in Settings.model_fields or key in ("sources", "wall"):
            problems.append(SettingsProblem("environment", name, repr(value), "is not a setting"))
        elif key == "trusted_hosts":
            values[key] = tuple(part.strip() for part in value.split(",") if part.strip())
        else:
            values[key] = value
    if problems:
        raise SettingsInvalid(problems)
    return values


def _problem(error: Any, file: str, variables: dict[str, Any]) -> SettingsProblem:
    key = ".".join(str(part) for part in error["loc"])
    in_environment = str(error["loc"][0]) in variables
    place = "environment" if in_environment else file
    name = f"{PREFIX}{key.upper()}" if in_environment else key
    message = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        message = "is not a setting"
    return SettingsProblem(place, name, repr(error["input"]), message)
