"""Draws the plan of a community as a light SVG that a reporter taps on to say where."""

from __future__ import annotations

from actions.reporting.places import Plan, Shape
from components.plain_page import Html, joined, tag
from components.theme import tokens

MOST_NAMES = 80
SMALLEST_NAME, LARGEST_NAME = 18, 44  # of a picture 1000 wide, shown at a third of it
_PAINT = {
    "water": ("map-water", "map-water"),
    "green": ("map-green", "map-green"),
    "road": ("", "map-road-edge"),
    "building": ("map-building", "map-building-edge"),
}


def plan_svg(plan: Plan) -> str:
    """The picture, in the colours of the light theme."""
    colours = tokens("light")
    drawn = [_shape(shape, colours) for shape in plan.shapes]
    names = [_name(shape, colours) for shape in plan.shapes if _is_named(shape)][:MOST_NAMES]
    ground = tag("rect", width=plan.width, height=plan.height, fill=colours["map-ground"])
    return str(
        tag(
            "svg",
            ground,
            joined(drawn),
            joined(names),
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {plan.width} {plan.height}",
            font_family="sans-serif",
        )
    )


def _shape(shape: Shape, colours: dict[str, str]) -> Html:
    fill, edge = _PAINT[shape.layer]
    first, *rest = shape.points
    last, steps = first, []
    for x, y in rest:
        steps.append(f"{x - last[0]} {y - last[1]}")
        last = (x, y)
    path = f"M{first[0]} {first[1]}l{' '.join(steps)}{'z' if shape.closed else ''}"
    return tag(
        "path",
        d=path,
        fill=colours[fill] if fill else "none",
        stroke=colours[edge],
        stroke_width=6 if shape.layer == "road" else 1,
    )


def _size(shape: Shape) -> int:
    """Size of letters that fit the shape's width."""
    width = max(x for x, _ in shape.points) - min(x for x, _ in shape.points)
    signs = sum(1.0 if ord(sign) > 255 else 0.6 for sign in shape.name)
    return min(LARGEST_NAME, round(width / max(signs, 1) * 0.9))


def _is_named(shape: Shape) -> bool:
    return shape.layer == "building" and bool(shape.name) and _size(shape) >= SMALLEST_NAME


def _name(shape: Shape, colours: dict[str, str]) -> Html:
    size = _size(shape)
    x = sum(x for x, _ in set(shape.points)) // len(set(shape.points))
    y = sum(y for _, y in set(shape.points)) // len(set(shape.points)) + size // 3
    return tag(
        "text",
        shape.name,
        x=x,
        y=y,
        font_size=size,
        text_anchor="middle",
        fill=colours["map-label"],
    )
