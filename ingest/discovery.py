"""Finds the sources: every folder of `ingest/` that sets `SOURCE` in its `__init__.py`."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from pathlib import Path
from typing import Any

from ingest.base import Source
from ingest.errors import SourceBroken

log = logging.getLogger(__name__)

SourceClass = type[Source[Any]]


def discover(package: str = "ingest") -> dict[str, SourceClass | SourceBroken]:
    """Import every source folder of a package.

    Returns:
        Folder name → its class, or what is wrong with the folder: one that does not load
        must not keep the others from starting.
    """
    folder = Path(importlib.import_module(package).__path__[0])
    names = [module.name for module in pkgutil.iter_modules([str(folder)]) if module.ispkg]
    return {name: _load(package, name) for name in sorted(names)}


def _load(package: str, name: str) -> SourceClass | SourceBroken:
    try:
        source = importlib.import_module(f"{package}.{name}").SOURCE
    except Exception as failure:  # a folder may fail in any way
        log.exception("source %s does not load", name)
        return SourceBroken(source=name, reason=type(failure).__name__)
    if source.name != name:
        return SourceBroken(source=name, reason=f"calls itself {source.name}")
    loaded: SourceClass = source
    return loaded
