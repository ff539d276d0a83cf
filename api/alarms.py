"""Alarms for devices, browsers and other software: signals in, alarms out, deeds on them."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from actions.access import NotAllowed, NotThere, SignInRequired, viewer
from actions.alarms.moves import AlarmDesk, AlarmMove, AlarmMoveUnknown, move_alarm
from actions.alarms.raising import MOST_AT_ONCE, Reported, SignalResult, raise_signals
from actions.alarms.reading import alarm_in_reach, alarms_of
from actions.alarms.to_case import case_of_alarm
from actions.intake.received import BodyRefused, TooManyRows, posted_source
from api.alarm_models import AlarmConflict, AlarmMoveIn, AlarmOut, AlarmPage, SignalIn, SignalOut
from api.auth import own_community, viewer_for
from api.body import body_as, json_body
from api.errors import ApiError, error_response, not_found
from api.models import ErrorBody, RowErrorOut
from api.services import Services, services
from rules.alarms import AlarmVerdictUnknown, ShelfInvalid
from rules.errors import RuleViolation
from rules.viewer import Viewer
from rules.vocabulary import Urgency

COMMIT_WAIT_S = 30.0
MOST_MOVE_BYTES = 16 * 1024
_ID = re.compile(r"^[0-9a-f-]{36}$")
_ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody} for status in (400, 401, 403, 404, 413, 415, 503)
}
_MESSAGES = {"time_in_future": "lies more than a day ahead of our clock"}

router = APIRouter(prefix="/api/v1/alarms", tags=["alarms"])


def _body(model: Any) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": model}}}}


_SIGNALS = {"type": "array", "maxItems": MOST_AT_ONCE, "items": SignalIn.model_json_schema()}


@router.post(
    "",
    status_code=201,
    response_model=list[SignalOut],
    responses={
        207: {"model": list[SignalOut], "description": "Some or all signals were rejected."},
        **_ERRORS,
    },
    openapi_extra=_body(_SIGNALS),
    summary="Report alarms; answered when they are on disk",
)
async def post_alarms(
    request: Request,
    viewer: Annotated[Viewer, Depends(viewer_for("alarm.raise"))],
    community: Annotated[str, Query(description="Which of the viewer's communities.")] = "",
) -> JSONResponse:
    """Take a list of signals for the key's community.

    There is at most one uncleared alarm per device and kind; further signals extend it and count.
    A signal is known again by device, kind and moment. Each is taken or rejected by itself; 207
    when at least one was rejected. A device that is not registered is heard all the same.
    """
    community_id = own_community(viewer, community)
    if viewer.kind != "key":
        raise ApiError(403, "not_allowed", "Devices send with a key; people use the desk.")
    rows = _parsed(await json_body(request))
    good = [row for row in rows if isinstance(row, Reported)]
    taken = raise_signals(
        services(request).store, community_id, posted_source(viewer.id), good, viewer.actor
    )
    async with asyncio.timeout(COMMIT_WAIT_S):
        found = await asyncio.wrap_future(taken)
    results = iter(found)
    answers = [_taken(row, next(results)) if isinstance(row, Reported) else row for row in rows]
    rejected = any(answer.result == "rejected" for answer in answers)
    return JSONResponse([answer.model_dump() for answer in answers], 207 if rejected else 201)


@router.get("", response_model=AlarmPage, responses=_ERRORS, summary="List alarms, page by page")
async def list_alarms(
    request: Request,
    viewer: Annotated[Viewer, Depends(viewer_for("alarm.read"))],
    state: Annotated[str, Query(description="open, closed or all.")] = "open",
    community: Annotated[str, Query(description="Which of the viewer's communities.")] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    before: Annotated[str, Query(description="`next` of the page before.")] = "",
) -> AlarmPage:
    """Return alarms, the newest first."""
    community_id = own_community(viewer, community)
    opened = {"open": True, "closed": False, "all": None}
    if state not in opened:
        raise ApiError(400, "parameter_invalid", "Say open, closed or all.", "state")
    if before and not _ID.match(before):
        raise ApiError(400, "parameter_invalid", "Pass `next` of the page before.", "before")
    rows = await asyncio.to_thread(
        alarms_of,
        services(request).store,
        viewer,
        community_id,
        datetime.now(UTC),
        opened=opened[state],
        before=before,
        most=limit + 1,
    )
    page = rows[:limit]
    more = page[-1]["alarm_id"] if len(rows) > limit else None
    return AlarmPage(alarms=[_alarm(row, community_id) for row in page], next=more)


@router.post(
    "/{alarm_id}/moves",
    status_code=201,
    response_model=AlarmOut,
    responses={409: {"model": AlarmConflict}, 422: {"model": ErrorBody}, **_ERRORS},
    openapi_extra=_body(AlarmMoveIn.model_json_schema()),
    summary="Acknowledge, reset, silence or close an alarm, or make a case of it",
)
async def post_alarm_move(request: Request, alarm_id: str) -> JSONResponse:
    """Do one thing to an alarm the viewer reaches; answered when it is on disk.

    Whoever looked at an older state is refused with `alarm_changed` and the present one.
    """
    wanted = await body_as(AlarmMoveIn, request, MOST_MOVE_BYTES)
    move = AlarmMove(**wanted.model_dump())
    return await asyncio.to_thread(_answer, services(request), viewer(), alarm_id, move)


def _answer(parts: Services, asking: Viewer, alarm_id: str, move: AlarmMove) -> JSONResponse:
    desk = AlarmDesk(parts.store, parts.keyring, parts.audit)
    try:
        if move.action == "to_case":
            case_of_alarm(desk, asking, alarm_id, move)
        else:
            move_alarm(desk, asking, alarm_id, move)
    except (NotThere, SignInRequired):
        raise not_found("alarm") from None
    except RuleViolation as refusal:
        return _refused(refusal, parts, asking, alarm_id)
    return JSONResponse(_present(parts, asking, alarm_id).model_dump(mode="json"), 201)


def _refused(
    refusal: RuleViolation, parts: Services, asking: Viewer, alarm_id: str
) -> JSONResponse:
    message = f"It was not done: {refusal}."
    if isinstance(refusal, NotAllowed):
        return error_response(ApiError(403, refusal.code, "Your role may not do this."))
    if isinstance(refusal, AlarmMoveUnknown | AlarmVerdictUnknown | ShelfInvalid):
        field = {"alarm_verdict_unknown": "verdict", "shelf_invalid": "reason"}.get(refusal.code)
        named = field or str(refusal.fields.get("field"))
        return error_response(ApiError(422, refusal.code, message, named))
    alarm = _present(parts, asking, alarm_id).model_dump(mode="json")
    error = {"code": refusal.code, "message": message}
    return JSONResponse({"error": error, "alarm": alarm}, 409)


def _present(parts: Services, asking: Viewer, alarm_id: str) -> AlarmOut:
    row = alarm_in_reach(parts.store, asking, alarm_id, datetime.now(UTC))
    return _alarm(row, row["community_id"])


def _alarm(row: dict[str, Any], community_id: str) -> AlarmOut:
    facts = {name: row[name] for name in AlarmOut.model_fields if name in row}
    return AlarmOut(**facts, community=community_id)


def _parsed(body: bytes) -> list[Reported | SignalOut]:
    """Read a body: what is a signal, and what was wrong with each row that is none."""
    try:
        rows = json.loads(body)
    except (ValueError, RecursionError):  # not JSON, not UTF-8, or nested a thousand deep
        raise BodyRefused("json_invalid", "The body is not JSON in UTF-8.") from None
    if not isinstance(rows, list):
        raise BodyRefused("not_a_list", "Send a JSON list of signals, even for one.")
    if len(rows) > MOST_AT_ONCE:
        raise TooManyRows("too_many_rows", f"At most {MOST_AT_ONCE} signals at once.")
    return [_row(row) for row in rows]


def _row(row: object) -> Reported | SignalOut:
    try:
        signal = SignalIn.model_validate(row)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or None
        return _rejected(row, "row_invalid", field, str(first["msg"]))
    if not f"{signal.device}{signal.place or ''}".isprintable():
        return _rejected(None, "row_invalid", "device", "is not printable text")
    return Reported(
        signal.device,
        signal.kind,
        signal.at,
        signal.state == "normal",
        cast("Urgency | None", signal.urgency),
        signal.place,
    )


def _rejected(row: object, code: str, field: str | None, message: str) -> SignalOut:
    device = row.get("device") if isinstance(row, dict) else None
    shown = device[:120] if isinstance(device, str) and device.isprintable() else None
    error = RowErrorOut(code=code, field=field, message=message)
    return SignalOut(device=shown, alarm_id=None, result="rejected", error=error)


def _taken(signal: Reported, taken: SignalResult) -> SignalOut:
    if taken.code is not None:
        return _rejected(
            {"device": signal.device}, taken.code, taken.field, _MESSAGES.get(taken.code, "")
        )
    return SignalOut(device=signal.device, alarm_id=taken.alarm_id, result=taken.result)
