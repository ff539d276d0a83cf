"""Reads an HTTP/1.1 answer as it arrives: a bounded head, then the body, de-chunked (RFC 9112)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cameras.reasons import SourceFailed

MOST_HEAD = 16 * 1024
_MOST_CHUNK_LINE = 256


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an answer.

    Attributes:
        status: HTTP status.
        headers: (name in lower case, value), in order.
    """

    status: int
    headers: list[tuple[str, str]] = field(repr=False)

    def get(self, name: str) -> str:
        """Return the first header of a name, empty where there is none."""
        return next((value for known, value in self.headers if known == name), "")

    def all(self, name: str) -> list[str]:
        """Return every header of a name."""
        return [value for known, value in self.headers if known == name]

    @property
    def chunked(self) -> bool:
        """True where the body comes in chunks."""
        return self.get("transfer-encoding").lower().endswith("chunked")


def head_of(data: bytes) -> Head:
    """Return the head that `data` is, up to its empty line.

    Raises:
        SourceFailed: It is none of HTTP/1.
    """
    lines = data.decode("latin-1").replace("\r\n", "\n").split("\n")
    version, _, rest = lines[0].partition(" ")
    code = rest[:3]
    # ICY is what some old cameras and radio servers answer.
    if not (version.startswith("HTTP/1.") or version == "ICY") or not code.isdigit():
        raise SourceFailed("http_status")
    headers = []
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if colon:
            headers.append((name.strip().lower(), value.strip()))
    return Head(int(code), headers)


class HeadReader:
    """Collects the head of an answer."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def feed(self, data: bytes) -> tuple[Head, bytes] | None:
        """Return head and first bytes of the body once it is whole.

        Raises:
            SourceFailed: It does not end, or is none.
        """
        self._kept += data
        ends = [
            (found, found + len(mark))
            for mark in (b"\r\n\r\n", b"\n\n")
            if (found := self._kept.find(mark, 0, MOST_HEAD)) >= 0
        ]
        if not ends:
            if len(self._kept) > MOST_HEAD:
                raise SourceFailed("header_too_long")
            return None
        end, body = min(ends)
        return head_of(bytes(self._kept[:end])), bytes(self._kept[body:])


class Dechunker:
    """Takes chunked coding away."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._left = 0
        self._after_chunk = False
        self.ended = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield the pieces of the body in `data`.

        Raises:
            SourceFailed: No chunked coding.
        """
        at, end = 0, len(data)
        while at < end and not self.ended:
            if self._left:
                piece = data[at : at + self._left]
                at += len(piece)
                self._left -= len(piece)
                self._after_chunk = not self._left
                yield piece
                continue
            stop = data.find(b"\n", at)
            self._line += data[at : stop if stop >= 0 else end]
            if len(self._line) > _MOST_CHUNK_LINE:
                raise SourceFailed("header_too_long")
            if stop < 0:
                return
            at = stop + 1
            self._begin(bytes(self._line).strip())
            self._line.clear()

    def _begin(self, line: bytes) -> None:
        if self._after_chunk and not line:
            self._after_chunk = False
            return
        try:
            self._left = int(line.partition(b";")[0], 16)
        except ValueError:
            raise SourceFailed("not_mjpeg") from None
        if self._left < 0:
            raise SourceFailed("not_mjpeg")
        self.ended = not self._left
