"""Says who could go to a case and sends them: GET …/responders and POST …/dispatch of a case."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from actions.access import NotThere, SignInRequired, viewer
from actions.cases.access import reached_case
from actions.dispatching.recommending import Advice, advice_for
from actions.dispatching.sending import (
    LONGEST_KEY,
    Dispatched,
    DispatchKeyTaken,
    Order,
    dispatch,
    may_send,
)
from api.body import body_as
from api.case_moves import ERRORS, CaseState, ConflictBody, TaskOut, case_state, refused
from api.errors import ApiError, error_response, not_found
from api.services import services
from components.qr import qr_picture
from data.store import Store
from rules.case_transitions import MOVES
from rules.dispatch import Reason
from rules.errors import RuleViolation
from rules.privacy import may
from rules.viewer import Viewer

MOST_BYTES = 16 * 1024

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])


class ReasonOut(BaseModel):
    """One fact behind a place in the order."""

    code: str = Field(description="A code of DISPATCH_REASONS.")
    value: float | str | None = Field(description="Metres, seconds, a count, a name or a service.")


class SuggestionOut(BaseModel):
    """Somebody who could be sent; whom it is stands here for officers only."""

    kind: str = Field(description="A code of RESPONDER_KINDS.")
    recommended: bool = Field(description="True for whom one confirmation sends.")
    called: bool = Field(description="True for emergency services: telephone them.")
    order_m: float | None = Field(description="Way plus what load and grid add, metres.")
    reasons: list[ReasonOut]
    responder_id: str | None = None
    assignee_kind: str | None = None
    name_zh: str | None = None
    name_en: str | None = None


class LeftOutOut(BaseModel):
    """Why somebody is not suggested."""

    kind: str
    code: str = Field(description="A code of DISPATCH_SHORTFALLS.")
    name_zh: str
    name_en: str | None


class GapOut(BaseModel):
    """What is missing."""

    kind: str | None
    code: str = Field(description="A code of DISPATCH_GAPS.")
    n: int


class RespondersOut(BaseModel):
    """Who could go to a case now."""

    case_id: str
    version: str = Field(description="`seen_version` of the dispatch.")
    may_dispatch: bool = Field(description="True where the viewer can confirm now.")
    suggestions: list[SuggestionOut]
    left_out: list[LeftOutOut]
    gaps: list[GapOut]
    desk_qr: str | None = Field(
        default=None, description="For a wall: picture of the case's address, as `data:`."
    )


class DispatchIn(BaseModel):
    """One confirmation."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(
        min_length=8,
        max_length=LONGEST_KEY,
        description="Made anew for every confirmation; the same key is sent once.",
    )
    seen_version: str = Field(min_length=1, max_length=64, description="As last read.")
    assignees: list[str] = Field(
        default=[], max_length=20, description="Whom to send; empty for whom is recommended."
    )


class DispatchOut(CaseState):
    """The case after it, and the tasks of everybody sent."""

    repeated: bool = Field(description="True where this key was sent before.")
    tasks: list[TaskOut]


@router.get(
    "/{case_id}/responders",
    response_model=RespondersOut,
    responses={status: ERRORS[status] for status in (401, 403, 404)},
    summary="Who could go to a case, with reasons and shortfalls",
)
async def get_responders(request: Request, case_id: str) -> JSONResponse:
    """Rank who could go; a wall and others who send nobody see kinds and reasons, no names."""
    store, asking = services(request).store, viewer()
    root = services(request).settings.public_url or str(request.base_url)
    return await asyncio.to_thread(_advise, store, asking, case_id, root.rstrip("/"))


@router.post(
    "/{case_id}/dispatch",
    status_code=201,
    response_model=DispatchOut,
    responses={200: {"model": DispatchOut}, 409: {"model": ConflictBody}, **ERRORS},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": DispatchIn.model_json_schema()}},
        }
    },
    summary="Send responders to a case with one confirmation",
)
async def post_dispatch(request: Request, case_id: str) -> JSONResponse:
    """Move the case, make the tasks and queue the messages; answered when it is on disk."""
    wanted = await body_as(DispatchIn, request, MOST_BYTES)
    order = Order(case_id, tuple(wanted.assignees), wanted.seen_version, wanted.key)
    store, asking = services(request).store, viewer()
    return await asyncio.to_thread(_send, store, asking, order)


def _advise(store: Store, asking: Viewer, case_id: str, root: str) -> JSONResponse:
    sends = asking.role in MOVES["dispatch"].roles and may(asking.role, "case.write")
    try:
        if sends:
            reached_case(store, asking, case_id)
        advice = advice_for(store, case_id, datetime.now(UTC))
    except NotThere:
        raise not_found("case") from None
    if advice.case["community_id"] not in asking.community_ids:
        raise not_found("case")
    said = _responders(advice, sends)
    if asking.kind == "kiosk":
        said = said.model_copy(update={"desk_qr": qr_picture(f"{root}/cases/{case_id}")})
    return JSONResponse(said.model_dump(mode="json"))


def _send(store: Store, asking: Viewer, order: Order) -> JSONResponse:
    try:
        done = dispatch(store, asking, order, datetime.now(UTC))
    except (NotThere, SignInRequired):
        raise not_found("case") from None
    except DispatchKeyTaken as refusal:
        message = "This key was used for another confirmation; make a new one."
        return error_response(ApiError(422, refusal.code, message, "key"))
    except RuleViolation as refusal:
        return refused(refusal, store, asking, order.case_id)
    return JSONResponse(_dispatched(done).model_dump(mode="json"), 200 if done.repeated else 201)


def _dispatched(done: Dispatched) -> DispatchOut:
    tasks = [TaskOut(**{name: task[name] for name in TaskOut.model_fields}) for task in done.tasks]
    return DispatchOut(**case_state(done.case).model_dump(), repeated=done.repeated, tasks=tasks)


def _responders(advice: Advice, names: bool) -> RespondersOut:
    found = advice.recommendation
    suggestions = []
    for each in found.suggestions:
        responder = advice.responders[each.responder_id]
        facts: dict[str, Any] = {
            "kind": each.kind,
            "recommended": each.recommended,
            "called": responder.called,
            "order_m": each.order_m,
            "reasons": [_reason(reason, advice, names) for reason in each.reasons],
        }
        if names:
            facts |= {
                "responder_id": each.responder_id,
                "assignee_kind": responder.assignee_kind,
                "name_zh": responder.name_zh,
                "name_en": responder.name_en,
            }
        suggestions.append(SuggestionOut(**facts))
    return RespondersOut(
        case_id=advice.case["case_id"],
        version=advice.case["event_id"],
        may_dispatch=names and may_send(advice.case["status"]),
        suggestions=suggestions,
        left_out=_left_out(advice) if names else [],
        gaps=[GapOut(kind=gap.kind, code=gap.code, n=gap.n) for gap in found.gaps],
    )


def _left_out(advice: Advice) -> list[LeftOutOut]:
    rows = []
    for shortfall in advice.recommendation.left_out:
        known = advice.responders[shortfall.responder_id]
        rows.append(
            LeftOutOut(
                kind=shortfall.kind,
                code=shortfall.code,
                name_zh=known.name_zh,
                name_en=known.name_en,
            )
        )
    return rows


def _reason(reason: Reason, advice: Advice, names: bool) -> ReasonOut:
    value = reason.value
    if reason.code == "stand_in":  # the id of somebody else: a callsign for officers, else nothing
        known = advice.responders.get(str(value)) if names else None
        value = known.name_zh if known else None
    return ReasonOut(code=reason.code, value=value)
