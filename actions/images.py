"""Turns an uploaded picture into one of our own: decoded within bounds, turned upright, bare.

What leaves here was written by our encoder: no position, camera or time (EXIF, XMP), no comment, no
colour profile, and nothing that was hidden beside the picture. Nothing of the upload itself is kept
(DOMAIN §3: a photo of a case must not tell more than the case).
"""

from __future__ import annotations

import threading
import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from rules.errors import RuleViolation

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 40_000_000  # phones take 12 to 50 million; a decoded pixel takes up to 4 bytes
LONG_EDGE = 2560
QUALITY = 85
FORMATS = ("JPEG", "PNG", "WEBP")
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
# Phones write a second picture or a brightness map behind a JPEG ("MPO"); the first counts.
STILL = frozenset({"JPEG", "MPO"})
ORIENTATION = 0x0112  # EXIF 2.32, table 5
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Each decoding may take 200 MB for a moment.
_turn = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class CleanImage:
    """A picture that may be kept and shown.

    Attributes:
        jpeg: Baseline JPEG, RGB, without metadata.
        width: Pixels, upright.
        height: Pixels, upright.
    """

    jpeg: bytes
    width: int
    height: int


class ImageRefused(RuleViolation):
    """The upload is not a picture we take; the sender is told why."""

    code = "image_refused"


class ImageTooLarge(ImageRefused):
    """More bytes than one picture may have."""

    code = "image_too_large"


class ImageTooManyPixels(ImageRefused):
    """More pixels than are decoded, as its own head says."""

    code = "image_too_many_pixels"


class ImageFormatUnknown(ImageRefused):
    """Not JPEG, PNG or WebP, whatever its name says."""

    code = "image_format"


class ImageAnimated(ImageRefused):
    """More than one picture in it."""

    code = "image_animated"


class ImageBroken(ImageRefused):
    """Cut off or damaged."""

    code = "image_broken"


def clean_image(
    raw: bytes, most_bytes: int = MOST_BYTES, most_pixels: int = MOST_PIXELS
) -> CleanImage:
    """Return an upload decoded and encoded anew; at most two at a time, so it may wait.

    Takes up to a second or two: call it in a thread. Colours of a wide profile are read as sRGB.

    Args:
        raw: The upload.
        most_bytes: Longest upload.
        most_pixels: Most pixels its head may announce; checked before anything is decoded.

    Raises:
        ImageRefused: One of its subclasses; tell the sender its sentence.
    """
    if len(raw) > most_bytes:
        raise ImageTooLarge(most_mb=round(most_bytes / 1024 / 1024, 1))
    with _turn:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of oversized pictures; the next lines refuse them
                return _clean(raw, most_pixels)
        except ImageRefused:
            raise
        except Exception as failure:  # a hostile file can make a decoder raise anything at all
            raise ImageBroken() from failure


def _clean(raw: bytes, most_pixels: int) -> CleanImage:
    try:
        image = Image.open(BytesIO(raw), formats=FORMATS)
    except Image.DecompressionBombError:
        raise ImageTooManyPixels(most_megapixels=most_pixels // 1_000_000) from None
    except UnidentifiedImageError:
        if raw.startswith(BEGINNINGS) and (raw[:4] != b"RIFF" or raw[8:12] == b"WEBP"):
            raise ImageBroken() from None
        raise ImageFormatUnknown() from None
    with image:
        if image.width * image.height > most_pixels:
            raise ImageTooManyPixels(most_megapixels=most_pixels // 1_000_000)
        if min(image.size) < 1:
            raise ImageBroken()
        if image.format not in STILL and getattr(image, "n_frames", 1) > 1:
            raise ImageAnimated()
        turn = TURNS.get(_orientation(image))
        if image.format in STILL:
            # A JPEG can be decoded at a half or a quarter, which is all that is kept of it.
            image.draft("RGB", (LONG_EDGE, LONG_EDGE))
        image.load()
        upright = image.transpose(turn) if turn is not None else image
        return _encoded(_opaque(upright))


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - damaged metadata are no reason to refuse the picture
        return 1


def _opaque(image: Image.Image) -> Image.Image:
    """The same picture in 8-bit RGB on white."""
    if image.mode.startswith("I"):  # 16 bits of grey; converting as it is would clip it to white
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        ground = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(ground, clear).convert("RGB")
    return image.convert("RGB")


def _encoded(image: Image.Image) -> CleanImage:
    image.thumbnail((LONG_EDGE, LONG_EDGE), Image.Resampling.LANCZOS)
    # A new image carries no metadata along; the encoder would write an old one's comment.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    written = BytesIO()
    bare.save(written, "JPEG", quality=QUALITY)
    return CleanImage(written.getvalue(), bare.width, bare.height)
