"""Where every screen says that a plan runs or a drill is on, and the wall shows its board.

Empty frames; assets/plan_board.js fills them from the pushed view. No name is on either.
"""

from __future__ import annotations

from dash import html

from components import ids
from components.attributes import dashed


def plan_ribbon() -> html.Div:
    """A full-width band that no page can be without while a plan runs; drills are striped."""
    return html.Div(id=ids.PLAN_RIBBON, className="plan-ribbon", role="status", hidden=True)


def plan_board() -> html.Section:
    """The wall's board of the plan that runs; hidden while none does."""
    return html.Section(
        id=ids.PLAN_BOARD, className="panel panel-plan", hidden=True, **dashed(aria_live="polite")
    )
