"""A browser at the door of the application: accounts, forms, cookies."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from typing import Any

import pyotp
from httpx import Response
from starlette.testclient import TestClient

from actions.users.totp import FIELD, subject_of
from actions.vault import Vault
from data.store import Store
from tests.actions.door import PASSWORD

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def word(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found, page
    return found.group(1)


def post(client: TestClient, address: str, **fields: str) -> Response:
    """Fill in the form of a page and send it, without following where it leads."""
    form = {"csrf": word(client.get(address).text), **fields}
    return client.post(address, data=form, follow_redirects=False)


def sign_in(client: TestClient, login: str = "duty1", **more: str) -> Response:
    return post(client, "/login", login=login, password=PASSWORD, **more)


def cookies(answer: Response) -> dict[str, Any]:
    found: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        found.load(header)
    return dict(found)


def second_factor(store: Store, vault: Vault, account_id: str) -> pyotp.TOTP:
    secret = pyotp.random_base32()
    vault.keyring.create([subject_of(account_id)])
    sealed = vault.keyring.seal(subject_of(account_id), FIELD, secret)

    def work(tx: Any) -> None:
        row = tx.rows("credential/of_account", account_id=account_id)[0]
        changed = {**row, "totp_sealed": sealed, "totp_confirmed": True}
        tx.run("credential/put", {"incoming": tx.table("credential", [changed])})

    store.write(work).result()
    return pyotp.TOTP(secret)
