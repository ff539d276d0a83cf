"""Callbacks run in a worker thread for those who may; pages show themselves to those who may."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from typing import Any

import dash
import pytest
from dash import Input, Output

from actions.access import NotAllowed, SignInRequired, current_viewer
from components.wording import current_language
from pages.registration import page_callback
from rules.viewer import Viewer

DUTY = Viewer("account", "a1", "duty_officer", frozenset({"demo"}))
WALL = Viewer("kiosk", "k1", "wall", frozenset({"demo"}))


@pytest.fixture(autouse=True)
def on_duty() -> Iterator[None]:
    token = current_viewer.set(DUTY)
    yield
    current_viewer.reset(token)


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What dash.callback was given, instead of a registration in the running process."""
    taken: dict[str, Any] = {}

    def callback(*dependencies: Any, **options: Any) -> Any:
        taken.update(dependencies=dependencies, options=options)

        def keep(function: Any) -> Any:
            taken["function"] = function
            return function

        return keep

    monkeypatch.setattr(dash, "callback", callback)
    return taken


def test_a_callback_runs_off_the_event_loop_in_the_readers_language(
    registered: dict[str, Any],
) -> None:
    @page_callback(
        Output("a", "children"), Input("b", "data"), action="case.read", prevent_initial_call=True
    )
    def read(value: int) -> tuple[int, str, str]:
        return value, current_language.get(), threading.current_thread().name

    token = current_language.set("en")
    value, language, thread = asyncio.run(registered["function"](7))
    current_language.reset(token)
    assert (value, language) == (7, "en")
    assert thread != threading.main_thread().name
    assert registered["options"] == {"prevent_initial_call": True}
    assert len(registered["dependencies"]) == 2
    assert read(1)[0] == 1  # the plain function stays callable


def test_a_slow_callback_does_not_hold_up_the_loop(registered: dict[str, Any]) -> None:
    released = threading.Event()

    @page_callback(Output("a", "children"), Input("b", "data"), action="case.read")
    def wait(_value: int) -> bool:
        return released.wait(10)

    async def both() -> tuple[bool, float]:
        slow = asyncio.create_task(registered["function"](1))
        started = time.monotonic()
        await asyncio.sleep(0)  # the loop is free to do something else meanwhile
        released.set()
        return await slow, time.monotonic() - started

    finished, took_s = asyncio.run(both())
    assert finished
    assert took_s < 10


@pytest.mark.parametrize(("viewer", "refused"), [(None, SignInRequired), (WALL, NotAllowed)])
def test_a_callback_does_not_run_for_others(
    registered: dict[str, Any], viewer: Viewer | None, refused: type[Exception]
) -> None:
    ran: list[int] = []

    @page_callback(Output("a", "children"), Input("b", "data"), action="case.read")
    def read(value: int) -> None:
        ran.append(value)

    token = current_viewer.set(viewer)
    with pytest.raises(refused):
        asyncio.run(registered["function"](7))
    current_viewer.reset(token)
    assert ran == []
