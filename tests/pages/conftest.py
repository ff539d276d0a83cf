"""Pages with a store of their own behind them, without a web server running."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import dash
import plotly
import pytest
from fastapi import FastAPI

from actions.access import current_viewer
from actions.upkeep.state import Unwatched
from actions.users.sessions import Sessions
from actions.vault import Vault
from components.wording import Language, current_language
from data.store import Store
from rules.viewer import Viewer
from settings import Settings

Render = Callable[[Any], str]


@pytest.fixture
def vault(store: Store, tmp_path: Path) -> Iterator[Vault]:
    """The keys and the audit of the test's store."""
    made = Vault.open(tmp_path / "keys", store)
    yield made
    made.close()


@pytest.fixture
def as_viewer() -> Iterator[Callable[..., Viewer]]:
    """Become somebody else: `as_viewer("secretary")`, in demo unless communities are named."""
    tokens = []

    def become(role: str, *communities: str, areas: tuple[str, ...] = ()) -> Viewer:
        viewer = Viewer(
            "account", f"{role}-1", role, frozenset(communities or {"demo"}), frozenset(areas), role
        )
        tokens.append(current_viewer.set(viewer))
        return viewer

    yield become
    for token in reversed(tokens):
        current_viewer.reset(token)


@pytest.fixture
def page(
    store: Store, vault: Vault, tmp_path: Path, as_viewer: Callable[..., Viewer]
) -> Iterator[Callable[[str], ModuleType]]:
    """Import a page by its name; its services are the test's store and no sources.

    The viewer is a duty officer of demo.
    """
    as_viewer("duty_officer")
    sessions = Sessions(store)
    site = dash.Dash("test", server=FastAPI(), use_pages=True, pages_folder="")
    site.server.state.services = SimpleNamespace(
        store=store,
        runner_health=list,
        sessions=sessions,
        keyring=vault.keyring,
        audit=vault.audit,
        settings=Settings(var=tmp_path),
        upkeep=Unwatched(),
    )

    def import_page(name: str) -> ModuleType:
        module = f"pages.{name}"
        return sys.modules.get(module) or importlib.import_module(module)

    yield import_page
    sessions.close()


@pytest.fixture(params=["zh-CN", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Each test runs in both languages."""
    token = current_language.set(request.param)
    yield request.param
    current_language.reset(token)


@pytest.fixture
def render() -> Render:
    """The JSON a page's layout is sent to the browser as."""

    def as_json(layout: Any) -> str:
        text = json.dumps(layout, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)
        json.loads(text)
        return text

    return as_json
