"""The small picture of a detection for the alarm desk: /alarms/<id>/detections/<id>.jpg."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import FastAPI, Request
from fastapi.responses import Response

from actions.access import viewer
from actions.cameras.detection_records import detection_picture
from api.services import services


def install(app: FastAPI) -> None:
    """Serve the address."""
    address = "/alarms/{alarm_id}/detections/{detection_id}.jpg"
    app.add_api_route(address, picture, response_class=Response, include_in_schema=False)


def picture(request: Request, alarm_id: str, detection_id: str) -> Response:
    """Return the grey picture; nothing keeps it, for it goes after 30 days."""
    parts, now = services(request), datetime.now(UTC)
    keys, audit = parts.keyring, parts.audit
    jpeg = detection_picture(parts.store, keys, audit, viewer(), alarm_id, detection_id, now)
    return Response(jpeg, media_type="image/jpeg", headers={"Cache-Control": "no-store"})
