"""Writes docs/mappings.md: the keys of a mapping file and the mappings that are shipped."""

from __future__ import annotations

from collections.abc import Iterable

from docs.generator.markdown import code, table
from docs.generator.models import entries
from ingest.files.mapping import FieldSpec, Mapping
from ingest.files.mapping_files import SHIPPED, read_mapping

INTRODUCTION = """\
# Mappings

Generated from `ingest/files/mapping.py` and `ingest/files/mappings/` by `make docs`.

A mapping is a small TOML file that says which column of a file becomes which field. Your own go
into `<var>/mappings/NAME.toml`; one named like a shipped one replaces it. How to write one:
[recipes](recipes.md#import-a-new-kind-of-file).
"""
COLUMNS = """\
## Columns of the shipped mappings

What a file must be headed with to be read as it is. Width and case of a heading do not count; other
columns are left alone.
"""


def mappings_page() -> str:
    """Return the page."""
    mappings = {path.stem: read_mapping(path) for path in sorted(SHIPPED.glob("*.toml"))}
    shipped = [
        (f"[`{name}`](#{name})", mapping.kind, mapping.about) for name, mapping in mappings.items()
    ]
    fields = [(code(f"fields.<field>.{e.key}"), *e[1:]) for e in entries(FieldSpec)]
    keys = [(code(e.key), *e[1:]) for e in entries(Mapping, frozenset({"fields"}))]
    heads = ["Key", "Type", "Default", "Range", "Meaning"]
    return "\n".join(
        [
            INTRODUCTION,
            "## Shipped mappings\n",
            table(["Name", "Kind", "Reads"], shipped),
            "",
            "## Keys of a mapping\n",
            table(heads, keys),
            "",
            "## Keys of a field\n",
            "`<field>` is a field of the kind in `rules/records.py`, e.g. `reported_at`.\n",
            table(heads, fields),
            "",
            COLUMNS,
            *(_columns_of(name, mapping) for name, mapping in mappings.items()),
        ]
    )


def _columns_of(name: str, mapping: Mapping) -> str:
    """A section with what the mapping reads, the id first."""
    rows = [("id", _codes(mapping.id.columns), "")]
    for field, spec in mapping.fields.items():
        values = _codes(dict.fromkeys(map(str, spec.values))) if spec.otherwise == "reject" else ""
        read = _codes(spec.columns) or f"always {code(str(spec.constant))}"
        rows.append((code(field), read, values))
    heads = ["Field", "Headings, the first filled one counts", "Words, where no other is taken"]
    return f"### {name}\n\n{table(heads, rows)}\n"


def _codes(texts: Iterable[str]) -> str:
    return " ".join(map(code, texts))
