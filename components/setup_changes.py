"""The last steps of setting up, each with who took it, when, and the button that takes it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.case_history import actor_words, local_time
from components.navigation import nothing
from components.setup_form import act
from components.setup_frame import section
from components.wording import knows, named, text


def change_section(changes: Sequence[Mapping[str, Any]], zone: ZoneInfo, most: int) -> html.Section:
    """The list under its heading.

    Args:
        changes: Rows of setup/changes, newest first.
        zone: Zone of the community.
        most: How many steps are kept within reach.
    """
    hint = text("setup.changes_hint", n=most)
    return section("setup.changes", change_list(changes, zone), hint=hint)


def change_list(changes: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> Any:
    """The list alone, newest first."""
    if not changes:
        return nothing(text("setup.no_changes_title"), text("setup.no_changes_hint"))
    return html.Ol([_item(change, zone) for change in changes], className="setup-changes")


def _item(change: Mapping[str, Any], zone: ZoneInfo) -> html.Li:
    what: list[Any] = [
        html.Span(text(f"setup_step.{change['step']}"), className="setup-step"),
        html.Span(_object(change)),
    ]
    if change["objects"] > 1:
        what.append(
            html.Span(text("setup.objects_n", n=change["objects"]), className="setup-count")
        )
    who = change["login"] or actor_words(str(change["actor"]))
    when = f"{local_time(change['changed_at'], zone)} · {who}"
    if change["undone"]:
        ending: Any = html.Span(text("setup.undone"), className="setup-count")
    else:
        words = text("setup.redo" if change["undoes"] else "setup.undo")
        ending = act("undo", words, object_id=change["change_id"])
    return html.Li(
        [
            html.Div(what, className="setup-change-what"),
            html.Div(when, className="setup-change-when"),
            ending,
        ],
        className="setup-change",
    )


def _object(change: Mapping[str, Any]) -> str:
    """Kind and name, e.g. `网格 · 东一网格`."""
    noun, kind = str(change["noun"]), change["kind"]
    stem = {"area": "area", "device": "device", "worker": "worker", "place": "place"}
    kinds = {**stem, "organisation": "organisation"}
    word = named(kinds[noun], str(kind)) if noun in kinds and kind else text(f"setup_noun.{noun}")
    name = str(change["name"] or "")
    if knows(f"setup_topic.{name}"):
        name = text(f"setup_topic.{name}")
    return " · ".join(part for part in (word, name) if part)
