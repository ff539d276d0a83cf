"""Puts the pictures of the cameras into the application: register, directory, socket, streams."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI

from actions.approvals import Approvals
from actions.cameras.viewing import Viewings
from api import alarm_pictures, camera_ground, camera_socket, camera_streams, detections
from api.camera_directory import CameraDirectory
from api.camera_sockets import OpenSockets
from api.services import Services

router = camera_socket.router


def install(app: FastAPI, parts: Services) -> None:
    """Serve the cameras of this application; the call register starts and stops with it."""
    approvals = Approvals(parts.store, parts.keyring, parts.audit, lambda: datetime.now(UTC))
    viewings = app.state.viewings = Viewings(approvals)
    app.state.camera_directory = CameraDirectory(parts.store)
    app.state.camera_sockets = OpenSockets()
    app.include_router(router)
    camera_streams.install(app)
    camera_ground.install(app)
    alarm_pictures.install(app)
    detections.install(app)
    inner = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        viewings.start()
        try:
            async with inner(app) as state:
                yield state
        finally:
            await asyncio.to_thread(viewings.stop)

    app.router.lifespan_context = lifespan
