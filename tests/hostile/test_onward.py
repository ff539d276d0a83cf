"""Every door that leads on, asked to lead elsewhere: it leads to this site or nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from fastapi import FastAPI
from httpx import Response
from starlette.testclient import TestClient

from actions.access import CLI
from actions.users.account_drafts import AccountDraft
from actions.users.accounts import Accounts
from actions.users.kiosks import Kiosks
from actions.users.oidc import Begun, Person
from actions.users.passwords import PasswordHashing
from actions.users.signin import SignIn
from api.services import Services
from tests.actions.door import PASSWORD, QUICK
from tests.api.signing_in import sign_in, word
from tests.hostile.payloads import ELSEWHERE

PERSON = Person("https://idp.example|traveller", "traveller")
# One slash, then no other, for browsers read `//host` and `/\\host` as another site.
HERE = re.compile(r"/(?:[\x21-\x2e\x30-\x5b\x5d-\x7e][\x21-\x5b\x5d-\x7e]*)?")


@dataclass
class Idp:
    """A provider that proves everybody to be PERSON; keeps what it was begun with."""

    begun: Begun | None = None

    async def begin(self, redirect_uri: str, onward: str) -> tuple[str, Begun]:
        self.begun = Begun("state", "nonce", "verifier", redirect_uri, onward)
        return "https://idp.example/authorize", self.begun

    async def finish(self, begun: Begun, query: dict[str, str]) -> Person:
        return PERSON


@pytest.fixture(scope="module")
def door(app: FastAPI) -> Iterator[Idp]:
    """A door that hashes quickly, with a provider, and an account that signs in by either."""
    parts: Services = app.state.services
    hashing = PasswordHashing(QUICK)
    app.state.sign_in = SignIn(parts.store, parts.audit, parts.keyring, hashing, floor_s=0)
    app.state.provider = Idp()
    accounts = Accounts(parts.store, parts.audit, CLI)
    draft = AccountDraft("traveller", "duty_officer", "demo", oidc_subject=PERSON.subject)
    accounts.create(draft, QUICK.hash(PASSWORD), False)
    yield app.state.provider
    hashing.close()


@pytest.fixture(scope="module")
def link(app: FastAPI) -> str:
    """The path of a wall's link."""
    parts: Services = app.state.services
    return Kiosks(parts.store, parts.audit, CLI).create("demo", "hall").path


def stays(answer: Response) -> None:
    """The answer leads on, to an address of this site, and sets no header of the asker's."""
    where = answer.headers["location"]
    assert answer.status_code in (303, 307), answer.text
    assert HERE.fullmatch(where), where
    assert "a" not in answer.cookies


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_in_stays(client: TestClient, door: Idp, wanted: str) -> None:
    answer = sign_in(client, "traveller", next=wanted)
    stays(answer)
    client.cookies.set("yiping_session", answer.cookies["yiping_session"])
    # Signed in already, the page of the door leads straight on.
    stays(client.get("/login", params={"next": wanted}, follow_redirects=False))


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_the_form_keeps_no_other_site(client: TestClient, door: Idp, wanted: str) -> None:
    for path in ("/login", "/login/totp", "/login/password"):
        page = client.get(path, params={"next": wanted}, follow_redirects=False).text
        kept = re.findall(r'name="next" value="([^"]*)"', page)
        assert all(not each or HERE.fullmatch(each) for each in kept), path
        for address in re.findall(r'(?:href|action)="([^"]*)"', page):
            assert address.startswith(("?", "/")) and not address.startswith("//"), path


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_the_provider_leads_back_here(client: TestClient, door: Idp, wanted: str) -> None:
    left = client.get("/login/oidc", params={"next": wanted}, follow_redirects=False)
    assert left.headers["location"] == "https://idp.example/authorize"
    assert door.begun is not None
    assert door.begun.redirect_uri == "http://127.0.0.1:8050/login/oidc/callback"
    back = "/login/oidc/callback?code=c&state=s&next=" + quote(wanted)
    stays(client.get(back, follow_redirects=False))


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_a_walls_link_opens_the_wall(client: TestClient, link: str, wanted: str) -> None:
    query = {"next": wanted, "community": wanted}
    answer = client.get(link, params=query, follow_redirects=False)
    assert answer.headers["location"] == "/wall?community=demo"


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_a_visitor_is_turned_to_the_door_of_this_site(client: TestClient, wanted: str) -> None:
    address = "http://127.0.0.1:8050/" + quote(wanted[:200], safe="/:@?")
    answer = client.get(address, follow_redirects=False)
    assert answer.status_code in (303, 404, 400)
    if answer.status_code == 303:
        where = urlsplit(answer.headers["location"])
        assert (where.scheme, where.netloc, where.path) == ("", "", "/login")
        assert list(parse_qs(where.query)) == ["next"]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_signing_out_stays(client: TestClient, door: Idp, wanted: str) -> None:
    answer = sign_in(client, "traveller")
    client.cookies.set("yiping_session", answer.cookies["yiping_session"])
    header = {"X-CSRFToken": answer.cookies["_csrf_token"]}
    out = client.post("/logout", params={"next": wanted}, headers=header, follow_redirects=False)
    assert out.headers["location"] == "/login?signed_out=1"
    assert word(client.get("/login").text)
