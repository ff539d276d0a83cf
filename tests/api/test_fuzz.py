"""The API asked at random what its own OpenAPI document allows, and more, in every role.

No answer is a 5xx, and each is one the document describes. Deterministic: the same examples in
every run.
"""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.transport import Response
from starlette.testclient import TestClient

from rules.privacy import ROLES
from tests.api.given import row

EXAMPLES = 5
OFTEN = (None, "source", "duty_officer", "admin", "wall")
# Streams without end: tests/api/test_feed.py reads them.
ENDLESS = {"/api/v1/feed"}
SETTINGS = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def strategies() -> dict[str, tuple[Any, Any]]:
    """Operation and strategy by label; making them takes longer than asking, so once for all."""
    return {}


@pytest.fixture
def operations(client: TestClient, strategies: dict[str, tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """What the document describes, each with its good and bad questions."""
    if not strategies:
        document = client.get("/api/v1/openapi.json").json()
        for each in schemathesis.openapi.from_dict(document).get_all_operations():
            operation = each.ok()
            if operation.path not in ENDLESS:
                modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
                cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes))
                strategies[operation.label] = (operation, cases)
        assert len(strategies) >= 12
    return list(strategies.values())


@pytest.fixture
def known(client: TestClient, key: Callable[..., dict[str, str]]) -> Iterator[dict[str, str]]:
    """Ids that exist, so that not every question ends with 404."""
    made = client.post("/api/v1/cases", json=[row("f-1")], headers=key("source")).json()
    yield {"case_id": made[0]["case_id"], "community": "demo"}


@pytest.mark.parametrize(
    "role",
    [
        pytest.param(role, marks=[] if role in OFTEN else pytest.mark.exhaustive)
        for role in (None, *ROLES)
    ],
)
def test_no_question_breaks_the_api_in_any_role(
    client: TestClient,
    operations: list[tuple[Any, Any]],
    known: dict[str, str],
    key: Callable[..., dict[str, str]],
    role: str | None,
) -> None:
    shown = key(role) if role else {}
    for operation, cases in operations:
        _ask_at_random(client, operation, cases, known, shown)


def _ask_at_random(
    client: TestClient, operation: Any, cases: Any, known: dict[str, str], shown: dict[str, str]
) -> None:
    chance = random.Random(f"{operation.label}")

    @SETTINGS
    @given(case=cases)
    def ask(case: Any) -> None:
        for name in known.keys() & (case.path_parameters or {}).keys():
            if chance.random() < 0.6:
                case.path_parameters[name] = known[name]
        sent = case.as_transport_kwargs(base_url="http://127.0.0.1:8050")
        sent["headers"] = {**_sendable(sent.get("headers") or {}), **shown}
        sent.pop("cookies", None)
        data = sent.pop("data", None)
        if data is not None:
            sent["content" if isinstance(data, bytes | str) else "data"] = data
        answer = client.request(**sent)
        told = (
            f"{case.method} {answer.request.url} {sent.get('json', '')!r:.300}: {answer.text:.300}"
        )
        assert answer.status_code < 500, told
        described = operation.definition.raw["responses"]
        # Whatever a route describes, the guards before it may refuse any request.
        if str(answer.status_code) in described:
            operation.validate_response(Response.from_any(answer))
        else:
            assert answer.status_code in (400, 401, 403, 404, 405, 413, 415, 422), told
            assert set(answer.json()["error"]) <= {"code", "message", "field"}, told

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ask()


def _sendable(headers: Any) -> dict[str, str]:
    """Header names and values a client can send at all; a key is shown by the test itself."""
    return {
        str(name): str(value)
        for name, value in dict(headers).items()
        if str(name).lower() not in ("authorization", "content-length", "host", "user-agent")
        and str(value).isascii()
        and str(value).isprintable()
    }


@pytest.mark.parametrize(("said", "status"), [("word", 200), (1, 500)])
def test_an_answer_that_is_not_as_described_is_noticed(said: Any, status: int) -> None:
    app = FastAPI()
    described = {200: {"content": {"application/json": {"schema": {"type": "integer"}}}}}

    @app.get("/x", responses=described)
    def answer() -> JSONResponse:
        return JSONResponse(said, status)

    (operation,) = [
        e.ok() for e in schemathesis.openapi.from_dict(app.openapi()).get_all_operations()
    ]
    client = TestClient(app, raise_server_exceptions=False)
    with pytest.raises((AssertionError, Failure, FailureGroup)):
        _ask_at_random(client, operation, operation.as_strategy(), {}, {})
