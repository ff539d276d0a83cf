"""An Open311 server with two communities, of which anybody may read the first."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from actions.users.keys import create_key
from data.store import Store
from settings import Settings

V2 = "/open311/v2"
GOOD = {
    "service_code": "street_light",
    "lat": "31.230412",
    "long": "121.473701",
    "description": "2号楼门口路灯不亮",
}
Keys = Callable[..., str]


def publish(app: FastAPI, *community_ids: str) -> None:
    """Let anybody read the requests of communities."""
    parts = app.state.services
    told = {"communities": community_ids, "contact": "desk@example.org"}
    settings = Settings(var=parts.settings.var, open311=told)
    app.state.services = dataclasses.replace(parts, settings=settings)


@pytest.fixture
def keys(store: Store, client: TestClient) -> Keys:
    """Make keys by role and community."""
    return lambda role="source", community="demo": create_key(store, role, community)


def told(answer: Any) -> tuple[int, str]:
    """Read an error in JSON: its status, and its description; checks its shape."""
    (error,) = answer.json()
    assert set(error) == {"code", "description"}
    assert error["code"] == str(answer.status_code)
    return answer.status_code, error["description"]


def tree(answer: Any) -> ElementTree.Element:
    """Read an XML answer; checks its head."""
    assert answer.headers["content-type"] == "text/xml; charset=utf-8"
    assert answer.text.startswith('<?xml version="1.0" encoding="UTF-8"?>')
    return ElementTree.fromstring(answer.content)
