"""`camera list | test`: which cameras are on record, and whether one answers."""

from __future__ import annotations

import json
from dataclasses import asdict

from actions.access import CLI
from actions.cameras.glimpse import HubMissing
from actions.cameras.testing import try_camera
from commands.context import Context
from rules.errors import RuleViolation

# Sentences of cameras/reasons.py for whoever stands at a terminal.
REASONS: dict[str, str] = {
    "address": "Its address leads to a network that outgoing_networks does not list, or nowhere.",
    "connect_failed": "Nothing answers at its address: switched off, another address, a firewall.",
    "decoder": "What it sends cannot be decoded.",
    "ended": "Its stream ended.",
    "file_missing": "The film is not in <var>/films.",
    "file_outside": "The film lies outside <var>/films.",
    "header_too_long": "What answers there is no camera: its answer's head does not end.",
    "http_status": "It answers with an error; look at the path of its address.",
    "no_frame": "It is connected but sends no picture.",
    "no_source": "It has no record with an address yet.",
    "no_video": "Its stream has no video.",
    "not_found": "It knows no such path; look at the maker's manual for the path of the stream.",
    "not_jpeg": "What it sends is no JPEG.",
    "not_mjpeg": "What it sends is no MJPEG stream; enter it as another kind of source.",
    "part_too_large": "One picture is larger than any camera's.",
    "picture_too_large": "Its pictures have too many pixels; choose the sub-stream.",
    "redirected": "It sends us on to an address we do not follow.",
    "server_error": "It answers that something is wrong with itself.",
    "tls_failed": "Its certificate is not accepted.",
    "too_many_redirects": "It sends us in circles.",
    "too_slow": "It sends so slowly that no picture is ever whole.",
    "unauthorized": "It refuses the name or password on record.",
    "worker": "The process that decodes has just been restarted; try again.",
}


def run_camera_list(context: Context, community_id: str) -> int:
    """Print one JSON line per camera, without its address."""
    for row in context.store.rows("camera/list", community_id=community_id):
        context.out(json.dumps(row, ensure_ascii=False, default=str))
    return 0


def run_camera_test(context: Context, camera_id: str) -> int:
    """Look at a camera once, in the running app, and say why where it does not answer.

    Returns:
        0 when a picture came, 1 when none did, 2 where it could not be tried.
    """
    try:
        verdict = try_camera(context.store, context.audit, CLI, camera_id)
    except HubMissing:
        context.err("The app is not running here, or its settings switch the cameras off.")
        return 2
    except RuleViolation:
        context.err(f"There is no camera {camera_id}.")
        return 2
    context.out(json.dumps(asdict(verdict)))
    if verdict.answers:
        size = f"{verdict.width} × {verdict.height}"
        context.err(f"A picture of {size} came after {verdict.waited_s:.1f} s.")
        return 0
    context.err(REASONS.get(verdict.reason, verdict.reason))
    return 1
