"""`make shots`: pictures of every page, both languages, full and empty, into docs/screenshots."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from bench.process import BROWSER_FLAGS, ROOT, App, chromium
from bench.session import browser_cookies, open_sessions

FOLDER = ROOT / "docs" / "screenshots"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: file name, path on the app, size in pixels, language and who looks."""

    name: str
    path: str
    width: int
    height: int
    language: str = "zh-CN"
    role: str | None = "duty_officer"


FILE_KINDS = ("person", "household", "building", "enterprise")
# Page, path and role of what came with accounts; each is taken in both languages.
ROLE_PAGES = (
    ("login", "/login", None),
    ("account", "/account", "duty_officer"),
    ("files", "/files", "secretary"),
    *((kind, f"{{{kind}}}", "secretary") for kind in FILE_KINDS),
    ("care", "/care", "secretary"),
    ("counts", "/counts", "subdistrict"),
    ("contacts", "/contacts", "duty_officer"),
    ("approvals", "/approvals", "secretary"),
    ("rights", "/rights", "privacy"),
    ("retention", "/retention", "privacy"),
    ("audit", "/audit", "privacy"),
    ("setup", "/setup", "admin"),
    ("setup-map", "/setup/map", "admin"),
    ("setup-workers", "/setup/workers", "admin"),
    ("accounts", "/accounts", "admin"),
    ("kiosks", "/kiosks", "admin"),
    ("keys", "/keys", "admin"),
)
PHONE_PAGES = ("login", "files", "person", "care", "approvals", "contacts")
OF_ROLES = tuple(
    Shot(f"{name}-{language[:2]}", path, 1440, 900, language, role)
    for name, path, role in ROLE_PAGES
    for language in ("zh-CN", "en")
) + tuple(
    Shot(f"{name}-phone-zh", path, 390, 844, "zh-CN", role)
    for name, path, role in ROLE_PAGES
    if name in PHONE_PAGES
)
FULL = (
    Shot("wall-1920-zh", "/wall", 1920, 1080),
    Shot("wall-1920-en", "/wall", 1920, 1080, "en"),
    Shot("wall-1280-zh", "/wall", 1280, 720),
    Shot("wall-3840-zh", "/wall", 3840, 2160),
    Shot("wall-7680-zh", "/wall", 7680, 2160),
    Shot("desk-zh", "/", 1920, 1080),
    Shot("desk-en", "/", 1440, 900, "en"),
    Shot("desk-phone-zh", "/", 390, 844),
    Shot("case-zh", "/cases/{case}", 1440, 900),
    Shot("case-en", "/cases/{case}", 1440, 900, "en"),
    Shot("case-phone-zh", "/cases/{case}", 390, 844),
    Shot("health-zh", "/health", 1440, 900),
    Shot("health-en", "/health", 1440, 900, "en"),
)
EMPTY = (
    Shot("wall-empty-zh", "/wall", 1920, 1080),
    Shot("wall-empty-en", "/wall", 1920, 1080, "en"),
    Shot("desk-empty-zh", "/", 1440, 900),
)
CUT_OFF = Shot("wall-cut-off-zh", "/wall", 1920, 1080)
SETTLE_MS = 9_000
SETTLE_PLAIN_MS = 4_000
MOVING = ("/wall", "/")  # these go on filling after they stand
CUT_OFF_MS = 75_000


def main() -> None:
    """Take every picture with a demo and with an empty community."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="yiping-shots-") as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=BROWSER_FLAGS)
        demo, empty = App(Path(folder) / "demo"), App(Path(folder) / "empty")
        demo.cli("demo")
        demo.cookies = open_sessions(demo.var / "yiping.duckdb", "demo")
        empty.cli("init", "--community", "new", "--name-zh", "新社区", "--name-en", "New Community")
        empty.cookies = open_sessions(empty.var / "yiping.duckdb", "new")
        with empty:
            for shot in EMPTY:
                _take(browser, empty, shot)
        with demo:
            for shot in (*FULL, *OF_ROLES):
                _take(browser, demo, shot)
            page = _open(browser, demo, CUT_OFF)
        page.wait_for_timeout(CUT_OFF_MS)
        page.screenshot(path=FOLDER / f"{CUT_OFF.name}.png", timeout=120_000)
        browser.close()


def _take(browser: Browser, app: App, shot: Shot) -> None:
    page = _open(browser, app, shot)
    page.screenshot(path=FOLDER / f"{shot.name}.png", timeout=120_000)
    page.context.close()
    print(shot.name, flush=True)


def _open(browser: Browser, app: App, shot: Shot) -> Page:
    context = browser.new_context(viewport={"width": shot.width, "height": shot.height})
    context.add_cookies([{"name": "lang", "value": shot.language, "url": app.url}])
    if shot.role is not None:
        context.add_cookies(browser_cookies(app.cookies[shot.role]))
    page = context.new_page()
    page.on("pageerror", lambda error: print(f"  {shot.name}: {error}"))
    page.on("console", lambda m: print(f"  {shot.name}: {m.text}") if m.type == "error" else None)
    kind = shot.path.strip("{}")
    if kind in FILE_KINDS:
        page.goto(f"{app.url}/files?kind={kind}")
        page.locator(f'a[href^="/files/{kind}/"]').first.click()
    else:
        page.goto(app.url + shot.path.replace("{case}", _busiest_case(app, shot)))
    page.wait_for_timeout(SETTLE_MS if shot.path in MOVING else SETTLE_PLAIN_MS)
    return page


def _busiest_case(app: App, shot: Shot) -> str:
    """The open case on the first line of the ticker, where the shot needs one."""
    if "{case}" not in shot.path:
        return ""
    key = app.cli("key", "create", "--role", "duty_officer", "--community", "demo").stdout.strip()
    answer = httpx.get(
        f"{app.url}/api/v1/cases",
        params={"status": "verifying,feedback,handling", "limit": 1},
        headers={"Authorization": f"Bearer {key}"},
    )
    return str(answer.json()["cases"][0]["case_id"])


if __name__ == "__main__":
    main()
