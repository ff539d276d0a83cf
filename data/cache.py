"""The one named door to flask-caching: large payloads kept compressed until they change.

A key carries the version of what it was made from, so nothing needs to be thrown away by hand;
the timeout only bounds memory.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from flask_caching import Cache

PLAN_S = 3600
MAP_S = 60
# Above this, level 9 costs three times the time for two per cent of the size.
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Payload:
    """A body ready to send.

    Attributes:
        etag: Quoted strong validator of the uncompressed body.
        compressed: The body, gzip.
    """

    etag: str
    compressed: bytes


class PayloadCache:
    """Keeps the newest payloads of one process; safe from any thread."""

    def __init__(self) -> None:
        self._cache = Cache(
            Flask("cache-holder"),
            config={"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": 32},
        )
        self._lock = threading.Lock()

    def get(self, key: str, timeout_s: int, build: Callable[[], bytes]) -> Payload:
        """Return the payload of `key`, building it once however many ask for it together.

        Args:
            key: Kind, community and version, e.g. "plan/demo/17".
            timeout_s: How long it is kept when nobody asks for a newer version.
            build: Makes the uncompressed body.
        """
        with self._lock:
            found: Payload | None = self._cache.get(key)
            if found is None:
                body = build()
                etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
                found = Payload(etag, gzip.compress(body, _LEVEL, mtime=0))
                self._cache.set(key, found, timeout=timeout_s)
            return found
