"""The app over a hostile community, and a watch on what a page of it does."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Dialog, Page, Request

from actions.users.keys import create_key
from actions.users.sessions import Sessions
from actions.vault import Vault
from bench.session import ROLES, open_session
from data.store import Store
from tests.browser.hostile_deeds import HostileDeeds
from tests.browser.hostile_records import HostileCommunity

NOTE_VIOLATIONS = """window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(event.violatedDirective + " " + event.sample + " " + event.blockedURI))"""
# What ran, what would have run were it let, and every word and value the page shows.
LOOK = """() => {
  const risky = (element) => [...element.attributes].filter(({ name, value }) =>
    (/^on|^srcdoc$/.test(name) && value.includes("__xss")) ||
    (/^(href|src|action|data|formaction)$/.test(name) && /^\\s*javascript:|^x$/i.test(value))
  ).map(({ name, value }) => element.tagName + " " + name + "=" + value);
  const all = [...document.querySelectorAll("*")];
  const made = all.filter((e) => /^(SCRIPT|STYLE|IFRAME|OBJECT|MATH|ANIMATE)$/i.test(e.tagName) &&
    (e.tagName === "IFRAME" || e.textContent.includes("__xss")));
  const words = document.body.cloneNode(true);
  for (const part of words.querySelectorAll("script, style")) part.remove();
  const values = all.flatMap((e) => [e.value, e.title, e.placeholder])
    .filter((value) => typeof value === "string");
  return {
    ran: [...Array(window.length).keys()].map((n) => window[n].__xss).concat(window.__xss)
      .filter((mark) => mark !== undefined && mark !== null),
    risky: all.flatMap(risky).concat(made.map((e) => e.outerHTML.slice(0, 200))),
    violations: window.violations,
    text: [words.textContent, document.title, ...values].join("\\n"),
  };
}"""


@dataclass
class Stage:
    """The app, what is in it, and who may open it.

    Attributes:
        app: A running app process; its `cookies` are those of a browser by role.
        given: The attacks that stand in each field.
        ids: What can be opened, by kind.
        key: Key of a source.
    """

    app: Any
    given: dict[str, list[str]]
    ids: dict[str, list[str]]
    key: str


@dataclass
class Watch:
    """A page of somebody, and everything it did that it must not do."""

    page: Page
    home: str
    faults: list[str] = field(default_factory=list)
    text: str = ""

    def begin(self) -> None:
        """Note from now on."""
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self._request)
        self.page.on("popup", lambda _: self.faults.append("popup"))

    def _dialog(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        ours = urlsplit(self.home)
        if address.scheme in ("data", "blob"):
            return
        if address.netloc != ours.netloc or address.path.rpartition("/")[2] == "x":
            self.faults.append(f"request: {request.url}")

    def look(self) -> list[str]:
        """Read the page as it is now; returns what is wrong with it."""
        seen = self.page.evaluate(LOOK)
        self.text += seen["text"]
        frames = [frame.url for frame in self.page.frames[1:]]
        return [
            *self.faults,
            *(f"ran: {mark}" for mark in seen["ran"]),
            *(f"made: {made}" for made in seen["risky"]),
            *(f"violation: {each}" for each in seen["violations"]),
            *(f"frame: {url}" for url in frames),
        ]


def hostile_app(folder: Path, app_class: Any) -> Stage:
    """Start an app over a community whose every text is an attack; end it with `app.kill()`."""
    (folder / "yiping.toml").write_text("[sources.simulator]\nenabled = false\n")
    app = app_class(folder, YIPING_CONFIG=str(folder / "yiping.toml"))
    store = Store.open(f"duckdb:{app.database}")
    vault, sessions = Vault.open(folder / "keys", store), Sessions(store)
    made = HostileCommunity(store).fill()
    HostileDeeds(made, vault).do()
    app.cookies = {role: open_session(store, sessions, role, "demo") for role in ROLES}
    key = create_key(store, "source", "demo")
    sessions.close()
    vault.close()
    store.close()
    app.start()
    return Stage(app, made.texts.given, made.ids, key)
