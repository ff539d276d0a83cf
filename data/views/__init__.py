"""The views pushed to every screen, in the order in which a commit computes them.

The first is urgent: the others wait until it has gone out. This is the wall projection of
DOMAIN R1: no title, description, address or name of a person is in any view.
"""

from __future__ import annotations

from data.views.alarms import ALARMS
from data.views.cases import TICKER
from data.views.figures import FIGURES, PROFILE
from data.views.notices import NOTICES
from data.views.objects import LAYERS, OBJECTS
from data.views.people import ON_WAY, WORKERS
from data.views.plan_runs import PLAN_RUNS
from data.views.sources import SOURCES
from data.views.summary import SUMMARY
from data.views.view import View

VIEWS: tuple[View, ...] = (
    TICKER,
    ALARMS,
    PLAN_RUNS,
    FIGURES,
    WORKERS,
    ON_WAY,
    SUMMARY,
    OBJECTS,
    NOTICES,
    SOURCES,
    LAYERS,
    PROFILE,
)
