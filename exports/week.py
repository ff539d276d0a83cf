"""Writes a community's week as XLSX: figures with n and definition, parts, every case, cameras."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from components.wording import current_language, duration, language_of, local_name, named, text
from exports.week_cameras import camera_table
from exports.week_sheets import Cell, Sheets
from rules.camera_availability import CameraWeek
from rules.week import Figures, Week, WeekCase, WeekFigures, is_open, is_overdue, why_overdue
from rules.week_lines import figure_lines

Row = Mapping[str, Any]
WIDTHS = {"definition": 60, "figure": 20, "case": 38, "place": 24, "category": 18}


class Alarms(Protocol):
    """The alarms of a week (actions/alarms/week.py)."""

    @property
    def kinds(self) -> Sequence[Any]:
        """Figures by kind."""

    @property
    def noisy(self) -> Sequence[Any]:
        """The noisiest devices."""


class Report(Protocol):
    """A week as `actions/weekly/reading.py` reads it."""

    @property
    def community(self) -> Row: ...
    @property
    def week(self) -> Week: ...
    @property
    def as_of(self) -> datetime: ...
    @property
    def rows(self) -> Mapping[str, Row]: ...
    @property
    def cases(self) -> Sequence[WeekCase]: ...
    @property
    def figures(self) -> WeekFigures: ...
    @property
    def alarms(self) -> Alarms | None: ...
    @property
    def cameras(self) -> CameraWeek | None: ...
    @property
    def zone(self) -> ZoneInfo: ...


def week_xlsx(
    report: Report, categories: Mapping[str, Row], who: str, now: datetime, lang: str | None = None
) -> bytes:
    """Return the workbook.

    Args:
        report: The week.
        categories: Names of the community's categories by code: name_zh, name_en.
        who: Who made it.
        now: When, aware.
        lang: Its language; that of the request when left out.
    """
    token = current_language.set(language_of(lang)) if lang else None
    try:
        return _Book(report, categories, who, now).written()
    finally:
        if token is not None:
            current_language.reset(token)


class _Book:
    """One workbook in the making."""

    def __init__(
        self, report: Report, categories: Mapping[str, Row], who: str, now: datetime
    ) -> None:
        self._report, self._categories = report, categories
        self._who, self._now = who, now
        self._sheets = Sheets(report.zone)

    def written(self) -> bytes:
        report = self._report
        self._figures()
        self._parts("category", report.figures.by_category, self._category)
        self._parts("area", report.figures.by_area, self._area)
        overdue = [case for case in report.cases if is_overdue(case, report.as_of)]
        overdue.sort(key=lambda case: case.deadline_at or report.as_of)
        self._cases("overdue", overdue)
        self._cases("open", [case for case in report.cases if is_open(case, report.as_of)])
        self._cases("cases", report.cases)
        if report.alarms is not None:
            self._alarms(report.alarms)
        if report.cameras is not None:
            camera_table(self._sheets, report.cameras)
        return self._sheets.closed(self._title(), text("week.no_personal"))

    def _title(self) -> str:
        name = local_name(dict(self._report.community)) or self._report.community["community_id"]
        return text("week.heading", community=name, week=self._report.week.name)

    def _figures(self) -> None:
        report, zone = self._report, self._report.zone
        start, end = (at.astimezone(zone) for at in (report.week.start_at, report.week.end_at))
        as_of, made = (at.astimezone(zone) for at in (report.as_of, self._now))
        head = [
            self._title(),
            text("week.span", start=f"{start:%Y-%m-%d %H:%M}", end=f"{end:%Y-%m-%d %H:%M}"),
            text("week.as_of", at=f"{as_of:%Y-%m-%d %H:%M}"),
            text("week.made", who=self._who, at=f"{made:%Y-%m-%d %H:%M}"),
            text("week.no_personal"),
        ]
        lines = figure_lines(report.figures.total)
        rows: list[list[Cell]] = [
            [
                text(f"week.figure_{line.code}"),
                (line.count if line.n is None else _rate(line.rate)),
                line.count if line.n is not None else None,
                line.n,
                text(f"week.define_{line.code}"),
            ]
            for line in lines
        ]
        rates = {number for number, line in enumerate(lines) if line.n is not None}
        self._sheet("figures", ("figure", "value", "count", "n", "definition"), rows, head, rates)

    def _parts(self, name: str, parts: Iterable[tuple[str | None, Figures]], word: Any) -> None:
        shown = ("reported", "closed", "open", "overdue")
        heads = [text(f"week.column_{name}"), *(text(f"week.figure_{code}") for code in shown)]
        heads += [text("week.column_on_time"), text("week.column_n")]
        rows: list[list[Cell]] = [
            [
                word(code), found.reported, found.closed, found.open, found.overdue,
                _rate(found.on_time.rate), found.on_time.n,
            ]
            for code, found in parts
        ]  # fmt: skip
        self._sheets.table(text(f"week.sheet_{name}"), heads, rows, rates={5})

    def _cases(self, name: str, cases: Sequence[WeekCase]) -> None:
        columns = (
            "case", "category", "urgency", "status", "area", "place", "channel", "reported", "due",
            "limit", "closed", "outcome", "overdue_by", "why", "responders", "rework", "returned",
            "supervision",
        )  # fmt: skip
        rows = [self._case(case) for case in cases]
        empty = text("week.nothing_overdue") if name == "overdue" and not rows else None
        self._sheet(name, columns, rows, [empty] if empty else [])

    def _case(self, case: WeekCase) -> list[Cell]:
        row, as_of = self._report.rows[case.case_id], self._report.as_of
        late = is_overdue(case, as_of) and case.deadline_at is not None
        place = local_name(dict(row), stem="place") or row["locality"]
        return [
            case.case_id,
            self._category(case.category),
            named("urgency", row["urgency"]),
            named("status", row["status"]),
            local_name(dict(row), stem="area") or None,
            place,
            named("channel", row["channel"]) if row["channel"] else None,
            case.reported_at,
            case.deadline_at,
            _limit(row),
            case.closed_at,
            named("outcome", row["outcome"]) if row["outcome"] else None,
            duration((as_of - case.deadline_at).total_seconds())
            if late and case.deadline_at
            else None,
            text(f"week.why_{why_overdue(case)}") if late else None,
            row["responders"],
            row["rework_count"] or 0,
            row["return_count"] or 0,
            named("supervision", row["supervision"]) if row["supervision"] else None,
        ]

    def _alarms(self, alarms: Alarms) -> None:
        heads = [
            text(f"week.column_{code}")
            for code in (
                "alarm", "alarms", "signals", "real", "false", "test", "unclosed", "acknowledged",
                "median",
            )
        ]  # fmt: skip
        rows: list[list[Cell]] = [
            [
                named("alarm_kind", kind.kind), kind.n, kind.signals,
                *(kind.verdicts.get(word, 0) for word in ("real", "false", "test", "open")),
                kind.acknowledged, kind.acknowledge_median_s,
            ]
            for kind in alarms.kinds
        ]  # fmt: skip
        devices: list[list[Cell]] = [
            [
                local_name({"name_zh": each.name_zh, "name_en": each.name_en}) or each.device_id,
                each.alarms,
                each.signals,
            ]
            for each in alarms.noisy
        ]
        noisy = [text(f"week.column_{code}") for code in ("device", "alarms", "signals")]
        below: list[list[Cell]] = []
        if devices:
            words: list[Cell] = [*noisy]
            below = [[], [text("week.noisy")], words, *devices]
        self._sheets.table(text("week.sheet_alarms"), heads, [*rows, *below])

    def _category(self, code: str | None) -> str:
        known = self._categories.get(code or "")
        return (local_name(dict(known)) if known else "") or named("category", code or "")

    def _area(self, area_id: str | None) -> str:
        row = next((r for r in self._report.rows.values() if r["area_id"] == area_id), None)
        name = local_name(dict(row), stem="area") if row and area_id else ""
        return name or area_id or text("week.area_none")

    def _sheet(
        self,
        name: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        above: Sequence[str] = (),
        rate_rows: Iterable[int] = (),
    ) -> None:
        heads = [text(f"week.column_{column}") for column in columns]
        sheet = self._sheets.table(
            text(f"week.sheet_{name}"), heads, rows, above, rate_rows=rate_rows
        )
        for number, column in enumerate(columns):
            sheet.set_column(number, number, WIDTHS.get(column, 16))


def _rate(rate: float | None) -> Cell:
    return text("week.no_rate") if rate is None else rate


def _limit(row: Row) -> str | None:
    if row["limit_value"] is None or row["limit_kind"] in (None, "source"):
        return None
    return f"{row['limit_value']:g} {text('case.limit_unit_' + row['limit_kind'])}"
