"""Writes docs/mappings.md: the keys of a mapping file and the mappings that are shipped."""

from __future__ import annotations

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


def mappings_page() -> str:
    """Return the page."""
    shipped = []
    for path in sorted(SHIPPED.glob("*.toml")):
        mapping = read_mapping(path)
        shipped.append((code(path.stem), mapping.kind, mapping.about))
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
        ]
    )
