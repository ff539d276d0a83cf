"""The head and foot of every desk page: pages to go to, community, connection, language, theme.

The page links follow dash's page registry: a page whose `name` has a word `desk.nav_<name>` in the
wording appears here, in the order of its `order`, in the bar or in the menu of its `group`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, get_args
from urllib.parse import urlencode

from dash import html

from components import ids
from components.alarm_panel import alarm_bell
from components.attributes import dashed
from components.frame import demo_ribbon, language_switch, live_state
from components.plan_board import plan_ribbon
from components.wording import knows, local_name, named, text
from rules.viewer import Viewer

Group = Literal["people", "oversight", "system"]


def frame(
    pages: Iterable[Mapping[str, Any]],
    here: str,
    communities: Sequence[Mapping[str, Any]],
    community_id: str,
    body: Any,
    viewer: Viewer | None = None,
    warnings: Any = None,
) -> html.Div:
    """A whole desk page around its body.

    Args:
        pages: Entries of `dash.page_registry` (path, name, order) the viewer may open.
        here: Path of the page shown.
        communities: Rows community_id, name_zh, name_en, is_demo the viewer may open.
        community_id: The community shown, or empty.
        body: What the page itself shows.
        viewer: Who is signed in.
        warnings: The strip of upkeep warnings, where there are any for the viewer.
    """
    shown = next((row for row in communities if row["community_id"] == community_id), None)
    return html.Div(
        [
            html.A(text("desk.skip"), href=f"#{ids.SKIP_TARGET}", className="skip"),
            demo_ribbon(),
            plan_ribbon(),
            _head(pages, here, communities, community_id, viewer),
            html.Div(warnings, id=ids.WARNING_STRIP),
            html.Main(body, id=ids.SKIP_TARGET, tabIndex=-1),
        ],
        id=ids.PAGE,
        className="desk-frame",
        **dashed(
            data_community=community_id if shown else "",
            data_timezone=str(shown["timezone"]) if shown else "",
        ),
    )


def _head(
    pages: Iterable[Mapping[str, Any]],
    here: str,
    communities: Sequence[Mapping[str, Any]],
    community_id: str,
    viewer: Viewer | None,
) -> html.Header:
    """The bar at the top: the pages, how live they are, community, theme, language and viewer."""
    return html.Header(
        [
            html.A(text("app.name"), href=with_community("/", community_id), className="brand"),
            *navigation(pages, here, community_id),
            live_state(),
            html.Div(
                [
                    *alarm_bell(viewer),
                    community_choice(communities, community_id),
                    theme_switch(),
                    language_switch(),
                    *signed_in(viewer),
                ],
                className="head-controls",
            ),
        ],
        className="head",
    )


def signed_in(viewer: Viewer | None) -> list[Any]:
    """Who is signed in, by login and role, with the way to the own account and out."""
    if viewer is None or viewer.kind != "account":
        return []
    return [
        html.A(
            [
                html.Span(viewer.label, className="own-login"),
                html.Span(named("role", viewer.role), className="own-role"),
            ],
            href="/account",
            className="own-account",
            title=text("desk.own_account"),
        ),
        html.Button(text("desk.sign_out"), id=ids.SIGN_OUT, className="quiet"),
    ]


def navigation(
    pages: Iterable[Mapping[str, Any]], here: str, community_id: str
) -> list[html.Button | html.Nav]:
    """Links to every page that gives itself a name to be listed under, in their order.

    Pages of daily work stand in the bar, the others in the menu of their `group`. A page whose
    entry has a `badge` shows that number: so much on it waits for the viewer. A phone shows a
    button in the place of it all.
    """
    named = [page for page in pages if knows(f"desk.nav_{page['name']}")]
    listed = sorted(named, key=lambda page: page.get("order") or 0)
    links = {
        group: [_link(page, here, community_id) for page in listed if page.get("group") == group]
        for group in (None, *get_args(Group))
    }
    menus = [
        _menu(group, links[group], [page for page in listed if page.get("group") == group], here)
        for group in get_args(Group)
        if links[group]
    ]
    bar = html.Nav(
        [*links[None], *menus],
        id=ids.NAV,
        className="nav",
        **dashed(aria_label=text("desk.nav")),
    )
    opener = html.Button(
        text("desk.nav_open"),
        id=ids.NAV_OPEN,
        className="quiet nav-open",
        **dashed(aria_controls=ids.NAV, aria_expanded="false"),
    )
    return [opener, bar]


def _menu(
    group: Group, links: Sequence[html.A], pages: Sequence[Mapping[str, Any]], here: str
) -> Any:
    """The pages of one group behind its name; a group of one page is that page."""
    if len(links) == 1:
        return links[0]
    waiting = sum(page.get("badge", 0) for page in pages)
    inside = any(page["path"] == here for page in pages)
    name = [html.Span(text(f"desk.menu_{group}")), *badge(waiting)]
    return html.Details(
        [
            html.Summary(
                name, className="nav-link", **(dashed(data_here="true") if inside else {})
            ),
            html.Div(links, className="nav-menu"),
        ],
        className="nav-group",
    )


def _link(page: Mapping[str, Any], here: str, community_id: str) -> html.A:
    """The way to one page; marked where the viewer is on it."""
    return html.A(
        [html.Span(text(f"desk.nav_{page['name']}")), *badge(page.get("badge", 0))],
        href=with_community(page["path"], community_id),
        className="nav-link",
        **(dashed(aria_current="page") if page["path"] == here else {}),
    )


def badge(waiting: int) -> list[html.Span]:
    """How many things on a page wait for the viewer; nothing where none do."""
    if not waiting:
        return []
    words = text("desk.nav_badge", n=waiting)
    return [html.Span(f"{waiting:,}", className="nav-badge", title=words)]


def community_choice(communities: Sequence[Mapping[str, Any]], community_id: str) -> html.Select:
    """The communities of the store to choose from; the choice lives in the page address."""
    return html.Select(
        [
            html.Option(local_name(dict(row)) or row["community_id"], value=row["community_id"])
            for row in communities
        ],
        id=ids.COMMUNITY_CHOICE,
        className="choice",
        hidden=not communities,
        title=text("desk.community"),
        **dashed(aria_label=text("desk.community"), data_chosen=community_id),
    )


def theme_switch() -> html.Button:
    """Switches between the light and the dark theme; kept by the browser."""
    return html.Button(
        html.Span(className="icon icon-theme", **dashed(aria_hidden="true")),
        id=ids.THEME_SWITCH,
        className="quiet",
        title=text("desk.theme"),
        **dashed(aria_label=text("desk.theme")),
    )


def with_community(path: str, community_id: str) -> str:
    """A page address that keeps the community."""
    return f"{path}?{urlencode({'community': community_id})}" if community_id else path


def nothing(title: str, hint: str, *more: Any) -> html.Div:
    """What a page or panel says where there is nothing to show: what it is, and what to do."""
    return html.Div(
        [html.P(title, className="nothing-title"), html.P(hint, className="nothing-hint"), *more],
        className="nothing",
        role="status",
    )
