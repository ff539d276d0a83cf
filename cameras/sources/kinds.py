"""Which module reads which kind of source; each is imported when its kind is first asked for."""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable
from typing import cast

from cameras.model import SourceKind
from cameras.sources.feeding import Feeding

_MODULES: dict[SourceKind, str] = {
    "mjpeg": "mjpeg",
    "snapshot": "snapshot",
    "rtsp": "rtsp",
    "file": "film",
    "demo": "demo",
    "phone": "phone",
}


async def run_source(feeding: Feeding) -> None:
    """Give pictures until the source ends or fails, or the task is cancelled.

    Raises:
        SourceFailed: Why there are no more of them.
    """
    module = importlib.import_module(f"cameras.sources.{_MODULES[feeding.source.kind]}")
    await cast(Callable[[Feeding], Awaitable[None]], module.run)(feeding)
