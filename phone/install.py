"""Puts the phone pages on the web server, before the catch-all of the desk's pages."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.routing import Route

from actions.reporting.limits import AddressLimits
from phone import field_routes, follow_routes, report_routes

ROUTES = [
    Route("/report", report_routes.report, methods=["GET", "POST"]),
    Route("/report/desk", report_routes.desk_report, methods=["GET", "POST"]),
    Route("/report/look", report_routes.look, methods=["POST"]),
    Route("/report/plan.svg", report_routes.plan_picture),
    Route("/r/{token}", follow_routes.follow, methods=["GET", "POST"]),
    Route("/r/{token}/photos/{photo_id}", follow_routes.photo),
    Route("/field", field_routes.field),
    Route("/field/task", field_routes.task, methods=["POST"]),
    Route("/field/report", field_routes.report, methods=["POST"]),
    Route("/field/position", field_routes.position, methods=["POST"]),
]


def install(app: Starlette) -> None:
    """Add the routes of the phone pages."""
    app.state.report_limits = AddressLimits()
    app.router.routes.extend(ROUTES)
