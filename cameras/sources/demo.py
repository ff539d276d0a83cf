"""A camera of the demo community: a scene drawn as long as somebody watches."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

import simplejpeg

from cameras.rendering.scene import Scene
from cameras.sources.feeding import Feeding, Picture
from cameras.sources.shrinking import luma_of_bgr

_WIDTHS = (320, 480, 640, 960, 1280)
_QUALITY = 80
_MOST_FPS = 15.0


async def run(feeding: Feeding) -> None:
    """Give pictures until the task is cancelled; drawing one takes about a millisecond."""
    name = feeding.source.url or feeding.source.camera_id
    scene: Scene | None = None
    while True:
        begun = time.monotonic()
        width = next((each for each in _WIDTHS if each >= feeding.wish.width), _WIDTHS[-1])
        if scene is None or scene.width != width:
            scene = await asyncio.to_thread(Scene, name, width)
        if feeding.due():
            picture = scene.draw(datetime.now(UTC).astimezone())
            luma = luma_of_bgr(picture) if feeding.look_due() else None
            jpeg = simplejpeg.encode_jpeg(picture, _QUALITY, "BGR", "420", fastdct=True)
            feeding.give(Picture(jpeg, scene.width, scene.height, luma))
        interval_s = 1 / min(feeding.wish.fps, _MOST_FPS)
        await asyncio.sleep(max(0.0, begun + interval_s - time.monotonic()))
