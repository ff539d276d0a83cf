"""Writes a page's layout as plain HTML, so that it can be shown before Dash has loaded."""

from __future__ import annotations

from html import escape
from typing import Any

# Attributes a frame without data uses; handlers and callbacks come with Dash itself.
PLAIN = {"id": "id", "className": "class", "title": "title", "role": "role", "type": "type"}


def html_of(node: Any) -> str:
    """The HTML of a component tree; components other than `dash.html` become an empty `div`.

    Meant for frames of a page, not for data: texts and attributes are escaped, styles left out.
    """
    if node is None:
        return ""
    if isinstance(node, list | tuple):
        return "".join(html_of(each) for each in node)
    if not hasattr(node, "to_plotly_json"):
        return escape(str(node))
    described = node.to_plotly_json()
    props: dict[str, Any] = described["props"]
    plain = described["namespace"] == "dash_html_components"
    tag = described["type"].lower() if plain else "div"
    inside = html_of(props.get("children")) if plain else ""
    return f"<{tag}{_attributes(props)}>{inside}</{tag}>"


def _attributes(props: dict[str, Any]) -> str:
    written = [
        f' {PLAIN.get(name, name)}="{escape(str(value))}"'
        for name, value in props.items()
        if (name in PLAIN or name.startswith(("data-", "aria-"))) and value is not None
    ]
    return "".join(written) + (" hidden" if props.get("hidden") else "")
