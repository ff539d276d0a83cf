"""Hundreds of MJPEG cameras in one process: `python -m bench.camera_farm <fps>` prints its port.

Every picture carries the moment it was sent, so that its age can be told at the other end.
"""

from __future__ import annotations

import asyncio
import itertools
import struct
import sys
import time

import cv2
import numpy as np
import simplejpeg
import uvloop

_HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=mark\r\n"
    b"Connection: close\r\n\r\n"
)
_STAMP = struct.Struct(">HHQ")  # a JPEG comment: marker, length, Unix milliseconds
BYTES = 36_000


def stamped_ms(jpeg: bytes) -> int:
    """Return when a picture of the farm was sent, Unix milliseconds."""
    return int(_STAMP.unpack_from(jpeg, 2)[2])


def _picture() -> bytes:
    """Return a JPEG of 640×360 and about 36 kB, as sub-streams of cameras have it."""
    draw = np.random.default_rng(2)
    soft = cv2.GaussianBlur(draw.integers(0, 255, (360, 640, 3), dtype=np.uint8), (0, 0), 1.6)
    picture = cv2.convertScaleAbs(soft, alpha=2.0, beta=-120)
    made = [simplejpeg.encode_jpeg(picture, q, "BGR", "420") for q in range(30, 96, 3)]
    return bytes(min(made, key=lambda jpeg: abs(len(jpeg) - BYTES)))


async def _serve(fps: float) -> None:
    picture, places = _picture(), itertools.count()

    async def camera(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(_HEAD)
            at = time.monotonic() + next(places) * 0.618 / fps % (1 / fps)
            while True:
                await asyncio.sleep(max(0.0, at - time.monotonic()))
                at += 1 / fps
                if writer.is_closing():
                    break
                stamp = _STAMP.pack(0xFFFE, 10, int(time.time() * 1_000))
                size = len(picture) + len(stamp)
                head = b"--mark\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % size
                writer.writelines((head, picture[:2], stamp, picture[2:], b"\r\n"))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the reader has left
        finally:
            writer.close()

    server = await asyncio.start_server(camera, "127.0.0.1", 0, backlog=1_000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(float(sys.argv[1])))
