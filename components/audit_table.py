"""Lines of the audit as a table, the counts of the summary, and the state of the chain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from dash import html

from components.attributes import dashed
from components.case_history import local_time
from components.navigation import nothing
from components.wording import knows, named, text

COLUMNS = ("seq", "at", "action", "result", "actor", "subject", "case", "why", "origin", "detail")
_MARKS = {"refused": "⊘ ", "failed": "▲ "}


def line_table(rows: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> html.Div:
    """Lines of the audit, newest first.

    Args:
        rows: Rows of data/sql/audit/lines.sql; `reason` in clear, or None with `sealed` True
            where nobody can read it any more.
        zone: Time zone times are shown in.
    """
    if not rows:
        return nothing(text("audit.none_title"), text("audit.none_hint"))
    heads = [html.Th(text(f"audit.column_{name}"), scope="col") for name in COLUMNS]
    return html.Div(
        html.Table(
            [html.Thead(html.Tr(heads)), html.Tbody([_line(row, zone) for row in rows])],
            className="report-table audit-table",
        ),
        className="table-box",
        tabIndex=0,
        **dashed(aria_label=text("audit.lines")),
    )


def summary_table(rows: Sequence[Mapping[str, Any]], days: Sequence[date]) -> html.Div:
    """How often what happened, a row per action and result and a column per day.

    Args:
        rows: Rows of data/sql/audit/summary.sql.
        days: The local days, the newest first; row `day` 1 is the first of them.
    """
    if not rows:
        return nothing(text("audit.summary_none_title"), text("audit.summary_none_hint"))
    counts: dict[tuple[str, str], dict[int, int]] = {}
    for row in rows:
        counts.setdefault((row["action"], row["result"]), {})[int(row["day"])] = int(row["n"])
    head = [
        html.Th(text("audit.column_action"), scope="col"),
        html.Th(text("audit.column_result"), scope="col"),
        html.Th(text("audit.total"), scope="col", className="audit-n"),
        *(html.Th(f"{day:%m-%d}", scope="col", className="audit-n") for day in days),
    ]
    body = [_summary_row(key, by_day, len(days)) for key, by_day in sorted(counts.items())]
    return html.Div(
        html.Table(
            [html.Thead(html.Tr(head)), html.Tbody(body)], className="report-table audit-summary"
        ),
        className="table-box",
        tabIndex=0,
        **dashed(aria_label=text("audit.summary")),
    )


def chain_state(verdict: Any, anchor_failed: str | None, zone: ZoneInfo) -> html.Div:
    """Whether the chain is in order, when that was checked, and what happened to it as a whole.

    Args:
        verdict: `data.audit_check.AuditVerdict`.
        anchor_failed: Why the anchor cannot be written, or None.
        zone: Time zone times are shown in.
    """
    at = local_time(verdict.checked_at, zone, seconds=True)
    if verdict.fault is None:
        state = html.P(
            text("audit.chain_ok", n=f"{verdict.count:,}", at=at), className="audit-chain-ok"
        )
    else:
        fault = verdict.fault
        words = text(
            f"audit.fault.{fault.kind}",
            seq=fault.seq,
            until=fault.until,
            before=fault.seq - 1,
            event=fault.event_id or "—",
            columns=text("list.comma").join(fault.columns),
        )
        state = html.P(
            [html.Strong(words), " ", text("audit.chain_fault", n=f"{verdict.count:,}", at=at)],
            className="audit-chain-fault",
            role="alert",
        )
    notes = [html.Li(_note(mark, zone)) for mark in verdict.marks]
    if anchor_failed:
        notes.append(html.Li(text("audit.anchor_failed")))
    head = html.P(
        [text("audit.head"), " ", html.Code(verdict.head[:16])], className="note audit-head"
    )
    return html.Div([state, head, html.Ul(notes, className="audit-notes", hidden=not notes)])


def subject_words(row: Mapping[str, Any]) -> str:
    """Kind and id of what was acted on, with the field; empty where nothing."""
    if not row["subject_id"] and not row["subject_kind"]:
        return ""
    kind = named("audit.subject", row["subject_kind"] or "thing")
    field = f" · {field_words(row['field'])}" if row["field"] else ""
    return f"{kind} {row['subject_id'] or ''}{field}".strip()


def field_words(code: str) -> str:
    """The word for a field's name where the files have one."""
    return text(f"field.{code}") if knows(f"field.{code}") else code


def actor_words(row: Mapping[str, Any]) -> str:
    """Who: the login or label where it is known, with the role acted in."""
    who = row["actor_name"] or named("audit.actor", row["actor"])
    return f"{who} · {named('role', row['role'])}" if row["role"] else who


def reason_words(row: Mapping[str, Any]) -> str:
    """Purpose and reason; says so where the reason went with its subject's key."""
    purpose = named("purpose", row["purpose"]) if row["purpose"] else ""
    reason = row["reason"] or (text("audit.reason_gone") if row.get("sealed") else "")
    return ": ".join(part for part in (purpose, reason) if part)


def _line(row: Mapping[str, Any], zone: ZoneInfo) -> html.Tr:
    case = (
        html.A(row["case_id"], href=f"/cases/{quote(row['case_id'], safe='')}")
        if row["case_id"]
        else ""
    )
    cells = {
        "seq": f"{row['seq']:,}",
        "at": local_time(row["happened_at"], zone, seconds=True),
        "action": named("audit.action", row["action"]),
        "result": _MARKS.get(row["result"], "") + named("audit.result", row["result"]),
        "actor": html.Span(actor_words(row), title=row["actor"]),
        "subject": subject_words(row),
        "case": case,
        "why": reason_words(row),
        "origin": row["origin"] or "",
        "detail": row["detail"] or "",
    }
    return html.Tr(
        [html.Td(cells[name], className=f"audit-{name}") for name in COLUMNS],
        className=f"audit-line audit-line-{row['result']}",
    )


def _summary_row(key: tuple[str, str], by_day: Mapping[int, int], days: int) -> html.Tr:
    action, result = key
    numbers = [by_day.get(place, 0) for place in range(1, days + 1)]
    return html.Tr(
        [
            html.Th(named("audit.action", action), scope="row"),
            html.Td(_MARKS.get(result, "") + named("audit.result", result)),
            html.Td(f"{sum(numbers):,}", className="audit-n audit-sum"),
            *(html.Td(f"{n:,}" if n else "·", className="audit-n") for n in numbers),
        ],
        className=f"audit-line-{result}",
    )


def _note(mark: Any, zone: ZoneInfo) -> str:
    at = local_time(datetime.fromisoformat(mark.at), zone)
    values = {"at": at, "seq": mark.seq, "first": mark.seq + 1, "before": mark.before}
    return text(f"audit.mark.{mark.kind}", **values)
