"""What a hostile or broken provider may answer, and that none of it proves anybody."""

from __future__ import annotations

import asyncio
import base64
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from actions.users.oidc import Person, Provider, ProviderConfig
from actions.users.oidc_http import ProviderFailed, ProviderUnreachable

KEYS = [RSAKey.generate_key(2048, parameters={"kid": "one"}) for _ in range(2)]
REDIRECT = "http://127.0.0.1:8050/login/oidc/callback"


class Liar:
    """A provider whose every answer can be changed; tests/api/test_oidc.py has an honest one."""

    def __init__(self) -> None:
        self.key = KEYS[0]
        self.nonce = ""
        self.metadata: dict[str, Any] = {}
        self.token: Callable[[], object] = lambda: {"id_token": self.signed()}
        self.served: dict[str, bytes] = {}
        liar = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer(liar.served.get(self.path) or json.dumps(liar.page(self.path)).encode())

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("content-length", 0)))
                self.answer(json.dumps({"token_type": "Bearer", **liar.token()}).encode())  # type: ignore[dict-item]

            def answer(self, body: bytes) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def page(self, path: str) -> object:
        if path == "/jwks":
            return {"keys": [self.key.as_dict(private=False)]}
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            **self.metadata,
        }

    def claims(self, **changed: Any) -> dict[str, Any]:
        now = int(time.time())
        honest = {
            "iss": self.issuer,
            "sub": "42",
            "aud": "yiping",
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            "preferred_username": " Duty1 ",
        }
        merged = {**honest, **changed}
        return {name: value for name, value in merged.items() if value is not None}

    def signed(self, key: Any = None, header: dict[str, Any] | None = None, **claims: Any) -> str:
        head = header or {"alg": "RS256", "kid": "one"}
        algorithms = [head["alg"]]
        return jwt.encode(head, self.claims(**claims), key or self.key, algorithms=algorithms)


@pytest.fixture
def liar() -> Iterator[Liar]:
    made = Liar()
    yield made
    made.server.shutdown()
    made.server.server_close()


def come_back(liar: Liar, answer: dict[str, str] | None = None) -> Person:
    async def flow() -> Person:
        provider = Provider(ProviderConfig(liar.issuer, "yiping", "secret"))
        _, begun = await provider.begin(REDIRECT, "")
        liar.nonce = begun.nonce
        return await provider.finish(begun, answer or {"state": begun.state, "code": "c"})

    return asyncio.run(flow())


def test_an_honest_answer_names_the_person(liar: Liar) -> None:
    assert come_back(liar) == Person(f"{liar.issuer}|42", "duty1")


def test_several_audiences_are_fine_where_we_are_the_party(liar: Liar) -> None:
    liar.token = lambda: {"id_token": liar.signed(aud=["yiping", "other"], azp="yiping")}
    assert come_back(liar).subject.endswith("|42")


def shared_secret(secret: bytes, claims: dict[str, Any]) -> str:
    """A token signed with HMAC, as who confuses the two kinds of keys would take it."""

    def part(content: bytes) -> str:
        return base64.urlsafe_b64encode(content).decode().rstrip("=")

    text = f"{part(json.dumps({'alg': 'HS256', 'kid': 'one'}).encode())}."
    text += part(json.dumps(claims).encode())
    return f"{text}.{part(hmac.digest(secret, text.encode(), 'sha256'))}"


now = int(time.time())
LIES: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "somebody-else"},
    "no audience": {"aud": None},
    "several audiences, another party": {"aud": ["yiping", "x"], "azp": "x"},
    "expired": {"exp": now - 3600},
    "no expiry": {"exp": None},
    "not yet valid": {"nbf": now + 36000},
    "issued in the future": {"iat": now + 36000},
    "another nonce": {"nonce": "replayed"},
    "no nonce": {"nonce": None},
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a subject that is no text": {"sub": 42},
    "a subject beyond ASCII": {"sub": "值班"},
    "a subject without end": {"sub": "x" * 300},
    "a hash of another access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
}


@pytest.mark.parametrize("lie", LIES)
def test_claims_that_do_not_fit_prove_nobody(liar: Liar, lie: str) -> None:
    liar.token = lambda: {"id_token": liar.signed(**LIES[lie]), "access_token": "a"}
    with pytest.raises(ProviderFailed):
        come_back(liar)


def test_signatures_of_others_prove_nobody(liar: Liar) -> None:
    stranger = KEYS[1]
    public = liar.key.as_pem(private=False)
    unsigned = liar.signed().rsplit(".", 1)[0] + "."
    none = "eyJhbGciOiJub25lIn0." + liar.signed().split(".")[1] + "."
    forged = (
        liar.signed(stranger),
        shared_secret(public, liar.claims()),  # the public key as if it were a secret
        unsigned,
        none,
        "not a token",
        "",
    )
    for token in forged:
        liar.token = lambda token=token: {"id_token": token}
        with pytest.raises(ProviderFailed):
            come_back(liar)
    for answer in ({}, {"id_token": None}, {"id_token": 5}, {"error": "invalid_grant"}):
        liar.token = lambda answer=answer: answer
        with pytest.raises(ProviderFailed):
            come_back(liar)


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"token_endpoint": "http://evil.example/token"},
        {"token_endpoint": "file:///etc/passwd"},
        {"jwks_uri": "http://192.0.2.1/jwks"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
    ],
)
def test_metadata_that_leads_astray_is_refused(liar: Liar, metadata: dict[str, Any]) -> None:
    liar.metadata = metadata
    with pytest.raises(ProviderFailed):
        come_back(liar)


def test_what_is_no_metadata_is_refused(liar: Liar) -> None:
    for body in (b"<html>", b"[]", b"{", b"x" * 2_000_000):
        liar.served["/.well-known/openid-configuration"] = body
        with pytest.raises(ProviderFailed):
            come_back(liar)


def test_keys_that_cannot_be_read_are_refused(liar: Liar) -> None:
    for body in (b"[]", b'{"keys": []}', b'{"keys": [{"kty": "RSA"}]}', b'{"keys": 5}'):
        liar.served["/jwks"] = body
        with pytest.raises(ProviderFailed):
            come_back(liar)


def test_a_provider_that_changed_its_keys_is_asked_anew(liar: Liar) -> None:
    async def flow() -> Person:
        provider = Provider(ProviderConfig(liar.issuer, "yiping", "secret"))
        _, begun = await provider.begin(REDIRECT, "")
        liar.nonce = begun.nonce
        await provider.finish(begun, {"state": begun.state, "code": "c"})
        liar.key = KEYS[1]
        provider._keys_at -= 60  # half a minute has passed
        return await provider.finish(begun, {"state": begun.state, "code": "c"})

    assert asyncio.run(flow()).subject.endswith("|42")


def test_a_provider_that_is_away_is_said_to_be_away() -> None:
    provider = Provider(ProviderConfig("http://127.0.0.1:1", "yiping"))
    with pytest.raises(ProviderUnreachable):
        asyncio.run(provider.begin(REDIRECT, ""))
