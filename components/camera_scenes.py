"""The page of scenes: all of a community as a table, and one camera's ground to draw them on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from dash import dcc, html

from components.approval_list import hidden
from components.attributes import dashed
from components.door_form import (
    action_button,
    choice_field,
    door_form,
    line_field,
    sheet,
    table,
)
from components.wording import local_name, named, text
from rules.scenes import DIRECTIONS, KINDS, WITH_LINE, clock_of

Row = dict[str, Any]
PATH = "/camera-scenes"


class Counted(Protocol):
    """What became of the alarms of the last 30 days."""

    @property
    def raised(self) -> int:
        """All of them."""

    @property
    def found(self) -> int:
        """Detections in them."""

    @property
    def closed_real(self) -> int:
        """Those closed as real."""

    @property
    def closed_false(self) -> int:
        """Those closed as false."""

    @property
    def closed_test(self) -> int:
        """Those closed as a test."""


@dataclass(frozen=True, slots=True)
class SceneView:
    """What the page shows of a community.

    Attributes:
        community_id: The community.
        states: How each scene is watched, by scene_id; empty where no cameras are read.
        counted: What became of the alarms a scene was seen in, by scene_id.
        of_cameras: What became of the alarms of all scenes of a camera, by device_id.
    """

    community_id: str
    states: Mapping[str, str]
    counted: Mapping[str, Counted]
    of_cameras: Mapping[str, Counted]

    def address(self, **more: str) -> str:
        """The page's address, with a camera and a scene where they are given."""
        asked = {"community": self.community_id, **more}
        return f"{PATH}?" + "&".join(f"{name}={value}" for name, value in asked.items())


def all_sheet(view: SceneView, rows: Sequence[Row], cameras: Sequence[Row]) -> html.Section:
    """Every scene of a community and the choice of a camera.

    Args:
        view: The community.
        rows: Rows of data/sql/scene/listed.sql.
        cameras: Rows of data/sql/camera/list.sql.
    """
    heads = ("camera", "name", "kind", "state", "false")
    lines: list[html.Tr] = []
    before = ""
    for row in rows:
        cells = [
            _camera_cell(view, row, first=row["device_id"] != before),
            row["name"],
            named("scene_kind", row["kind"]),
            _state(view, row["scene_id"]),
            _verdicts(view.counted.get(row["scene_id"])),
        ]
        lines.append(html.Tr([html.Td(cell) for cell in cells]))
        before = row["device_id"]
    listed = table([text(f"scenes.{head}") for head in heads], lines, text("scenes.all"))
    none = html.P(text("scenes.none"), className="door-hint")
    return sheet(text("scenes.all"), _chooser(view, cameras), listed if lines else none)


def drawing_sheet(
    view: SceneView, camera: Row, rows: Sequence[Row], chosen: Row | None
) -> html.Section:
    """The ground of a camera with its scenes, and the form of the one that is drawn.

    Args:
        view: The community.
        camera: device_id, name_zh and name_en.
        rows: Rows of data/sql/scene/of_camera.sql.
        chosen: The one of them that is changed; None for a new one.
    """
    device_id = camera["device_id"]
    # assets/scene_draw.js fills the stage and keeps the form's points.
    stage = html.Div(
        className="scene-stage on-pictures",
        key=f"stage-{device_id}",
        role="group",
        **dashed(data_ground=f"/cameras/{device_id}/ground.jpg", aria_label=text("scenes.stage")),
    )
    heading = text("scenes.changing", name=chosen["name"]) if chosen else text("scenes.draw")
    back = html.A(text("scenes.back"), href=view.address(), className="quiet")
    return sheet(
        f"{local_name(camera)} · {heading}",
        html.P(text("scenes.how"), className="door-hint"),
        html.Div([stage, _drawn(view, device_id, rows, chosen)], className="scene-drawing"),
        html.P(text("scenes.ground"), className="door-hint"),
        aside=back,
    )


def camera_sheet(view: SceneView, device_id: str, rows: Sequence[Row]) -> html.Section:
    """The scenes of one camera: how each does, to change, to learn anew and to remove."""
    if not rows:
        return sheet(text("scenes.all"), html.P(text("scenes.none_here"), className="door-hint"))
    heads = [text(f"scenes.{head}") for head in ("name", "kind", "hours", "state", "false")]
    lines = [_line(view, device_id, row) for row in rows]
    listed = table([*heads, ""], lines, text("scenes.all"))
    return sheet(text("scenes.all"), _of_camera(view, device_id), listed)


def _line(view: SceneView, device_id: str, row: Row) -> html.Tr:
    memory = [hidden("community", view.community_id), hidden("camera", device_id)]
    memory.append(hidden("version", row["version"]))
    buttons = [
        door_form(
            memory,
            action_button(action, text(f"scenes.{action}"), text(f"scenes.{action}_sure")),
            object_id=row["scene_id"],
            style="inline",
            key=f"{action}-{row['version']}",
        )
        for action in ("relearn", "remove")
    ]
    change = html.A(
        text("scenes.change"),
        href=view.address(camera=device_id, scene=row["scene_id"]),
        className="quiet",
    )
    cells = [
        row["name"],
        named("scene_kind", row["kind"]),
        _hours(row),
        _state(view, row["scene_id"]),
        _verdicts(view.counted.get(row["scene_id"])),
        html.Div([change, *buttons], className="scene-deeds"),
    ]
    return html.Tr([html.Td(cell) for cell in cells])


def _drawn(view: SceneView, device_id: str, rows: Sequence[Row], chosen: Row | None) -> html.Div:
    """The form of the scene that is drawn, with the others for the script to show beside it."""
    version = chosen["version"] if chosen else ""
    others = [row for row in rows if chosen is None or row["scene_id"] != chosen["scene_id"]]
    form = door_form(
        [
            hidden("community", view.community_id),
            hidden("camera", device_id),
            hidden("version", version),
            *_fields(chosen),
        ],
        action_button("save", text("scenes.save"), main=True),
        object_id=chosen["scene_id"] if chosen else "",
        key=f"scene-{version}-{'-'.join(row['version'] for row in rows)}",
    )
    return html.Div(
        form,
        **dashed(
            data_scene_form=",".join(WITH_LINE),
            data_others=json.dumps(
                [{"name": row["name"], "points": json.loads(row["points"])} for row in others]
            ),
        ),
        key=f"drawn-{version}-{len(rows)}-{rows[-1]['version'] if rows else ''}",
    )


def _fields(chosen: Row | None) -> list[Any]:
    row: Row = chosen or {}
    kinds = [(kind, named("scene_kind", kind)) for kind in KINDS]
    ways = [(way, named("scene_direction", way)) for way in DIRECTIONS]
    always = row.get("open_minute") is None
    first = "" if always else clock_of(row["open_minute"])
    last = "" if always else clock_of(row["close_minute"])
    sensitivity = f"{100 * row.get('sensitivity', 0.5):.0f}"
    return [
        dcc.Input(type="hidden", name="points", value=row.get("points", "[]")),
        choice_field("kind", text("scenes.kind"), kinds, row.get("kind", "occupancy")),
        line_field("name", text("scenes.name"), row.get("name", ""), text("scenes.name_hint"), 60),
        choice_field("direction", text("scenes.direction"), ways, row.get("direction", "any")),
        line_field("seconds", text("scenes.seconds"), f"{row.get('seconds', 60.0):g}", longest=6),
        line_field("first", text("scenes.first"), first, text("scenes.hours_hint"), 5),
        line_field("last", text("scenes.last"), last, longest=5),
        line_field("sensitivity", text("scenes.sensitivity"), sensitivity,
                   text("scenes.sensitivity_hint"), 3),
    ]  # fmt: skip


def _chooser(view: SceneView, cameras: Sequence[Row]) -> html.Form:
    known = [html.Option(local_name(row), value=row["device_id"]) for row in cameras]
    chosen = html.Select(
        [html.Option(text("scenes.choose"), value=""), *known], name="camera", className="choice"
    )
    return html.Form(
        [
            dcc.Input(type="hidden", name="community", value=view.community_id),
            html.Label([html.Span(text("scenes.camera")), chosen], className="audit-field"),
            html.Div(
                html.Button(text("scenes.open"), type="submit", className="primary"),
                className="audit-filter-buttons",
            ),
        ],
        method="GET",
        action=PATH,
        className="audit-filter",
        **dashed(data_goes="there"),
    )


def _camera_cell(view: SceneView, row: Row, *, first: bool) -> list[Any]:
    """The camera, and with its first scene what became of all its alarms."""
    name, device_id = local_name(row), row["device_id"]
    link = html.A(name, href=view.address(camera=device_id)) if name else "—"
    return [link, _of_camera(view, device_id)] if first else [link]


def _of_camera(view: SceneView, device_id: str) -> html.P:
    words = _verdicts(view.of_cameras.get(device_id))
    return html.P(text("scenes.of_camera", words=words), className="door-hint")


def _state(view: SceneView, scene_id: str) -> html.Span:
    state = view.states.get(scene_id, "off")
    words = named("scene_state", state)
    return html.Span(words, className="scene-state", **dashed(data_state=state))


def _verdicts(counted: Counted | None) -> str:
    if counted is None:
        return text("scenes.no_alarms")
    return text(
        "scenes.verdicts",
        raised=counted.raised,
        found=counted.found,
        real=counted.closed_real,
        wrong=counted.closed_false,
        test=counted.closed_test,
    )


def _hours(row: Row) -> str:
    if row["open_minute"] is None:
        return text("scenes.always")
    return f"{clock_of(row['open_minute'])}–{clock_of(row['close_minute'])}"
