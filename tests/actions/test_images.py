"""Uploaded pictures: hostile ones are refused with a code, good ones lose all but the picture."""

from __future__ import annotations

import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from actions import images
from actions.images import ImageRefused, clean_image
from components.wording import text

RED, WHITE = (200, 30, 30), (255, 255, 255)
SECRET = b"SECRET-113.4046"


def picture(
    mode: str = "RGB", size: tuple[int, int] = (40, 20), colour: object = RED
) -> Image.Image:
    return Image.new(mode, size, colour)  # type: ignore[arg-type]


def saved(image: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **more)  # type: ignore[arg-type]
    return file.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(BytesIO(jpeg))
    image.load()
    return image


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes = b"", more: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + more + body


def jpeg_head(width: int, height: int) -> bytes:
    """A JPEG whose head announces a size and whose picture never comes."""
    frame = struct.pack(">BHHB", 8, height, width, 3) + b"\x01\x11\x00\x02\x11\x00\x03\x11\x00"
    return b"\xff\xd8\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"


def exif(orientation: int = 1) -> bytes:
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = SECRET.decode()
    found[0x8825] = {1: "N", 2: (33.0, 18.0, 15.1)}  # the place
    return found.tobytes()


def animated(kind: str) -> bytes:
    frames = [picture(colour=(90 * n, 0, 200 - 90 * n)) for n in range(3)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:])


def zipped() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("x.js", SECRET)
    return file.getvalue()


GOOD = saved(picture())
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "image_format"),
    "text": (lambda: b"hello", "image_format"),
    "html": (lambda: b"<script>alert(1)</script>", "image_format"),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "image_format"),
    "gif": (lambda: saved(picture("P", colour=1), "GIF"), "image_format"),
    "animated gif": (lambda: animated("GIF"), "image_format"),
    "bmp": (lambda: saved(picture(), "BMP"), "image_format"),
    "tiff": (lambda: saved(picture(), "TIFF"), "image_format"),
    "icon": (lambda: saved(picture(size=(16, 16)), "ICO"), "image_format"),
    "postscript": (lambda: saved(picture(), "EPS"), "image_format"),
    "pdf": (lambda: saved(picture(), "PDF"), "image_format"),
    "pdf before a jpeg": (lambda: b"%PDF-1.4\n" + GOOD, "image_format"),
    "zip": (zipped, "image_format"),
    "program": (lambda: b"MZ" + b"\x00" * 200, "image_format"),
    "riff that is sound": (lambda: b"RIFF\x00\x00\x00\x00WAVEfmt ", "image_format"),
    "the beginning alone": (lambda: b"\xff\xd8\xff", "image_broken"),
    "jpeg cut in the head": (lambda: GOOD[:200], "image_broken"),
    "jpeg cut in the middle": (lambda: saved(picture(size=(900, 900)))[:-900], "image_broken"),
    "png cut": (lambda: saved(picture(size=(99, 99)), "PNG")[:-30], "image_broken"),
    "webp cut": (lambda: saved(picture(size=(300, 300)), "WEBP")[:-40], "image_broken"),
    "png of no width": (lambda: png(0, 10), "image_broken"),
    "png of no height": (lambda: png(10, 0), "image_broken"),
    "jpeg of no height": (lambda: jpeg_head(10, 0), "image_broken"),
    "png with a wrong sum": (lambda: png(4, 4)[:29] + b"\x00" * 4 + png(4, 4)[33:], "image_broken"),
    "png without its data": (lambda: png(500, 500, b"\x00" * 7), "image_broken"),
    "png bomb": (lambda: png(60_000, 60_000, b"\x00" * 1_000_000), "image_too_many_pixels"),
    "png a little too large": (lambda: png(10_000, 4_001), "image_too_many_pixels"),
    "png as wide as it can say": (lambda: png(2**31 - 1, 1), "image_too_many_pixels"),
    "jpeg bomb": (lambda: jpeg_head(65_535, 65_535), "image_too_many_pixels"),
    "text bomb": (
        lambda: png(
            1, 1, b"\x00" * 4, chunk(b"zTXt", b"k\x00\x00" + zlib.compress(b"a" * 90_000_000))
        ),
        "image_broken",
    ),
    "animated png": (lambda: animated("PNG"), "image_animated"),
    "animated webp": (lambda: animated("WEBP"), "image_animated"),
    "too many bytes": (lambda: b"\xff\xd8" + b"\x00" * images.MOST_BYTES, "image_too_large"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_good_picture_is_refused_with_a_code_and_soon(name: str) -> None:
    made, code = HOSTILE[name]
    started = time.monotonic()
    with pytest.raises(ImageRefused) as refusal:
        clean_image(made())
    assert refusal.value.code == code
    assert time.monotonic() - started < 5
    for language in ("zh-CN", "en"):
        said = text(f"error.{code}", language, **refusal.value.fields)
        assert "{" not in said and code not in said


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_camera_comment_profile_and_what_hides_behind_are_gone(kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more: dict[str, object] = {"exif": exif(), "icc_profile": profile}
    if kind == "JPEG":
        more["comment"] = SECRET
        more["xmp"] = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    if kind == "PNG":
        told = PngImagePlugin.PngInfo()
        told.add_text("Comment", SECRET.decode())
        more["pnginfo"] = told
    raw = saved(picture(), kind, **more) + zipped()
    assert SECRET in raw
    clean = clean_image(raw)
    assert SECRET not in clean.jpeg and b"PK\x03\x04" not in clean.jpeg
    image = opened(clean.jpeg)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (40, 20))
    assert not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)
    assert len(image.getexif()) == 0
    markers = {clean.jpeg[at + 1] for at in range(len(clean.jpeg)) if clean.jpeg[at] == 0xFF}
    assert not {0xE1, 0xE2, 0xED, 0xFE} & markers  # EXIF and XMP, profile, IPTC, comment


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright(orientation: int) -> None:
    upright = picture(size=(64, 32), colour=WHITE)
    upright.paste(RED, (0, 0, 16, 16))  # red at the top left
    back = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    turn = images.TURNS.get(back)
    held = upright.transpose(turn) if turn is not None else upright
    clean = clean_image(saved(held, "JPEG", exif=exif(orientation), quality=95))
    image = opened(clean.jpeg)
    assert image.size == (64, 32)
    corner = image.getpixel((6, 6))
    assert isinstance(corner, tuple) and corner[1] < 90
    assert all(image.getpixel(at)[1] > 200 for at in ((60, 4), (4, 28), (60, 28)))  # type: ignore[index]


def test_damaged_metadata_do_not_spoil_the_picture() -> None:
    raw = saved(picture(), "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff" + b"\x99" * 30)
    assert clean_image(raw).width == 40


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(
            lambda: saved(picture("CMYK", colour=(0, 255, 255, 0))), (254, 0, 0), id="cmyk"
        ),
        pytest.param(lambda: saved(picture("L", colour=90)), (90, 90, 90), id="grey"),
        pytest.param(lambda: saved(picture("1", colour=1), "PNG"), WHITE, id="one bit"),
        pytest.param(
            lambda: saved(picture("I;16", colour=0x8080), "PNG"), (128, 128, 128), id="16 bits"
        ),
        pytest.param(
            lambda: saved(picture("RGBA", colour=(255, 0, 0, 0)), "PNG"), WHITE, id="clear"
        ),
        pytest.param(
            lambda: saved(picture("RGBA", colour=(0, 0, 0, 128)), "WEBP", lossless=True),
            (127, 127, 127),
            id="half clear",
        ),
        pytest.param(lambda: saved(picture("LA", colour=(0, 0)), "PNG"), WHITE, id="clear grey"),
        pytest.param(
            lambda: saved(picture("RGB", colour=RED), "PNG", transparency=RED), WHITE, id="keyed"
        ),
        pytest.param(
            lambda: saved(picture("RGB", colour=RED).quantize(8), "PNG"), RED, id="palette"
        ),
    ],
)
def test_every_kind_of_colour_comes_out_as_it_looks(
    raw: Callable[[], bytes], expected: tuple[int, int, int]
) -> None:
    found = opened(clean_image(raw()).jpeg).getpixel((20, 10))
    assert isinstance(found, tuple)
    assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= 4


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((6000, 4000), (2560, 1707)),
        ((3000, 4000), (1920, 2560)),
        ((2560, 1), (2560, 1)),
        ((40_000, 10), (2560, 1)),
        ((1, 1), (1, 1)),
    ],
)
def test_a_large_picture_is_made_smaller_and_keeps_its_shape(
    size: tuple[int, int], expected: tuple[int, int]
) -> None:
    clean = clean_image(saved(picture(size=size), "JPEG" if size[0] < 65_000 else "PNG"))
    assert (clean.width, clean.height) == expected == opened(clean.jpeg).size


def test_a_phone_s_second_picture_is_left_out() -> None:
    raw = saved(picture(), "MPO", save_all=True, append_images=[picture(colour=WHITE)])
    image = opened(clean_image(raw).jpeg)
    assert image.format == "JPEG"
    assert image.getpixel((5, 5))[1] < 90  # type: ignore[index]


def test_limits_can_be_set() -> None:
    with pytest.raises(ImageRefused, match="image_too_many_pixels"):
        clean_image(GOOD, most_pixels=799)
    with pytest.raises(ImageRefused, match="image_too_large"):
        clean_image(GOOD, most_bytes=len(GOOD) - 1)
    assert clean_image(GOOD, most_bytes=len(GOOD), most_pixels=800).width == 40
