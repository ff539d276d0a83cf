"""The week of a community: figures with n and definition, what is overdue, cameras, download."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from dash import html

from actions.access import allow
from actions.catalogue.reading import catalogue_of
from actions.weekly.reading import WeekReport, week_report
from components.filters import filter_of
from components.navigation import nothing
from components.week_cameras import camera_parts
from components.week_report import figure_table, overdue_table, part_table
from components.wording import current_language, local_name, named, text
from pages.callbacks import now, services
from pages.registration import opened_community, page_frame, register_page
from rules.week import WeekUnknown, is_overdue, week_at


def layout(week: str = "", **query: object) -> Any:
    """The page for the week in the address, the present one without."""
    community_id = opened_community(filter_of(query).community)
    if not community_id:
        body: Any = nothing(text("week.none_title"), text("week.none_hint"))
        return page_frame("/week", "", body)
    asking = allow("case.read", community_id)
    try:
        report = week_report(services().store, community_id, str(week or ""), now(), asking)
    except WeekUnknown:
        body = nothing(text("week.unknown_title"), text("week.unknown_hint"))
        return page_frame("/week", community_id, body)
    assert report is not None
    return page_frame("/week", community_id, html.Div(_body(report), className="week"))


def _body(report: WeekReport) -> list[Any]:
    community_id, zone = report.community["community_id"], report.zone
    names = catalogue_of(services().store, community_id)
    areas = {row["area_id"]: row for row in report.rows.values() if row["area_id"]}

    def category(code: str | None) -> str:
        entry = names.get(code or "")
        own = {"name_zh": entry.name_zh, "name_en": entry.name_en} if entry else {}
        return local_name(dict(own)) or named("category", code or "")

    def area(area_id: str | None) -> str:
        row = areas.get(area_id or "")
        return local_name(dict(row), stem="area") if row else text("week.area_none")

    overdue = [case for case in report.cases if is_overdue(case, report.as_of)]
    overdue.sort(key=lambda case: case.deadline_at or report.as_of)
    found, cameras = report.figures, report.cameras
    return [
        _head(report),
        _section("week.sheet_figures", figure_table(found.total)),
        _section(
            "week.sheet_overdue",
            overdue_table(overdue, report.rows, category, report.as_of, zone, community_id),
        ),
        _section("week.sheet_category", part_table("category", found.by_category, category)),
        _section("week.sheet_area", part_table("area", found.by_area, area)),
        *([_section("week.sheet_cameras", camera_parts(cameras))] if cameras else []),
    ]


def _head(report: WeekReport) -> html.Div:
    zone, week = report.zone, report.week
    start, end = (at.astimezone(zone) for at in (week.start_at, week.end_at))
    last_day = (end - timedelta(seconds=1)).date()
    as_of = f"{report.as_of.astimezone(zone):%Y-%m-%d %H:%M}"
    before, after = (week_at(at, zone) for at in (week.start_at - timedelta(days=3), week.end_at))
    links = [html.A(f"← {text('week.before')}", href=_address(report, "/week", before.name))]
    if after.start_at <= now():
        links.append(html.A(f"{text('week.after')} →", href=_address(report, "/week", after.name)))
    download = html.A(
        text("week.download"),
        href=_address(report, "/week.xlsx", week.name, lang=current_language.get()),
        className="primary week-download",
        download="",
    )
    name = local_name(dict(report.community)) or report.community["community_id"]
    return html.Div(
        [
            html.H1(text("week.heading", community=name, week=week.name), className="page-title"),
            html.P(text("week.span", start=str(start.date()), end=str(last_day))),
            html.P([text("week.as_of", at=as_of), " ", text("week.no_personal")], className="note"),
            html.Nav([*links, download], className="week-links"),
        ],
        className="week-head",
    )


def _address(report: WeekReport, path: str, week: str, **more: str) -> str:
    query = {"community": report.community["community_id"], "week": week, **more}
    return f"{path}?{urlencode(query)}"


def _section(code: str, content: Any) -> html.Section:
    return html.Section([html.H2(text(code)), content], className="sheet")


register_page(
    __name__,
    path="/week",
    name="week",
    order=4,
    title=lambda: text("week.title"),
    action="case.read",
    layout=layout,
)
