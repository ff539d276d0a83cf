"""Pages with a store of their own behind them, without a web server running."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable, Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import dash
import plotly
import pytest
from fastapi import FastAPI

from components.wording import Language, current_language
from data.store import Store

Render = Callable[[Any], str]


@pytest.fixture
def page(store: Store) -> Callable[[str], ModuleType]:
    """Import a page by its name; its services are the test's store and no sources."""
    site = dash.Dash("test", server=FastAPI(), use_pages=True, pages_folder="")
    site.server.state.services = SimpleNamespace(store=store, runner_health=list)

    def import_page(name: str) -> ModuleType:
        module = f"pages.{name}"
        return sys.modules.get(module) or importlib.import_module(module)

    return import_page


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
