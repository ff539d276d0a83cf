"""Every free text an attack, every page opened: nothing runs, nothing leaves, all is words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import dash
import httpx
import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench.session import browser_cookies
from tests.browser.hostile_records import LAT, LON
from tests.browser.hostile_stage import NOTE_VIOLATIONS, Stage, Watch, hostile_app
from tests.hostile.payloads import XSS

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
WAIT_MS = 30_000
STANDS = "#react-entry-point #page, #react-entry-point #wall"
# The words of a page and of its fields, to wait until an attack of each field stands there.
SHOWN = """(wanted) => {
  const fields = [...document.querySelectorAll("input, select, textarea, option, [title]")];
  const all = [document.body.textContent, ...fields.flatMap((e) => [e.value, e.title])].join("\\n");
  return wanted.every((ones) => ones.some((one) => all.includes(one)));
}"""
OPEN_CARDS = """async ([ids, lon, lat]) => {
  const card = document.querySelector("#one-map-card"), words = [];
  for (const id of ids) {
    window.yiping.oneMap.show(id, lon, lat);
    for (let n = 0; n < 200 && !card.querySelector(".card-rows"); n += 1)
      await new Promise((done) => setTimeout(done, 20));
    words.push(card.textContent);
  }
  return words.join("\\n");
}"""
CARDS = {
    "places": "place.name_zh",
    "devices": "device.name_zh",
    "workers": "worker.callsign",
    "areas": "area.name_zh",
    "cases": "case.category",
}
OPENED = ("name", "address", "employer", "emergency_name", "door", "unit")
# As a page would that took words for markup; later, for no policy binds the debugger itself.
INJECT = """(words) => words.forEach((word) => setTimeout(() => {
  const box = document.createElement("div");
  box["inner" + "HTML"] = word;
  document.body.append(box);
}, 0))"""


class Case(NamedTuple):
    """A page as somebody opens it, and the fields whose attacks stand there as words."""

    address: str
    role: str
    fields: str
    language: str = "zh-CN"


PEOPLE = "area.name_zh place.name_zh"
PAGES = [
    Case("/wall", "wall", "community.name_zh area.name_zh notice.title_zh case.category"),
    Case("/wall", "wall", "community.name_en notice.title_en area.name_en", "en"),
    Case("/", "duty_officer", "community.name_zh area.name_zh place.name_zh case.title"),
    Case("/", "secretary", "community.name_en area.name_en place.name_en case.category", "en"),
    Case(
        "/cases/{cases}",
        "duty_officer",
        "case.title case.description case.address case.category case.locality case.channel"
        " case.source_flag area.name_zh place.name_zh",
    ),
    Case(
        "/health",
        "duty_officer",
        "quarantine.field quarantine.message quarantine.raw quarantine.file",
    ),
    Case("/alarms", "duty_officer", "community.name_zh alarm.device"),
    Case("/cameras", "duty_officer", "community.name_zh"),
    Case("/case-pictures?case={cases}", "duty_officer", "community.name_zh"),
    Case("/alarm-pictures", "duty_officer", "community.name_zh"),
    Case("/camera-viewings", "privacy", "community.name_zh"),
    Case("/plans", "secretary", "plan.title_zh place.name_zh"),
    Case("/plans/edit/{plans}", "secretary", "plan.title_zh plan.title_en"),
    Case("/plans/{runs}", "duty_officer", "plan.title_en", "en"),
    Case("/files", "duty_officer", PEOPLE),
    Case("/files?kind=household", "secretary", PEOPLE),
    Case("/files?kind=enterprise", "secretary", "enterprise.name_zh enterprise.industry"),
    Case("/files?kind=building", "secretary", "area.name_en place.name_en", "en"),
    Case("/files/person/{persons}", "secretary", "case.category case.locality"),
    Case("/files/household/{households}", "secretary", "community.name_zh"),
    Case("/files/enterprise/{enterprises}", "secretary", "enterprise.name_zh enterprise.industry"),
    Case("/files/building/{places}", "secretary", f"building.property_company {PEOPLE}"),
    Case("/care", "secretary", PEOPLE),
    Case("/roster", "secretary", "worker.callsign"),
    Case("/week", "secretary", "area.name_zh case.category"),
    Case("/handover", "secretary", "case.category"),
    Case("/counts", "subdistrict", "place.name_zh"),
    Case(
        "/approvals",
        "secretary",
        "approval.export approval.copy approval.hold approval.settled area.name_zh",
    ),
    Case("/rights", "privacy", "community.name_zh"),
    Case("/rights?request={requests}", "privacy", "rights.answer place.name_zh"),
    Case(
        "/audit",
        "privacy",
        "audit.reason audit.detail audit.case_id audit.origin audit.refused rights.answer",
    ),
    Case("/retention", "privacy", "community.name_zh"),
    Case("/setup", "admin", "community.name_zh community.name_en area.name_zh"),
    Case("/setup/map", "admin", "area.name_zh"),
    Case("/setup/workers", "admin", "area.name_zh worker.callsign"),
    Case("/contacts", "admin", "contact.post_zh contact.organisation"),
    Case("/contacts", "duty_officer", "contact.post_en contact.organisation", "en"),
    Case("/accounts", "admin", "community.name_zh"),
    Case("/accounts?account={accounts}", "admin", "account.oidc_subject"),
    Case("/kiosks", "admin", "kiosk.label community.name_zh"),
    Case("/keys", "admin", "key.label community.name_zh"),
    *(Case(page, "admin", "community.name_zh") for page in ("/gates", "/catalogue", "/outbox")),
    *(Case(page, "admin", "community.name_zh") for page in ("/channels", "/account")),
    *(Case(f"/camera-{each}", "admin", "community.name_zh") for each in ("register", "scenes")),
]
REFLECTED = [
    ("/?community={}&status={}&area={}&category={}&q={}", "duty_officer"),
    ("/wall?community={}", "wall"),
    ("/cases/{}?status={}", "duty_officer"),
    ("/files?kind={}&q={}&place={}&area={}", "secretary"),
    ("/files/person/{}?community={}", "secretary"),
    ("/audit?actor={}&action={}&subject={}&since={}", "privacy"),
    ("/rights?request={}", "privacy"),
    ("/accounts?account={}", "admin"),
    ("/nowhere/{}", "admin"),
    ("/exports/{}?format={}", "secretary"),
    ("/kiosk/{}", None),
    ("/login?next={}", None),
]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, app_class: Any) -> Iterator[Stage]:
    """One app over a community whose every text is an attack."""
    made = hostile_app(tmp_path_factory.mktemp("stored"), app_class)
    yield made
    made.app.kill()


@pytest.fixture(scope="module")
def contexts(browser: Browser, stage: Stage) -> Iterator[Callable[..., BrowserContext]]:
    """The browser of a role, one for all its pages, so that scripts are loaded once."""
    made: dict[tuple[str | None, str], BrowserContext] = {}

    def context(role: str | None, language: str = "zh-CN") -> BrowserContext:
        if (role, language) not in made:
            one = browser.new_context(viewport={"width": 1440, "height": 1000})
            one.add_init_script(NOTE_VIOLATIONS)
            one.add_cookies([{"name": "lang", "value": language, "url": "http://127.0.0.1"}])
            if role is not None:
                one.add_cookies(browser_cookies(stage.app.cookies[role]))
            made[role, language] = one
        return made[role, language]

    yield context
    for one in made.values():
        one.close()


@pytest.fixture
def watch(stage: Stage, contexts: Callable[..., BrowserContext]) -> Iterator[Callable[..., Watch]]:
    """Open a page of somebody that is watched."""
    opened: list[Page] = []

    def open_page(address: str, role: str | None, language: str = "zh-CN") -> Watch:
        watched = Watch(contexts(role, language).new_page(), stage.app.url)
        opened.append(watched.page)
        watched.page.set_default_timeout(WAIT_MS)
        watched.begin()
        watched.page.goto(stage.app.url + address)
        return watched

    yield open_page
    for page in opened:
        page.close()


def wait_for(watched: Watch, *fields: list[str]) -> None:
    """Wait until an attack of each field stands on the page, letter by letter."""
    watched.page.wait_for_function(SHOWN, arg=list(fields), polling=100)
    watched.page.wait_for_timeout(300)  # whatever would run by itself has run by then


def test_every_page_there_is_has_its_line_here() -> None:
    server: Any = FastAPI()
    dash.Dash("stored", server=server, use_pages=True, pages_folder=str(ROOT / "pages"))
    registered = {
        re.sub(r"<\w+>", "{}", page.get("path_template") or page["path"])
        for page in dash.page_registry.values()
    }
    tried = {re.sub(r"\{\w+\}", "{}", case.address).partition("?")[0] for case in PAGES}
    assert registered - tried == set()


def test_the_watch_notices_what_it_is_there_for(watch: Callable[..., Watch]) -> None:
    """Otherwise the tests below would find nothing because they see nothing."""
    watched = watch("/account", "duty_officer")
    watched.page.wait_for_selector(STANDS)
    watched.page.evaluate(INJECT, XSS[:11])
    watched.page.wait_for_timeout(500)
    seen = " ".join(watched.look())
    for sign in ("onerror=", "onload=", "srcdoc=", "javascript:", "violation: script-src-attr",
                 "request: ", "frame: "):  # fmt: skip
        assert sign in seen, sign


def _param(case: Case) -> Any:
    """Pages that show one free text, and those in a second language, are the exhaustive part."""
    few = len(case.fields.split()) < 2 or case.language != "zh-CN"
    name = f"{case.address} {case.language}"
    return pytest.param(case, id=name, marks=[pytest.mark.exhaustive] if few else [])


@pytest.mark.parametrize("case", [_param(case) for case in PAGES])
def test_a_page_shows_attacks_as_words(
    stage: Stage, watch: Callable[..., Watch], case: Case
) -> None:
    first = {kind: found[0] for kind, found in stage.ids.items()}
    watched = watch(case.address.format(**first), case.role, case.language)
    watched.page.wait_for_selector(STANDS)
    wait_for(watched, *(stage.given[name] for name in case.fields.split()))
    assert watched.look() == []


def test_the_cards_of_the_map_are_words(stage: Stage, watch: Callable[..., Watch]) -> None:
    watched = watch("/wall", "wall")
    watched.page.wait_for_selector("#wall .leaflet-container canvas", state="attached")
    watched.page.wait_for_function("window.yiping.mapData && yiping.mapData.origin()")
    for kind, field in CARDS.items():
        words = watched.page.evaluate(OPEN_CARDS, [stage.ids[kind][:15], LON, LAT])
        assert [each for each in stage.given[field] if each in words], kind
        assert watched.look() == [], kind


def test_values_that_are_opened_are_words(stage: Stage, watch: Callable[..., Watch]) -> None:
    number = 1
    watched = watch(f"/files/person/{stage.ids['persons'][number]}", "secretary")
    for count, name in enumerate(OPENED, 1):
        watched.page.locator(f"[data-unmask={name}]").click()
        dialog = watched.page.locator("dialog.unmask-dialog")
        dialog.locator("textarea").fill(XSS[0])
        dialog.locator(".unmask-confirm").click()
        expect(watched.page.locator(".file-opened")).to_have_count(count)
        opened = watched.page.locator(".file-opened").all_inner_texts()
        assert stage.given[f"person.{name}"][number] in opened, name
        assert watched.look() == [], name


@pytest.mark.parametrize(
    ("path", "role", "field"), [("/", "duty_officer", "title"), ("/wall", "wall", "category")]
)
def test_what_arrives_while_a_page_stands_open_is_words(
    stage: Stage, watch: Callable[..., Watch], path: str, role: str, field: str
) -> None:
    watched = watch(path, role)
    watched.page.wait_for_function("document.documentElement.dataset.live === 'live'")
    rows = [
        {
            "source_id": f"live {field} {n}",
            "category": f"{attack[:90]}//live{n}",
            "title": f"{attack}//live{n}",
            "reported_at": datetime.now(UTC).isoformat(),
            "deadline_at": f"2026-01-01T00:00:{n:02}Z",
        }
        for n, attack in enumerate(XSS[:23])  # the last ones hold what a poster may not send
    ]
    key = {"Authorization": f"Bearer {stage.key}"}
    answer = httpx.post(f"{stage.app.url}/api/v1/cases", json=rows, headers=key)
    assert answer.status_code == 201, stage.app.log[-3_000:]
    wait_for(watched, [row[field] for row in rows])
    assert watched.look() == []


@pytest.mark.parametrize(("address", "role"), REFLECTED)
def test_what_stands_in_an_address_is_words(
    watch: Callable[..., Watch], address: str, role: str | None
) -> None:
    attack = quote("".join(XSS[:16]), safe="")
    watched = watch(address.format(*[attack] * address.count("{}")), role)
    watched.page.wait_for_timeout(400)
    assert watched.look() == []
