"""`camera list` and `camera test`: nothing of an address, and a sentence for every reason."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

from actions.intake.recording import record
from cameras.reasons import Reason
from commands.cameras import REASONS, run_camera_list, run_camera_test
from data.store import Store
from rules.records import DeviceRecord
from tests.commands.shell import Shell


def test_every_reason_has_a_sentence() -> None:
    assert set(get_args(Reason)) | {"no_source"} == set(REASONS)


def test_cameras_are_listed_and_cannot_be_tested_without_the_app(
    store: Store, tmp_path: Path
) -> None:
    shell = Shell(store, tmp_path)
    row = DeviceRecord(source_id="c1", kind="camera", name_zh="东门")
    camera_id = record(store, "devices", "demo", "t", [row]).result()[0].id
    status, words = shell.run(run_camera_list, "demo")
    assert status == 0 and json.loads(words.lines[0])["device_id"] == camera_id
    status, words = shell.run(run_camera_test, camera_id)
    assert (status, words.lines) == (2, []) and "not running" in words.errors[0]
    assert shell.run(run_camera_test, "nothing")[0] == 2
