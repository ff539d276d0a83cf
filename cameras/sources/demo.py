"""A camera of the demo community: a scene drawn as long as somebody watches."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime

import cv2
import simplejpeg

from cameras.demo_faults import DemoFault, fault_of
from cameras.reasons import SourceFailed
from cameras.rendering.scene import Scene
from cameras.rendering.shapes import Canvas
from cameras.sources.feeding import Feeding, Picture
from cameras.sources.shrinking import luma_of_bgr

_WIDTHS = (320, 480, 640, 960, 1280)
_QUALITY = 80
_MOST_FPS = 15.0
# What was covered from the first picture on would be taken for the scene.
_COVERED_EVERY_S, _CLEAR_S = 120.0, 40.0


async def run(feeding: Feeding) -> None:
    """Give pictures until the task is cancelled; drawing one takes about a millisecond."""
    name = feeding.source.url or feeding.source.camera_id
    fault, scene, kept = fault_of(name), None, None
    while True:
        begun = time.monotonic()
        width = next((each for each in _WIDTHS if each >= feeding.wish.width), _WIDTHS[-1])
        if scene is None or scene.width != width:
            scene, kept = await asyncio.to_thread(Scene, name, width), None
        if fault == "stalled":
            await asyncio.sleep(feeding.timing.restart_s)
            raise SourceFailed("no_frame")
        if feeding.due():
            if kept is None or fault != "frozen":
                now = datetime.now(UTC).astimezone()
                kept = _with_fault(scene.draw(now), fault, now)
            luma = luma_of_bgr(kept) if feeding.look_due() else None
            jpeg = simplejpeg.encode_jpeg(kept, _QUALITY, "BGR", "420", fastdct=True)
            feeding.give(Picture(jpeg, scene.width, scene.height, luma))
        interval_s = 1 / min(feeding.wish.fps, _MOST_FPS)
        await asyncio.sleep(max(0.0, begun + interval_s - time.monotonic()))


def _with_fault(picture: Canvas, fault: DemoFault, now: datetime) -> Canvas:
    if fault == "black":
        picture[:] = 0
    elif fault == "covered" and now.timestamp() % _COVERED_EVERY_S > _CLEAR_S:
        # What a hand or a bag before the lens looks like: soft, dark, without edges.
        small = cv2.resize(picture, (4, 3), interpolation=cv2.INTER_AREA)
        size = picture.shape[1], picture.shape[0]
        soft = cv2.resize(small, size, interpolation=cv2.INTER_CUBIC)
        picture[:] = cv2.addWeighted(soft, 0.25, soft, 0.1, 12)
    return picture
