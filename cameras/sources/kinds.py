"""Which module reads which kind of source; each is imported when its kind is first asked for."""

from __future__ import annotations

import asyncio
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
    name = f"cameras.sources.{_MODULES[feeding.source.kind]}"
    # Decoders take half a second to load the first time, in which the others want to go on.
    module = await asyncio.to_thread(importlib.import_module, name)
    await cast(Callable[[Feeding], Awaitable[None]], module.run)(feeding)
