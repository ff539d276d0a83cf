"""Fetches a checked address, and checks every address it is led on to (actions/outgoing.py)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx

from actions.outgoing import AddressRefused, CheckedUrl, Resolve, check_url, system_resolve

MOST_BYTES = 5 * 1024 * 1024
TOTAL_S = 10.0
MOST_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})

Check = Callable[[str, tuple[str, ...]], CheckedUrl]


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer.

    Attributes:
        url: The address that gave it, after redirects.
        status: HTTP status.
        content_type: As announced; not to be trusted.
        body: At most the bytes that were allowed.
    """

    url: str
    status: int
    content_type: str
    body: bytes


class FetchFailed(AddressRefused):
    """No connection, a certificate that does not fit, or no proper answer."""

    code = "fetch_failed"


class FetchTooLarge(AddressRefused):
    """More bytes than were allowed; the rest is not read."""

    code = "fetch_too_large"


class FetchTooSlow(AddressRefused):
    """Not done in time; given up."""

    code = "fetch_too_slow"


class TooManyRedirects(AddressRefused):
    """Led on more often than is followed."""

    code = "fetch_too_many_redirects"


def fetch_checked(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    allowed_networks: Iterable[str] = (),
    allowed_ports: Iterable[int] = (),
    most_bytes: int = MOST_BYTES,
    total_s: float = TOTAL_S,
    resolve: Resolve = system_resolve,
) -> Fetched:
    """GET an address that a person entered; blocks, so call it in a thread.

    Connects to the address that was checked, with the certificate checked against the name. No
    cookies, no proxy of the environment, no compression. Our `headers` go to the first origin only.

    Raises:
        AddressRefused: The address, or one it led on to, is not allowed, or the answer is no good.
    """
    networks, ports = tuple(allowed_networks), frozenset(allowed_ports)

    def check(address: str, schemes: tuple[str, ...]) -> CheckedUrl:
        return check_url(
            address,
            schemes=schemes,
            allowed_networks=networks,
            allowed_ports=ports,
            resolve=resolve,
        )

    return asyncio.run(_fetch(check, url, dict(headers or {}), most_bytes, total_s))


async def _fetch(
    check: Check, url: str, sent: dict[str, str], most_bytes: int, total_s: float
) -> Fetched:
    checked = await asyncio.to_thread(check, url, ("https", "http"))
    host = checked.host
    try:
        async with asyncio.timeout(total_s), _client() as client:
            for _ in range(MOST_REDIRECTS + 1):
                answer, onward = await _get(client, checked, sent, most_bytes)
                if onward is None:
                    return answer
                # A page over HTTPS may not lead back to one that everybody on the way can read.
                schemes = ("https",) if checked.scheme == "https" else ("https", "http")
                before = checked
                checked = await asyncio.to_thread(check, urljoin(checked.url, onward), schemes)
                if (before.scheme, before.authority) != (checked.scheme, checked.authority):
                    sent = {}
    except TimeoutError:
        raise FetchTooSlow(host=host, most_s=total_s) from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        raise FetchFailed(host=checked.host) from None
    raise TooManyRedirects(host=host)


def _client() -> httpx.AsyncClient:
    # The whole fetch has one limit; trust_env would send it through a proxy that resolves anew.
    return httpx.AsyncClient(timeout=None, follow_redirects=False, trust_env=False)


async def _get(
    client: httpx.AsyncClient, checked: CheckedUrl, headers: Mapping[str, str], most_bytes: int
) -> tuple[Fetched, str | None]:
    address = f"[{checked.address}]" if ":" in checked.address else checked.address
    pinned = f"{checked.scheme}://{address}:{checked.port}{checked.target}"
    request = client.build_request(
        "GET",
        pinned,
        headers={**headers, "Host": checked.authority, "Accept-Encoding": "identity"},
        extensions={"sni_hostname": checked.host},
    )
    answer = await client.send(request, stream=True)
    try:
        kind = answer.headers.get("content-type", "")
        if answer.status_code in REDIRECTS and "location" in answer.headers:
            return Fetched(checked.url, answer.status_code, kind, b""), answer.headers["location"]
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise FetchFailed(host=checked.host)  # a small answer could unpack to any size
        parts, size = [], 0
        async for part in answer.aiter_raw():
            size += len(part)
            if size > most_bytes:
                raise FetchTooLarge(host=checked.host, most_kb=most_bytes // 1024)
            parts.append(part)
        return Fetched(checked.url, answer.status_code, kind, b"".join(parts)), None
    finally:
        await answer.aclose()
