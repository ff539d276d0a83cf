"""Alarms on every screen: the wall's panel, the desk's bell, and the switch of the sound.

Empty frames; assets/alarms.js fills them from the pushed view, assets/alarm_sound.js sounds.
"""

from __future__ import annotations

from typing import Any

from dash import html

from components import ids
from components.attributes import dashed
from components.frame import said
from components.wording import text
from rules.privacy import may
from rules.viewer import Viewer


def alarm_panel() -> html.Section:
    """The wall's panel above the open cases: flood banner, lines, how much is silenced."""
    head = html.Header(
        [
            said("alarms.title", html.H2),
            html.Span(id=ids.ALARMS_NOTE, className="panel-note"),
            sound_switch(),
        ],
        className="panel-head",
    )
    flood = html.Div(id=ids.ALARMS_FLOOD, className="alarm-flood", role="alert", hidden=True)
    lines = html.Div(id=ids.ALARMS_LINES, className="alarm-lines", **dashed(aria_live="assertive"))
    return html.Section([head, flood, lines], id=ids.ALARMS_PANEL, className="panel panel-alarms")


def sound_switch() -> html.Button:
    """Says whether alarms can be heard here; pressed, it silences those of now for ten minutes."""
    return html.Button("", id=ids.ALARM_SOUND, className="alarm-sound", type="button")


def alarm_bell(viewer: Viewer | None) -> list[Any]:
    """How many alarms nobody has taken, with the way to them; nothing for roles without alarms."""
    if viewer is None or not may(viewer.role, "alarm.read"):
        return []
    bell = html.A(
        "",
        id=ids.ALARM_BELL,
        href="/alarms",
        className="alarm-bell",
        **dashed(aria_label=text("alarms.title"), data_state="quiet"),
    )
    return [bell, sound_switch()]
