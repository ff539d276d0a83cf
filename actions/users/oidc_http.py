"""Fetches what a sign-in provider publishes, bounded in time and size, and says what failed."""

from __future__ import annotations

import json
import logging
import ssl
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx

from rules.errors import RuleViolation

log = logging.getLogger(__name__)

TIMEOUT_S = 6.0
MOST_BYTES = 1_000_000


class ProviderUnreachable(RuleViolation):
    """The provider does not answer; try again later."""

    code = "provider_unreachable"


class ProviderFailed(RuleViolation):
    """The provider's answer proves nothing; the log says why."""

    code = "provider_failed"


async def fetched_json(address: str) -> dict[str, Any]:
    """Fetch a JSON object; redirects are not followed.

    Raises:
        ProviderUnreachable: It does not answer.
        ProviderFailed: It answers something else.
    """
    try:
        async with (
            httpx.AsyncClient(timeout=TIMEOUT_S, verify=trust(), trust_env=False) as client,
            client.stream("GET", address, headers={"Accept": "application/json"}) as response,
        ):
            if response.status_code != 200:
                raise failed(f"{address} answered {response.status_code}")
            body = b""
            async for part in response.aiter_bytes():
                body += part
                if len(body) > MOST_BYTES:
                    raise failed(f"{address} answered without end")
    except httpx.HTTPError as fault:
        raise unreachable(fault) from None
    try:
        found = json.loads(body)
    except ValueError:
        raise failed(f"{address} answered no JSON") from None
    if not isinstance(found, dict):
        raise failed(f"{address} answered no object")
    return found


@cache
def trust() -> ssl.SSLContext:
    """Return the authorities this machine trusts, so that a provider of the house works as well."""
    return ssl.create_default_context()


def is_safe(address: object) -> bool:
    """True for an https address, or a plain one of this machine."""
    parts = urlsplit(address) if isinstance(address, str) else urlsplit("")
    here = parts.hostname in ("127.0.0.1", "::1", "localhost")
    scheme = "http" if here and parts.scheme == "http" else "https"
    return bool(parts.hostname) and parts.scheme == scheme


def failed(why: str) -> ProviderFailed:
    """Return the refusal of an answer that proves nothing; the log has the reason."""
    log.warning("sign-in by the provider failed: %s", why)
    return ProviderFailed()


def unreachable(fault: Exception) -> ProviderUnreachable:
    """Return the refusal where the provider does not answer; the log has the reason."""
    log.warning("the sign-in provider cannot be reached: %s", fault)
    return ProviderUnreachable()
