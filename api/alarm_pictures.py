"""Pictures kept with an alarm, for whom a second person has allowed it: /alarm-pictures/…."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import FastAPI, Request
from fastapi.responses import Response

from actions.access import NotThere, viewer
from actions.approvals import Approvals
from actions.cameras.strips import look
from api.errors import ApiError, not_found
from api.services import services
from rules.errors import RuleViolation


def install(app: FastAPI) -> None:
    """Serve the address."""
    address = "/alarm-pictures/{strip_id}/{number}.jpg"
    app.add_api_route(address, picture, response_class=Response, include_in_schema=False)


def picture(request: Request, strip_id: str, number: int) -> Response:
    """Return one picture; no browser and no proxy keeps it."""
    parts = services(request)
    approvals = Approvals(parts.store, parts.keyring, parts.audit, lambda: datetime.now(UTC))
    try:
        jpeg = look(approvals, viewer(), strip_id, number)
    except NotThere:
        raise not_found("picture") from None
    except RuleViolation as refusal:
        raise ApiError(403, refusal.code, f"Not shown: {refusal}.") from None
    return Response(jpeg, media_type="image/jpeg", headers={"Cache-Control": "no-store"})
