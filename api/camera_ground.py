"""The ground of a camera to draw scenes on: /cameras/<id>/ground.jpg, without those who pass."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.responses import Response

from actions.access import viewer
from actions.cameras.scene_watching import GroundMissing, scene_ground
from api.errors import ApiError
from api.services import services


def install(app: FastAPI) -> None:
    """Serve the address."""
    address = "/cameras/{camera_id}/ground.jpg"
    app.add_api_route(address, ground, response_class=Response, include_in_schema=False)


def ground(request: Request, camera_id: str) -> Response:
    """Return a grey picture of 320 by 180, made of some seconds; 503 where none can be made."""
    parts = services(request)
    try:
        jpeg = scene_ground(parts.store, parts.audit, viewer(), camera_id)
    except GroundMissing as missing:
        why = missing.fields["reason"]
        raise ApiError(503, missing.code, f"The camera gives no picture: {why}.") from None
    return Response(jpeg, media_type="image/jpeg", headers={"Cache-Control": "no-store"})
