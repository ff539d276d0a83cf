"""Stills asked for a case, and boxes a person draws over faces and plates on its photos."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from components.approval_list import hidden
from components.attributes import dashed
from components.case_photos import photo_address
from components.door_form import (
    Option,
    action_button,
    choice_field,
    door_form,
    line_field,
    sheet,
)
from components.wording import named, text
from rules.approvals import REASON_CHARS
from rules.cameras import CHOSEN_PURPOSES

Row = Mapping[str, Any]


def still_sheet(case_id: str, cameras: Sequence[Option], key: str) -> html.Section:
    """Ask for a still of a camera, the nearest first."""
    purposes = [(code, named("purpose", code)) for code in CHOSEN_PURPOSES]
    form = door_form(
        [
            hidden("case", case_id),
            choice_field("camera", text("pictures.camera"), cameras),
            choice_field("purpose", text("pictures.purpose"), purposes),
            line_field("reason", text("pictures.reason"), longest=REASON_CHARS[1]),
        ],
        action_button("ask", text("pictures.ask"), main=True),
        key=f"still-{key}",
    )
    hint = html.P(text("pictures.still_hint"), className="door-hint")
    return sheet(text("pictures.still"), hint, form)


def cover_sheet(photos: Sequence[Row], case_id: str) -> html.Section:
    """Every original with a ground to draw boxes on."""
    originals = [row for row in photos if row["kind"] != "covered"]
    hint = html.P(text("pictures.cover_hint"), className="door-hint")
    if not originals:
        return sheet(text("pictures.cover"), html.P(text("pictures.none"), className="door-hint"))
    return sheet(text("pictures.cover"), hint, *(_editor(row, case_id) for row in originals))


def covered_sheet(photos: Sequence[Row], case_id: str) -> html.Section | None:
    """What is published of a case; None where nothing is."""
    copies = [row for row in photos if row["kind"] == "covered"]
    if not copies:
        return None
    return sheet(text("pictures.covered"), *(_copy(row, case_id) for row in copies))


def _editor(row: Row, case_id: str) -> html.Div:
    photo_id = row["photo_id"]
    # assets/photo_cover.js draws on this ground and writes the boxes into the form beside it.
    ground = html.Div(
        html.Img(
            src=photo_address(case_id, photo_id),
            alt=named("photo", row["kind"]),
            width=row["width"],
            height=row["height"],
        ),
        className="cover-ground",
        **dashed(data_cover=photo_id, data_remove=text("pictures.box_remove")),
    )
    form = door_form(
        [hidden("case", case_id), dcc.Input(type="hidden", name="boxes", value="")],
        action_button("cover", text("pictures.save"), main=True),
        action_button("nothing", text("pictures.nothing"), text("pictures.nothing_sure")),
        object_id=photo_id,
        style="inline",
        key=f"cover-{photo_id}",
    )
    return html.Div([ground, form], className="cover-editor", key=f"editor-{photo_id}")


def _copy(row: Row, case_id: str) -> html.Div:
    picture = html.Img(
        src=photo_address(case_id, row["photo_id"]),
        alt=named("photo", "covered"),
        width=row["width"],
        height=row["height"],
    )
    form = door_form(
        [hidden("case", case_id)],
        action_button("take_back", text("pictures.take_back"), text("pictures.take_back_sure")),
        object_id=row["photo_id"],
        style="inline",
        key=f"back-{row['photo_id']}",
    )
    return html.Div([picture, form], className="cover-editor", key=f"copy-{row['photo_id']}")
