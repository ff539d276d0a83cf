"""Writes the cameras of a week: figures with n and definition, and the worst of them."""

from __future__ import annotations

from components.wording import local_name, named, text
from exports.week_sheets import Cell, Sheets
from rules.camera_availability import CameraWeek, SeenCamera, camera_lines

_WORST = ("device", "available", "hours", "place", "fault", "fault_hours")


def camera_table(sheets: Sheets, found: CameraWeek) -> None:
    """Add the sheet of the cameras."""
    rows: list[list[Cell]] = []
    rates: list[int] = []
    for line in camera_lines(found):
        definition = text(f"week.define_{line.code}")
        if line.code == "cameras":
            rows.append([text(f"week.figure_{line.code}"), line.n, None, definition])
            continue
        rates.append(len(rows))
        rate: Cell = text("week.no_rate") if line.rate is None else line.rate
        rows.append([text(f"week.figure_{line.code}"), rate, round(line.n, 1), definition])
    if found.worst:
        rows += [[], [text("week.worst_cameras")], [text(f"week.column_{c}") for c in _WORST]]
        rates += range(len(rows), len(rows) + len(found.worst))
        rows += [_worst(camera) for camera in found.worst]
    heads = [text(f"week.column_{code}") for code in ("figure", "value", "n", "definition")]
    sheet = sheets.table(text("week.sheet_cameras"), heads, rows, rate_rows=rates)
    sheet.set_column(0, 0, 30)


def _worst(camera: SeenCamera) -> list[Cell]:
    names = {"name_zh": camera.name_zh, "name_en": camera.name_en}
    places = {"place_zh": camera.place_zh, "place_en": camera.place_en}
    fault = camera.seen.main_fault
    return [
        local_name(dict(names)) or camera.device_id,
        camera.seen.rate,
        round(camera.seen.observed_s / 3_600, 1),
        local_name(dict(places), stem="place") or None,
        named("camera_outcome", fault) if fault else None,
        round(camera.seen.seconds.get(fault, 0.0) / 3_600, 1) if fault else None,
    ]
