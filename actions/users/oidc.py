"""Asks an OpenID Connect provider who somebody is: code flow with PKCE, state and nonce.

OpenID Connect Core 1.0 §3.1, Discovery 1.0, RFC 7636 (PKCE), RFC 9207 (issuer in the answer), by
Authlib. Tells who it is and no more: what the person may do stands in the account (ADR 0011).
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import Any

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from actions.users.oidc_http import TIMEOUT_S, failed, fetched_json, is_safe, trust, unreachable

KNOWN_FOR_S = 3600.0
KEYS_AGAIN_S = 30.0  # a provider that changes its keys is asked anew, an attacker's tokens ask once
LEEWAY_S = 60
LONGEST_CODE = 4_000
LONGEST_SUBJECT = 255  # Core §2: sub has at most 255 ASCII characters
# Signatures only, and none with a shared secret: those would be no proof against ourselves.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]


@dataclass(frozen=True, slots=True)
class ProviderConfig:
    """Which provider, and who we are there."""

    issuer: str
    client_id: str
    client_secret: str | None = None
    scopes: tuple[str, ...] = ("profile",)
    login_claim: str = "preferred_username"


@dataclass(frozen=True, slots=True)
class Begun:
    """What is remembered while the person is at the provider."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str
    onward: str


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the provider has proved.

    Attributes:
        subject: `issuer|sub`, for ever the same person.
        login: The name claimed there; empty without one.
    """

    subject: str
    login: str


class Provider:
    """One provider; keeps what it says of itself for an hour."""

    def __init__(self, config: ProviderConfig) -> None:
        self._config = config
        self._metadata: dict[str, Any] = {}
        self._known_until = 0.0
        self._keys: KeySet | None = None
        self._keys_at = 0.0
        self._lock = asyncio.Lock()

    async def begin(self, redirect_uri: str, onward: str) -> tuple[str, Begun]:
        """Return the address to send the person to, and what to remember meanwhile.

        Raises:
            ProviderUnreachable: It does not answer.
            ProviderFailed: What it says of itself does not fit.
        """
        metadata = await self._discover()
        begun = Begun(
            secrets.token_urlsafe(32),
            secrets.token_urlsafe(32),
            secrets.token_urlsafe(64),
            redirect_uri,
            onward,
        )
        async with self._client(redirect_uri) as client:
            address, _ = client.create_authorization_url(
                metadata["authorization_endpoint"],
                state=begun.state,
                code_verifier=begun.verifier,
                nonce=begun.nonce,
            )
        return str(address), begun

    async def finish(self, begun: Begun, answer: Mapping[str, str]) -> Person:
        """Return who came back from the provider.

        Args:
            begun: What was remembered when the person left.
            answer: Query of the address the provider sent the person back to.

        Raises:
            ProviderUnreachable: It does not answer.
            ProviderFailed: The answer is another's, an error, or proves nothing.
        """
        metadata = await self._discover()
        if not hmac.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
            raise failed("state is another's")
        issuer = answer.get("iss")
        required = metadata.get("authorization_response_iss_parameter_supported") is True
        if (issuer is None and required) or issuer not in (None, self._config.issuer):
            raise failed("iss is another's")
        code = answer.get("code", "")
        if "error" in answer or not code or len(code) > LONGEST_CODE:
            raise failed(f"no code: {answer.get('error', '')[:100]!r}")
        token = await self._exchange(metadata, begun, code)
        claims = await self._claims(metadata, token, begun.nonce)
        return self._person(claims)

    async def _exchange(self, metadata: dict[str, Any], begun: Begun, code: str) -> dict[str, Any]:
        try:
            async with self._client(begun.redirect_uri) as client:
                token: dict[str, Any] = await client.fetch_token(
                    metadata["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=begun.verifier,
                    redirect_uri=begun.redirect_uri,
                )
        except httpx.HTTPError as fault:
            raise unreachable(fault) from None
        except (_authlib().error, ValueError) as fault:
            raise failed(f"the code was not taken: {fault}") from None
        return token

    async def _claims(
        self, metadata: dict[str, Any], token: dict[str, Any], nonce: str
    ) -> dict[str, Any]:
        """Check signature and claims of the ID token (Core §3.1.3.7)."""
        text = token.get("id_token")
        if not isinstance(text, str):
            raise failed("no id_token")
        try:
            decoded = await self._decoded(metadata, text)
            claims = _authlib().id_token(
                decoded.claims,
                decoded.header,
                {
                    "iss": {"essential": True, "value": self._config.issuer},
                    "aud": {"essential": True, "value": self._config.client_id},
                },
                {
                    "nonce": nonce,
                    "client_id": self._config.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(now=int(time.time()), leeway=LEEWAY_S)
        except (JoseError, ValueError, TypeError, KeyError) as fault:
            raise failed(f"id_token: {type(fault).__name__} {fault}") from None
        return dict(claims)

    async def _decoded(self, metadata: dict[str, Any], text: str) -> jwt.Token:
        keys = await self._key_set(metadata)
        try:
            return jwt.decode(text, keys, algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            if time.monotonic() - self._keys_at < KEYS_AGAIN_S:
                raise
        self._keys = None  # the provider may have changed its keys
        return jwt.decode(text, await self._key_set(metadata), algorithms=ALGORITHMS)

    def _person(self, claims: dict[str, Any]) -> Person:
        subject = claims.get("sub")
        if not isinstance(subject, str) or not subject.isascii() or not subject:
            raise failed("sub is no ASCII text")
        if len(subject) > LONGEST_SUBJECT:
            raise failed("sub is too long")
        login = claims.get(self._config.login_claim)
        known = login.strip().lower() if isinstance(login, str) else ""
        return Person(f"{self._config.issuer}|{subject}", known)

    async def _discover(self) -> dict[str, Any]:
        async with self._lock:
            if time.monotonic() < self._known_until:
                return self._metadata
            base = self._config.issuer.rstrip("/")
            found = await fetched_json(f"{base}/.well-known/openid-configuration")
            if found.get("issuer") != self._config.issuer:
                raise failed(f"it calls itself {str(found.get('issuer'))[:200]!r}")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                if not is_safe(found.get(name)):
                    raise failed(f"{name} is no https address")
            self._metadata, self._keys = found, None
            self._known_until = time.monotonic() + KNOWN_FOR_S
            return found

    async def _key_set(self, metadata: dict[str, Any]) -> KeySet:
        if self._keys is None:
            found = await fetched_json(metadata["jwks_uri"])
            self._keys_at = time.monotonic()
            try:
                self._keys = KeySet.import_key_set({"keys": list(found.get("keys") or [])})
            except (JoseError, ValueError, TypeError, KeyError) as fault:
                raise failed(f"its keys cannot be read: {fault}") from None
        return self._keys

    def _client(self, redirect_uri: str) -> Any:
        secret = self._config.client_secret
        return _authlib().client(
            self._config.client_id,
            secret,
            token_endpoint_auth_method="client_secret_basic" if secret else "none",
            scope=" ".join(dict.fromkeys(("openid", *self._config.scopes))),
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            timeout=TIMEOUT_S,
            follow_redirects=False,
            verify=trust(),
            trust_env=False,
        )


@cache
def _authlib() -> SimpleNamespace:
    """Authlib, loaded at the first sign-in by a provider; most installations have none."""
    with warnings.catch_warnings(record=True):  # it asks for a successor of httpx, which works
        from authlib.integrations.base_client import OAuthError
        from authlib.integrations.httpx_client import AsyncOAuth2Client
        from authlib.oidc.core import CodeIDToken
    return SimpleNamespace(client=AsyncOAuth2Client, error=OAuthError, id_token=CodeIDToken)
