"""Describes the fields of pydantic models: key, type, default, range and meaning."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

_BOUNDS = (
    ("minimum", "≥ {}"),
    ("exclusiveMinimum", "> {}"),
    ("maximum", "≤ {}"),
    ("exclusiveMaximum", "< {}"),
    ("minLength", "at least {} characters"),
    ("maxLength", "at most {} characters"),
    ("minItems", "at least {}"),
    ("maxItems", "at most {}"),
    ("pattern", "`{}`"),
)


class Entry(NamedTuple):
    """One field, ready to print; `key` has dots where models are nested."""

    key: str
    type: str
    default: str
    range: str
    about: str


def entries(model: type[BaseModel], leave_out: frozenset[str] = frozenset()) -> list[Entry]:
    """Return every field of a model, nested models opened.

    Args:
        model: The model to describe.
        leave_out: Fields of its top level that are described elsewhere.

    Raises:
        ValueError: A field has no description.
    """
    schema = model.model_json_schema()
    for name in leave_out:
        del schema["properties"][name]
    return list(_walk(schema, schema.get("$defs", {}), ""))


def _walk(schema: dict[str, Any], defs: dict[str, Any], prefix: str) -> Iterator[Entry]:
    required = set(schema.get("required", ()))
    for name, field in schema.get("properties", {}).items():
        key = prefix + name
        whole = _resolved(field, defs)
        if not whole.get("description"):
            raise ValueError(f"{key} has no description")
        if "properties" in whole:
            yield from _walk(whole, defs, f"{key}.")
            continue
        default = "required" if name in required else _default(whole.get("default"))
        yield Entry(key, _type(whole, defs), default, _range(whole, defs), whole["description"])


def _resolved(field: dict[str, Any], defs: dict[str, Any]) -> dict[str, Any]:
    """Return a field with what it refers to, "or none" left out; the field's own words win."""
    choices = [choice for choice in field.get("anyOf", ()) if choice.get("type") != "null"]
    if len(choices) == 1:
        field = choices[0] | {name: value for name, value in field.items() if name != "anyOf"}
    reference = field.get("$ref")
    return defs[reference.rpartition("/")[2]] | field if reference else field


def _choices(field: dict[str, Any], defs: dict[str, Any]) -> list[dict[str, Any]]:
    return [_resolved(choice, defs) for choice in field.get("anyOf", [field])]


def _type(field: dict[str, Any], defs: dict[str, Any]) -> str:
    names = []
    for choice in _choices(field, defs):
        if "enum" in choice or "const" in choice:
            names.append(" or ".join(f"`{v}`" for v in choice.get("enum", [choice.get("const")])))
        elif choice.get("format") in ("path", "date", "date-time"):
            names.append(choice["format"])
        elif choice.get("type") == "array":
            names.append("list")
        elif choice.get("type") == "object" or "properties" in choice:
            names.append("table")
        elif choice.get("type") not in (None, "null"):
            names.append(
                {"string": "text", "boolean": "true or false"}.get(choice["type"])
                or str(choice["type"])
            )
    return " or ".join(dict.fromkeys(names)) or "any"


def _range(field: dict[str, Any], defs: dict[str, Any]) -> str:
    parts = [
        words.format(f"{choice[key]:g}" if isinstance(choice[key], float) else choice[key])
        for choice in _choices(field, defs)
        for key, words in _BOUNDS
        if key in choice
    ]
    return ", ".join(parts)


def _default(value: Any) -> str:
    return "none" if value is None else f"`{json.dumps(value, ensure_ascii=False)}`"
