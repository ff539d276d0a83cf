"""Makes the HTML page around every Dash page: language, theme, words, early scripts, DEMO ribbon.

Follows DESIGN §3: nothing is loaded from another host, and a page loads only what it uses.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import dash
from dash import Dash, html

from components import ids, theme, wording
from components.first_paint import html_of
from components.script_nonce import with_nonce
from components.wording import text
from components.words_script import words_address

Library = Literal["grid", "map"]
# Our scripts that draw with the library of maps.
MAP_SCRIPTS = ("one_map", "one_map_canvas", "setup_draw", "setup_ground", "setup_map")
# Scripts that run before the component libraries, so that data is under way while they load.
EARLY_SCRIPTS = ("00_words.js", "live.js", "one_map_data.js")
# Component libraries that only pages load which name them when they register; each costs transfer
# and parsing. Dash adds the last two by itself; no page uses them.
LIBRARIES: dict[Library, tuple[str, ...]] = {
    "grid": ("dash_ag_grid/",),
    "map": ("dash_leaflet/", *(f"/{name}.js" for name in MAP_SCRIPTS)),
}
UNUSED = ("dash_table/", "dash_mantine_components/")
# Scripts that run behind the libraries; all our others run before them and fill the page.
LATE_SCRIPTS = (*(f"{name}.js" for name in MAP_SCRIPTS), "desk.js")
SCRIPT_TAG = re.compile(r"<script\b[^>]*\bsrc=[^>]*></script>")


@dataclass(frozen=True, slots=True)
class Shell:
    """What the page around the pages needs to know; made once by app.py.

    Attributes:
        opened_community: Names the community shown for the one the address asks for ('' for none).
        build: Changes when the program changes; an open wall then reloads itself once.
        pitch_mm: Size of one pixel of the wall, millimetres.
        distance_m: Distance the wall is read from, metres.
    """

    opened_community: Callable[[str], str]
    build: str
    pitch_mm: float = theme.PIXEL_PITCH_MM
    distance_m: float = theme.VIEWING_DISTANCE_M


def install_frame(app: Dash, shell: Shell) -> None:
    """Have `app` answer every page with our own HTML; call once, before the first request."""

    def interpolate_index(**parts: str) -> str:
        request = app.backend.request_adapter()
        path = str(request.path or "/")
        asked = request.args.get("community") if request.args else None
        community_id, screen = shell.opened_community(str(asked or "")), screen_of(path)
        first = _first_paint(screen, community_id)
        return index_html(shell, screen, community_id, parts, libraries_of(path), first)

    setattr(app, "interpolate_index", interpolate_index)  # noqa: B010 - a hook Dash documents


def screen_of(path: str) -> str:
    """`wall` for the wall, `desk` for everything else: decides theme, type size and libraries."""
    return "wall" if path.rstrip("/").endswith("/wall") else "desk"


def libraries_of(path: str) -> tuple[Library, ...]:
    """The component libraries the page at a path named when it was registered."""
    for page in dash.page_registry.values():
        pattern = re.sub("<[^>]+>", "[^/]+", page.get("path_template") or page["path"])
        if re.fullmatch(pattern.rstrip("/"), path.rstrip("/")):
            named: tuple[Library, ...] = page.get("libraries", ())
            return named
    return ()


def index_html(
    shell: Shell,
    screen: str,
    community_id: str,
    parts: dict[str, str],
    libraries: tuple[Library, ...] = (),
    first: str = "",
) -> str:
    """The page's HTML around Dash's own `parts` (metas, css, config, scripts, renderer, …).

    Args:
        shell: What is the same for every page.
        screen: wall or desk.
        community_id: The community shown, or empty.
        parts: The parts Dash made.
        libraries: Component libraries the page needs beside Dash's own.
        first: Shown, and filled by the scripts, until Dash has put the real page in its place.
    """
    early, own, late = _ordered_scripts(parts["scripts"], libraries)
    attributes = _attributes(shell, screen, community_id)
    return f"""<!DOCTYPE html>
<html {attributes}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(text("app.name"))}</title>
{parts["favicon"]}
{parts["css"]}
<script src="{words_address()}"></script>
{early}
</head>
<body>
{f'<div id="{ids.FIRST_PAINT}">{first}</div>' if first else ""}
{own}
{with_nonce("<script>yiping.live.begin()</script>")}
{parts["app_entry"].replace("Loading...", escape(text("app.starting")))}
<footer>
{parts["config"]}
{with_nonce(late)}
{with_nonce(parts["renderer"])}
</footer>
</body>
</html>"""


def _attributes(shell: Shell, screen: str, community_id: str) -> str:
    """What the page says of itself to our scripts and styles."""
    needed_px = theme.needed_text_mm(shell.distance_m) / shell.pitch_mm
    return " ".join(
        f'{name}="{escape(value)}"'
        for name, value in {
            "lang": wording.current_language.get(),
            "data-screen": screen,
            "data-theme": "dark" if screen == "wall" else "light",
            "data-community": community_id,
            "data-build": shell.build,
            "style": f"--needed-text: {needed_px:.1f}px",
        }.items()
    )


def said(code: str, element: type[Any] = html.Span, **attributes: Any) -> Any:
    """An element with a sentence that follows the language switch of a live screen."""
    return element(text(code), **{"data-say": code, **attributes})


def demo_ribbon() -> html.Div:
    """The full-width DEMO ribbon, in words; the scripts show it where the community is a demo."""
    return html.Div(said("ribbon.demo"), id=ids.RIBBON, className="ribbon", hidden=True)


def live_state() -> html.Div:
    """Where the scripts say that the connection is lost, since when, and how old the data is."""
    return html.Div(id=ids.LIVE_STATE, className="live-state", role="status", hidden=True)


def language_switch() -> Any:
    """Switches between Chinese and English without a reload."""
    return said(
        "language.other",
        html.Button,
        id=ids.LANGUAGE_SWITCH,
        className="language-switch",
        title=text("language.switch"),
    )


def _first_paint(screen: str, community_id: str) -> str:
    """The wall's frame as HTML; the desk is used by people who wait for their own page."""
    pages = (page for page in dash.page_registry.values() if page["path"] == f"/{screen}")
    page = next(pages, None) if screen == "wall" else None
    return html_of(page["layout"](community=community_id)) if page else ""


def _ordered_scripts(scripts: str, libraries: tuple[Library, ...]) -> tuple[str, str, str]:
    """Dash's script tags parted: for the head, for before the libraries, for the foot."""
    left_out = [part for name, ones in LIBRARIES.items() if name not in libraries for part in ones]
    unused = (*UNUSED, *left_out)
    tags = [tag for tag in SCRIPT_TAG.findall(scripts) if not any(part in tag for part in unused)]
    early = [tag for name in EARLY_SCRIPTS for tag in tags if f"/{name}" in tag]
    own = [
        tag
        for tag in tags
        if "/assets/" in tag
        and tag not in early
        and not any(f"/{name}" in tag for name in LATE_SCRIPTS)
    ]
    late = [tag for tag in tags if tag not in early and tag not in own]
    inline = SCRIPT_TAG.sub("", scripts)
    return "\n".join(early), "\n".join(own), "\n".join([*late, inline])
