"""A video file played in a loop, from the one folder where such files may lie."""

from __future__ import annotations

import asyncio
from pathlib import Path

from cameras.reasons import SourceFailed
from cameras.sources.decoding import Video, decode
from cameras.sources.feeding import Feeding

# Containers only: playlists would lead on to other files and hosts.
_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mjpeg,mpjpeg,h264,hevc"
_PAUSE_S = 0.2  # between two rounds, so that an empty film does not keep a core busy


async def run(feeding: Feeding) -> None:
    """Play the film again and again until the task is cancelled.

    Raises:
        SourceFailed: `file_outside`, `file_missing`, or what is wrong with the file.
    """
    path = await asyncio.to_thread(_checked, feeding.source.url, feeding.folder)
    options = {"protocol_whitelist": "file", "format_whitelist": _FORMATS}
    while True:
        await decode(feeding, Video(f"file:{path}", None, options, played=True))
        await asyncio.sleep(_PAUSE_S)


def _checked(url: str, folder: Path | None) -> Path:
    """Return the file, links followed."""
    if folder is None or not url:
        raise SourceFailed("file_outside")
    path = (folder / url).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise SourceFailed("file_outside")
    if not path.is_file():
        raise SourceFailed("file_missing")
    return path
