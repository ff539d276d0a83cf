"""The mosaic of camera pictures and its controls; assets/mosaic*.js fill both, on wall and desk."""

from __future__ import annotations

from dash import html

from components import ids
from components.attributes import dashed
from components.frame import said
from components.wording import text


def mosaic() -> html.Div:
    """Where the pictures stand; one of a page. Dark in both themes, as pictures are."""
    return html.Div(id=ids.MOSAIC, className="mosaic on-pictures")


def mosaic_controls() -> html.Div:
    """Number of tiles, group, pause and turning by hand; hidden while there is no camera."""
    return html.Div(
        id=ids.MOSAIC_CONTROLS,
        className="mosaic-controls",
        hidden=True,
        role="toolbar",
        **dashed(aria_label=text("mosaic.controls")),
    )


def cameras_panel() -> html.Section:
    """The wall's panel of cameras: title, which group is shown, controls, pictures."""
    return html.Section(
        [
            html.Header(
                [
                    said("wall.cameras", html.H2),
                    html.Span(id=ids.CAMERAS_NOTE, className="panel-note"),
                    mosaic_controls(),
                ],
                className="panel-head",
            ),
            mosaic(),
        ],
        className="panel panel-cameras",
    )


def cameras_page() -> html.Div:
    """The desk's page of cameras, which fills the window."""
    return html.Div(
        [
            html.Div(
                [
                    said("mosaic.title", html.H1),
                    html.Span(id=ids.CAMERAS_NOTE, className="panel-note"),
                    mosaic_controls(),
                ],
                className="cameras-bar",
            ),
            mosaic(),
        ],
        className="cameras",
    )
