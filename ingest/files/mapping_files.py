"""Finds mappings: those shipped with the program and a community's own in `<var>/mappings/`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pydantic import ValidationError

from ingest.files.failures import MappingInvalid, MappingUnknown
from ingest.files.mapping import Mapping

SHIPPED = Path(__file__).parent / "mappings"
NAME = re.compile(r"^\w[\w-]{0,59}$")
MAX_BYTES = 256 * 1024


def own_folder(var: Path) -> Path:
    """Folder of a community's own mappings; one named like a shipped one replaces it."""
    return var / "mappings"


def mapping_names(var: Path) -> list[str]:
    """Names of all mappings there are, sorted."""
    folders = (SHIPPED, own_folder(var))
    return sorted({path.stem for folder in folders for path in folder.glob("*.toml")})


def load_mapping(name: str, var: Path) -> Mapping:
    """Read one mapping by name.

    Raises:
        MappingUnknown: There is none of that name; `known` lists those there are.
        MappingInvalid: It has an unknown key or a wrong value; `file`, `key`, `value` name it.
    """
    if NAME.match(name):
        for folder in (own_folder(var), SHIPPED):
            path = folder / f"{name}.toml"
            if path.is_file():
                return read_mapping(path)
    raise MappingUnknown(mapping=name[:80], known=mapping_names(var))


def read_mapping(path: Path) -> Mapping:
    """Read and check one mapping file; raises MappingInvalid as `load_mapping` does."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise MappingInvalid(file=path.name, key=None, reason="is too large")
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise MappingInvalid(file=path.name, key=None, reason=str(error)) from None
    try:
        return Mapping.model_validate(document)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"]) or None
        reason = "is not a key here" if first["type"] == "extra_forbidden" else first["msg"]
        value = str(first["input"])[:80] if key else None
        reason = reason.removeprefix("Value error, ")
        raise MappingInvalid(file=path.name, key=key, value=value, reason=reason) from None
