"""Checks every address that a person may enter and we would connect to: sources, cameras, hooks.

A name is resolved once and the address it led to is pinned, so that a name cannot answer well when
it is checked and badly when it is used (DNS rebinding). Where it may lead: rules/addresses.py.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, quote, urlsplit

import idna

from rules.addresses import Address, may_reach
from rules.errors import RuleViolation

MOST_CHARS = 2048
RESOLVE_S = 5.0
DEFAULT_PORTS = {"http": 80, "https": 443, "rtsp": 554, "rtsps": 322, "ws": 80, "wss": 443}
# Ports web services and cameras have; a mail server or a database listens on none of these.
USUAL_PORTS = frozenset({80, 443, 322, 554, 8000, 8080, 8081, 8443, 8554})
# Whitespace and control characters are dropped or trimmed by some readers of addresses, and a
# backslash is a slash for browsers: what is checked must be what is used.
_UNCLEAR = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ufeff]")
_SAFE = "/:?&=%~+,;@!$'()*-._[]"
_resolvers = ThreadPoolExecutor(4, thread_name_prefix="resolve")

Resolve = Callable[[str, int], Sequence[str]]


class AddressRefused(RuleViolation):
    """An address we do not connect to; whoever entered it is told why."""

    code = "url_refused"


class UrlMalformed(AddressRefused):
    """Not an address, or one that different programs read differently."""

    code = "url_malformed"


class UrlSchemeRefused(AddressRefused):
    """Another scheme than those that are of use here."""

    code = "url_scheme"


class UrlCarriesCredentials(AddressRefused):
    """A name or password stands in the address, where logs and screens would show it."""

    code = "url_credentials"


class UrlPortRefused(AddressRefused):
    """A port on which something else than a web service or camera listens."""

    code = "url_port"


class UrlHostUnknown(AddressRefused):
    """The name leads nowhere now."""

    code = "url_host_unknown"


class UrlInternal(AddressRefused):
    """Leads to this machine, to a private network that is not allowed, or to a cloud's keys."""

    code = "url_internal"


@dataclass(frozen=True, slots=True)
class CheckedUrl:
    """An address that may be used now, and the network address to connect to.

    Attributes:
        url: The address as it was understood; store and show this one.
        scheme: In lower case.
        host: ASCII name or address, without brackets: for Host, SNI and the certificate.
        port: TCP port.
        address: Where to connect; do not resolve `host` again.
        target: Path and query, percent-encoded.
    """

    url: str
    scheme: str
    host: str
    port: int
    address: str
    target: str

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS.get(self.scheme) else f"{host}:{self.port}"


def system_resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a name as this machine knows them; waits 5 s at most."""
    waiting = _resolvers.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    return [str(found[4][0]) for found in waiting.result(RESOLVE_S)]


def check_url(
    url: str,
    *,
    schemes: Collection[str] = ("https", "http"),
    allowed_networks: Iterable[str] = (),
    allowed_ports: Collection[int] = (),
    resolve: Resolve = system_resolve,
) -> CheckedUrl:
    """Return an address that may be connected to; resolves its name, so call it in a thread.

    Check again whenever it is used: names change where they lead.

    Args:
        url: What was entered.
        schemes: Schemes that are of use, in lower case.
        allowed_networks: The setting `outgoing_networks`.
        allowed_ports: The setting `outgoing_ports`: further ports beside the usual ones.
        resolve: Returns the addresses of a name.

    Raises:
        AddressRefused: One of its subclasses; tell its sentence.
    """
    parts = _split(url)
    scheme = parts.scheme.lower()
    if scheme not in schemes:
        raise UrlSchemeRefused(schemes=", ".join(schemes))
    if "@" in parts.netloc:
        raise UrlCarriesCredentials()
    host, port = _host(parts), _port(parts, scheme)
    if port not in USUAL_PORTS and port not in allowed_ports:
        raise UrlPortRefused(port=port)
    networks = [ip_network(text) for text in allowed_networks]
    found = _addresses(host, port, resolve)
    # One bad address among good ones is enough for an attacker who waits for it.
    if not all(may_reach(address, networks) for address in found):
        raise UrlInternal(host=host)
    target = quote(parts.path or "/", safe=_SAFE)
    target += f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    made = CheckedUrl("", scheme, host, port, str(found[0]), target)
    return CheckedUrl(
        f"{scheme}://{made.authority}{target}", scheme, host, port, made.address, target
    )


def _split(url: str) -> SplitResult:
    if not url or len(url) > MOST_CHARS or _UNCLEAR.search(url):
        raise UrlMalformed()
    try:
        parts = urlsplit(url)
    except ValueError:
        raise UrlMalformed() from None
    if not parts.scheme or not url[len(parts.scheme) :].startswith("://"):
        raise UrlMalformed()
    return parts


def _port(parts: SplitResult, scheme: str) -> int:
    try:
        port = parts.port
    except ValueError:
        raise UrlMalformed() from None
    if port is None and scheme in DEFAULT_PORTS and not parts.netloc.endswith(":"):
        port = DEFAULT_PORTS[scheme]
    if not port:
        raise UrlMalformed()
    return port


def _host(parts: SplitResult) -> str:
    """Return the host in its one ASCII form."""
    try:
        host = parts.hostname or ""
        if "%" in host or not host:
            raise UrlMalformed()
        if parts.netloc.startswith("["):
            return str(ip_address(host))
        host = idna.encode(host, uts46=True, std3_rules=True).decode("ascii").removesuffix(".")
    except ValueError:  # idna's errors among them
        raise UrlMalformed() from None
    # 2130706433, 0x7f.1, 0177.0.0.1 and 127.1 are 127.0.0.1 to some programs, names to others.
    last = host.rpartition(".")[2]
    if last.isdigit() or last.startswith("0x"):
        try:
            return str(ip_address(host))
        except ValueError:
            raise UrlMalformed() from None
    return host


def _addresses(host: str, port: int, resolve: Resolve) -> list[Address]:
    try:
        return [ip_address(host)]
    except ValueError:
        pass
    if host == "localhost" or host.endswith(".localhost"):  # RFC 6761, whatever a resolver says
        return [ip_address("127.0.0.1")]
    try:
        found = [ip_address(text.partition("%")[0]) for text in resolve(host, port)]
    except (OSError, TimeoutError, UnicodeError, ValueError):
        raise UrlHostUnknown(host=host) from None
    if not found:
        raise UrlHostUnknown(host=host)
    return found
