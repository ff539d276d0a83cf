"""The one shape of every error under /api: {"error": {"code", "message", "field"?}}."""

from __future__ import annotations

from collections.abc import Mapping

from dash.exceptions import DependencyException
from fastapi import FastAPI, Request
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response

from actions.access import NotAllowed, NotThere, SignInRequired
from actions.intake.received import BodyRefused, IntakeClosed, TooManyRows
from data.errors import StoreError
from data.feed import CommunityUnknown

_CODES = {404: "not_found", 405: "method_not_allowed"}


class ApiError(Exception):
    """An answer other than the one asked for.

    Attributes:
        status: HTTP status.
        code: Stable snake_case code.
        message: What is wrong and what to do, in plain English for a developer's log.
        field: Parameter at fault, where one is.
        headers: Further response headers.
    """

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        field: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self.status = status
        self.code = code
        self.message = message
        self.field = field
        self.headers = dict(headers or {})
        super().__init__(f"{status} {code}: {message}")


def error_response(error: ApiError) -> JSONResponse:
    """Return an error in the one shape."""
    content: dict[str, str] = {"code": error.code, "message": error.message}
    if error.field is not None:
        content["field"] = error.field
    return JSONResponse({"error": content}, error.status, error.headers)


def not_found(what: str) -> ApiError:
    """Return the answer for something that does not exist, or not for this key."""
    return ApiError(404, "not_found", f"There is no such {what}.")


def install(app: FastAPI) -> None:
    """Make every exception under /api answer in the one shape."""
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(BodyRefused, _body_refused)
    app.add_exception_handler(IntakeClosed, _unavailable)
    app.add_exception_handler(StoreError, _unavailable)
    app.add_exception_handler(TimeoutError, _unavailable)
    app.add_exception_handler(CommunityUnknown, _community_unknown)
    app.add_exception_handler(RequestValidationError, _request_invalid)
    app.add_exception_handler(HTTPException, _http_exception)
    app.add_exception_handler(SignInRequired, _refused)
    app.add_exception_handler(NotAllowed, _refused)
    app.add_exception_handler(NotThere, _refused)
    app.add_exception_handler(DependencyException, _no_such_file)
    app.add_exception_handler(Exception, _unexpected)


def _api_error(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, ApiError)
    return error_response(failure)


def _body_refused(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, BodyRefused)
    status = 413 if isinstance(failure, TooManyRows) else 400
    return error_response(ApiError(status, failure.code, failure.message))


def _unavailable(request: Request, failure: Exception) -> Response:
    code = failure.code if isinstance(failure, StoreError) else "unavailable"
    message = "Nothing is acknowledged; send the same again in a few seconds."
    return error_response(ApiError(503, code, message, headers={"Retry-After": "2"}))


def _community_unknown(request: Request, failure: Exception) -> Response:
    return error_response(not_found("community"))


def _request_invalid(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, RequestValidationError)
    first = failure.errors()[0]
    field = str(first["loc"][-1]) if first["loc"] else None
    return error_response(ApiError(400, "parameter_invalid", str(first["msg"]), field))


async def _http_exception(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, HTTPException)
    if not request.url.path.startswith("/api"):
        return await http_exception_handler(request, failure)
    code = _CODES.get(failure.status_code, "http_error")
    return error_response(
        ApiError(failure.status_code, code, str(failure.detail), headers=failure.headers)
    )


def _refused(request: Request, failure: Exception) -> Response:
    """A decision made deep inside an endpoint or a page's callback (actions/access.py)."""
    assert isinstance(failure, SignInRequired | NotAllowed | NotThere)
    if isinstance(failure, NotThere):
        return error_response(not_found("thing"))
    status = 401 if isinstance(failure, SignInRequired) else 403
    return error_response(ApiError(status, failure.code, "Your role may not do this."))


def _no_such_file(request: Request, failure: Exception) -> Response:
    """Dash raises where others answer 404: a script it does not know."""
    return error_response(not_found("file"))


def _unexpected(request: Request, failure: Exception) -> Response:
    # The server's log has the traceback; the answer tells nothing about the inside.
    return error_response(ApiError(500, "internal_error", "The server failed; see its log."))
