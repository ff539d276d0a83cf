"""Open311 GeoReport v2: services, requests and tokens, as XML and JSON (REFERENCE §5, ADR 0026)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from actions.intake.received import BodyRefused, IntakeClosed
from actions.open311.requests import reported_under, requests, steps
from actions.open311.services import offered
from api.open311_answers import FORMATS, Answer, failed, written
from api.open311_caller import caller, one_of_each, reporter, seen
from api.open311_posting import checked, posted, remember, waiting
from api.open311_words import definition_entry, discovery, request_entry, service_entry
from api.services import services
from components.wording import current_language
from data.errors import StoreError
from rules.open311 import Open311Refused, wanted_requests

# So long a report may take to be on disk before its sender gets a token instead of an id.
COMMIT_WAIT_S = 5.0
log = logging.getLogger(__name__)
router = APIRouter(prefix="/open311")
Handler = Callable[[Request, dict[str, str]], Answer]


def get_discovery(request: Request, fields: dict[str, str]) -> Answer:
    """Where the endpoint is and what it speaks."""
    settings = services(request).settings
    base = (settings.public_url or str(request.base_url)).rstrip("/")
    return Answer("discovery", discovery(settings.open311, f"{base}/open311/v2"))


def get_services(request: Request, fields: dict[str, str]) -> Answer:
    """The services of a community."""
    asked = caller(request, fields)
    found = offered(services(request).store, asked.community_id, current_language.get())
    return Answer("services", [service_entry(each) for each in found.values()])


def get_definition(request: Request, fields: dict[str, str]) -> Answer:
    """The questions of one service."""
    asked = caller(request, fields)
    found = offered(services(request).store, asked.community_id, current_language.get())
    service = found.get(request.path_params["service_code"])
    if service is None:
        raise Open311Refused(404, "service_code was not found")
    return Answer("service_definition", definition_entry(service))


def get_requests(request: Request, fields: dict[str, str]) -> Answer:
    """Requests by id, or of a time, service and status."""
    asked = caller(request, fields)
    reached = seen(request, asked)
    wanted = wanted_requests(fields, datetime.now(UTC))
    store = services(request).store
    known = offered(store, asked.community_id, current_language.get())
    if not wanted.ids and any(code not in known for code in wanted.service_codes):
        raise Open311Refused(404, "service_code was not found")
    rows = requests(store, reached, wanted)
    history = None
    if wanted.extensions:
        history = steps(store, asked.community_id, [row["case_id"] for row in rows])
    names = store.rows("view/community")
    agency = next(row for row in names if row["community_id"] == asked.community_id)
    return Answer("service_requests", [request_entry(row, known, agency, history) for row in rows])


def get_request(request: Request, fields: dict[str, str]) -> Answer:
    """One request."""
    only = {"service_request_id": request.path_params["service_request_id"].replace(",", " ")}
    found = get_requests(request, {**fields, **only, "page": "", "page_size": ""})
    if not found.content:
        raise Open311Refused(404, "service_request_id was not found")
    return found


def get_token(request: Request, fields: dict[str, str]) -> Answer:
    """The id of what was reported under a token, once it has one."""
    asked = caller(request, fields)
    token = request.path_params["token_id"]
    case_id = reported_under(services(request).store, seen(request, asked), token)
    if case_id is None and not waiting(token):
        raise Open311Refused(404, "token was not found")
    entry = {"service_request_id": case_id, "token": token}
    return Answer("service_requests", [entry if case_id else {"token": token}])


async def post_request(request: Request) -> Answer:
    """Record a report; answered with its id when it is on disk."""
    pairs = await posted(request)
    fields = one_of_each(pairs)
    asked, viewer = await asyncio.to_thread(reporter, request, fields)
    report = await asyncio.to_thread(checked, request, asked, fields, pairs)
    receive = services(request).receive
    recorded = await asyncio.to_thread(receive, report.body, asked.community_id, viewer.id)
    try:
        async with asyncio.timeout(COMMIT_WAIT_S):
            result = (await asyncio.shield(asyncio.wrap_future(recorded)))[0]
    except TimeoutError:
        remember(report.token, recorded)
        return Answer("service_requests", [{"token": report.token, **report.notice}], 202)
    if result.error is not None:
        missing = result.error.code == "reference_unknown"
        told = f"{result.error.field}: {result.error.message}".replace("place_id", "address_id")
        raise Open311Refused(404 if missing else 400, told)
    entry = {"service_request_id": result.id, **report.notice}
    return Answer("service_requests", [entry], 201)


def _reading(handler: Handler) -> Callable[..., Awaitable[Response]]:
    """Run a handler off the event loop with its parameters read."""

    async def answer(request: Request) -> Answer:
        fields = one_of_each(request.query_params.multi_items())
        return await asyncio.to_thread(handler, request, fields)

    return _answered(answer)


def _answered(make: Callable[[Request], Awaitable[Answer]]) -> Callable[..., Awaitable[Response]]:
    """Write what a handler says in the format asked for, refusals too."""

    async def endpoint(request: Request) -> Response:
        fmt = request.path_params["fmt"]
        try:
            if fmt not in FORMATS:
                raise Open311Refused(400, "format: this server speaks xml and json")
            made = await make(request)
        except Open311Refused as refusal:
            made = failed(refusal.status, refusal.description)
        except BodyRefused as refusal:
            made = failed(400, refusal.message)
        except (StoreError, IntakeClosed) as failure:
            log.warning("open311: %s", failure)
            made = failed(400, "general service error: nothing was recorded; try again later")
        return written(made, fmt)

    return endpoint


async def nothing_here(request: Request) -> Response:
    """Whatever else is asked for below this address."""
    fmt = request.url.path.rpartition(".")[2]
    return written(failed(404, "there is no such address or method"), fmt)


def _route(path: str, endpoint: Callable[..., Any], *methods: str) -> None:
    router.add_api_route(
        path, endpoint, methods=list(methods), include_in_schema=False, response_model=None
    )


_route("/discovery.{fmt}", _reading(get_discovery), "GET")
_route("/v2/discovery.{fmt}", _reading(get_discovery), "GET")
_route("/v2/services.{fmt}", _reading(get_services), "GET")
_route("/v2/services/{service_code}.{fmt}", _reading(get_definition), "GET")
_route("/v2/requests.{fmt}", _reading(get_requests), "GET")
_route("/v2/requests.{fmt}", _answered(post_request), "POST")
_route("/v2/requests/{service_request_id}.{fmt}", _reading(get_request), "GET")
_route("/v2/tokens/{token_id}.{fmt}", _reading(get_token), "GET")
