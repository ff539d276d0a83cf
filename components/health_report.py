"""How the installation does: sources, the writer and the rows set aside, as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.attributes import dashed
from components.case_history import local_time, source_words
from components.navigation import nothing
from components.wording import duration, knows, named, text

_TROUBLED = ("failed", "backoff")


def source_table(sources: Sequence[Any], now: datetime) -> html.Div:
    """Every source with its state, the age of its last good row and its counters.

    Args:
        sources: What the runner reports of each (source, community_id, state, good_at, accepted,
            quarantined, error, stale_after_s).
        now: The moment, aware UTC.
    """
    if not sources:
        return nothing(text("health.no_sources_title"), text("health.no_sources_hint"))
    columns = ("source", "community", "state", "age", "accepted", "quarantined", "error")
    return _table(columns, [_source_row(source, now) for source in sources])


def store_facts(health: Any, now: datetime) -> html.Dl:
    """The writer, its queue and how long commits take.

    Args:
        health: `data.store.StoreHealth`.
        now: The moment, aware UTC.
    """
    timings = health.timings
    running = text("health.writing" if health.writing else "health.not_writing")
    facts = [
        ("writer", running, "" if health.writing else "bad"),
        ("queue", f"{health.queue_depth:,}", ""),
        ("commits", f"{health.commits:,}", ""),
        ("last_commit", _ago(health.last_commit_at, now), ""),
        ("last_checkpoint", _ago(health.last_checkpoint_at, now), ""),
        ("commit_p50", _ms(timings.p50_ms), ""),
        ("commit_p999", _ms(timings.p999_ms), ""),
        ("commit_max", _ms(timings.max_ms), ""),
    ]
    return html.Dl(
        [
            html.Div([html.Dt(text(f"health.{name}")), html.Dd(value, className=mark)])
            for name, value, mark in facts
        ],
        className="store-figures",
    )


def quarantine_report(
    totals: Sequence[Mapping[str, Any]], last: Sequence[Mapping[str, Any]], zone: ZoneInfo
) -> html.Div:
    """How many rows were set aside, and the last of them with the reason.

    Args:
        totals: Rows of data/sql/desk/quarantine_total.sql.
        last: Rows of data/sql/desk/quarantine_last.sql, newest first.
        zone: Time zone times are shown in.
    """
    if not totals:
        return nothing(text("health.no_quarantine_title"), text("health.no_quarantine_hint"))
    total = sum(int(row["n"]) for row in totals)
    columns = ("at", "source", "community", "kind", "file", "row", "field", "reason", "raw")
    return html.Div(
        [
            html.P(
                [
                    text("health.quarantine_total", n=f"{total:,}"),
                    " · ",
                    text("health.quarantine_last", n=len(last)),
                ],
                className="note",
            ),
            _table(columns, [_quarantine_row(row, zone) for row in last]),
        ]
    )


def _source_row(source: Any, now: datetime) -> tuple[list[Any], str]:
    limit_s = source.stale_after_s
    age_s = (now - source.good_at).total_seconds() if source.good_at else None
    stale = limit_s is not None and age_s is not None and age_s > limit_s
    age: list[Any] = [_ago(source.good_at, now, "health.never")]
    if stale:
        age = [html.Span("▲ ", className="mark"), *age, " · ", text("health.stale")]
    cells = [
        source_words(source.source),
        source.community_id or text("health.every_community"),
        named("source_state", source.state),
        html.Span(age, className="light-soon" if stale else ""),
        f"{source.accepted:,}",
        f"{source.quarantined:,}",
        _error(source.error),
    ]
    return cells, "troubled" if source.state in _TROUBLED else ""


def _quarantine_row(row: Mapping[str, Any], zone: ZoneInfo) -> tuple[list[Any], str]:
    cells = [
        local_time(row["recorded_at"], zone, seconds=True),
        source_words(row["source"]),
        row["community_id"],
        named("record", row["kind"]),
        row["file"] or "—",
        row["row_number"] if row["row_number"] is not None else "—",
        row["field"] or "—",
        [_error(row["code"]), html.Span(row["message"], className="message")],
        html.Code(row["raw"]),
    ]
    return cells, ""


def _table(columns: Sequence[str], rows: Sequence[tuple[list[Any], str]]) -> html.Div:
    names = [text("case.field_community" if c == "community" else f"health.{c}") for c in columns]
    return html.Div(
        html.Table(
            [
                html.Thead(
                    html.Tr(
                        [
                            html.Th(name, scope="col", className=f"cell-{column}")
                            for column, name in zip(columns, names, strict=True)
                        ]
                    )
                ),
                html.Tbody(
                    [
                        html.Tr(
                            [
                                html.Td(cell, className=f"cell-{name}")
                                for name, cell in zip(columns, cells, strict=True)
                            ],
                            className=mark,
                        )
                        for cells, mark in rows
                    ]
                ),
            ],
            className="report-table",
        ),
        className="table-box",
        tabIndex=0,
    )


def _error(code: str | None) -> str:
    if not code:
        return "—"
    return text(f"error.{code}") if knows(f"error.{code}") else code


def _age(seconds: float) -> str:
    return text("time.seconds", seconds=int(seconds)) if seconds < 60 else duration(seconds)


def _ago(at: datetime | None, now: datetime, never: str = "health.none_yet") -> Any:
    if at is None:
        return text(never)
    words = text("time.ago", age=_age(max(0.0, (now - at).total_seconds())))
    # assets/desk.js counts on from here.
    return html.Span(words, **dashed(data_since=at.isoformat()))


def _ms(value: float | None) -> str:
    return text("health.none_yet") if value is None else text("health.ms", ms=f"{value:.1f}")
