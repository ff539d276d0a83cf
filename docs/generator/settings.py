"""Writes docs/settings.md from the settings and from the configuration of every source."""

from __future__ import annotations

from docs.generator.markdown import code, table
from docs.generator.models import Entry, entries
from ingest.discovery import discover
from ingest.errors import SourceBroken
from settings import Settings, variable

INTRODUCTION = """\
# Settings

Generated from `settings/` and from the `Config` of every source by `make docs`.

Settings come from `yiping.toml` in the folder the program is started from (or from the file named
by `YIPING_CONFIG`) and from environment variables, which win. None is required. A key that is not
listed here stops start-up; `python cli.py check` names the file, the key and the value of
everything that is wrong, but never shows a secret. Settings are read once, at start. A list in a
variable is separated by commas.

```toml
# yiping.toml
port = 8051
community = "demo"

[wall]
distance_m = 6

[sources.files]
quiet_s = 10
```
"""


def settings_page() -> str:
    """Return the page."""
    own = entries(Settings)
    sections = [INTRODUCTION, "## The installation\n", _with_variables(own), ""]
    for name, source in discover().items():
        if isinstance(source, SourceBroken):
            raise ValueError(str(source))
        rows = [(code(e.key), e.type, e.default, e.range, e.about) for e in entries(source.Config)]
        heads = ["Key", "Type", "Default", "Range", "Meaning"]
        sections += [
            f"## sources.{name}\n",
            f"Section `[sources.{name}]`; see [sources](sources.md#{name}).\n",
            table(heads, rows),
            "",
        ]
    return "\n".join(sections)


def _with_variables(rows: list[Entry]) -> str:
    heads = ["Key", "Variable", "Type", "Default", "Range", "Meaning"]
    cells = [
        (code(e.key), code(variable(e.key)), e.type, e.default, e.range, e.about) for e in rows
    ]
    return table(heads, cells)
