"""Posts JSON to a checked address and to no other (actions/outgoing.py); follows no redirect."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache

import httpx

from actions.outgoing import CheckedUrl, Resolve, check_url, system_resolve

ANSWER_BYTES = 8_192
STEP_S = 10.0  # ours: longest wait for a connection, for sending, and for the answer's head


@dataclass(frozen=True, slots=True)
class Guard:
    """Where messages may go beside public addresses.

    Attributes:
        networks: The setting `outgoing_networks`.
        ports: The setting `outgoing_ports`.
        resolve: Returns the addresses of a name.
    """

    networks: tuple[str, ...] = ()
    ports: tuple[int, ...] = ()
    resolve: Resolve = system_resolve

    def check(
        self, url: str, schemes: Collection[str] = ("https", "http"), ports: Collection[int] = ()
    ) -> CheckedUrl:
        """Return an address that may be connected to now.

        Args:
            url: The address.
            schemes: Schemes that are of use.
            ports: Ports of that use, beside the usual and the allowed ones.

        Raises:
            AddressRefused: One of its subclasses; tell its sentence.
        """
        return check_url(
            url,
            schemes=schemes,
            allowed_networks=self.networks,
            allowed_ports=(*self.ports, *ports),
            resolve=self.resolve,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try.

    Attributes:
        error: Why it failed, a code of ERRORS; None where the far end took it.
        http_status: What the far end answered; None where it did not or where it is no web server.
        rest_s: Seconds the far end wants between two messages.
    """

    error: str | None = None
    http_status: int | None = None
    rest_s: float = 0.0

    @property
    def sent(self) -> bool:
        """True where the far end took it."""
        return self.error is None

    @property
    def down(self) -> bool:
        """True where the far end itself fails, so that others waiting for it need not try."""
        return self.error in ("unreachable", "timeout", "server_error", "busy", "not_accepted")

    @property
    def hopeless(self) -> bool:
        """True where no further try can help."""
        return self.error in ("target_removed", "key_missing")


# Words for each are in components/wording/notify.py.
ERRORS = (
    "unreachable",
    "timeout",
    "server_error",
    "busy",
    "refused",
    "not_accepted",
    "address_refused",
    "target_removed",
    "key_missing",
)
_BUSY = (408, 425, 429)


def post_json(
    checked: CheckedUrl,
    body: bytes,
    headers: Mapping[str, str],
    read: Callable[[bytes], Outcome] | None = None,
) -> Outcome:
    """Post a body to an address that was checked just now; blocks, so call it in a thread.

    Args:
        checked: Where; its name is not resolved again.
        body: What, as UTF-8 JSON.
        headers: Sent beside Host and the length; names its content type.
        read: Says what the body of an answer 2xx means, of which it gets the first ANSWER_BYTES;
            without it the status alone counts.
    """
    address = f"[{checked.address}]" if ":" in checked.address else checked.address
    pinned = f"{checked.scheme}://{address}:{checked.port}{checked.target}"
    try:
        with _client() as client:
            request = client.build_request(
                "POST",
                pinned,
                content=body,
                headers={**headers, "Host": checked.authority},
                extensions={"sni_hostname": checked.host},
            )
            answer = client.send(request, stream=True)
            said = _beginning(answer) if read is not None else b""
            answer.close()
    except httpx.TimeoutException:
        return Outcome("timeout")
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return Outcome("unreachable")
    outcome = outcome_of(answer.status_code)
    return read(said) if read is not None and outcome.sent else outcome


def _beginning(answer: httpx.Response) -> bytes:
    """The first bytes of an answer; one that never ends is not waited for."""
    kept = b""
    for part in answer.iter_bytes(ANSWER_BYTES):
        kept += part
        if len(kept) >= ANSWER_BYTES:
            break
    return kept[:ANSWER_BYTES]


def _client() -> httpx.Client:
    # trust_env would send it through a proxy that resolves anew.
    return httpx.Client(
        timeout=STEP_S, follow_redirects=False, trust_env=False, verify=_authorities()
    )


@cache
def _authorities() -> ssl.SSLContext:
    # kept: reading the certificates anew would cost every message
    return httpx.create_ssl_context(trust_env=False)


def outcome_of(status: int) -> Outcome:
    """Read an HTTP status: 2xx is taken, 5xx and a busy server are tried again as a whole."""
    if 200 <= status < 300:
        return Outcome(None, status)
    if status in _BUSY:
        return Outcome("busy", status)
    return Outcome("server_error" if status >= 500 else "refused", status)
