"""GET /api/v1/openapi.json: the document of our own endpoints (OpenAPI 3.1), and of no page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from starlette.routing import BaseRoute

VERSION = "1"

router = APIRouter(prefix="/api/v1")


@router.get("/openapi.json", include_in_schema=False)
async def openapi(request: Request) -> JSONResponse:
    """Return the document; made once."""
    app: FastAPI = request.app
    if app.openapi_schema is None:
        app.openapi_schema = document(app.state.api_routes)
    return JSONResponse(app.openapi_schema)


def document(routes: Sequence[BaseRoute]) -> dict[str, Any]:
    """Describe the given endpoints."""
    made = get_openapi(
        title="Yiping",
        version=VERSION,
        description="Cases in and out, the map, and what every screen is sent as it changes "
        "(websocket /api/v1/live, server-sent events /api/v1/feed).",
        routes=routes,
    )
    made.setdefault("components", {})["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "bearerFormat": "yp_<id>_<secret>"}
    }
    for path, methods in made["paths"].items():
        for operation in methods.values():
            if path.startswith("/api/v1/cases"):
                operation["security"] = [{"key": []}]
    return made
