"""Draws believable pictures of a yard: reflecting surfaces, lamps, cars, rain, camera noise, JPEG.

Picture = reflectance times light, so that a beam of light shows the ground's own texture and a
shadow keeps it, as in a real picture.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 320, 180
Plane = NDArray[np.float32]
Luma = NDArray[np.uint8]
FAR = 62  # row where the yard begins and the building ends
ROWS, COLUMNS = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)


def grain(random: np.random.Generator, sigma: float, shape: tuple[int, int]) -> Plane:
    """Smooth noise of mean 0 and deviation 1."""
    rough = random.standard_normal(shape).astype(np.float32)
    smooth = cv2.GaussianBlur(rough, (0, 0), sigma) if sigma > 0 else rough
    return np.asarray((smooth - smooth.mean()) / (smooth.std() + 1e-6), np.float32)


def yard(random: np.random.Generator) -> Plane:
    """Reflectance of a yard without anybody: building, hedge, asphalt with marks, paving."""
    shape = (HEIGHT, WIDTH)
    ground = 0.36 + 0.022 * grain(random, 0.7, shape) + 0.02 * grain(random, 2.5, shape)
    ground += 0.03 * grain(random, 14, shape)
    for _ in range(10):  # cracks and patches
        start = random.uniform((0, FAR), (WIDTH, HEIGHT))
        turns = np.cumsum(random.normal(0, 7, (6, 2)), axis=0) + start
        cv2.polylines(ground, [turns.astype(np.int32)], False, 0.27, 1, cv2.LINE_AA)
    ground[150:, :] += 0.05 * (((ROWS[150:] // 8 + COLUMNS[150:] // 12) % 2) - 0.5)
    for x in range(40, WIDTH, 70):  # bays
        foot = (x + 34 * (x - 160) // 160, 175)
        cv2.line(ground, (x, 100), foot, 0.75, 2, cv2.LINE_AA)
    cv2.line(ground, (0, 98), (WIDTH, 98), 0.72, 2, cv2.LINE_AA)
    wall = 0.5 + 0.015 * grain(random, 0.8, shape)
    wall += 0.04 * ((ROWS % 6) < 1)
    for x in range(12, WIDTH, 36):
        wall[16:38, x : x + 20] = 0.16 + 0.04 * grain(random, 3, (22, 20))
    hedge = 0.2 + 0.07 * grain(random, 1.3, shape)
    ground[:FAR] = wall[:FAR]
    ground[FAR - 14 : FAR, :130] = hedge[FAR - 14 : FAR, :130]
    ground[FAR : FAR + 2] = 0.62
    return np.asarray(np.clip(ground, 0.03, 0.98), np.float32)


def infrared_yard(reflectance: Plane) -> Plane:
    """The same yard in infrared: leaves bright, windows and paint otherwise, contrast lower."""
    other = 0.25 + 0.55 * reflectance
    other[FAR - 14 : FAR, :130] = 0.95 - reflectance[FAR - 14 : FAR, :130]
    other[16:38] = 0.8 - 0.6 * reflectance[16:38]
    return np.asarray(np.clip(other, 0.03, 0.98), np.float32)


def car(random: np.random.Generator, length: int = 96, paint: float = 0.55) -> tuple[Plane, Plane]:
    """A car from its side, (height, length): its reflectance and its cover of each pixel."""
    height = int(length * 0.42)
    scale = 8
    body = np.full((height * scale, length * scale), paint, np.float32)
    cover = np.zeros_like(body)

    def area(points: list[tuple[float, float]]) -> NDArray[np.int32]:
        size = (length * scale, height * scale)
        return np.array([(x * size[0], y * size[1]) for x, y in points], np.int32)

    hull = [(0.01, 0.5), (0.06, 0.4), (0.24, 0.36), (0.36, 0.04), (0.7, 0.04), (0.86, 0.36)]
    hull += [(0.98, 0.44), (0.99, 0.8), (0.01, 0.8)]
    cv2.fillPoly(cover, [area(hull)], 1.0)
    shade = np.linspace(1.2, 0.6, height * scale, dtype=np.float32)[:, None]
    body *= shade
    glass = 0.1 + 0.12 * float(random.random())
    cv2.fillPoly(body, [area([(0.29, 0.36), (0.38, 0.1), (0.51, 0.1), (0.51, 0.36)])], glass)
    cv2.fillPoly(body, [area([(0.54, 0.36), (0.54, 0.1), (0.68, 0.1), (0.8, 0.36)])], glass * 1.3)
    cv2.polylines(body, [area([(0.52, 0.36), (0.52, 0.78)])], False, paint * 0.5, 6)
    cv2.polylines(body, [area([(0.04, 0.5), (0.97, 0.5)])], False, paint * 1.3, 8)
    cv2.fillPoly(body, [area([(0.95, 0.48), (0.99, 0.5), (0.99, 0.6), (0.95, 0.58)])], 0.95)
    for x in (0.2, 0.8):
        centre = (int(x * length * scale), int(0.8 * height * scale))
        for radius, tone in ((0.19, 0.06), (0.11, 0.45), (0.04, 0.1)):
            cv2.circle(body, centre, int(radius * height * scale), tone, -1)
        cv2.circle(cover, centre, int(0.19 * height * scale), 1.0, -1)
    size = (length, height)
    drawn = cv2.resize(body, size, interpolation=cv2.INTER_AREA)
    return np.clip(drawn, 0.03, 0.98), np.asarray(cv2.resize(cover, size), np.float32)


def pallet(random: np.random.Generator, length: int = 62) -> tuple[Plane, Plane]:
    """A pallet with boxes and film on it: its reflectance and cover."""
    height = int(length * 0.62)
    boxes = 0.5 + 0.03 * grain(random, 1.0, (height, length))
    for x in range(0, length, 15):
        boxes[:, x : x + 1] = 0.28
    for y in range(0, height - 6, 11):
        boxes[y : y + 1] = 0.3
    boxes[height - 6 :] = 0.33
    boxes[height - 4 : height - 1, ::9] = 0.08
    return boxes.astype(np.float32), np.ones_like(boxes, np.float32)


def person(height: int = 34) -> tuple[Plane, Plane]:
    """A figure on foot: no face, a dark coat, its cover."""
    width = height // 2
    body = np.full((height, width), 0.12, np.float32)
    cover = np.zeros_like(body)
    middle = width // 2
    cv2.ellipse(cover, (middle, height * 2 // 5), (width // 4, height // 4), 0, 0, 360, 1.0, -1)
    cv2.circle(cover, (middle, height // 9), height // 10, 1.0, -1)
    cv2.rectangle(cover, (middle - 3, height // 2), (middle + 3, height - 1), 1.0, -1)
    body[: height // 5] = 0.5
    body[height * 3 // 5 :] = 0.22
    return body, cover


def put(target: Plane, thing: tuple[Plane, Plane], x: float, y: float) -> None:
    """Lay a thing with its upper left corner at (x, y), between pixels too; outside is cut off."""
    body, cover = thing
    left, top = int(np.floor(x)), int(np.floor(y))
    part = np.array([[1, 0, x - left], [0, 1, y - top]], np.float32)
    size = (body.shape[1] + 1, body.shape[0] + 1)
    edge = cv2.BORDER_REPLICATE
    body = np.asarray(cv2.warpAffine(body, part, size, borderMode=edge), np.float32)
    cover = np.asarray(cv2.warpAffine(cover, part, size), np.float32)
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(WIDTH, left + size[0]), min(HEIGHT, top + size[1])
    if x1 <= x0 or y1 <= y0:
        return
    inner = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
    seen = target[y0:y1, x0:x1]
    seen += cover[inner] * (body[inner] - seen)


def pool(x: float, y: float, wide: float, high: float) -> Plane:
    """Light of a lamp on the ground, 1 in its middle."""
    far = ((COLUMNS - x) / wide) ** 2 + ((ROWS - y) / high) ** 2
    return np.asarray(np.exp(-0.5 * far), np.float32)


def beam(x: float, y: float, ahead: float) -> Plane:
    """Light of headlights at (x, y) that shine to the right (ahead > 0) or to the left."""
    along = (COLUMNS - x) * np.sign(ahead)
    wide = 7.0 + 0.22 * np.maximum(along, 0)
    across = np.exp(-0.5 * ((ROWS - y) / wide) ** 2)
    fading = np.where(along > 0, np.exp(-along / abs(ahead)), np.exp(along / 3.0))
    return np.asarray(across * fading, np.float32)


def rain(random: np.random.Generator, picture: Plane, strength: float) -> None:
    """Draw falling drops, lit by what light there is."""
    for _ in range(int(90 * strength)):
        x, y = random.uniform((0, -10), (WIDTH, HEIGHT))
        long = random.uniform(6, 14)
        end = (int(x - 0.15 * long), int(y + long))
        tone = float(picture[min(HEIGHT - 1, max(0, int(y))), int(x)]) + random.uniform(15, 45)
        cv2.line(picture, (int(x), int(y)), end, tone, 1, cv2.LINE_AA)


def exposed(
    random: np.random.Generator, reflectance: Plane, light: Plane, *, noise: float, quality: int
) -> Luma:
    """Make a picture of it: exposure curve, noise that grows with light, JPEG and back."""
    linear = np.clip(reflectance * light, 0.0, 1.0)
    picture = 255.0 * np.power(linear, 0.62, dtype=np.float32)
    picture += noise * (0.7 + picture / 300.0) * random.standard_normal(picture.shape, np.float32)
    return compressed(np.clip(picture, 0, 255).astype(np.uint8), quality)


def compressed(picture: Luma, quality: int) -> Luma:
    """Return it after JPEG coding and decoding."""
    _, coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)
