"""Checks every source's section of the settings before anything starts."""

from __future__ import annotations

from pydantic import ValidationError

from ingest.discovery import discover
from ingest.errors import SourceBroken
from settings import Settings, SettingsProblem, shown


def check_sources(settings: Settings) -> list[SettingsProblem]:
    """Return what is wrong with `[sources.*]`: unknown sources, unknown keys, bad values."""
    sources = discover()
    problems = [
        SettingsProblem("yiping.toml", f"sources.{name}", "{…}", "is not a source")
        for name in settings.sources
        if name not in sources
    ]
    for name, source in sources.items():
        if isinstance(source, SourceBroken):
            problems.append(SettingsProblem("ingest", name, "-", str(source)))
            continue
        if source.opt_in and name not in settings.sources:
            continue
        try:
            source.Config.model_validate(settings.sources.get(name, {}))
        except ValidationError as invalid:
            for error in invalid.errors():
                key = ".".join(["sources", name, *map(str, error["loc"])])
                message = error["msg"].removeprefix("Value error, ")
                given = shown(key, error["input"])
                problems.append(SettingsProblem("yiping.toml", key, given, message))
    return problems
