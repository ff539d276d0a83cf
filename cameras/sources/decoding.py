"""Decodes a video in a thread of its own and makes JPEGs of the frames that are due (ADR 0027).

PyAV with one thread per camera, no loop filter, planes to simplejpeg without going through RGB: the
cheapest of what was measured. Nothing here logs: texts of the decoder hold addresses and passwords.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import av
import av.logging
import cv2
import numpy as np
import simplejpeg
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from cameras.jpeg import MOST_PIXELS
from cameras.reasons import Reason, SourceFailed
from cameras.sources.feeding import Feeding, Luma, Picture
from cameras.sources.shrinking import luma_of_plane

av.logging.set_level(av.logging.PANIC)
_QUALITY = 80
_FULL_RANGE = 2  # AVCOL_RANGE_JPEG
_MOST_BROKEN = 300  # frames in a row; a stream that lost a packet recovers within one of its GOPs
_LAG_S, _CAUGHT_UP_S = 1.0, 0.3
_DRIFT = 0.002  # seconds a second that a camera's clock may be off without counting as lag


@dataclass(frozen=True, slots=True)
class Video:
    """What to open.

    Attributes:
        url: For libavformat; may hold a password.
        format: Its demuxer; None to find out.
        options: Of the demuxer.
        played: True for a film, which has to be slowed down to its own time.
    """

    url: str = field(repr=False)
    format: str | None
    options: dict[str, str]
    played: bool = False


async def decode(feeding: Feeding, video: Video) -> None:
    """Give the frames of a video until it ends; leaves its thread to end by itself when cancelled.

    Raises:
        SourceFailed: `no_video`, `picture_too_large`, `decoder` or `no_frame`.
    """
    loop = asyncio.get_running_loop()
    over: asyncio.Future[Reason | None] = loop.create_future()
    stop = threading.Event()

    def finish(reason: Reason | None) -> None:
        if not over.done():
            over.set_result(reason)

    def work() -> None:
        reason: Reason | None = "decoder"
        try:
            _Decoder(feeding, video, stop, loop).run()
            reason = None
        except SourceFailed as failed:
            reason = failed.reason
        except Exception as failure:  # noqa: BLE001 - libav fails in many ways; one camera's matter
            reason = "no_frame" if isinstance(failure, TimeoutError | OSError) else "decoder"
        finally:
            if not stop.is_set():
                _tell(loop, lambda: finish(reason))

    threading.Thread(target=work, name="decode", daemon=True).start()
    try:
        reason = await over
    finally:
        stop.set()
    if reason is not None:
        raise SourceFailed(reason)


class _Decoder:
    """One video from its opening to its end, all in one thread: containers cannot be shared."""

    def __init__(
        self,
        feeding: Feeding,
        video: Video,
        stop: threading.Event,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._feeding, self._video, self._stop, self._loop = feeding, video, stop, loop
        self._pace, self._maker = _Time(video.played), PictureMaker()

    def run(self) -> None:
        timing = self._feeding.timing
        with av.open(
            self._video.url,
            format=self._video.format,
            options=self._video.options,
            timeout=(timing.connect_s, timing.restart_s),
        ) as container:
            self._frames(container, _stream_of(container))

    def _frames(self, container: InputContainer, stream: VideoStream) -> None:
        broken, whole = 0, True
        for packet in container.demux(stream):
            if self._stop.is_set():
                return
            wish = self._feeding.wish
            # After leaving packets out, the next that can be decoded is a whole picture.
            behind = self._pace.behind(packet.pts, stream)
            if wish.keyframes or behind or not whole:
                whole = packet.is_keyframe and not (wish.keyframes or behind)
                if not packet.is_keyframe:
                    continue
            try:
                frames = packet.decode()
            except av.FFmpegError:
                broken += 1
                if broken > _MOST_BROKEN:
                    raise SourceFailed("decoder") from None
                continue
            for frame in frames:
                broken = 0
                if self._video.played and not self._pace.wait(frame.time, self._stop):
                    return
                if self._feeding.due():
                    self._give(frame)

    def _give(self, frame: VideoFrame) -> None:
        feeding = self._feeding
        picture = self._maker.made(frame, feeding.wish.width, feeding.look_due())
        _tell(self._loop, lambda: self._feeding.give(picture))


class _Time:
    """How late we are with a live stream, and how early with a film."""

    def __init__(self, played: bool) -> None:
        self._played = played
        self._least: float | None = None
        self._at = time.monotonic()
        self._late = False
        self._begun: tuple[float, float] | None = None

    def behind(self, pts: int | None, stream: VideoStream) -> bool:
        """Say whether packets pile up: what is shown must not grow older and older."""
        if self._played or pts is None or stream.time_base is None:
            return False
        now = time.monotonic()
        offset_s = now - float(pts * stream.time_base)
        if self._least is None or abs(offset_s - self._least) > 60:
            self._least = offset_s  # the first packet, or the camera set its clock
        self._least = min(offset_s, self._least + _DRIFT * (now - self._at))
        self._at = now
        self._late = offset_s - self._least > (_CAUGHT_UP_S if self._late else _LAG_S)
        return self._late

    def wait(self, time_s: float | None, stop: threading.Event) -> bool:
        """Wait until a film's frame is due; False where the film is to end."""
        if time_s is None:
            return not stop.is_set()
        if self._begun is None:
            self._begun = time.monotonic(), time_s
        early_s = self._begun[0] + time_s - self._begun[1] - time.monotonic()
        return not stop.wait(min(early_s, 1.0)) if early_s > 0 else not stop.is_set()


class PictureMaker:
    """Makes JPEGs of the frames of one video; for one thread, as it keeps the scaler's tables."""

    def __init__(self) -> None:
        self._scaler = VideoReformatter()

    def made(self, frame: VideoFrame, width: int, look: bool) -> Picture:
        """Return a frame as a JPEG about `width` pixels wide, never wider than it is.

        Raises:
            SourceFailed: `picture_too_large`.
        """
        if frame.width * frame.height > MOST_PIXELS:
            raise SourceFailed("picture_too_large")
        wide, high = frame.width, frame.height
        if wide > 1.25 * width:
            wide, high = width, round(frame.height * width / frame.width)
        wide, high = max(2, wide // 2 * 2), max(2, high // 2 * 2)
        full = frame.format.name.startswith("yuvj") or frame.color_range == _FULL_RANGE
        kind = "yuvj420p" if full else "yuv420p"
        if frame.format.name != kind:
            frame = self._scaler.reformat(frame, wide, high, kind, interpolation="FAST_BILINEAR")
        tables = (None, None, None) if full else (_LUMA, _CHROMA, _CHROMA)
        sizes = (wide, high), (wide // 2, high // 2), (wide // 2, high // 2)
        parts = zip(frame.planes, sizes, tables, strict=True)
        planes = [_plane(plane, size, table) for plane, size, table in parts]
        jpeg = simplejpeg.encode_jpeg_yuv_planes(*planes, _QUALITY, fastdct=True)
        return Picture(jpeg, wide, high, luma_of_plane(planes[0]) if look else None)


def _plane(plane: VideoPlane, size: tuple[int, int], table: Luma | None) -> Luma:
    """Return a plane in another size (width, height) and range; a third of the scaler's time."""
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    seen = rows[: plane.height, : plane.width]
    if (plane.width, plane.height) != size:
        whole = plane.width % size[0] == 0 and plane.height % size[1] == 0
        how = cv2.INTER_AREA if whole else cv2.INTER_LINEAR
        seen = np.asarray(cv2.resize(seen, size, interpolation=how), np.uint8)
    if table is not None:
        seen = np.asarray(cv2.LUT(seen, table), np.uint8)
    return np.ascontiguousarray(seen, np.uint8)


def _stretched(zero: int, middle: int, span: int) -> Luma:
    levels = (np.arange(256) - zero) * 255 / span + middle
    return np.asarray(np.clip(np.round(levels), 0, 255), np.uint8)


# JPEG has full range; most video has 16 to 235 and would come out grey in grey. Tables do it in a
# tenth of the scaler's time.
_LUMA, _CHROMA = _stretched(16, 0, 219), _stretched(128, 128, 224)


def _stream_of(container: InputContainer) -> VideoStream:
    if not container.streams.video:
        raise SourceFailed("no_video")
    stream = container.streams.video[0]
    context = stream.codec_context
    if not context.width or not context.height:
        raise SourceFailed("no_video")
    if context.width * context.height > MOST_PIXELS:
        raise SourceFailed("picture_too_large")
    context.thread_count = 1
    context.options = {"skip_loop_filter": "all", "max_pixels": str(MOST_PIXELS)}
    return stream


def _tell(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    try:
        loop.call_soon_threadsafe(call)
    except RuntimeError:  # the loop is closed: the process ends
        return
