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
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.transport import Response
from starlette.testclient import TestClient

from rules.privacy import ROLES
from tests.api.given import row

EXAMPLES = 6
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


@pytest.fixture
def operations(client: TestClient) -> list[Any]:
    document = client.get("/api/v1/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document)
    found = [each.ok() for each in schema.get_all_operations()]
    assert len(found) >= 12
    return [each for each in found if each.path not in ENDLESS]


@pytest.fixture
def known(client: TestClient, key: Callable[..., dict[str, str]]) -> Iterator[dict[str, str]]:
    """Ids that exist, so that not every question ends with 404."""
    made = client.post("/api/v1/cases", json=[row("f-1")], headers=key("source")).json()
    yield {"case_id": made[0]["case_id"], "community": "demo"}


@pytest.mark.parametrize("role", [None, *ROLES])
def test_no_question_breaks_the_api_in_any_role(
    client: TestClient,
    operations: list[Any],
    known: dict[str, str],
    key: Callable[..., dict[str, str]],
    role: str | None,
) -> None:
    shown = key(role) if role else {}
    for operation in operations:
        _ask_at_random(client, operation, known, shown)


def _ask_at_random(
    client: TestClient, operation: Any, known: dict[str, str], shown: dict[str, str]
) -> None:
    chance = random.Random(f"{operation.label}")
    modes = [
        operation.as_strategy(generation_mode=mode)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    ]

    @SETTINGS
    @given(case=st.one_of(*modes))
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
