"""The photos of a case with what they show and how old they are; the pictures come from the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.case_history import local_time
from components.wording import duration, named, text


def photos_panel(
    photos: Sequence[Mapping[str, Any]], case_id: str, zone: ZoneInfo, now: datetime
) -> html.Section | None:
    """Every photo, the first taken over first, with its kind, time and age; None without any.

    Args:
        photos: Rows of data/sql/case_photo/of_case.sql.
        case_id: The case they show.
        zone: The community's time zone.
        now: The moment, aware UTC.
    """
    if not photos:
        return None
    heading = html.H2(
        [html.Span(text("photos.title")), html.Span(str(len(photos)), className="count")]
    )
    figures = [_figure(photo, case_id, zone, now) for photo in photos]
    return html.Section(
        [heading, html.Div(figures, className="case-photos")], className="sheet case-section"
    )


def pictures_link(case_id: str) -> html.P:
    """The way to stills of cameras and to covered copies, for who works on the case."""
    link = html.A(text("pictures.open"), href=f"/case-pictures?case={case_id}")
    return html.P(link, className="note")


def photo_address(case_id: str, photo_id: str) -> str:
    """Return where a browser gets a photo."""
    return f"/api/v1/cases/{case_id}/photos/{photo_id}"


def _figure(photo: Mapping[str, Any], case_id: str, zone: ZoneInfo, now: datetime) -> html.Figure:
    kind, at = named("photo", photo["kind"]), local_time(photo["happened_at"], zone)
    address = photo_address(case_id, photo["photo_id"])
    picture = html.Img(
        src=address,
        alt=text("photos.alt", kind=kind, at=at),
        width=photo["width"],
        height=photo["height"],
    )
    age = text("time.ago", age=duration((now - photo["happened_at"]).total_seconds()))
    caption = html.Figcaption([html.Strong(kind), f" {at} · {age}"])
    return html.Figure([html.A(picture, href=address, target="_blank"), caption])
