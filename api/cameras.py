"""Puts the pictures of the cameras into the application: register, directory, socket, streams."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import FastAPI

from actions.approvals import Approvals
from actions.cameras.viewing import Viewings
from api import camera_socket, camera_streams
from api.camera_directory import CameraDirectory
from api.camera_sockets import OpenSockets
from api.services import Services

router = camera_socket.router


def install(app: FastAPI, parts: Services) -> Viewings:
    """Serve the cameras of this application.

    Returns:
        The call register, to be started with the application and stopped with it.
    """
    approvals = Approvals(parts.store, parts.keyring, parts.audit, lambda: datetime.now(UTC))
    viewings = app.state.viewings = Viewings(approvals)
    app.state.camera_directory = CameraDirectory(parts.store)
    app.state.camera_sockets = OpenSockets()
    app.include_router(router)
    camera_streams.install(app)
    return viewings
