"""The panel beside the map editor: forms of areas, places and devices, and what is left to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from components.attributes import dashed
from components.case_history import source_words
from components.navigation import nothing
from components.setup_form import (
    act,
    button,
    choice_field,
    long_field,
    said_field,
    setup_form,
    switch_field,
    text_field,
)
from components.setup_register import area_options, worker_options
from components.wording import local_name, named, text
from rules.coordinates import CRS
from rules.vocabulary import DEVICE_KINDS, FACILITY_KINDS, KEY_PLACE_KINDS, WORKER_KINDS

Row = Mapping[str, Any]
_PLACE_KINDS = ("building", *KEY_PLACE_KINDS, *FACILITY_KINDS)
_PARENTS = {"zone": ("community",), "grid": ("community", "zone")}
_MANUAL = "manual"


def welcome(
    gaps: Sequence[Row], areas: Sequence[Row], unplaced: Sequence[Row], centred: bool
) -> list[Any]:
    """What the panel shows while nothing is chosen: gaps, areas, and what has no position yet.

    Args:
        gaps: Rows geometry, area_m2 of what no grid covers.
        areas: Rows of setup/areas.
        unplaced: Rows of setup/unplaced.
        centred: Whether the community's centre is known; without it that comes first.
    """
    if not centred:
        return [
            nothing(text("setup_map.empty_title"), text("setup_map.empty_hint")),
            centre_form({}),
        ]
    grids = any(area["level"] == "grid" and area["drawn"] for area in areas)
    words = text("setup_map.no_grids")
    if grids and gaps:
        total = sum(gap["area_m2"] for gap in gaps)
        words = text("setup_map.gaps_n", n=len(gaps), area_m2=f"{total:,}")
    elif grids:
        words = text("setup_map.no_gaps")
    lines: list[Any] = [
        nothing(text("setup_map.welcome_title"), text("setup_map.welcome_hint")),
        html.P(
            [html.B(text("setup_map.gaps")), " ", words],
            className="setup-gaps",
            **dashed(data_some=str(bool(grids and gaps)).lower()),
        ),
    ]
    if areas:
        items = [
            ("area", a["area_id"], f"{named('area', a['level'])} · {local_name(dict(a))}")
            for a in areas
        ]
        lines.append(_list(text("setup_map.areas", n=len(areas)), "", items))
    if unplaced:
        items = [
            (r["noun"], r["id"], f"{named(r['noun'], r['kind'])} · {local_name(dict(r))}")
            for r in unplaced
        ]
        title = text("setup_map.unplaced", n=len(unplaced))
        lines.append(_list(title, text("setup_map.unplaced_hint"), items))
    return lines


def centre_form(community: Row) -> html.Form:
    """The centre of the community, clicked or typed."""
    return setup_form(
        [_note(), *_typed_position(True)],
        button("centre", text("setup.save"), "main"),
        noun="community",
        object_id=community.get("community_id", ""),
        version=community.get("version", ""),
        label=text("setup_map.centre"),
    )


def area_form(row: Row, areas: Sequence[Row], workers: Sequence[Row], area_m2: int) -> list[Any]:
    """The form of an area.

    Args:
        row: State of the area; a new one has a level and no area_id.
        areas: Rows of setup/areas, to choose what it belongs to.
        workers: Rows of setup/workers, to choose its leader.
        area_m2: Its size, 0 where it is not drawn.
    """
    level, area_id = row["level"], row.get("area_id", "")
    fields: list[Any] = [
        _note(),
        text_field("name_zh", row.get("name_zh"), needed=True),
        text_field("name_en", row.get("name_en")),
        text_field("code", row.get("code")),
    ]
    if level in _PARENTS:
        parents = [o for o in area_options(areas, _PARENTS[level]) if o[0] != area_id]
        hint = text("setup_hint.parent") if level == "grid" else ""
        fields.append(
            choice_field(
                "parent_id", parents, row.get("parent_id"), none=text("setup.none"), hint=hint
            )
        )
    fields += [
        choice_field(
            "leader_worker_id",
            worker_options(workers),
            row.get("leader_worker_id"),
            none=text("setup.none"),
        ),
        text_field("households", row.get("households"), longest=7),
        text_field("residents", row.get("residents"), longest=7),
    ]
    if area_m2:
        fields.append(said_field("area", text("setup_map.area_m2", n=f"{area_m2:,}")))
    if level in _PARENTS:
        fields.append(switch_field("fit", True))
    fields.append(_typed_corners())
    form = setup_form(
        fields,
        *_buttons(bool(area_id), redraw=True),
        noun="area",
        object_id=area_id,
        version=row.get("event_id", ""),
        kind=level,
        label=named("area", level),
    )
    return [_title(row, text("setup_map.new_area", level=named("area", level))), _origin(row), form]


def object_form(noun: str, row: Row, places: Sequence[Row]) -> list[Any]:
    """The form of a place or device.

    Args:
        noun: place or device.
        row: Its state; a new one has a kind and no id.
        places: Rows of setup/place_choices, for a device.
    """
    object_id = row.get(f"{noun}_id", "")
    fields: list[Any] = [
        _note(),
        choice_field("kind", [(k, named(noun, k)) for k in _kinds(noun, row)], row["kind"]),
        text_field("name_zh", row.get("name_zh"), needed=True),
        text_field("name_en", row.get("name_en")),
        *(_place_fields(row) if noun == "place" else _device_fields(row, places)),
    ]
    if row.get("lon") is not None:
        where = f"{row['lon']:.6f}, {row['lat']:.6f}"
        fields.append(said_field("position", where))
    fields.append(
        html.Details(
            [html.Summary(text("setup_map.typed")), *_typed_position(False)],
            className="setup-more",
        )
    )
    form = setup_form(
        fields,
        *_buttons(bool(object_id)),
        noun=noun,
        object_id=object_id,
        version=row.get("event_id", ""),
        label=named(noun, row["kind"]),
    )
    return [
        _title(row, text("setup_map.new_object", kind=named(noun, row["kind"]))),
        _origin(row),
        form,
    ]


def _kinds(noun: str, row: Row) -> Sequence[str]:
    """Kinds to choose from: a camera stays a camera, and a road of the plan a road."""
    if noun == "place":
        return _PLACE_KINDS if row["kind"] in _PLACE_KINDS else (row["kind"],)
    if not row.get("device_id"):
        return DEVICE_KINDS
    camera = row["kind"] == "camera"
    return ("camera",) if camera else tuple(k for k in DEVICE_KINDS if k != "camera")


def _place_fields(row: Row) -> list[Any]:
    fields: list[Any] = [
        choice_field(
            "contact_role",
            [(kind, named("worker", kind)) for kind in WORKER_KINDS],
            row.get("contact_role"),
            none=text("setup.none"),
        )
    ]
    if row["kind"] == "building":
        fields += [
            text_field("floors", row.get("floors"), longest=3),
            text_field("households", row.get("households"), longest=6),
        ]
    return fields


def _device_fields(row: Row, places: Sequence[Row]) -> list[Any]:
    options = [
        (p["place_id"], f"{local_name(dict(p))} · {named('place', p['kind'])}") for p in places
    ]
    heading = row.get("heading_deg")
    return [
        text_field("heading_deg", None if heading is None else f"{heading:g}", longest=6),
        choice_field("place_id", options, row.get("place_id"), none=text("setup.none")),
    ]


def _title(row: Row, new: str) -> html.H2:
    return html.H2(local_name(dict(row)) or new, className="setup-panel-title")


def _origin(row: Row) -> Any:
    source = row.get("source", _MANUAL)
    if source == _MANUAL:
        return None
    words = text("setup_map.from_source", source=source_words(str(source)))
    return html.P(words, className="setup-hint")


def _note() -> html.P:
    """Where the scripts say what has been drawn and is not saved yet."""
    return html.P(className="setup-shape-note", role="status", hidden=True)


def _buttons(known: bool, redraw: bool = False) -> list[Any]:
    buttons: list[Any] = [
        button("save", text("setup.save"), "main"),
        button("close", text("setup.cancel")),
    ]
    if known and redraw:
        words = text("setup_map.redraw")
        buttons.append(
            html.Button(
                words, type="button", className="setup-button", **dashed(data_tool="redraw")
            )
        )
    if known:
        confirm = text("setup.remove_confirm")
        buttons.append(button("remove", text("setup.remove"), confirm=confirm))
    return buttons


def _typed_position(needed: bool) -> list[Any]:
    return [
        text_field("lon", needed=needed, longest=20, placeholder="113.404600"),
        text_field("lat", needed=needed, longest=20, placeholder="33.304200"),
        _frames(),
    ]


def _typed_corners() -> html.Details:
    return html.Details(
        [
            html.Summary(text("setup_map.typed")),
            long_field("corners", 5, text("setup_hint.corners")),
            _frames(),
        ],
        className="setup-more",
    )


def _frames() -> html.Label:
    return choice_field("crs", [(crs, text(f"crs.{crs}")) for crs in CRS], "WGS84")


def _list(title: str, hint: str, items: Sequence[tuple[str, str, str]]) -> html.Details:
    """Things to open, each (noun, id, words)."""
    return html.Details(
        [
            html.Summary(title),
            html.P(hint, className="setup-hint") if hint else None,
            html.Ul(
                [html.Li(act("open", words, noun, object_id)) for noun, object_id, words in items],
                className="setup-unplaced",
            ),
        ],
        className="setup-more",
    )
