"""Every page, callback, websocket, stream and API route has a decision; a new one without it fails.

This file walks what the complete application really answers, so nothing can be forgotten by not
being written down here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import dash
import pytest
from dash._callback import GLOBAL_CALLBACK_LIST
from fastapi import FastAPI
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from actions.users.sessions import Sessions
from actions.vault import Vault
from api.access import RULES, every_route
from api.application import build
from api.services import Services
from components.frame import Shell
from components.site import mount_pages
from data.cache import PayloadCache
from data.feed import Feed
from data.store import Store
from phone.install import install as install_phone
from rules.privacy import ACTIONS, Action
from settings import Settings

ROOT = Path(__file__).parents[1]
WORDS = {"open", "form", "viewer", "page", *get_args(Action)}
# Dash's own: it asks the page registry for a layout, and every layout decides for itself.
DASH_OWN = ("_pages_content.children", "_pages_dummy.children")


@pytest.fixture
def site(store: Store, tmp_path: Path) -> Iterator[dash.Dash]:
    """The whole application, pages and all."""
    vault = Vault.open(tmp_path / "keys", store)
    sessions = Sessions(store)
    server = build(
        Services(
            store,
            Feed(store),
            list,
            lambda *_: pytest.fail("nothing is posted here"),
            PayloadCache(),
            sessions,
            vault.keyring,
            vault.audit,
            Settings(var=tmp_path),
        )
    )
    install_phone(server)
    yield mount_pages(server, Shell(lambda asked: asked, "b"), ROOT)
    sessions.close()
    vault.close()


def served(site: dash.Dash) -> Iterator[BaseRoute]:
    with TestClient(site.server, base_url="http://127.0.0.1"):  # the catch-all comes at start-up
        yield from every_route(site.server.routes)


def test_every_route_has_a_rule_and_every_rule_a_route(site: dash.Dash) -> None:
    paths = {str(getattr(route, "path", route)) for route in served(site)}
    closed = {"/_dash-ws-callback"}  # Dash's own socket: no rule, so nobody gets through
    assert paths - set(RULES) == closed
    assert set(RULES) - paths == set()
    assert set(RULES.values()) <= WORDS


def test_a_route_without_a_rule_is_answered_to_nobody(site: dash.Dash) -> None:
    server: FastAPI = site.server

    async def forgotten(_request: Any) -> Any:
        pytest.fail("reached")

    server.router.routes.insert(0, _route("/forgotten", forgotten))
    with TestClient(server, base_url="http://127.0.0.1") as client:
        assert client.get("/forgotten").status_code == 404


def _route(path: str, endpoint: Any) -> BaseRoute:
    from starlette.routing import Route

    return Route(path, endpoint)


def test_what_is_open_to_anybody_is_a_short_list() -> None:
    assert {path for path, rule in RULES.items() if rule in ("open", "form")} == {
        "/login",
        "/login/totp",
        "/login/password",
        "/login/oidc",
        "/login/oidc/callback",
        "/logout",
        "/kiosk/{token}",
        "/gate/{token}",
        "/gate/{token}/line",
        "/api/v1/gates/calls",
        "/report",
        "/report/desk",
        "/report/look",
        "/report/plan.svg",
        "/field",
        "/field/task",
        "/field/report",
        "/field/position",
        "/r/{token}",
        "/r/{token}/photos/{photo_id}",
        "/assets",
        "/assets/words.js",
        "/_favicon.ico",
        "/_dash-component-suites/{package_name}/{fingerprinted_path:path}",
        "/api",
        "/api/{path:path}",
        "/api/v1/openapi.json",
        "/api/v1/health",
        "/open311/discovery.{fmt}",
        "/open311/v2/discovery.{fmt}",
        "/open311/v2/services.{fmt}",
        "/open311/v2/services/{service_code}.{fmt}",
        "/open311/v2/requests.{fmt}",
        "/open311/v2/requests/{service_request_id}.{fmt}",
        "/open311/v2/tokens/{token_id}.{fmt}",
        "/open311/{path:path}",
    }


def test_every_page_names_the_action_it_needs(site: dash.Dash) -> None:
    pages = list(dash.page_registry.values())
    assert len(pages) >= 4
    assert [page["path"] for page in pages if page.get("action") not in ACTIONS] == []


def test_every_callback_on_the_server_names_the_action_it_needs(site: dash.Dash) -> None:
    registered = {**site.callback_map}
    for entry in GLOBAL_CALLBACK_LIST:
        registered.setdefault(entry["output"], entry)
    undecided = [
        output
        for output, entry in registered.items()
        if not entry.get("clientside_function")
        and not any(own in output for own in DASH_OWN)
        and getattr(_function(entry), "action", None) not in ACTIONS
    ]
    assert len(registered) >= 4
    assert undecided == []


def _function(entry: dict[str, Any]) -> Any:
    """Return the function behind a registered callback; Dash wraps it."""
    function = entry.get("callback")
    return getattr(function, "__wrapped__", function)
