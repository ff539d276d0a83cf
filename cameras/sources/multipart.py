"""Cuts multipart/x-mixed-replace into its JPEGs without decoding any (RFC 2046, section 5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cameras.jpeg import MOST_BYTES
from cameras.reasons import SourceFailed

MOST_PART_HEAD = 8 * 1024
_BOUNDARY = re.compile(r'boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;]{1,200}))', re.IGNORECASE)


def boundary_of(content_type: str) -> bytes:
    """Return the boundary a content type names, without the dashes that go before it.

    Raises:
        SourceFailed: It is no multipart type with a boundary.
    """
    found = _BOUNDARY.search(content_type)
    if not content_type.lower().lstrip().startswith("multipart/") or found is None:
        raise SourceFailed("not_mjpeg")
    # Many cameras name the boundary with the dashes that belong before it, some without.
    return (found[1] or found[2]).lstrip("-").encode("latin-1", "replace")


class PartReader:
    """The parts of one stream.

    Args:
        boundary: As `boundary_of` returns it.
        most_bytes: Of one part.
    """

    def __init__(self, boundary: bytes, most_bytes: int = MOST_BYTES) -> None:
        self._mark = b"--" + boundary
        self._most_bytes = most_bytes
        self._kept = bytearray()
        self._searched = 0
        # None while a head is awaited; below 0 where the part does not say how long it is.
        self._length: int | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield every part that is whole by now.

        Raises:
            SourceFailed: A head without end, a part too large, or no multipart at all.
        """
        self._kept += data
        while True:
            if self._length is None and not self._read_head():
                return
            part = self._known() if (self._length or 0) >= 0 else self._unknown()
            if part is None:
                return
            self._length, self._searched = None, 0
            if part:
                yield part

    def _read_head(self) -> bool:
        kept = self._kept
        start = kept.find(self._mark)
        if start < 0:
            if len(kept) > MOST_PART_HEAD:
                raise SourceFailed("not_mjpeg")
            return False
        line_end = kept.find(b"\n", start)
        stop = start + MOST_PART_HEAD
        ends = [
            found + len(mark)
            for mark in (b"\r\n\r\n", b"\n\n")
            if line_end >= 0 and (found := kept.find(mark, line_end - 1, stop)) >= 0
        ]
        if not ends:
            if len(kept) - start > MOST_PART_HEAD:
                raise SourceFailed("header_too_long")
            return False
        self._length = self._length_of(bytes(kept[line_end : min(ends)]))
        del kept[: min(ends)]
        return True

    def _length_of(self, head: bytes) -> int:
        for line in head.split(b"\n"):
            name, _, value = line.partition(b":")
            if name.strip().lower() == b"content-length":
                text = value.strip()
                if not text.isdigit() or len(text) > 12:
                    raise SourceFailed("not_mjpeg")
                if int(text) > self._most_bytes:
                    raise SourceFailed("part_too_large")
                return int(text)
        return -1

    def _known(self) -> bytes | None:
        length = self._length or 0
        if len(self._kept) < length:
            return None
        with memoryview(self._kept) as view:
            part = bytes(view[:length])
        del self._kept[:length]
        return part

    def _unknown(self) -> bytes | None:
        end = self._kept.find(self._mark, self._searched)
        if end < 0:
            if len(self._kept) > self._most_bytes:
                raise SourceFailed("part_too_large")
            self._searched = max(0, len(self._kept) - len(self._mark))
            return None
        with memoryview(self._kept) as view:
            part = bytes(view[:end])
        del self._kept[:end]
        return part.rstrip(b"\r\n")
