"""Moves cases for browsers and other software: POST /api/v1/cases/{case_id}/moves."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from actions.access import NotAllowed, NotThere, SignInRequired, viewer
from actions.cases.moves import Moved, move_case, present_case
from api.body import body_as
from api.errors import ApiError, error_response, not_found
from api.models import ErrorBody
from api.services import services
from data.store import Store
from rules.approvals import SecondPersonNeeded
from rules.case_facts import Move
from rules.case_undo import UNDO_WITHIN
from rules.cases import CaseTextNeeded, MoveIncomplete, MoveNotYours, OwnWork
from rules.errors import RuleViolation
from rules.viewer import Viewer

MOST_BYTES = 64 * 1024
_INCOMPLETE = (MoveIncomplete, CaseTextNeeded)
_NOT_YOURS = (NotAllowed, MoveNotYours, OwnWork, SecondPersonNeeded)

router = APIRouter(prefix="/api/v1/cases", tags=["cases"])


class MoveIn(BaseModel):
    """One move, and what was given for it."""

    model_config = ConfigDict(extra="forbid")

    action: str = Field(max_length=40, description="A code of CASE_ACTIONS, or `undo`.")
    seen_version: str = Field(
        min_length=1, max_length=64, description="`event_id` of the case as you last read it."
    )
    text: str | None = Field(default=None, max_length=4_000, description="Why; 2 to 2,000 signs.")
    report_check: str | None = Field(default=None, description="exists, absent or unable.")
    assignees: list[str] = Field(default=[], max_length=20, description="Workers, organisations.")
    transfer_to: str | None = Field(default=None, description="Organisation that takes over.")
    merge_into: str | None = Field(default=None, description="Case that is followed instead.")
    outcome: str | None = Field(default=None, description="solved, explained or helped.")
    verification: str | None = Field(default=None, description="pass, fail or unable.")
    deadline_at: AwareDatetime | None = Field(default=None, description="The later deadline.")
    supervision: str | None = Field(default=None, description="timeout, leader or important.")
    call_back: bool | None = Field(default=None, description="Whether the reporter was reached.")


class TaskOut(BaseModel):
    """Somebody who was sent."""

    task_id: str
    assignee_kind: str
    assignee_id: str
    status: str
    due_at: datetime | None


class CaseState(BaseModel):
    """How a case stands; `version` is the `seen_version` of the next move."""

    case_id: str
    community: str
    status: str
    version: str
    deadline_at: datetime | None
    deadline_provisional: bool | None
    step_deadline_at: datetime | None
    closed_at: datetime | None
    outcome: str | None
    asked: str | None = Field(description="What waits for an approver.")
    merged_into: str | None


class MoveOut(CaseState):
    """The state after a move."""

    before: str
    moved_at: datetime
    undo_until: datetime | None = Field(description="Until when its maker may take it back.")
    tasks: list[TaskOut]


class ConflictBody(ErrorBody):
    """Why a move does not fit, with the case as it stands."""

    case: CaseState


ERRORS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorBody} for status in (400, 401, 403, 404, 413, 415, 422, 503)
}


@router.post(
    "/{case_id}/moves",
    status_code=201,
    response_model=MoveOut,
    responses={409: {"model": ConflictBody}, **ERRORS},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": MoveIn.model_json_schema()}},
        }
    },
    summary="Move a case; answered when it is on disk",
)
async def post_move(request: Request, case_id: str) -> JSONResponse:
    """Make one move of a case the viewer reaches.

    Whoever looked at an older version is refused with `case_changed` and the present state, so
    that two officers never overwrite each other.
    """
    wanted = await body_as(MoveIn, request, MOST_BYTES)
    move = Move(**{**wanted.model_dump(), "assignees": tuple(wanted.assignees)})
    store, asking = services(request).store, viewer()
    return await asyncio.to_thread(_answer, store, asking, case_id, move)


def _answer(store: Store, asking: Viewer, case_id: str, move: Move) -> JSONResponse:
    try:
        moved = move_case(store, asking, case_id, move)
    except (NotThere, SignInRequired):
        raise not_found("case") from None
    except RuleViolation as refusal:
        return refused(refusal, store, asking, case_id)
    return JSONResponse(_moved(moved).model_dump(mode="json"), 201)


def refused(refusal: RuleViolation, store: Store, asking: Viewer, case_id: str) -> JSONResponse:
    """Answer why a case was not moved, with the case as it stands where it does not fit that."""
    field = refusal.fields.get("field")
    message = f"The move was not made: {refusal}."
    if isinstance(refusal, _NOT_YOURS):
        return error_response(ApiError(403, refusal.code, message))
    if isinstance(refusal, _INCOMPLETE) or refusal.code == "assignee_unknown":
        named = str(field) if field else {"case_text_needed": "text"}.get(refusal.code)
        return error_response(ApiError(422, refusal.code, message, named or "assignees"))
    present = case_state(present_case(store, asking, case_id))
    error = {"code": refusal.code, "message": message}
    return JSONResponse({"error": error, "case": present.model_dump(mode="json")}, 409)


def _moved(moved: Moved) -> MoveOut:
    case = moved.case
    return MoveOut(
        **case_state(case).model_dump(),
        before=moved.before,
        moved_at=case["happened_at"],
        undo_until=case["recorded_at"] + UNDO_WITHIN if moved.undoable else None,
        tasks=[
            TaskOut(**{name: task[name] for name in TaskOut.model_fields}) for task in moved.tasks
        ],
    )


def case_state(case: dict[str, Any]) -> CaseState:
    """Return how a case stands, from every column of case_now."""
    return CaseState(
        **{name: case[name] for name in CaseState.model_fields if name in case},
        community=case["community_id"],
        version=case["event_id"],
        asked=case["asked_action"],
    )
