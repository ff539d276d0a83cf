"""A real Chromium, and pages that note everything a designer or an auditor would object to."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)

from bench.session import browser_cookies

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong


@dataclass
class Watched:
    """A page and what went wrong on it: errors, and requests to other hosts."""

    page: Page
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def note_console(self, message: ConsoleMessage) -> None:
        """Keep errors; a refused connection is the point of the restart test, not a fault."""
        if message.type == "error" and "ERR_CONNECTION" not in message.text:
            self.errors.append(message.text)

    def note_request(self, request: Request) -> None:
        """Keep requests that leave this machine."""
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname != "127.0.0.1":
            self.strangers.append(request.url)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("no Chromium found; `make test` installs it as root on Debian")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def watched(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Watched]]:
    """Open pages that are checked when the test ends: no error, no request to another host.

    The browser is signed in to the app named, or else to the test's first, as a duty officer, or
    in another role, or not.
    """
    opened: list[Watched] = []
    names = [name for name in ("demo_app", "empty_app") if name in request.fixturenames]
    first = request.getfixturevalue(names[0]) if names else None

    def open_page(
        width: int = 1920,
        height: int = 1080,
        language: str = "zh-CN",
        role: str | None = "duty_officer",
        app: Any = first,
    ) -> Watched:
        context = browser.new_context(viewport={"width": width, "height": height})
        context.add_cookies([{"name": "lang", "value": language, "url": "http://127.0.0.1"}])
        if app is not None and role is not None:
            context.add_cookies(browser_cookies(app.cookies[role]))
        noted = Watched(context.new_page())
        noted.page.on("console", noted.note_console)
        noted.page.on("pageerror", lambda error: noted.errors.append(str(error)))
        noted.page.on("request", noted.note_request)
        noted.page.set_default_timeout(30_000)
        opened.append(noted)
        return noted

    yield open_page
    for noted in opened:
        noted.page.context.close()
        assert noted.errors == []
        assert noted.strangers == []


@pytest.fixture(scope="module")
def demo_app(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    app_class: Any,
    demo_folder: Path,
) -> Iterator[Any]:
    """An app with the demo community, its simulator paused so that nothing moves by itself.

    Pictures are drawn and decoded only for modules that say WITH_CAMERAS: they keep a core busy.
    """
    folder: Path = tmp_path_factory.mktemp("demo")
    app = app_class.copied(demo_folder, folder, YIPING_CONFIG=str(folder / "yiping.toml"))
    pictures = str(getattr(request.module, "WITH_CAMERAS", False)).lower()
    (folder / "yiping.toml").write_text(
        f"[sources.simulator]\nenabled = false\n[cameras]\nenabled = {pictures}\n"
    )
    app.start()
    yield app
    app.kill()


@pytest.fixture(scope="module")
def empty_app(
    tmp_path_factory: pytest.TempPathFactory, app_class: Any, empty_folder: Path
) -> Iterator[Any]:
    """An app with one real community that has nothing yet."""
    app = app_class.copied(empty_folder, tmp_path_factory.mktemp("empty"))
    app.start()
    yield app
    app.kill()
