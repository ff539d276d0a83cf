"""The wall's frame as plain HTML: complete, escaped, without anything only Dash can do."""

from __future__ import annotations

import dash_leaflet as dl
from dash import html

from components.attributes import dashed
from components.first_paint import html_of
from components.wall_panels import wall_frame


def test_a_tree_of_elements_is_written_with_ids_classes_and_data_attributes() -> None:
    tree = html.Div([html.H2("片区", className="a"), None, html.Span(3, **dashed(data_say="x.y"))])
    assert html_of(tree) == '<div><h2 class="a">片区</h2><span data-say="x.y">3</span></div>'


def test_texts_and_attributes_cannot_break_out() -> None:
    tree = html.Div('<script>"&', title='"><i>')
    assert html_of(tree) == ('<div title="&quot;&gt;&lt;i&gt;">&lt;script&gt;&quot;&amp;</div>')


def test_hidden_elements_stay_hidden_and_shown_ones_shown() -> None:
    assert html_of(html.Div(hidden=True)) == "<div hidden></div>"
    assert html_of(html.Div(hidden=False)) == "<div></div>"


def test_a_component_of_another_library_leaves_its_room_only() -> None:
    assert html_of(dl.Map(id="m", className="c", children=[dl.TileLayer()])) == (
        '<div id="m" class="c"></div>'
    )


def test_the_whole_wall_is_there_before_dash() -> None:
    early = html_of(wall_frame("demo"))
    for needed in ('id="wall-figures"', 'id="ticker-top"', 'data-figure="overdue"'):
        assert needed in early
