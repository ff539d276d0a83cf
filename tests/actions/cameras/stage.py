"""A community with two cameras on a demo stage, and a desk that may reach one private network."""

from __future__ import annotations

from typing import Any

from actions.cameras.register import CameraDesk, CameraDraft
from actions.intake.recording import record
from actions.notify.posting import Guard
from rules.records import DeviceRecord
from rules.viewer import Viewer
from tests.rights_stage import Stage, officer

ADDRESS = "rtsp://10.1.2.3:554/Streaming/Channels/102"
PASSWORD = "sesam-4711"
GUARD = Guard(("10.1.0.0/16",), (), resolve=lambda host, port: ["10.1.2.9"])


def camera(stage: Stage, number: int = 1, community_id: str = "demo", **more: Any) -> str:
    """Register a camera's device; returns its id."""
    row = DeviceRecord(
        **{
            "source_id": f"camera-{number:03d}",
            "kind": "camera",
            "name_zh": f"东门 {number}号",
            "lon": 113.4,
            "lat": 33.3,
            "heading_deg": 90.0,
            **more,
        }
    )
    result = record(stage.store, "devices", community_id, "t", [row]).result()[0]
    assert result.id is not None, result.error
    return result.id


def desk(stage: Stage, viewer: Viewer | None = None) -> CameraDesk:
    """The desk of whoever keeps the records."""
    asking = viewer or officer("admin")
    return CameraDesk(stage.store, stage.audit, stage.keyring, GUARD, asking, "demo")


def draft(device_id: str, version: str = "", **more: Any) -> CameraDraft:
    """A whole record as typed."""
    values = {"kind": "rtsp", "legal_class": "art9", "site": "gate", **more}
    typed = {
        name: values.pop(name, typical)
        for name, typical in (("address", ADDRESS), ("user", "viewer"), ("password", PASSWORD))
    }
    return CameraDraft(device_id, values, version=version, **typed)


def registered(stage: Stage, number: int = 1, **more: Any) -> str:
    """Register a camera with its record; returns its id."""
    device_id = camera(stage, number)
    desk(stage).save(draft(device_id, **more))
    return device_id
