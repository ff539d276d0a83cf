"""Reads how large a JPEG says it is, before anything decodes it (ITU-T T.81, annex B)."""

from __future__ import annotations

MOST_BYTES = 8 * 1024 * 1024
# Cameras of 24 megapixels exist; a bomb of 200 would take a gigabyte to decode.
MOST_PIXELS = 25_000_000
_MOST_SEGMENTS = 256
# Start of frame, all kinds; C4, C8 and CC are tables.
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_START_OF_SCAN, _END = 0xDA, 0xD9


class NotJpeg(ValueError):
    """The bytes are no JPEG with a size."""


class PictureTooLarge(ValueError):
    """More pixels than anything of ours decodes."""


def jpeg_size(data: bytes | bytearray | memoryview) -> tuple[int, int]:
    """Return width and height in pixels; reads the header only.

    Raises:
        NotJpeg: Something else, or cut off before its size.
        PictureTooLarge: More than MOST_PIXELS.
    """
    if len(data) < 4 or data[0] != 0xFF or data[1] != 0xD8:
        raise NotJpeg
    at, end = 2, len(data)
    for _ in range(_MOST_SEGMENTS):
        while at < end - 1 and data[at] == 0xFF and data[at + 1] == 0xFF:
            at += 1  # fill bytes may stand before a marker
        if at + 9 > end or data[at] != 0xFF:
            raise NotJpeg
        marker = data[at + 1]
        if marker in _FRAMES:
            height = data[at + 5] << 8 | data[at + 6]
            width = data[at + 7] << 8 | data[at + 8]
            if not width or not height:
                raise NotJpeg
            if width * height > MOST_PIXELS:
                raise PictureTooLarge
            return width, height
        if marker in (_START_OF_SCAN, _END):
            raise NotJpeg
        length = data[at + 2] << 8 | data[at + 3]
        if length < 2:
            raise NotJpeg
        at += 2 + length
    raise NotJpeg
