"""`make shots`: pictures of every page, both languages, full and empty, into docs/screenshots."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from actions.users.sessions import Sessions
from bench.process import BROWSER_FLAGS, ROOT, App, chromium
from bench.session import Cookies, browser_cookies, open_sessions, sign_in
from data.store import Store

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
    ("plans", "/plans", "duty_officer"),
    ("roster", "/roster", "secretary"),
    ("handover", "/handover", "duty_officer"),
    ("week", "/week", "secretary"),
    ("outbox", "/outbox", "duty_officer"),
    ("channels", "/channels", "admin"),
    ("catalogue", "/catalogue", "admin"),
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
    ("cameras", "/cameras", "duty_officer"),
    ("camera-register", "/camera-register", "admin"),
    ("camera-scenes", "/camera-scenes", "admin"),
    ("camera-viewings", "/camera-viewings", "privacy"),
    ("case-pictures", "/case-pictures?case={case}", "duty_officer"),
    ("gates", "/gates", "admin"),
)
PHONE_PAGES = (
    *("login", "files", "person", "care", "approvals", "contacts"),
    *("plans", "roster", "handover", "week", "outbox", "cameras", "gates"),
)
# What an alarm and a drill change, taken while both go on.
ALARMED = (
    Shot("wall-alarm-zh", "/wall", 1920, 1080, role="wall"),
    Shot("wall-alarm-en", "/wall", 1920, 1080, "en", role="wall"),
    Shot("alarms-zh", "/alarms", 1440, 900),
    Shot("alarms-en", "/alarms", 1440, 900, "en"),
    Shot("alarms-phone-zh", "/alarms", 390, 844),
    Shot("drill-zh", "{drill}", 1440, 900),
    Shot("drill-en", "{drill}", 1440, 900, "en"),
    Shot("drill-phone-zh", "{drill}", 390, 844),
)
# Pages for phones: residents are not signed in, the worker is the demo's own.
PHONES = tuple(
    Shot(f"{name}-{language[:2]}", f"/{name}", 390, 844, language, role)
    for name, role in (("report", None), ("field", "field"))
    for language in ("zh-CN", "en")
)
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
MOVING = ("/wall", "/", "/cameras")  # these go on filling after they stand
CUT_OFF_MS = 75_000


def main(wanted: Sequence[str] = ()) -> None:
    """Take every picture with a demo and with an empty community.

    Args:
        wanted: Beginnings of the names of the pictures to take anew; all of them where none is.
    """
    if not wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="yiping-shots-") as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=BROWSER_FLAGS)
        demo, empty = App(Path(folder) / "demo"), App(Path(folder) / "empty")
        demo.cli("demo")
        demo.cookies = open_sessions(demo.var / "yiping.duckdb", "demo")
        demo.cookies["field"] = _session_of(demo.var / "yiping.duckdb", "grid")
        empty.cli("init", "--community", "new", "--name-zh", "新社区", "--name-en", "New Community")
        empty.cookies = open_sessions(empty.var / "yiping.duckdb", "new")
        with empty:
            for shot in _among(EMPTY, wanted):
                _take(browser, empty, shot)
        with demo:
            for shot in _among((*FULL, *OF_ROLES, *PHONES), wanted):
                _take(browser, demo, shot)
            if alarmed := _among(ALARMED, wanted):
                drill = _raise_alarms_and_drill(browser, demo)
            for shot in alarmed:
                _take(browser, demo, replace(shot, path=shot.path.replace("{drill}", drill)))
            page = _open(browser, demo, CUT_OFF) if _among((CUT_OFF,), wanted) else None
        if page is not None:
            page.wait_for_timeout(CUT_OFF_MS)
            page.screenshot(path=FOLDER / f"{CUT_OFF.name}.png", timeout=120_000)
        browser.close()


def _among(shots: Sequence[Shot], wanted: Sequence[str]) -> tuple[Shot, ...]:
    return tuple(s for s in shots if not wanted or s.name.startswith(tuple(wanted)))


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
    page.wait_for_selector("main, #react-entry-point #wall")
    page.wait_for_timeout(SETTLE_MS if shot.path in MOVING else SETTLE_PLAIN_MS)
    return page


def _session_of(database: Path, login: str) -> Cookies:
    """The cookies of a browser in which one of the demo's own accounts is signed in."""
    store = Store.open(f"duckdb:{database}")
    sessions = Sessions(store)
    try:
        (account,) = (row for row in store.rows("account/by_login", login=login))
        return sign_in(sessions, account["account_id"])
    finally:
        sessions.close()
        store.close()


def _raise_alarms_and_drill(browser: Browser, app: App) -> str:
    """Have three devices raise alarms and a drill begin; returns the path of the drill."""
    key = app.cli("key", "create", "--role", "source", "--community", "demo").stdout.strip()
    at = datetime.now(UTC).isoformat()
    rows = [
        {"device": f"device-{kind}", "kind": kind, "at": at}
        for kind in ("help_post", "water_level", "smoke")
    ]
    answer = httpx.post(
        f"{app.url}/api/v1/alarms", json=rows, headers={"Authorization": f"Bearer {key}"}
    )
    answer.raise_for_status()
    page = _open(browser, app, Shot("start", "/plans", 1440, 900))
    page.locator('[data-plan="lift-entrapment"] [data-action="start:drill"]').click()
    page.wait_for_url("**/plans/0*")
    path = page.url.removeprefix(app.url)
    page.context.close()
    return path


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
    main(sys.argv[1:])
