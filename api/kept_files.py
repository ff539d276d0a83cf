"""Answers files that never change from memory: a page asks for fifty of them, and each would be
read, compressed and passed through ten layers. Only what is asked for by its fingerprint is kept.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 32 * 1024 * 1024
ASSETS, SUITES = "/assets/", "/_dash-component-suites/"
IMMUTABLE = b"max-age=31536000"  # how Dash marks a library that is asked for by its fingerprint
Key = tuple[str, bytes, bool]


@dataclass
class _Answer:
    """A whole answer, as it was sent once."""

    start: Message | None = None
    body: bytearray = field(default_factory=bytearray)
    whole: bool = False

    def is_kept(self, path: str) -> bool:
        """Whether it is the file itself, for everybody and for ever."""
        if not self.whole or self.start is None or self.start["status"] != 200:
            return False
        headers = dict(self.start["headers"])
        for_ever = IMMUTABLE in headers.get(b"cache-control", b"") or path.startswith(ASSETS)
        return for_ever and b"set-cookie" not in headers


class KeptFiles:
    """ASGI middleware before the application, behind the guards; the longest unused go first."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._kept: OrderedDict[Key, _Answer] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass on and remember the answer."""
        key = _key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        kept = self._kept.get(key)
        if kept is not None and kept.start is not None:
            self._kept.move_to_end(key)
            headers = list(kept.start["headers"])  # layers outside add to it
            await send({**kept.start, "headers": headers})
            await send({"type": "http.response.body", "body": bytes(kept.body)})
            return
        answer = _Answer()

        async def send_and_remember(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.start = {**message, "headers": list(message["headers"])}
            elif message["type"] == "http.response.body":
                answer.body += message.get("body", b"")
                answer.whole = not message.get("more_body", False)
            await send(message)

        await self._app(scope, receive, send_and_remember)
        if answer.is_kept(scope["path"]):
            self._keep(key, answer)

    def _keep(self, key: Key, answer: _Answer) -> None:
        before = self._kept.pop(key, None)  # two asked at once
        self._bytes += len(answer.body) - (len(before.body) if before else 0)
        self._kept[key] = answer
        while self._bytes > MOST_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.body)


def _key(scope: Scope) -> Key | None:
    """Path, query and whether the browser takes gzip; None where the answer may differ."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return None
    path, query = scope["path"], scope["query_string"]
    # Dash adds the time of an asset's file as `m`
    if not (path.startswith(SUITES) or (path.startswith(ASSETS) and query.startswith(b"m="))):
        return None
    headers = Headers(scope=scope)
    if "range" in headers or "if-none-match" in headers or "if-modified-since" in headers:
        return None
    return path, query, "gzip" in headers.get("accept-encoding", "")
